"""Answers to invitations. Who comes and who waits follows from them (alliance.coming).

An answer is one transaction that holds the event's row: of two people who want the last place one is first, whatever
database and however many bots; what is posted because of it is planned with it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.coming import Answer, Attendance, Given, attendance, moved_down, moved_up
from alliance.delivery import Kind, Planned, State, occurrence_ref, parse_occurrence_ref
from storage import countmarks, deliveries, models
from storage.entries import Event
from storage.eventstate import Gone
from storage.membermodels import Coming
from storage.store import Store
from storage.upsert import insert_into

UP: Final = "up"
DOWN: Final = "down"
"""Begin the `detail` of a notice about the waiting list."""

REMINDED: Final = (Answer.YES.value, Answer.MAYBE.value)


class Cancelled(Exception):
    """The occurrence was called off: there is nothing to come to."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A member wants to be reminded of an occurrence. `zone` is theirs (IANA)."""

    ref: str
    user_id: str
    zone: str


async def answer(store: Store, ref: str, user_id: str, said: Answer, now: datetime) -> Attendance:
    """Keep what a member says to an occurrence; who comes then. Saying the same again changes nothing.

    Whoever is told by it that they have a place, is told through the ledger. Raises ValueError for no occurrence's
    name, Gone or Cancelled.
    """
    slug, _day = parse_occurrence_ref(ref)
    async with store.write() as session:
        capacity = await _hold(session, ref)
        given = await _given(session, ref)
        mine = next((one for one in given if one.user_id == user_id), None)
        before = attendance(given, capacity)
        if mine and mine.answer is said:
            return before
        asked_at = max([now, *(one.asked_at + timedelta(microseconds=1) for one in given)])
        wish = mine is not None and mine.remind and said is not Answer.NO
        new = Given(user_id, said, asked_at, wish)
        await _keep(store, session, ref, new)
        after = attendance([*(one for one in given if one.user_id != user_id), new], capacity)
        await _tell(store, session, ref, moved_up(before, after), UP, asked_at, now)
        await countmarks.put(store, session, slug, asked_at)
        return after


async def remind(store: Store, ref: str, user_id: str, *, wished: bool) -> bool:
    """Whether a member who said yes or maybe wants to be reminded; False where they said neither."""
    mine = (Coming.occurrence == ref, Coming.user_id == user_id, Coming.answer.in_(REMINDED))
    statement = update(Coming).where(*mine).values(remind=wished).returning(Coming.user_id)
    async with store.write() as session:
        return (await session.execute(statement)).first() is not None


async def of(store: Store, ref: str, capacity: int | None) -> Attendance:
    """Who comes to an occurrence that so many can come to."""
    return attendance(_read(await store.rows(_query(ref))), capacity)


async def wishes(store: Store) -> list[Wish]:
    """Everybody who said yes or maybe and wants to be reminded, by occurrence."""
    member = models.Member
    query = (
        select(Coming.occurrence, Coming.user_id, member.zone, member.slack_zone)
        .join(member, member.user_id == Coming.user_id, isouter=True)
        .where(Coming.remind.is_(True), Coming.answer.in_(REMINDED))
        .order_by(Coming.occurrence, Coming.user_id)
    )
    rows = await store.rows(query)
    return [Wish(row.occurrence, row.user_id, row.zone or row.slack_zone or "UTC") for row in rows]


async def answers_of(store: Store, user_id: str, most: int) -> list[tuple[str, Answer]]:
    """The occurrences that a member answered, with what they said, the last answered first."""
    query = select(Coming.occurrence, Coming.answer).where(Coming.user_id == user_id)
    rows = await store.rows(query.order_by(Coming.asked_at.desc()).limit(most))
    return [(row.occurrence, Answer(row.answer)) for row in rows]


async def capacity_changed(store: Store, session: AsyncSession, before: Event, after: Event, now: datetime) -> None:
    """Tell who gets a place by it, or loses it, within the transaction that changes the event."""
    if before.capacity == after.capacity:
        return
    days = (
        select(models.Occurrence.original_day)
        .join(models.Event, models.Event.id == models.Occurrence.event_id)
        .where(models.Event.slug == after.slug, models.Occurrence.ends_on >= now.date())
    )
    for day in (await session.scalars(days)).all():
        ref = occurrence_ref(after.slug, day)
        given = await _given(session, ref)
        was, now_so = attendance(given, before.capacity), attendance(given, after.capacity)
        await _tell(store, session, ref, moved_up(was, now_so), UP, now, now)
        await _tell(store, session, ref, moved_down(was, now_so), DOWN, now, now)


async def _hold(session: AsyncSession, ref: str) -> int | None:
    """Keep everybody else from answering until the transaction ends; the capacity. Raises Gone or Cancelled.

    An UPDATE that changes nothing: it locks the row on PostgreSQL, and SQLite lets one transaction write at a time.
    """
    slug, day = parse_occurrence_ref(ref)
    event, occurrence = models.Event, models.Occurrence
    there = (event.slug == slug, event.removed_at.is_(None))
    held = (
        await session.execute(
            update(event).where(*there).values(kind=event.kind).returning(event.id, event.document["capacity"])
        )
    ).first()
    if held is None:
        raise Gone(slug)
    query = select(occurrence.cancelled).where(occurrence.event_id == held[0], occurrence.original_day == day)
    cancelled = await session.scalar(query)
    if cancelled is None:
        raise Gone(ref)
    if cancelled:
        raise Cancelled(ref)
    return _number(held[1])


def _number(value: Any) -> int | None:
    return None if value is None else int(value)


async def _given(session: AsyncSession, ref: str) -> list[Given]:
    return _read((await session.execute(_query(ref))).all())


def _query(ref: str) -> Any:
    columns = (Coming.user_id, Coming.answer, Coming.asked_at, Coming.remind)
    return select(*columns).where(Coming.occurrence == ref)


def _read(rows: Sequence[Any]) -> list[Given]:
    return [Given(user, Answer(said), asked_at, remind) for user, said, asked_at, remind in rows]


async def _keep(store: Store, session: AsyncSession, ref: str, new: Given) -> None:
    values = {"answer": new.answer.value, "asked_at": new.asked_at, "remind": new.remind}
    statement = insert_into(store, Coming).values(occurrence=ref, user_id=new.user_id, **values)
    await session.execute(statement.on_conflict_do_update(index_elements=["occurrence", "user_id"], set_=values))


async def _tell(
    store: Store,
    session: AsyncSession,
    ref: str,
    users: Iterable[str],
    way: str,
    at: datetime,
    now: datetime,
) -> None:
    """One notice each, in place of an earlier one that is not sent yet."""
    for user in users:
        notice = models.Delivery
        waits = (notice.subject == ref, notice.target == user, notice.kind == Kind.PLACE.value)
        await session.execute(delete(notice).where(*waits, notice.state == State.PLANNED.value))
        planned = Planned(Kind.PLACE, user, ref, f"{way} {at.isoformat(timespec='microseconds')}", now, None)
        await deliveries.plan_in(store, session, [planned])
