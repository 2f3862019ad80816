"""What the secretariat sees of what is posted unasked: how much, what went wrong and why, and the switches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from alliance.delivery import Kind, State
from handlers.answers import Answer
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import open_button, page_buttons
from handlers.views.reasons import omission, refusal
from storage.sending import Pause, Tally
from storage.values import DeliveryRow

RETRY, PAUSE, RESUME = "deliveries.retry", "deliveries.pause", "deliveries.resume"
RUN_PAUSE, RUN_RESUME = "deliveries.run_pause", "deliveries.run_resume"
"""The switch in a message that shows how far a run is: that message says what was done."""

FILTERS: Final = ("failed", "unknown", "skipped", "due", "sent")


@dataclass(frozen=True, slots=True)
class Board:
    """A page of deliveries. `filter`: one of FILTERS, "" for what went wrong. `titles`: of the events, by subject."""

    tally: Tally
    pause: Pause | None
    rows: Sequence[DeliveryRow]
    titles: Mapping[str, str]
    filter: str = ""
    page: int = 1
    more: bool = False
    notice: str = ""


def board(board: Board, t: Tongue) -> Answer:
    """The counts, the rows, and the buttons."""
    title = t._("Deliveries")
    blocks = [kit.context(board.notice)] if board.notice else []
    counts = counted(board.tally, t)
    blocks += [
        kit.header(title),
        kit.rich(whether_it_sends(board.pause, t), kit.bullets([[kit.text(line)] for line in counts])),
        kit.actions(*_switches(board, t)),
        kit.divider(),
        kit.rich(*_rows(board, t)),
        kit.actions(*_ways(board, t)),
    ]
    return Answer(f"{title}. {counts[0]}", blocks, title=title)


def counted(tally: Tally, t: Tongue) -> tuple[str, ...]:
    """The counts in words, a line each; what is zero and unusual is left out."""
    lines = (
        (True, t._("Due now: {count}", count=tally.due)),
        (tally.held, t._("Held back, by a pause or until the next attempt: {count}", count=tally.held)),
        (True, t._("Planned for later: {count}", count=tally.ahead)),
        (True, t._("Sent in the last 24 hours: {count}", count=tally.sent)),
        (True, t._("Failed: {count}", count=tally.failed)),
        (tally.unknown, t._("Unknown, being looked up in Slack’s history: {count}", count=tally.unknown)),
        (True, t._("Skipped, because there was no more use for it: {count}", count=tally.skipped)),
    )
    return tuple(line for shown, line in lines if shown)


def filter_word(name: str, t: Tongue) -> str:
    """A filter as one types it in the reader's language."""
    return {
        "failed": t._("failed"),
        "unknown": t._("unknown"),
        "skipped": t._("skipped"),
        "due": t._("due"),
        "sent": t._("sent"),
    }[name]


def whether_it_sends(pause: Pause | None, t: Tongue) -> kit.Element:
    """In words, with who paused sending and since when."""
    if pause is None:
        return kit.paragraph(kit.text(t._("Sending is on."), bold=True))
    before, after = t._("Sending is paused since {when}.").split("{when}")
    said = [kit.text(before, bold=True), moment(pause.since, t), kit.text(after, bold=True)]
    by = [kit.text(" "), parts.user_mention(pause.by)] if pause.by else []
    return kit.paragraph(*said, *by)


def _switches(board: Board, t: Tongue) -> list[kit.Element]:
    made = []
    if board.tally.failed:
        made.append(
            kit.confirmed(
                kit.button(t._("Retry failed only"), RETRY, board.filter, primary=True),
                t._("Try again?"),
                t._("Every failed message that is still of use is posted once more. What was posted is not repeated."),
                t._("Try again"),
                t._("Cancel"),
            )
        )
    made.append(switch(board.pause, PAUSE, RESUME, board.filter, t))
    return made


def switch(pause: Pause | None, pausing: str, resuming: str, value: str, t: Tongue) -> kit.Element:
    """The button that pauses sending, after a question, or lets it go on: with these action ids."""
    if pause:
        return kit.button(t._("Resume"), resuming, value, primary=True)
    return kit.confirmed(
        kit.button(t._("Pause"), pausing, value),
        t._("Pause all sending?"),
        t._("Reminders, welcomes and notices wait until you resume. What is too late by then is skipped."),
        t._("Pause"),
        t._("Cancel"),
    )


def _heading(name: str, t: Tongue) -> str:
    """What a list is called, above it and on the button that leads to it."""
    return {
        "": t._("What went wrong last"),
        "failed": t._("Failed"),
        "unknown": t._("Unknown"),
        "skipped": t._("Skipped"),
        "due": t._("Due now"),
        "sent": t._("Sent last"),
    }[name]


def _rows(board: Board, t: Tongue) -> list[kit.Element]:
    heading = _heading(board.filter, t)
    if board.page > 1:
        heading = t._("{title} (page {page})", title=heading, page=board.page)
    name = kit.paragraph(kit.text(heading, bold=True))
    if not board.rows:
        return [name, kit.paragraph(kit.text(t._("Nothing.")))]
    return [name, kit.bullets(_row(row, board, t) for row in board.rows)]


def _row(row: DeliveryRow, board: Board, t: Tongue) -> list[kit.Element]:
    """To whom, what, when, and why not."""
    channel = row.target[:1] in ("C", "G", "D")
    said = [
        parts.channel_mention(row.target) if channel else parts.user_mention(row.target),
        kit.text(" · "),
        kit.text(kit.clip(what(row, board.titles, t), 160), bold=True),
        kit.text(" · "),
        moment(row.settled_at or row.claimed_at or row.due_at, t),
    ]
    if reason := _reason(row, t):
        said.append(kit.text(f"\n{reason}"))
    return said


def what(row: DeliveryRow, titles: Mapping[str, str], t: Tongue) -> str:
    """What was to be posted: the event of a reminder, or what else it is."""
    if row.kind == Kind.WELCOME:
        return t._("Welcome to a new member")
    if row.kind == Kind.NOTICE:
        return t._("Notice to the secretariat")
    if row.kind == Kind.JOINING:
        return t._("Joining or leaving a group")
    if row.kind == Kind.NUDGE:
        return t._("Question whether an action item is done")
    return titles.get(row.subject, row.subject.partition("@")[0])


def _reason(row: DeliveryRow, t: Tongue) -> str:
    match row.state:
        case State.FAILED:
            return refusal(row.reason or "", t)
        case State.SKIPPED:
            return omission(row.reason or "", t)
        case State.UNKNOWN:
            return t._("Slack did not say whether it was posted. The bot looks it up, and posts it if it is missing.")
        case _:
            return ""


def _ways(board: Board, t: Tongue) -> list[kit.Element]:
    """The pages, this page as it is by now, and the other lists."""
    ask = Ask("deliveries", board.filter)
    refresh = open_button(t._("Refresh"), Ask("deliveries", board.filter, str(board.page)), "refresh")
    others = [
        open_button(_heading(name, t), Ask("deliveries", name), name or "all")
        for name in ("", *FILTERS)
        if name != board.filter
    ]
    return [*page_buttons(t, ask, board.page, more=board.more), refresh, *others]


def moment(at: datetime, t: Tongue) -> kit.Element:
    """An instant, in each reader's zone."""
    here = at.astimezone(ZoneInfo(t.zone))
    return kit.moment(at, "{date}, {time}", f"{t.day(here.date())}, {t.clock_time(here, t.zone)}")
