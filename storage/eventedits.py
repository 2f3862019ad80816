"""Events that members add and change in Slack. Each change is one transaction: the event, its occurrences, the names by
which it is found, what is posted about it, and a row in the audit log; or nothing at all.

A change names the revision that its editor saw. Where somebody else was faster, `Changed` says who and what, and
nothing is overwritten. From its first change here on an event is the members': the content's files leave it alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.names import plain
from alliance.roles import Permission
from storage import announcements, audit, coming, continued, models
from storage.contentload import MEMBER, differing, event_values, put_names, regions_of
from storage.entries import Change, Event, document
from storage.eventstate import (
    Changed,
    Gone,
    Since,
    Stored,
    changed_since,
    get,
    of_row,
    required,
    revision,
    since,
)
from storage.occurrences import span_of, takings
from storage.schedule import horizon, sync_occurrences
from storage.store import Store
from storage.upsert import insert_into

__all__ = ["Changed", "Gone", "Since", "Stored", "get", "revision", "since"]

SLUG_LENGTH: Final = 60
SECTION: Final = "Added by members"
"""The section of an event that no section of the report is the source of."""

QUIET: Final = frozenset({"imported_as", "named_on", "written_in", "section", "aliases"})
"""Fields that nobody sees, so that nobody is told of them."""

LONG: Final = frozenset({"summary", "participants", "outcomes"})
"""Fields of which the audit log only says that they changed."""


@dataclass(frozen=True, slots=True)
class Editor:
    """Who changes something, and when (UTC)."""

    user_id: str
    now: datetime


class NotPossible(ValueError):
    """The event cannot take place like this: longer than a year, or a rule that runs away."""


async def add(store: Store, editor: Editor, entry: Event) -> Stored:
    """Keep a new event; its slug is made here. Saving the same twice keeps one: a double click, a repeated request.

    Raises NotPossible.
    """
    async with store.write() as session:
        return await _add(store, session, editor, entry)


async def save_all(store: Store, editor: Editor, new: Sequence[Event], changed: Sequence[tuple[int, Event]]) -> None:
    """Keep many new events, and changes with the revision that was seen: all of them, or none. Announces no new ones.

    Raises as add and change.
    """
    async with store.write() as session:
        for entry in new:
            await _add(store, session, editor, entry, quietly=True)
        for seen, entry in changed:
            await _change(store, session, editor, seen, entry)


async def change(store: Store, editor: Editor, seen: int, entry: Event) -> Stored:
    """Make the event with this entry's slug what the entry says. `seen`: the revision that the editor changed.

    Saving the same twice changes it once. Raises Changed, Gone or NotPossible.
    """
    async with store.write() as session:
        return await _change(store, session, editor, seen, entry)


async def move_occurrence(store: Store, editor: Editor, slug: str, seen: int, moved: Change) -> Stored:
    """Move or call off one occurrence of a series; `moved.day` is the day that its rule gives.

    A change that says nothing but the day brings it back to what its rule says.

    Raises Changed, Gone, or NotPossible where the series has no such day.
    """
    async with store.write() as session:
        before = await required(session, slug)
        days = {taking.original_day for taking in takings(before.entry, horizon(editor.now.date()))}
        if before.entry.rule is None or moved.day not in days:
            raise NotPossible(f"the series has no {moved.day.isoformat()}")
        others = [one for one in before.entry.changes if one.day != moved.day]
        kept = others if moved == Change(day=moved.day) else (*others, moved)
        changes = tuple(sorted(kept, key=lambda one: one.day))
        return await _change(store, session, editor, seen, before.entry.model_copy(update={"changes": changes}))


async def cancel_occurrence(store: Store, editor: Editor, slug: str, seen: int, day: date) -> Stored:
    """Call off one occurrence of a series. Raises as move_occurrence."""
    return await move_occurrence(store, editor, slug, seen, Change(day=day, cancelled=True))


async def cancel(store: Store, editor: Editor, slug: str, seen: int) -> Stored:
    """Call off the whole event: it stays in the lists, as cancelled. Raises Changed or Gone."""
    async with store.write() as session:
        before = await required(session, slug)
        return await _change(store, session, editor, seen, before.entry.model_copy(update={"cancelled": True}))


async def cancel_following(store: Store, editor: Editor, slug: str, seen: int, day: date) -> Stored:
    """End a series before the occurrence of that day; where that is its first, call it off.

    Raises as move_occurrence.
    """
    async with store.write() as session:
        return await _end(store, session, editor, slug, seen, day)


async def move_following(store: Store, editor: Editor, slug: str, seen: int, day: date, entry: Event) -> Stored:
    """End a series before that day, and go on as another event: `entry`, with its own days, times and rule.

    Who comes to its meetings, and their agendas, go with it. Returns the new one, which announces itself. Raises as
    move_occurrence.
    """
    async with store.write() as session:
        before = await required(session, slug)
        await _end(store, session, editor, slug, seen, day, quietly=True)
        made = await _add(store, session, editor, entry.model_copy(update={"follows": slug}))
        await continued.take_along(session, before.entry, day, made.entry, editor.now)
        return made


async def remove(store: Store, editor: Editor, slug: str, seen: int) -> None:
    """Take an event out of every list; feeds still say that it is cancelled. Twice is once. Raises Changed or Gone."""
    async with store.write() as session:
        before = await required(session, slug)
        values = {"removed_at": editor.now, "changed_by": editor.user_id, "changed_at": editor.now, "origin": MEMBER}
        event_id = await _take(session, before, seen, values)
        await session.execute(delete(models.Occurrence).where(models.Occurrence.event_id == event_id))
        await session.execute(delete(models.EventName).where(models.EventName.event_id == event_id))
        await announcements.plan_change(store, session, before.entry, before.entry, seen, editor.now)
        detail = {"revision": seen + 1, "removed": True}
        await audit.write(session, editor.now, editor.user_id, Permission.CHANGE_EVENT, slug, detail)


def ending_before(entry: Event, day: date, now: datetime) -> Event:
    """The series without what it gives from that day on. Raises NotPossible for a day that it does not have."""
    days = [taking.original_day for taking in takings(entry, horizon(now.date()))]
    if entry.rule is None or day not in days:
        raise NotPossible(f"the series has no {day.isoformat()}")
    earlier = [one for one in days if one < day]
    if not earlier:
        return entry.model_copy(update={"cancelled": True})
    parts = [part for part in entry.rule.split(";") if not part.upper().startswith(("UNTIL=", "COUNT="))]
    rule = ";".join((*parts, f"UNTIL={max(earlier):%Y%m%d}"))
    return entry.model_copy(update={"rule": rule, "changes": tuple(one for one in entry.changes if one.day < day)})


def check(entry: Event, now: datetime) -> None:
    """Raises NotPossible for an event that no list can hold."""
    try:
        found = takings(entry, horizon(now.date()))
        for taking in found:
            span_of(taking.when.start, taking.when.end)
    except ValueError as error:
        raise NotPossible(str(error)) from error
    if not found:
        raise NotPossible("the rule gives no day")


def slug_for(entry: Event) -> str:
    """A slug from the title, in the language in which it was written: "migration-group-call"."""
    titles = entry.name.model_dump()
    title = titles.get(entry.written_in or "") or next(iter(titles.values()))
    words = "".join(c if c.isascii() else " " for c in plain(title)).split()
    return "-".join(words)[:SLUG_LENGTH].strip("-") or "event"


async def _add(store: Store, session: AsyncSession, editor: Editor, entry: Event, *, quietly: bool = False) -> Stored:
    check(entry, editor.now)
    base = slug_for(entry)
    event_id = None
    while event_id is None:
        taken = await _alike(session, base)
        for stored in taken.values():
            if stored and stored.written_by == editor.user_id and not _differs(stored.entry, entry):
                return stored
        made = entry.model_copy(update={"slug": next(name for name in _numbered(base) if name not in taken)})
        values = event_values(made) | {"origin": MEMBER, "written_by": editor.user_id, "changed_at": editor.now}
        statement = insert_into(store, models.Event).values(values).on_conflict_do_nothing()
        event_id = await session.scalar(statement.returning(models.Event.id))
    await _settle(session, event_id, made, editor)
    if not quietly:
        await announcements.plan_new(store, session, made, editor.now)
    await audit.write(session, editor.now, editor.user_id, Permission.ADD_EVENT, made.slug, {"revision": 1})
    return Stored(made, 1, editor.user_id, None, editor.now)


async def _end(
    store: Store, session: AsyncSession, editor: Editor, slug: str, seen: int, day: date, *, quietly: bool = False
) -> Stored:
    before = await required(session, slug)
    if before.revision == seen + 1 and before.changed_by == editor.user_id and _over_before(before.entry, day):
        return before
    ended = ending_before(before.entry, day, editor.now)
    return await _change(store, session, editor, seen, ended, quietly=quietly)


def _over_before(entry: Event, day: date) -> bool:
    """Whether the series ends before that day already: the same click, twice."""
    return entry.cancelled or all(taking.original_day < day for taking in takings(entry, day))


async def _change(
    store: Store, session: AsyncSession, editor: Editor, seen: int, entry: Event, *, quietly: bool = False
) -> Stored:
    check(entry, editor.now)
    before = await required(session, entry.slug)
    after = _with_lasting_day(before.entry, entry)
    fields = _differs(before.entry, after)
    if not fields:
        return before
    values = event_values(after) | {"changed_by": editor.user_id, "changed_at": editor.now, "origin": MEMBER}
    event_id = await _take(session, before, seen, values)
    await _settle(session, event_id, after, editor)
    await coming.capacity_changed(store, session, before.entry, after, editor.now)
    if not quietly:
        await announcements.plan_change(store, session, before.entry, after, seen, editor.now)
    detail = {"revision": seen + 1, "fields": _audited(before.entry, after, fields)}
    await audit.write(session, editor.now, editor.user_id, Permission.CHANGE_EVENT, entry.slug, detail)
    return Stored(after, seen + 1, before.written_by, editor.user_id, editor.now)


def _with_lasting_day(before: Event, after: Event) -> Event:
    """It keeps the day by which it is named; a series that gets other days before it began loses its old changes."""
    day = before.lasting_day
    after = after.model_copy(update={"named_on": day if day != after.when.start else None})
    if after.rule is None:
        return after.model_copy(update={"changes": ()})
    last = max((one.day for one in after.changes), default=after.when.start)
    given = {taking.original_day for taking in takings(after, max(last, after.when.start))}
    return after.model_copy(update={"changes": tuple(one for one in after.changes if one.day in given)})


async def _take(session: AsyncSession, before: Stored, seen: int, values: dict[str, Any]) -> int:
    """Write these columns if the event is still at the revision that was seen; its id. Raises Changed or Gone."""
    table = models.Event
    where = (table.slug == before.entry.slug, table.revision == seen, table.removed_at.is_(None))
    statement = update(table).where(*where).values({**values, "revision": seen + 1}).returning(table.id)
    event_id = await session.scalar(statement)
    if event_id is None:
        now = await required(session, before.entry.slug)
        raise Changed(now, now.changed_by, await changed_since(session, now, seen))
    return event_id


async def _settle(session: AsyncSession, event_id: int, entry: Event, editor: Editor) -> None:
    """Its names and occurrences."""
    await put_names(session, event_id, entry)
    await sync_occurrences(session, [(event_id, entry)], await regions_of(session), editor.now.date())


async def _alike(session: AsyncSession, base: str) -> dict[str, Stored | None]:
    """The slugs that begin like this, with their events; None for those that are gone and for international days."""
    rows = await session.scalars(select(models.Event).where(models.Event.slug.startswith(base, autoescape=True)))
    return {row.slug: None if row.removed_at or row.kind == "observance" else of_row(row) for row in rows}


def _numbered(base: str) -> Any:
    """ "migration-group-call", "migration-group-call-2", …"""
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


def _differs(before: Event, after: Event) -> tuple[str, ...]:
    """The fields that differ, but for those that nobody sees."""
    fields = differing(document(before), document(after))
    return tuple(field for field in fields if field not in QUIET and field != "slug")


def _audited(before: Event, after: Event, fields: tuple[str, ...]) -> dict[str, Any]:
    """What changed, from what to what; of long texts only that they did."""
    was, now = document(before), document(after)
    return {field: None if field in LONG else [was.get(field), now.get(field)] for field in fields}
