"""`/alliance deliveries`, for the secretariat: how much is posted unasked, what failed and why, and the switches."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import structlog

from alliance.delivery import Kind, State
from alliance.languages import LANGUAGES
from alliance.names import plain
from alliance.roles import Permission
from handlers.answers import Nothing, View
from handlers.call import Call, Deps, UserMistake
from handlers.fresh import fresh
from handlers.subject import Subject
from handlers.tongue import Tongue
from handlers.views import deliveries as views
from storage import deliveries, events, runs, sending
from storage.values import DeliveryRow

PAGE: Final = 10
DEEPEST: Final = 100
"""Pages beyond this are the command line's: `alliance-bot reminders list`."""

STATES: Final = {
    "": (State.FAILED, State.UNKNOWN, State.SKIPPED),
    "failed": (State.FAILED,),
    "unknown": (State.UNKNOWN,),
    "skipped": (State.SKIPPED,),
    "due": (State.PLANNED,),
    "sent": (State.SENT,),
}

log = structlog.get_logger(__name__)


async def show(call: Call, deps: Deps) -> View:
    """The counts, and a page of what went wrong or of what the word names."""
    await _secretariat_or_refuse(call, deps)
    return await _board(call, deps, _filter(call.words, call.t), _page(call.value))


async def retry(call: Call, deps: Deps) -> View:
    """Plan again what failed and is still of use; who clicks twice acts once."""
    await _secretariat_or_refuse(call, deps)
    count = await sending.retry_failed(deps.store, call.member.user_id, call.now)
    log.info("failed_deliveries_planned_again", count=count)
    done = (
        call.t.n("{count} message is tried again now.", "{count} messages are tried again now.", count)
        if count
        else call.t._("Nothing that failed is left to try again: what is too late stays as it is.")
    )
    return await _board(call, deps, _filter(call.value, call.t), 1, done)


async def pause(call: Call, deps: Deps) -> View:
    """Hold back everything that is posted unasked."""
    await _pause(call, deps)
    done = call.t._("Sending is paused. Answers to commands go on.")
    return await _board(call, deps, _filter(call.value, call.t), 1, done)


async def resume(call: Call, deps: Deps) -> View:
    """Send again."""
    await _resume(call, deps)
    done = call.t._("Sending goes on. What is late is posted if it is still of use.")
    return await _board(call, deps, _filter(call.value, call.t), 1, done)


async def pause_run(call: Call, deps: Deps) -> View:
    """The same from the message that shows how far a run is: it says so itself, to all of the secretariat."""
    await _pause(call, deps)
    return Nothing()


async def resume_run(call: Call, deps: Deps) -> View:
    """Send again, from that message."""
    await _resume(call, deps)
    return Nothing()


async def _pause(call: Call, deps: Deps) -> None:
    await _secretariat_or_refuse(call, deps)
    if await sending.pause(deps.store, call.member.user_id, call.now):
        log.warning("sending_paused")
    await runs.hurry(deps.store)


async def _resume(call: Call, deps: Deps) -> None:
    await _secretariat_or_refuse(call, deps)
    if await sending.resume(deps.store, call.member.user_id, call.now):
        log.warning("sending_resumed")
    await runs.hurry(deps.store)


async def _board(call: Call, deps: Deps, name: str, page: int, notice: str = "") -> View:
    found = await _latest(deps, name, page * PAGE + 1, call.now)
    rows = found[(page - 1) * PAGE : page * PAGE]
    board = views.Board(
        tally=await sending.tally(deps.store, call.now),
        pause=await sending.paused(deps.store),
        rows=rows,
        titles=await _titles(rows, call.t, deps),
        filter=name,
        page=page,
        more=len(found) > page * PAGE and page < DEEPEST,
        notice=notice,
    )
    return views.board(board, call.t)


async def _latest(deps: Deps, name: str, count: int, now: datetime) -> list[DeliveryRow]:
    """The first `count` rows of these states: the last that happened first, what is due in its order."""
    rows = [row for state in STATES[name] for row in await deliveries.recent(deps.store, state, count)]
    if name == "due":
        return [row for row in rows if row.due_at <= now]
    return sorted(rows, key=lambda row: (row.settled_at or row.claimed_at or row.due_at, row.id), reverse=True)[:count]


async def _titles(rows: Iterable[DeliveryRow], t: Tongue, deps: Deps) -> dict[str, str]:
    """The titles of the events that these rows are about."""
    about = (Kind.REMINDER, Kind.AGAIN, Kind.ANNOUNCEMENT, Kind.CHANGE)
    subjects = {row.subject for row in rows if row.kind in about}
    found = {subject: await events.detail(deps.store, subject) for subject in sorted(subjects)}
    return {subject: t.text(detail.row.title) for subject, detail in found.items() if detail}


def _filter(words: str, t: Tongue) -> str:
    """The filter that a word names in any language, "" for none. Raises UserMistake."""
    if not words:
        return ""
    known = {plain(word): name for name in views.FILTERS for word in (name, *_words(name))}
    if plain(words) not in known:
        choice = t.listed((views.filter_word(name, t) for name in views.FILTERS), "or")
        raise UserMistake(t._("After “deliveries” you can write {words}, or nothing.", words=choice))
    return known[plain(words)]


def _words(name: str) -> list[str]:
    return [views.filter_word(name, Tongue(language)) for language in LANGUAGES]


def _page(value: str) -> int:
    """The page that a button carries, 1 for anything else."""
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1
    return max(1, min(number, DEEPEST))


async def _secretariat_or_refuse(call: Call, deps: Deps) -> None:
    if not (await fresh(call, deps)).standing.may(Permission.RULE_DELIVERIES):
        raise UserMistake(
            call.t._(
                "Only the secretariat can see and change what is delivered. "
                "To see what you are reminded of, type /alliance reminders."
            )
        )


SUBJECT = Subject(
    words=("deliveries", "delivery", "envois", "envoi", "envíos", "envío"),
    help_line=lambda t: t._("For the secretariat: what was posted, what failed and why, pause and retry"),
    examples=lambda t: (t._("deliveries"), t._("deliveries failed")),
    command=show,
    actions={
        views.RETRY: retry,
        views.PAUSE: pause,
        views.RESUME: resume,
        views.RUN_PAUSE: pause_run,
        views.RUN_RESUME: resume_run,
    },
    reads_only=True,
    needs=Permission.RULE_DELIVERIES,
)
