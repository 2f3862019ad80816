"""Brings the content into the database: an upsert by slug in one transaction, and what it would change."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.names import plain
from storage import models, settings
from storage.contentfiles import Content
from storage.entries import Entry, Event, Observance, document
from storage.occurrences import kind_of
from storage.schedule import horizon, sync_occurrences
from storage.store import Store
from storage.upsert import insert_into
from storage.values import ContentChange

DIGEST: Final = "content_digest"
HORIZON: Final = "content_horizon"
DATED: Final = frozenset({"event", "observance"})
MEMBER: Final = "member"
"""The origin of an event that was added or changed in Slack; the files leave it alone."""

NAME_LENGTH: Final = 200
"""Longer names are found by their beginning."""


async def diff(store: Store, content: Content) -> list[ContentChange]:
    """What `load` would change, in the order of the content; removals last. Changes nothing."""
    async with store.read() as session:
        return _changes(content, *await _stored(session))


async def load(store: Store, content: Content, today: date) -> list[ContentChange]:
    """Make the database say what the content says, all or nothing. Returns what changed; the second time, nothing.

    Entries that the content no longer has are removed, with their occurrences; what members wrote in Slack stays.
    """
    if await settings.get(store, DIGEST) == content.digest:
        await extend(store, today)
        return []
    async with store.write() as session:
        await settings.put_in(store, session, DIGEST, content.digest)
        changes = _changes(content, *await _stored(session))
        await _remove(session, [change for change in changes if change.action == "remove"])
        await _save_undated(store, session, content)
        await _save_dated(store, session, content, changes, today)
        await settings.put_in(store, session, HORIZON, horizon(today).isoformat())
    return changes


async def extend(store: Store, today: date) -> int:
    """Add the occurrences of series up to the horizon; for a daily job. Returns how many rows changed, mostly 0."""
    reached = await settings.get(store, HORIZON)
    if reached is None or date.fromisoformat(reached) >= horizon(today):
        return 0
    async with store.write() as session:
        await settings.put_in(store, session, HORIZON, horizon(today).isoformat())
        kept = select(models.Event.id, models.Event.kind, models.Event.document).where(
            models.Event.removed_at.is_(None)
        )
        entries = [(row.id, dated_entry(row.kind, row.document)) for row in await session.execute(kept)]
        series = [(key, entry) for key, entry in entries if isinstance(entry, Observance) or entry.rule]
        return await sync_occurrences(session, series, await regions_of(session), today)


def _all_entries(content: Content) -> list[tuple[str, Entry]]:
    """Every entry with the kind that changes and tables call it by."""
    kinds: tuple[tuple[str, Sequence[Entry]], ...] = (
        ("community", content.community),
        ("region", content.regions),
        ("theme", content.themes),
        ("group", content.groups),
        ("country", content.countries),
        ("event", content.events),
        ("observance", content.observances),
    )
    return [(kind, entry) for kind, entries in kinds for entry in entries]


def dated_entry(kind: str, values: dict[str, Any]) -> Event | Observance:
    """The entry that a row of `event` keeps as its document."""
    return Observance.model_validate(values) if kind == "observance" else Event.model_validate(values)


Key = tuple[str, str]
"""Kind and slug of an entry; events share one kind."""


async def _stored(session: AsyncSession) -> tuple[dict[Key, dict[str, Any]], frozenset[Key]]:
    """The document of every entry in the database, and which of them members wrote or changed in Slack."""
    stored: dict[Key, dict[str, Any]] = {}
    table, members = models.Event, set()
    for row in await session.execute(select(models.Entry.kind, models.Entry.slug, models.Entry.document)):
        stored[row.kind, row.slug] = row.document
    for row in await session.execute(select(table.kind, table.slug, table.document, table.origin)):
        key = ("observance" if row.kind == "observance" else "event", row.slug)
        stored[key] = row.document
        if row.origin == MEMBER:
            members.add(key)
    return stored, frozenset(members)


def _changes(content: Content, stored: dict[Key, dict[str, Any]], members: frozenset[Key]) -> list[ContentChange]:
    """What the content changes. An event that a member changed stays as it is, and is told as kept where it differs."""
    changes: list[ContentChange] = []
    entries = _all_entries(content)
    for kind, entry in entries:
        before, after = stored.get((kind, entry.slug)), document(entry)
        if before is None:
            changes.append(ContentChange("add", kind, entry.slug))
        elif fields := differing(before, after):
            changes.append(
                ContentChange("keep" if (kind, entry.slug) in members else "change", kind, entry.slug, fields)
            )
    gone = stored.keys() - {(kind, entry.slug) for kind, entry in entries} - members
    return changes + [ContentChange("remove", kind, slug) for kind, slug in sorted(gone)]


def differing(before: dict[str, Any], after: dict[str, Any]) -> tuple[str, ...]:
    """The fields that differ; one that is absent is as one that is empty, since entries get new fields over time."""
    names = before.keys() | after.keys()
    return tuple(sorted(name for name in names if (before.get(name) or None) != (after.get(name) or None)))


async def _remove(session: AsyncSession, changes: Sequence[ContentChange]) -> None:
    for change in changes:
        if change.kind in DATED:
            await session.execute(delete(models.Event).where(models.Event.slug == change.slug))
        else:
            where = (models.Entry.kind == change.kind, models.Entry.slug == change.slug)
            await session.execute(delete(models.Entry).where(*where))


async def _save_undated(store: Store, session: AsyncSession, content: Content) -> None:
    """Every one anew: they are few, and their order in the files may have changed."""
    rows = [
        {"kind": kind, "slug": entry.slug, "position": position, "document": document(entry)}
        for position, (kind, entry) in enumerate(_all_entries(content))
        if kind not in DATED
    ]
    if rows:
        statement = insert_into(store, models.Entry)
        kept = {name: statement.excluded[name] for name in ("position", "document")}
        await session.execute(statement.on_conflict_do_update(index_elements=["kind", "slug"], set_=kept), rows)


async def _save_dated(
    store: Store, session: AsyncSession, content: Content, changes: Sequence[ContentChange], today: date
) -> None:
    """The events that changed; then the occurrences of all, since a rule, a horizon or a country's region may have."""
    both: tuple[Event | Observance, ...] = (*content.events, *content.observances)
    dated = {entry.slug: entry for entry in both}
    changed = [dated[change.slug] for change in changes if change.kind in DATED and change.action in ("add", "change")]
    if changed:
        statement = insert_into(store, models.Event)
        kept: dict[str, Any] = {name: statement.excluded[name] for name in ("kind", "title", "place", "document")}
        kept["revision"] = models.Event.revision + 1
        rows = [event_values(entry) for entry in changed]
        await session.execute(statement.on_conflict_do_update(index_elements=["slug"], set_=kept), rows)
    there = models.Event.removed_at.is_(None)
    events = (await session.execute(select(models.Event).where(there))).scalars().all()
    ids = {event.slug: event.id for event in events}
    for entry in changed:
        await put_names(session, ids[entry.slug], entry)
    regions = {country.slug: country.region for country in content.countries}
    entries = [
        (event.id, dated_entry(event.kind, event.document) if event.origin == MEMBER else dated[event.slug])
        for event in events
    ]
    await sync_occurrences(session, entries, regions, today)


