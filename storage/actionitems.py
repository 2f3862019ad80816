"""Action items: what somebody is to do by a day, for an action group; open until done or dropped.

Whoever closes or moves one names the revision that they saw. Where somebody else was faster, `Changed` says how it
stands now, and nothing is overwritten; the same click twice (a repeated request) is one.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Select, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.roles import Permission
from storage import audit
from storage.eventedits import Editor
from storage.membermodels import ActionItem
from storage.store import Store

EVERYBODY: Final = ""
"""The group of an action item that was agreed at a meeting of no group."""

MOST: Final = 2_000
"""More items that are due in the same weeks are not nudged: a mistake, not a work plan."""


class ItemState(StrEnum):
    """Whether it is still to be done."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What somebody (a user id) is to do, by the end of a day or of none."""

    owner: str
    text: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Item:
    """One action item. `group`: a slug or EVERYBODY; `occurrence`: where it was agreed; times are UTC."""

    id: int
    group: str
    occurrence: str | None
    text: str
    owner: str
    due_on: date | None
    state: ItemState
    revision: int
    written_at: datetime
    closed_by: str | None

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.state is ItemState.OPEN

    @property
    def ref(self) -> str:
        """How deliveries and the audit log name it."""
        return f"{REF}{self.id}"


REF: Final = "action-item/"


class Changed(Exception):
    """Somebody changed or closed it since the editor looked; `item` is how it stands now."""

    def __init__(self, item: Item) -> None:
        super().__init__(item.ref)
        self.item = item


class Gone(Exception):
    """There is no such action item."""


async def get(store: Store, item_id: int) -> Item | None:
    """One action item, open or not."""
    async with store.read() as session:
        return await _get(session, item_id)


async def of_groups(store: Store, groups: Collection[str]) -> tuple[Item, ...]:
    """What is open in these groups, what is due first before the rest."""
    return await _list(store, _open().where(ActionItem.group.in_(sorted(groups))))


async def of_owner(store: Store, user_id: str) -> tuple[Item, ...]:
    """What is open for this member, what is due first before the rest."""
    return await _list(store, _open().where(ActionItem.owner == user_id))


async def of_meeting(store: Store, occurrence: str) -> tuple[Item, ...]:
    """What was agreed at this meeting, done or not, in the order in which it was written."""
    return await _list(store, select(ActionItem).where(ActionItem.occurrence == occurrence).order_by(ActionItem.id))


async def due_between(store: Store, first: date, last: date) -> tuple[Item, ...]:
    """What is open and due on these days (inclusive), in all groups, at most MOST."""
    return await _list(store, _open().where(ActionItem.due_on.between(first, last)).limit(MOST))


async def done_since(store: Store, since: datetime) -> tuple[Item, ...]:
    """What was done since then (UTC), group by group, the first first."""
    where = (ActionItem.state == ItemState.DONE.value, ActionItem.closed_at >= since)
    return await _list(store, select(ActionItem).where(*where).order_by(ActionItem.group, ActionItem.closed_at))


async def add(store: Store, editor: Editor, group: str, occurrence: str | None, agreed: Agreed) -> Item:
    """Keep an action item. The same one again (a repeated request) is one."""
    async with store.write() as session:
        await one_at_a_time(store, session, f"{group}/{agreed.owner}")
        return await add_in(session, editor, group, occurrence, agreed)


async def add_in(session: AsyncSession, editor: Editor, group: str, occurrence: str | None, agreed: Agreed) -> Item:
    """The same within a transaction that does more."""
    alike = select(ActionItem).where(
        ActionItem.group == group,
        ActionItem.owner == agreed.owner,
        ActionItem.text == agreed.text,
        ActionItem.state == ItemState.OPEN.value,
    )
    for row in await session.scalars(alike):
        if (row.occurrence, row.due_on) == (occurrence, agreed.due_on):
            return _item(row)
    values = {
        "group": group, "occurrence": occurrence, "text": agreed.text, "owner": agreed.owner, "due_on": agreed.due_on,
        "state": ItemState.OPEN.value, "revision": 1, "written_by": editor.user_id, "written_at": editor.now,
    }  # fmt: skip
    item = _item((await session.execute(insert(ActionItem).values(values).returning(ActionItem))).scalar_one())
    detail = {"owner": agreed.owner, "due_on": _day(agreed.due_on), "group": group}
    await audit.write(session, editor.now, editor.user_id, Permission.MANAGE_ACTION_ITEMS, item.ref, detail)
    return item


async def close(store: Store, editor: Editor, item_id: int, seen: int, state: ItemState) -> Item:
    """Mark it as done or dropped. Raises Changed or Gone."""
    values = {"state": state.value, "closed_by": editor.user_id, "closed_at": editor.now}
    return await _change(store, editor, item_id, seen, values, Permission.CLOSE_ACTION_ITEM, {"state": state.value})


async def move(store: Store, editor: Editor, item_id: int, seen: int, due_on: date) -> Item:
    """Give it another day. Raises Changed or Gone."""
    detail = {"due_on": _day(due_on)}
    return await _change(store, editor, item_id, seen, {"due_on": due_on}, Permission.CLOSE_ACTION_ITEM, detail)


async def one_at_a_time(store: Store, session: AsyncSession, matter: str) -> None:
    """Until the end of the transaction nobody else does something about this matter: who adds looks first.

    SQLite has one writer at a time, once it has begun to write; PostgreSQL needs to be asked.
    """
    if store.postgresql:
        await session.execute(select(func.pg_advisory_xact_lock(func.hashtext(matter))))
    else:
        await session.execute(text("UPDATE setting SET value = value WHERE 0"))


async def _change(
    store: Store, editor: Editor, item_id: int, seen: int, values: dict[str, Any], permission: Permission,
    detail: dict[str, Any],
) -> Item:  # fmt: skip
    open_as_seen = (
        ActionItem.id == item_id,
        ActionItem.revision == seen,
        ActionItem.state == ItemState.OPEN.value,
    )
    async with store.write() as session:
        statement = update(ActionItem).where(*open_as_seen).values({**values, "revision": seen + 1})
        row = (await session.execute(statement.returning(ActionItem))).scalar_one_or_none()
        if row is not None:
            item = _item(row)
            await audit.write(session, editor.now, editor.user_id, permission, item.ref, detail)
            return item
        now = await _get(session, item_id)
    if now is None:
        raise Gone(item_id)
    if now.revision == seen + 1 and _is_so(now, editor, values):
        return now
    raise Changed(now)


def _is_so(now: Item, editor: Editor, values: dict[str, Any]) -> bool:
    """Whether the same member has done the same already: a click that Slack delivered twice."""
    if "state" in values:
        return now.state == values["state"] and now.closed_by == editor.user_id
    return now.open and now.due_on == values["due_on"]


def _open() -> Select[ActionItem]:
    """In the order in which they are due; those without a day come last on both databases."""
    order = (ActionItem.due_on.is_(None), ActionItem.due_on, ActionItem.id)
    return select(ActionItem).where(ActionItem.state == ItemState.OPEN.value).order_by(*order)


async def _list(store: Store, query: Select[ActionItem]) -> tuple[Item, ...]:
    async with store.read() as session:
        return tuple(_item(row) for row in await session.scalars(query))


async def _get(session: AsyncSession, item_id: int) -> Item | None:
    row = await session.scalar(select(ActionItem).where(ActionItem.id == item_id))
    return _item(row) if row else None


def _item(row: ActionItem) -> Item:
    return Item(
        row.id, row.group, row.occurrence, row.text, row.owner, row.due_on, ItemState(row.state), row.revision,
        row.written_at, row.closed_by,
    )  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
