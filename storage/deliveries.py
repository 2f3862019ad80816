"""The ledger of everything that the bot posts unasked. See docs/decisions/ledger.md.

Every state change names the state that it starts from, so that of two who try only one succeeds. What a caller must
know: `attempts` counts attempts that are known not to have posted (`release` with attempts_delta, `not_found`), and
trying again keeps `due_at`, because it is the order in which a target gets its messages.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from alliance.delivery import MAIL, Planned, State
from storage import restored
from storage.deliverystates import COLUMNS, as_row, is_in, move, planned_again, posted, row_in, written
from storage.models import Delivery, UtcDateTime
from storage.prepared import Prepared
from storage.store import Store
from storage.upsert import insert_into
from storage.values import DeliveryRow

LOOK_AHEAD: Final = 5
"""Among so many times `limit` of the earliest due rows the targets take turns."""

ORDER_HOLDS: Final = timedelta(minutes=15)
"""So long after its claim a delivery whose end nobody knows keeps back what is due later for the same target."""

DUE_REMEMBERED: Final = 1_000
"""So many due rows are kept as made: a sender at work sees each of them again at its next looks."""

CHUNK: Final = 500
"""So many values stand in one statement; both databases have a bound."""


async def plan(store: Store, planned: Sequence[Planned]) -> int:
    """Write what is to be delivered. Returns how many rows are new or have other times; the second time, 0.

    A row that is still planned takes the new times; one that was claimed, sent or given up stays as it is. What a
    restored database may not know to be posted is `unknown` instead (storage.restored).
    """
    if not planned:
        return 0
    async with store.write() as session:
        return await plan_in(store, session, planned)


async def plan_in(store: Store, session: AsyncSession, planned: Sequence[Planned]) -> int:
    """The same within a transaction that does more."""
    doubtful_until = await restored.doubtful_until(session) if planned else None
    rows = {
        item.key: {
            "key": item.key,
            "kind": item.kind.value,
            "target": item.target,
            "subject": item.subject,
            "detail": item.detail,
            "due_at": item.due_at,
            "useful_until": item.useful_until,
            "attempts": 0,
            **_beginning(item.due_at, doubtful_until),
        }
        for item in planned
    }
    if not rows:
        return 0
    statement = insert_into(store, Delivery)
    new = statement.excluded
    upsert = statement.on_conflict_do_update(
        index_elements=["key"],
        set_={name: new[name] for name in ("due_at", "useful_until", "state", "check_at")},
        where=and_(
            Delivery.state == State.PLANNED.value,
            or_(Delivery.due_at != new.due_at, Delivery.useful_until.is_distinct_from(new.useful_until)),
        ),
    ).returning(Delivery.id)
    return len((await session.execute(upsert, list(rows.values()))).all())


def _beginning(due_at: datetime, doubtful_until: datetime | None) -> dict[str, Any]:
    if doubtful_until is not None and due_at <= doubtful_until:
        return {"state": State.UNKNOWN.value, "check_at": doubtful_until}
    return {"state": State.PLANNED.value, "check_at": None}


async def withdraw(store: Store, keys: Collection[str]) -> int:
    """Delete rows that are still planned: what they are about was moved, cancelled or unsubscribed."""
    gone = 0
    async with store.write() as session:
        for chunk in _chunks(sorted(keys)):
            statement = delete(Delivery).where(Delivery.key.in_(chunk), Delivery.state == State.PLANNED.value)
            gone += len((await session.execute(statement.returning(Delivery.id))).all())
    return gone


async def planned_keys(store: Store, kinds: Collection[str]) -> dict[str, datetime]:
    """The keys of everything of these kinds that is still planned, with when it falls due."""
    query = select(Delivery.key, Delivery.due_at).where(is_in(State.PLANNED), Delivery.kind.in_(sorted(kinds)))
    async with store.read() as session:
        return {row.key: row.due_at for row in await session.execute(query)}


async def due(store: Store, now: datetime, limit: int, *, mail: bool = False) -> list[DeliveryRow]:
    """Planned rows whose time has come, the earliest first, but every target's first before any target's second.

    Those for Slack, or (`mail`) those for e-mail addresses.

    None of a target of which a delivery is claimed or unknown: a target gets its messages in the order of `due_at`.
    """
    values = {"now": now, "limit": limit, "reach": limit * LOOK_AHEAD, "held_since": now - ORDER_HOLDS}
    return await store.ask(_DUE_BY_MAIL if mail else _DUE, values)


def _due_query(*, mail: bool) -> Select[*tuple[Any, ...]]:
    """The earliest due rows, then by whose turn it is."""
    by_mail = Delivery.target.startswith(MAIL)
    columns: tuple[Any, ...] = COLUMNS
    claimed = aliased(Delivery)
    kept_back = select(claimed.target).where(
        claimed.state.in_([written(State.CLAIMED), written(State.UNKNOWN)]),
        claimed.claimed_at > bindparam("held_since", type_=UtcDateTime()),
    )
    earliest = (
        select(*columns)
        .where(
            is_in(State.PLANNED),
            Delivery.due_at <= bindparam("now", type_=UtcDateTime()),
            Delivery.target.not_in(kept_back),
            by_mail if mail else ~by_mail,
        )
        .order_by(Delivery.due_at, Delivery.id)
        .limit(bindparam("reach", type_=Integer()))
        .subquery()
    )
    turn = func.row_number().over(partition_by=earliest.c.target, order_by=(earliest.c.due_at, earliest.c.id))
    ordered: Select[*tuple[Any, ...]] = select(earliest)
    return ordered.order_by(turn, earliest.c.due_at, earliest.c.id).limit(bindparam("limit", type_=Integer()))


async def next_due(store: Store) -> datetime | None:
    """When the next planned row falls due."""
    async with store.read() as session:
        return await session.scalar(
            select(Delivery.due_at).where(is_in(State.PLANNED)).order_by(Delivery.due_at, Delivery.id).limit(1)
        )


async def claim(store: Store, ids: Sequence[int], by: str, now: datetime, check_at: datetime) -> list[DeliveryRow]:
    """Take these rows for `by`, committed before anything is posted. Returns those that were still planned, in order.

    `check_at`: from then on a claim whose end nobody saw may be looked up in Slack's history.
    """
    values = {"state": State.CLAIMED.value, "claimed_by": by, "claimed_at": now, "check_at": check_at}
    taken: dict[int, DeliveryRow] = {}
    async with store.engine.begin() as connection:
        for chunk in _chunks(ids):
            free = select(Delivery.id).where(Delivery.id.in_(chunk), is_in(State.PLANNED))
            if store.postgresql:
                free = free.with_for_update(skip_locked=True)
            statement = update(Delivery).where(Delivery.id.in_(free), is_in(State.PLANNED)).values(values)
            rows = await connection.execute(statement.returning(*COLUMNS))
            taken |= {row.id: as_row(row) for row in rows}
    return [taken[row_id] for row_id in ids if row_id in taken]


async def sent(store: Store, row_id: int, by: str, channel: str, ts: str, now: datetime) -> bool:
    """Posted: claimed -> sent. False where `by` no longer holds the claim."""
    return await move(store, _held(row_id, by), posted(channel, ts, now))


async def failed(store: Store, row_id: int, by: str, reason: str, now: datetime) -> bool:
    """Given up: claimed -> failed. False where `by` no longer holds the claim."""
    return await move(store, _held(row_id, by), _settled(State.FAILED, reason, now))


async def skipped(store: Store, row_id: int, by: str | None, reason: str, now: datetime) -> bool:
    """No longer of use: claimed -> skipped, or planned -> skipped where `by` is None. False where that is not so."""
    where = _held(row_id, by) if by else row_in(row_id, State.PLANNED)
    return await move(store, where, _settled(State.SKIPPED, reason, now))


async def unknown(store: Store, row_id: int, by: str, check_at: datetime) -> bool:
    """The call ended without an answer: claimed -> unknown, to be looked up from `check_at` on."""
    return await move(store, _held(row_id, by), {"state": State.UNKNOWN.value, "check_at": check_at})


async def release(store: Store, row_id: int, by: str, due_at: datetime | None = None, attempts_delta: int = 0) -> bool:
    """Known not to be posted (a 429, a refused connection): claimed -> planned again.

    `due_at` is given only where it is due at another time than it was planned for. `attempts_delta` is added to
    `attempts`: 0 where waiting is no failure, 1 where it is.
    """
    return await move(store, _held(row_id, by), planned_again(due_at, attempts_delta))


async def counts(store: Store) -> dict[State, int]:
    """How many rows are in each state."""
    query = select(Delivery.state, func.count()).group_by(Delivery.state)
    async with store.read() as session:
        counted = {State(state): count for state, count in await session.execute(query)}
    return {state: counted.get(state, 0) for state in State}


async def recent(store: Store, state: State, limit: int) -> list[DeliveryRow]:
    """Rows in that state: the last settled first; those not settled in the order in which they fall due."""
    if state in (State.SENT, State.FAILED, State.SKIPPED):
        query = select(*COLUMNS).where(is_in(state), Delivery.settled_at.is_not(None))
        query = query.order_by(Delivery.settled_at.desc(), Delivery.id.desc()).limit(limit)
    else:
        query = select(*COLUMNS).where(is_in(state)).order_by(Delivery.due_at, Delivery.id).limit(limit)
    async with store.read() as session:
        return [as_row(row) for row in await session.execute(query)]


async def get(store: Store, row_id: int) -> DeliveryRow | None:
    """One row; None where there is none (any more)."""
    async with store.read() as session:
        row = (await session.execute(select(*COLUMNS).where(Delivery.id == row_id))).first()
    return as_row(row) if row else None


def _held(row_id: int, by: str) -> tuple[ColumnElement[bool], ...]:
    return (*row_in(row_id, State.CLAIMED), Delivery.claimed_by == by)


def _settled(state: State, reason: str, now: datetime) -> dict[str, Any]:
    return {"state": state.value, "reason": reason[:120], "settled_at": now}


_DUE: Final = Prepared(_due_query(mail=False), as_row, remember=DUE_REMEMBERED)
_DUE_BY_MAIL: Final = Prepared(_due_query(mail=True), as_row, remember=DUE_REMEMBERED)


def _chunks(values: Sequence[Any]) -> list[Sequence[Any]]:
    return [values[start : start + CHUNK] for start in range(0, len(values), CHUNK)]
