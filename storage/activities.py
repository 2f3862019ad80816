"""Activities of the communications calendar. Whoever changes one names the revision that they saw.

Where somebody else was faster, `Changed` says how it stands now, and nothing is overwritten; the same form or click
sent twice (a repeated request) is one.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.activities import ActivityKind, ActivityState, Plan
from alliance.languages import Language, first_known
from alliance.roles import Permission
from storage import audit
from storage.actionitems import one_at_a_time
from storage.eventedits import Editor
from storage.membermodels import Activity as Table
from storage.store import Store

MOST: Final = 500
"""More activities in one list are not shown."""

REF: Final = "activity/"


@dataclass(frozen=True, slots=True)
class Work:
    """What an activity is. `occurrence`: the observance that it is for ("world-day@2019-06-12"), "" for none."""

    title: str
    kind: ActivityKind
    occurrence: str
    owner: str
    organisation: str
    due_on: date
    state: ActivityState
    language: Language


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity, with the revision that a change of it has to name, and who planned it when (user id, UTC)."""

    id: int
    work: Work
    revision: int
    written_by: str
    written_at: datetime

    @property
    def ref(self) -> str:
        """How the audit log names it."""
        return f"{REF}{self.id}"

    @property
    def plan(self) -> Plan:
        """What conflicts depend on."""
        return Plan(self.work.due_on, self.work.kind, self.work.organisation)


class Changed(Exception):
    """Somebody changed it since the editor looked; `activity` is how it stands now."""

    def __init__(self, activity: Activity) -> None:
        super().__init__(activity.ref)
        self.activity = activity


class Gone(Exception):
    """It is not there any more."""


async def get(store: Store, activity_id: int) -> Activity | None:
    """One activity; None where it was removed."""
    async with store.read() as session:
        return await _get(session, activity_id)


async def between(store: Store, first: date, last: date) -> tuple[Activity, ...]:
    """What is due on these days (inclusive), in order, at most MOST."""
    query = select(Table).where(Table.due_on.between(first, last), Table.removed_at.is_(None))
    async with store.read() as session:
        rows = await session.scalars(query.order_by(Table.due_on, Table.id).limit(MOST))
        return tuple(_activity(row) for row in rows)


async def unpublished(store: Store, first: date, last: date) -> tuple[Activity, ...]:
    """What is due on these days (inclusive) and not published yet: whose owners are reminded."""
    where = (Table.due_on.between(first, last), Table.removed_at.is_(None))
    query = select(Table).where(*where, Table.state != ActivityState.PUBLISHED.value).order_by(Table.due_on, Table.id)
    async with store.read() as session:
        return tuple(_activity(row) for row in await session.scalars(query))


async def organisations(store: Store) -> tuple[str, ...]:
    """Whose activities stand in the calendar, by name."""
    query = select(Table.organisation).where(Table.removed_at.is_(None), Table.organisation != "").distinct()
    async with store.read() as session:
        return tuple(sorted(await session.scalars(query)))


async def add(store: Store, editor: Editor, work: Work) -> Activity:
    """Plan an activity. The same one again by the same member (a repeated request) is one."""
    async with store.write() as session:
        await one_at_a_time(store, session, f"activity/{editor.user_id}")
        values = _values(work)
        alike = [getattr(Table, name) == value for name, value in values.items()]
        query = select(Table).where(*alike, Table.written_by == editor.user_id, Table.removed_at.is_(None)).limit(1)
        if (there := await session.scalar(query)) is not None:
            return _activity(there)
        values |= {"revision": 1, "written_by": editor.user_id, "written_at": editor.now}
        made = _activity((await session.execute(insert(Table).values(values).returning(Table))).scalar_one())
        await _log(session, editor, Permission.PLAN_ACTIVITY, made, {"revision": 1})
        return made


async def change(store: Store, editor: Editor, activity_id: int, seen: int, work: Work) -> Activity:
    """Keep it as it is given. Raises Changed or Gone."""
    return await _change(store, editor, activity_id, seen, _values(work), {"state": work.state.value})


async def advance(store: Store, editor: Editor, activity_id: int, seen: int, state: ActivityState) -> Activity:
    """Say how far it is. Raises Changed or Gone."""
    return await _change(store, editor, activity_id, seen, {"state": state.value}, {"state": state.value})


async def remove(store: Store, editor: Editor, activity_id: int, seen: int) -> None:
    """Take it out of the calendar; a second time changes nothing. Raises Changed."""
    try:
        await _change(store, editor, activity_id, seen, {"removed_at": editor.now}, {"removed": True})
    except Gone:
        return


async def _change(
    store: Store, editor: Editor, activity_id: int, seen: int, values: dict[str, Any], detail: dict[str, Any]
) -> Activity:
    as_seen = (Table.id == activity_id, Table.revision == seen, Table.removed_at.is_(None))
    async with store.write() as session:
        statement = update(Table).where(*as_seen).values({**values, "revision": seen + 1}).returning(Table)
        row = (await session.execute(statement)).scalar_one_or_none()
        if row is not None:
            made = _activity(row)
            await _log(session, editor, Permission.CHANGE_ACTIVITY, made, {**detail, "revision": seen + 1})
            return made
        now = await _get(session, activity_id)
    if now is None:
        raise Gone(activity_id)
    if now.revision == seen + 1 and values.items() <= _values(now.work).items():
        return now
    raise Changed(now)


async def _log(
    session: AsyncSession, editor: Editor, permission: Permission, made: Activity, detail: dict[str, Any]
) -> None:
    await audit.write(session, editor.now, editor.user_id, permission, made.ref, detail)


async def _get(session: AsyncSession, activity_id: int) -> Activity | None:
    row = await session.scalar(select(Table).where(Table.id == activity_id, Table.removed_at.is_(None)))
    return _activity(row) if row else None


def _values(work: Work) -> dict[str, Any]:
    return asdict(work) | {"kind": work.kind.value, "state": work.state.value}


def _activity(row: Table) -> Activity:
    work = Work(
        row.title, ActivityKind(row.kind), row.occurrence, row.owner, row.organisation, row.due_on,
        ActivityState(row.state), first_known(row.language),
    )  # fmt: skip
    return Activity(row.id, work, row.revision, row.written_by, row.written_at)
