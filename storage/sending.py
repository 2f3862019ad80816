"""Whether the bot sends, what waits and what became of the rest; and trying again what failed.

Every question here is answered from an index of `delivery`: it costs the same among a million posts that were sent.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select, update

from alliance.delivery import State
from alliance.roles import Permission
from storage import audit, restored, settings
from storage.models import Delivery
from storage.store import Store

PAUSED: Final = "sending_paused"
"""Setting: who paused sending and when, as JSON; "" while it is on."""

SUBJECT: Final = "deliveries"
"""What the audit log calls it."""

DAY: Final = timedelta(days=1)
SETTLED: Final = (State.FAILED, State.SKIPPED)


@dataclass(frozen=True, slots=True)
class Pause:
    """Since when nothing is sent (UTC), and who wanted that: a Slack user id, "" for the command line."""

    since: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many deliveries there are of each kind of state. `sent` counts those of the last 24 hours.

    `held`: due, but kept back by a pause, or waiting to be tried again after a failed attempt.
    """

    due: int
    held: int
    ahead: int
    sent: int
    failed: int
    unknown: int
    skipped: int


async def paused(store: Store) -> Pause | None:
    """The pause, None while the bot sends."""
    text = await settings.get(store, PAUSED)
    if not text:
        return None
    kept = json.loads(text)
    return Pause(datetime.fromisoformat(kept["since"]), kept["by"])


async def pause(store: Store, by: str, now: datetime) -> bool:
    """Hold back everything that is posted unasked, in every process; False where that is so already."""
    if await paused(store):
        return False
    await _switch(store, json.dumps({"since": now.isoformat(), "by": by}), by, now, "paused")
    return True


async def resume(store: Store, by: str, now: datetime) -> bool:
    """Send again, what is late by the late policy; False where nothing was paused."""
    if not await paused(store):
        return False
    await _switch(store, "", by, now, "resumed")
    return True


async def _switch(store: Store, value: str, by: str, now: datetime, change: str) -> None:
    async with store.write() as session:
        await settings.put_in(store, session, PAUSED, value)
        await audit.write(session, now, by, Permission.RULE_DELIVERIES, SUBJECT, {"change": change})


async def retry_failed(store: Store, by: str, now: datetime, subject: str | None = None) -> int:
    """failed -> planned again, as if never tried: all that are still of use, or those of one subject.

    Returns how many; the second time, 0.

    Safe: `failed` is only what is known not to have been posted. They keep the time at which they fell due, so they are
    due now, in their old order, and the planner finds them where it expects them. After a backup was brought back,
    somebody may have tried them again already, which it does not know: then history is asked first.
    """
    useful = or_(Delivery.useful_until.is_(None), Delivery.useful_until > now)
    async with store.write() as session:
        known_since = await restored.doubtful_until(session)
        again = {
            "state": _again(known_since),
            "attempts": 0,
            "reason": None,
            "settled_at": None,
            "claimed_by": None,
            "claimed_at": None,
            "check_at": known_since,
        }
        which = [_is(State.FAILED), Delivery.settled_at.is_not(None), useful]
        if subject is not None:
            which.append(Delivery.subject == subject)
        statement = update(Delivery).where(*which).values(again)
        count = len((await session.execute(statement.returning(Delivery.id))).all())
        if count:
            await audit.write(session, now, by, Permission.RULE_DELIVERIES, subject or SUBJECT, {"tried_again": count})
        return count


def _again(known_since: datetime | None) -> Any:
    """planned; unknown for what failed before a backup was brought back."""
    if known_since is None:
        return State.PLANNED.value
    return case((Delivery.settled_at <= known_since, State.UNKNOWN.value), else_=State.PLANNED.value)


async def tally(store: Store, now: datetime) -> Tally:
    """How much waits, and what became of the rest."""
    async with store.read() as session:
        due, again, planned = (await session.execute(_waiting(now))).one()
        sent = await session.scalar(_settled(State.SENT).where(Delivery.settled_at > now - DAY))
        failed, skipped = [await session.scalar(_settled(state)) for state in SETTLED]
        unknown = await session.scalar(select(func.count()).where(_open(), Delivery.state == State.UNKNOWN.value))
    stopped = await paused(store) is not None
    return Tally(
        due=0 if stopped else due,
        held=again + (due if stopped else 0),
        ahead=planned - due - again,
        sent=sent or 0,
        failed=failed or 0,
        unknown=unknown or 0,
        skipped=skipped or 0,
    )


async def by_kind(store: Store) -> dict[tuple[State, str], int]:
    """How many deliveries are in each state, by kind; of those that were sent, which only grow, none."""
    wanted = (
        _is(State.PLANNED),
        _open(),
        *(and_(_is(state), Delivery.settled_at.is_not(None)) for state in SETTLED),
    )
    counted: dict[tuple[State, str], int] = {}
    async with store.read() as session:
        for where in wanted:
            query = select(Delivery.state, Delivery.kind, func.count()).where(where).group_by("state", "kind")
            counted |= {(State(state), kind): count for state, kind, count in await session.execute(query)}
    return counted


def _waiting(now: datetime) -> Any:
    """Of the planned rows: those that are due, those that wait for another attempt, and all."""
    due = func.coalesce(func.sum(case((Delivery.due_at <= now, 1), else_=0)), 0)
    again = func.coalesce(func.sum(case((and_(Delivery.due_at > now, Delivery.attempts > 0), 1), else_=0)), 0)
    return select(due, again, func.count()).where(_is(State.PLANNED))


def _settled(state: State) -> Any:
    return select(func.count()).where(_is(state), Delivery.settled_at.is_not(None))


def _is(state: State) -> ColumnElement[bool]:
    """The row is in this state, written into the statement: a parameter would hide a partial index."""
    return Delivery.state == literal(state.value, literal_execute=True)


def _open() -> ColumnElement[bool]:
    """The condition of the index `delivery_open`, in its own words."""
    return Delivery.state.in_(literal([State.CLAIMED.value, State.UNKNOWN.value], literal_execute=True))