async def put_names(session: AsyncSession, event_id: int, entry: Event | Observance) -> None:
    """Under which names the event is found, in place of those before."""
    await session.execute(delete(models.EventName).where(models.EventName.event_id == event_id))
    await session.execute(
        insert(models.EventName), [{"event_id": event_id, "name": name} for name in _plain_names(entry)]
    )


def event_values(entry: Event | Observance) -> dict[str, Any]:
    """The columns of `event` that say what the entry says."""
    place = entry.place if isinstance(entry, Event) else None
    return {
        "slug": entry.slug,
        "kind": kind_of(entry),
        "title": entry.name.model_dump(),
        "place": place.model_dump() if place else None,
        "document": document(entry),
    }


def _plain_names(entry: Event | Observance) -> set[str]:
    """Under what it is found: its slug, its names and its aliases in every language, without accents and case."""
    names = (entry.slug, *entry.name.model_dump().values(), *entry.aliases.en, *entry.aliases.fr, *entry.aliases.es)
    return {plain(name)[:NAME_LENGTH] for name in names} - {""}


async def regions_of(session: AsyncSession) -> dict[str, str]:
    """The region of each country."""
    countries = await session.scalars(select(models.Entry.document).where(models.Entry.kind == "country"))
    return {country["slug"]: country["region"] for country in countries}
