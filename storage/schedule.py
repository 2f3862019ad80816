"""Keeps `occurrence` and `occurrence_topic` as the content says: one row for each time that an event takes place."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.entries import Event, Observance
from storage.models import Occurrence, OccurrenceTopic
from storage.occurrences import Taking, span_of, takings, topics

HORIZON_YEARS: Final = 5
FEW: Final = 20
"""So many events are looked up by name; for more, the whole table is read."""

MOST_VALUES: Final = 500
"""So many values one statement carries."""

Key = tuple[int, date]
"""The lasting name of an occurrence: the id of its event, and its original day."""


def horizon(today: date) -> date:
    """The last day up to which series are kept: the end of a year, so that one day in the year extends them."""
    return date(today.year + HORIZON_YEARS, 12, 31)


async def sync_occurrences(
    session: AsyncSession,
    entries: Sequence[tuple[int, Event | Observance]],
    regions_of: Mapping[str, str],
    today: date,
) -> int:
    """Make the occurrences of these events (by id) what their entries say. Returns how many rows it touched.

    An occurrence keeps its row when it is moved or cancelled; one that its rule no longer gives is removed.
    """
    wanted = {
        (event_id, taking.original_day): taking
        for event_id, entry in entries
        for taking in takings(entry, horizon(today))
    }
    stored = await _stored(session, {event_id for event_id, _entry in entries})
    gone = [row_id for key, (row_id, _values) in stored.items() if key not in wanted]
    for chunk in _chunks(gone):
        await session.execute(delete(Occurrence).where(Occurrence.id.in_(chunk)))
    changed = 0
    for key, (row_id, values) in stored.items():
        if key in wanted and wanted[key].values() != values:
            await session.execute(update(Occurrence).where(Occurrence.id == row_id).values(wanted[key].values()))
            changed += 1
    new = [{"event_id": key[0], **taking.values()} for key, taking in wanted.items() if key not in stored]
    ids = {key: row_id for key, (row_id, _values) in stored.items() if key in wanted}
    if new:
        added = insert(Occurrence).returning(Occurrence.id, Occurrence.event_id, Occurrence.original_day)
        ids |= {(row.event_id, row.original_day): row.id for row in await session.execute(added, new)}
    under = {event_id: topics(entry, regions_of) for event_id, entry in entries}
    await _sync_topics(session, {ids[key]: _listings(taking, under[key[0]]) for key, taking in wanted.items()})
    return len(gone) + changed + len(new)


async def _stored(session: AsyncSession, event_ids: set[int]) -> dict[Key, tuple[int, dict[str, Any]]]:
    columns = [column for column in Occurrence.__table__.columns if column.key not in ("id", "event_id")]
    query = select(Occurrence.id, Occurrence.event_id, *columns)
    if len(event_ids) <= FEW:
        query = query.where(Occurrence.event_id.in_(event_ids))
    rows = await session.execute(query)
    return {
        (row.event_id, row.original_day): (row.id, {column.key: getattr(row, column.key) for column in columns})
        for row in rows
        if row.event_id in event_ids
    }


Listing = tuple[str, int, str, date]
"""A row of `occurrence_topic` but for its occurrence: topic, span, sort key, last day."""


def _listings(taking: Taking, under: frozenset[str]) -> set[Listing]:
    when = taking.when
    return {(topic, span_of(when.start, when.end), when.sort_key, when.end) for topic in under}


async def _sync_topics(session: AsyncSession, wanted: Mapping[int, set[Listing]]) -> None:
    stored: dict[int, set[Listing]] = {}
    columns = (OccurrenceTopic.topic, OccurrenceTopic.span, OccurrenceTopic.sort_key, OccurrenceTopic.ends_on)
    query = select(OccurrenceTopic.occurrence_id, *columns)
    if len(wanted) <= MOST_VALUES:
        query = query.where(OccurrenceTopic.occurrence_id.in_(wanted))
    for row in await session.execute(query):
        stored.setdefault(row.occurrence_id, set()).add((row.topic, row.span, row.sort_key, row.ends_on))
    differ = [row_id for row_id, listings in wanted.items() if stored.get(row_id, set()) != listings]
    for chunk in _chunks([row_id for row_id in differ if row_id in stored]):
        await session.execute(delete(OccurrenceTopic).where(OccurrenceTopic.occurrence_id.in_(chunk)))
    rows = [
        {"occurrence_id": row_id, "topic": topic, "span": span, "sort_key": sort_key, "ends_on": ends_on}
        for row_id in differ
        for topic, span, sort_key, ends_on in sorted(wanted[row_id])
    ]
    if rows:
        await session.execute(insert(OccurrenceTopic), rows)


def _chunks(ids: Sequence[int], size: int = MOST_VALUES) -> list[Sequence[int]]:
    """Both databases bound how many values one statement may carry."""
    return [ids[start : start + size] for start in range(0, len(ids), size)]
