"""Meetings of action groups: points that members propose for the agenda, minutes, and what was decided.

An occurrence is named as in alliance.delivery.occurrence_ref. Each change is one transaction with a row of the audit
log, which says that something was written, never what: the texts of members stand in their own tables only.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.roles import Permission
from storage import actionitems, audit, membermodels
from storage.actionitems import Agreed
from storage.eventedits import Editor
from storage.store import Store

MOST_POINTS: Final = 30
"""An agenda has room for so many proposed points."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point that a member proposes."""

    id: int
    occurrence: str
    text: str
    proposed_by: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that lies in Slack: its id there, and its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """The newest minutes of an occurrence. `id` is what somebody who changes them has to name; times are UTC."""

    id: int
    occurrence: str
    text: str
    file: File | None
    written_by: str
    written_at: datetime
    decisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody writes down after a meeting. `seen`: the id of the minutes that they saw before, 0 for none."""

    occurrence: str
    group: str
    seen: int
    text: str
    file: File | None
    decisions: tuple[str, ...] = ()
    items: tuple[Agreed, ...] = field(default=())


class Full(Exception):
    """No more points can be proposed for this meeting."""


class Changed(Exception):
    """Somebody else wrote the minutes since; nothing was overwritten."""

    def __init__(self, minutes: Minutes) -> None:
        super().__init__(f"minutes {minutes.id} of {minutes.occurrence}")
        self.minutes = minutes


async def points(store: Store, occurrence: str) -> tuple[Point, ...]:
    """What is proposed for a meeting, in the order in which it was."""
    async with store.read() as session:
        return await _points(session, occurrence)


async def propose(store: Store, editor: Editor, occurrence: str, text: str) -> Point:
    """Add a point. The same words twice by the same member (a repeated request) are one point. Raises Full."""
    async with store.write() as session:
        await actionitems.one_at_a_time(store, session, occurrence)
        there = await _points(session, occurrence)
        for point in there:
            if (point.text, point.proposed_by) == (text, editor.user_id):
                return point
        if len(there) >= MOST_POINTS:
            raise Full(occurrence)
        table = membermodels.AgendaItem
        values = {"occurrence": occurrence, "text": text, "proposed_by": editor.user_id, "proposed_at": editor.now}
        made = (await session.execute(insert(table).values(values).returning(table.id))).scalar_one()
        await _note(session, editor, Permission.PROPOSE_AGENDA, occurrence, {"point": made})
        return Point(made, occurrence, text, editor.user_id)


async def point(store: Store, point_id: int) -> Point | None:
    """One point; None where it is gone."""
    table = membermodels.AgendaItem
    async with store.read() as session:
        row = await session.scalar(select(table).where(table.id == point_id))
        return Point(row.id, row.occurrence, row.text, row.proposed_by) if row else None


async def withdraw(store: Store, editor: Editor, point: Point) -> bool:
    """Take a point back; False where it was gone already."""
    table = membermodels.AgendaItem
    async with store.write() as session:
        gone = await session.scalar(delete(table).where(table.id == point.id).returning(table.id))
        if gone is not None:
            detail = {"point": point.id, "withdrawn": True}
            await _note(session, editor, Permission.PROPOSE_AGENDA, point.occurrence, detail)
        return gone is not None


async def minutes(store: Store, occurrence: str) -> Minutes | None:
    """The newest minutes of a meeting with its decisions."""
    found = await of_meetings(store, [occurrence])
    return found[0] if found else None


async def of_meetings(store: Store, occurrences: Collection[str]) -> list[Minutes]:
    """The newest minutes of each of these meetings that has some, in the order in which they were written."""
    async with store.read() as session:
        return await _newest(session, sorted(occurrences))


async def record(store: Store, editor: Editor, written: Written) -> Minutes:
    """Keep minutes, with the decisions in place of those before, and the action items beside those before.

    The same again by the same member (a repeated request) changes nothing. Raises Changed.
    """
    async with store.write() as session:
        await actionitems.one_at_a_time(store, session, written.occurrence)
        newest = next(iter(await _newest(session, [written.occurrence])), None)
        if newest and newest.id != written.seen:
            if newest.written_by == editor.user_id and _same(newest, written):
                return newest
            raise Changed(newest)
        if newest is None or not _same(newest, written):
            await _write(session, editor, written)
        for agreed in written.items:
            await actionitems.add_in(session, editor, written.group, written.occurrence, agreed)
        return (await _newest(session, [written.occurrence]))[0]


async def _write(session: AsyncSession, editor: Editor, written: Written) -> None:
    made = await session.scalar(
        insert(membermodels.Minutes)
        .values(
            occurrence=written.occurrence,
            text=written.text,
            file_id=written.file.id if written.file else None,
            file_name=written.file.name if written.file else None,
            written_by=editor.user_id,
            written_at=editor.now,
        )
        .returning(membermodels.Minutes.id)
    )
    table = membermodels.Decision
    await session.execute(delete(table).where(table.occurrence == written.occurrence))
    rows = [
        {"occurrence": written.occurrence, "text": text, "written_by": editor.user_id, "written_at": editor.now}
        for text in written.decisions
    ]
    if rows:
        await session.execute(insert(table), rows)
    detail = {"minutes": made, "file": written.file is not None, "decisions": len(rows), "items": len(written.items)}
    await _note(session, editor, Permission.WRITE_MINUTES, written.occurrence, detail)


def _same(newest: Minutes, written: Written) -> bool:
    return (newest.text, newest.file, newest.decisions) == (written.text, written.file, written.decisions)


async def _points(session: AsyncSession, occurrence: str) -> tuple[Point, ...]:
    table = membermodels.AgendaItem
    query = select(table).where(table.occurrence == occurrence).order_by(table.id)
    return tuple(Point(row.id, row.occurrence, row.text, row.proposed_by) for row in await session.scalars(query))


async def _newest(session: AsyncSession, occurrences: Sequence[str]) -> list[Minutes]:
    if not occurrences:
        return []
    table, decision = membermodels.Minutes, membermodels.Decision
    newest = select(func.max(table.id)).where(table.occurrence.in_(occurrences)).group_by(table.occurrence)
    rows = list(await session.scalars(select(table).where(table.id.in_(newest)).order_by(table.id)))
    decided: dict[str, list[str]] = {}
    query = select(decision.occurrence, decision.text).where(decision.occurrence.in_(occurrences))
    for occurrence, text in await session.execute(query.order_by(decision.id)):
        decided.setdefault(occurrence, []).append(text)
    return [_minutes(row, tuple(decided.get(row.occurrence, ()))) for row in rows]


def _minutes(row: membermodels.Minutes, decisions: tuple[str, ...]) -> Minutes:
    file = File(row.file_id, row.file_name or "") if row.file_id else None
    return Minutes(row.id, row.occurrence, row.text, file, row.written_by, row.written_at, decisions)


async def _note(
    session: AsyncSession, editor: Editor, permission: Permission, occurrence: str, detail: dict[str, Any]
) -> None:
    await audit.write(session, editor.now, editor.user_id, permission, occurrence, detail)
