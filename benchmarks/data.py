"""Databases of made-up events and deliveries, as large as a benchmark wants them."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from alliance.when import When
from storage import contentfiles, contentload, migrate
from storage.models import Delivery, Event, Occurrence, OccurrenceTopic
from storage.occurrences import span_of
from storage.store import Store, open_store

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
TODAY = NOW.date()
BATCH = 20_000
TEN_YEARS = 3650
GROUPS = ("supply-chains", "rule-of-law", "migration", "conflict-humanitarian", "communications")
REGIONS = ("africa", "americas", "asia-pacific", "europe-central-asia")
Values = dict[str, Any]


async def with_content(file: Path) -> Store:
    """A new database with the shipped content."""
    address = f"sqlite:///{file}"
    migrate.upgrade(address)
    store = open_store(address)
    await contentload.load(store, contentfiles.read(), TODAY)
    return store


async def with_events(file: Path, count: int) -> Store:
    """A new database with the shipped content and so many events, spread over five years before and after."""
    store = await with_content(file)
    chance = random.Random(87)
    for start in range(0, count, BATCH):
        rows = [_event(10_000 + number, chance) for number in range(start, min(start + BATCH, count))]
        async with store.write() as session:
            await session.execute(insert(Event), [event for event, _, _ in rows])
            await session.execute(insert(Occurrence), [occurrence for _, occurrence, _ in rows])
            await session.execute(insert(OccurrenceTopic), [topic for _, _, topics in rows for topic in topics])
    await _analyse(store)
    return store


async def _analyse(store: Store) -> None:
    async with store.write() as session:
        connection = await session.connection()
        await connection.exec_driver_sql("ANALYZE")


def _event(number: int, chance: random.Random) -> tuple[Values, Values, list[Values]]:
    first = TODAY + timedelta(days=chance.randint(-TEN_YEARS // 2, TEN_YEARS // 2))
    when = When(first, first + timedelta(days=chance.choice((0, 0, 0, 1, 2, 4, 20))))
    title = {
        language: f"{word} {number}" for language, word in (("en", "Workshop"), ("fr", "Atelier"), ("es", "Taller"))
    }
    event = {
        "id": number,
        "slug": f"made-up-{number}",
        "kind": "workshop",
        "title": title,
        "place": {"en": "Geneva", "fr": "Genève", "es": "Ginebra"},
        "document": {"slug": f"made-up-{number}"},
    }
    occurrence = {
        "id": number,
        "event_id": number,
        "original_day": first,
        "starts_on": when.start,
        "ends_on": when.end,
        "precision": when.precision.value,
        "confirmed": True,
        "cancelled": False,
        "sort_key": when.sort_key,
    }
    topics = ("listed", "kind:workshop", f"group:{chance.choice(GROUPS)}", f"region:{chance.choice(REGIONS)}")
    return event, occurrence, [_topic(topic, occurrence) for topic in topics]


def _topic(topic: str, occurrence: Values) -> Values:
    return {
        "topic": topic,
        "span": span_of(occurrence["starts_on"], occurrence["ends_on"]),
        "sort_key": occurrence["sort_key"],
        "occurrence_id": occurrence["id"],
        "ends_on": occurrence["ends_on"],
    }


async def plan_far_ahead(store: Store, count: int) -> None:
    """So many planned deliveries, none of them due within a year."""
    for rows in _batches(count):
        async with store.write() as session:
            await session.execute(insert(Delivery), rows)
    await _analyse(store)


def _batches(count: int) -> Iterator[list[Values]]:
    due = NOW + timedelta(days=400)
    for start in range(0, count, BATCH):
        yield [
            {
                "key": f"reminder:made-up-{number}@2021-01-01:7d:C0{number % 50}",
                "kind": "reminder",
                "target": f"C0{number % 50}",
                "subject": f"made-up-{number}@{date(2021, 1, 1)}",
                "detail": "7d",
                "due_at": due + timedelta(seconds=number),
                "useful_until": due + timedelta(days=8),
                "state": "planned",
            }
            for number in range(start, min(start + BATCH, count))
        ]
