"""How far a large run of deliveries is: one message for each of the secretariat, brought up to date where it stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from alliance.languages import Text
from handlers.answers import Answer
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import kit
from handlers.views.asking import open_button
from handlers.views.deliveries import RUN_PAUSE, RUN_RESUME, moment, switch, whether_it_sends
from storage.runs import Progress
from storage.sending import Pause

CELLS: Final = 20


@dataclass(frozen=True, slots=True)
class Sight:
    """A run at the instant `at` (UTC). `a_minute`: how many were sent of late; `ends_at`: when the last may be out."""

    run_id: int
    title: Text | None
    progress: Progress
    pause: Pause | None
    a_minute: int
    ends_at: datetime | None
    ended_at: datetime | None
    at: datetime


def progress(sight: Sight, t: Tongue) -> Answer:
    """The figures, a bar, when it will end, and the switch; when it has ended, the final figures."""
    figures = sight.progress
    headline = t.text(sight.title) or t.n("Sending {count} message", "Sending {count} messages", figures.total)
    share = t._("{done} of {total} ({percent}%)", done=figures.done, total=figures.total, percent=percent(figures))
    blocks = [
        kit.header(headline),
        kit.rich(
            _standing(sight, t),
            kit.paragraph(kit.text(f"{bar(figures)} {share}")),
            kit.bullets([[kit.text(line)] for line in _counted(figures, t)]),
            *_speed(sight, t),
        ),
        kit.actions(*_buttons(sight, t)),
    ]
    if not sight.ended_at:
        blocks.append(kit.context(t._("This message is brought up to date every few seconds.")))
    return Answer(f"{headline}. {share}", blocks)


def percent(figures: Progress) -> int:
    """How much is done; 100 only at the end."""
    return figures.done * 100 // figures.total if figures.total else 100


def bar(figures: Progress) -> str:
    """The same as a bar."""
    full = percent(figures) * CELLS // 100
    return "█" * full + "░" * (CELLS - full)


def _standing(sight: Sight, t: Tongue) -> kit.Element:
    if sight.ended_at is None:
        return whether_it_sends(sight.pause, t)
    before, after = t._("Finished: {when}.").split("{when}")
    return kit.paragraph(kit.text(before, bold=True), moment(sight.ended_at, t), kit.text(after, bold=True))


def _counted(figures: Progress, t: Tongue) -> tuple[str, ...]:
    """In words, a line each; what is zero and unusual is left out."""
    waiting = figures.due + figures.under_way
    lines = (
        (True, t._("Sent: {count}", count=figures.sent)),
        (waiting, t._("Still to be sent: {count}", count=waiting)),
        (figures.failed, t._("Failed: {count}", count=figures.failed)),
        (figures.unknown, t._("Unknown, being looked up in Slack’s history: {count}", count=figures.unknown)),
        (figures.skipped, t._("Skipped, because there was no more use for it: {count}", count=figures.skipped)),
    )
    return tuple(line for shown, line in lines if shown)


def _speed(sight: Sight, t: Tongue) -> list[kit.Element]:
    """How fast, and until when; nothing while that cannot be known."""
    if sight.ended_at or sight.pause or not (sight.a_minute and sight.ends_at):
        return []
    before, after = t.n(
        "About {count} message a minute. Expected end: {when}.",
        "About {count} messages a minute. Expected end: {when}.",
        sight.a_minute,
        when="{when}",
    ).split("{when}")
    return [kit.paragraph(kit.text(before), moment(sight.ends_at, t), kit.text(after))]


def _buttons(sight: Sight, t: Tongue) -> list[kit.Element]:
    board = open_button(t._("Deliveries"), Ask("deliveries"), "board")
    if sight.ended_at is None:
        return [switch(sight.pause, RUN_PAUSE, RUN_RESUME, str(sight.run_id), t), board]
    failed = open_button(t._("Failed"), Ask("deliveries", "failed"), "failed")
    return [failed, board] if sight.progress.failed else [board]
