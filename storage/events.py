"""Asking for events: lists, one occurrence, and its next one. Finding an event by name: storage.finding."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, select

from alliance.delivery import parse_occurrence_ref
from alliance.filters import Filter
from storage.finding import find
from storage.listing import COLUMNS, Wanted, event_row, statement
from storage.models import Event, Occurrence
from storage.prepared import Prepared
from storage.store import Store
from storage.values import EventDetail, EventPage, EventRow

__all__ = ["between", "detail", "documents", "find", "last_of", "next_of", "page", "upcoming_for"]

LISTED: Final = frozenset({"listed"})
ALL: Final = frozenset({"listed", "unlisted"})
LAST_PAGE: Final = 1_000_000
"""Far beyond any list; a number that somebody made up must not be larger than a database can count."""


async def page(
    store: Store, filter: Filter, today: date, page: int, size: int = 20, listed_only: bool = True
) -> EventPage:
    """One page (from 0) of the occurrences that the filter lets through, in order; of past ones the latest first.

    Coming ones are those that are not over on `today`, what is under way included; only a filter that names its own
    first day looks further back. Past ones were over before `today`.
    """
    page = min(max(page, 0), LAST_PAGE)
    groups = [group for group in filter.topics if group]
    if filter.kinds:
        groups.append(frozenset(f"kind:{kind}" for kind in filter.kinds))
    groups.append(LISTED if listed_only else ALL)
    wanted = Wanted(
        tuple(groups),
        first=filter.first if filter.first or filter.past else today,
        last=filter.last,
        until=today - timedelta(days=1) if filter.past else None,
        latest_first=filter.past,
        offset=page * size,
        limit=size + 1,
    )
    rows = await _list(store, wanted)
    return EventPage(rows[:size], page, len(rows) > size)


async def between(
    store: Store, first: date, last: date, kinds: frozenset[str] | None = None, limit: int = 1000
) -> tuple[EventRow, ...]:
    """What takes place on these days (inclusive), listed or not, in order: for the calendar and for planning."""
    topics = ALL if kinds is None else frozenset(f"kind:{kind}" for kind in kinds)
    return await _list(store, Wanted((topics,), first, last, limit=limit)) if topics else ()


async def upcoming_for(store: Store, topics: frozenset[str], today: date, limit: int) -> tuple[EventRow, ...]:
    """What comes next in the list under any of these topics ("group:migration", …); without topics, of everything."""
    groups = (topics, LISTED) if topics else (LISTED,)
    return await _list(store, Wanted(groups, first=today, limit=limit))


async def detail(store: Store, ref: str) -> EventDetail | None:
    """One occurrence by its name "slug@day"; None where there is none, and for text that is no such name."""
    try:
        slug, day = parse_occurrence_ref(ref)
    except ValueError:
        return None
    found = await store.ask(_DETAIL, {"slug": slug, "day": day})
    return found[0] if found else None


async def next_of(store: Store, slug: str, today: date) -> EventDetail | None:
    """The next occurrence of an event, or the one under way, rather one that is not cancelled; else the latest."""
    coming = _details(slug).where(Occurrence.ends_on >= today).order_by(Occurrence.cancelled, Occurrence.sort_key)
    latest = _details(slug).order_by(Occurrence.sort_key.desc())
    return await _one(store, coming.limit(1)) or await _one(store, latest.limit(1))


async def last_of(store: Store, slug: str, today: date) -> EventDetail | None:
    """The latest occurrence of an event that has begun by today and was not cancelled."""
    begun = _details(slug).where(Occurrence.starts_on <= today, Occurrence.cancelled.is_(False))
    return await _one(store, begun.order_by(Occurrence.sort_key.desc()).limit(1))


async def documents(store: Store, slugs: Collection[str]) -> dict[str, dict[str, Any]]:
    """The entries of these events, for lists that show more of each than a row has."""
    async with store.read() as session:
        found = await session.execute(select(Event.slug, Event.document).where(Event.slug.in_(sorted(slugs))))
        return {row.slug: row.document for row in found}


def _details(slug: str) -> Select[*tuple[Any, ...]]:
    columns: tuple[Any, ...] = (*COLUMNS, *_MORE)
    return select(*columns).join(Event, Event.id == Occurrence.event_id).where(Event.slug == slug)


def _event_detail(row: Row[Any]) -> EventDetail:
    return EventDetail(event_row(row), row.document, row.written_by, row.revision)


_MORE: Final = (Event.document, Event.written_by, Event.revision)
_DETAIL: Final = Prepared(
    select(*COLUMNS, *_MORE)
    .join(Event, Event.id == Occurrence.event_id)
    .where(Event.slug == bindparam("slug"), Occurrence.original_day == bindparam("day")),
    _event_detail,
)


async def _one(store: Store, query: Select[*tuple[Any, ...]]) -> EventDetail | None:
    async with store.read() as session:
        row = (await session.execute(query)).first()
    return _event_detail(row) if row else None


async def _list(store: Store, wanted: Wanted) -> tuple[EventRow, ...]:
    query, values = statement(wanted)
    return tuple(await store.ask(query, values))
