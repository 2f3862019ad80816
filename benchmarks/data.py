"""Databases of made-up events and deliveries, as large as a benchmark wants them."""

import asyncio
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from alliance.when import When
from storage import contentfiles, contentload, migrate
from storage.models import Base, Delivery, Event, Occurrence, OccurrenceTopic
from storage.occurrences import span_of
from storage.store import Store, open_store

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
TODAY = NOW.date()
BATCH = 20_000
TEN_YEARS = 3650
GROUPS = ("supply-chains", "rule-of-law", "migration", "conflict-humanitarian", "communications")
REGIONS = ("africa", "americas", "asia-pacific", "europe-central-asia")
PLACE = '{"en": "Geneva", "fr": "Genève", "es": "Ginebra"}'
Values = dict[str, Any]
Made = tuple[Any, ...]


async def with_content(file: Path, today: date = TODAY) -> Store:
    """A new database with the shipped content, as loaded on that day."""
    address = f"sqlite:///{file}"
    migrate.upgrade(address)
    store = open_store(address)
    await contentload.load(store, contentfiles.read(), today)
    return store


async def with_events(file: Path, count: int) -> Store:
    """A new database with the shipped content and so many events, spread over five years before and after."""
    store = await with_content(file)
    await store.close()
    await asyncio.to_thread(_fill, file, count)
    return open_store(f"sqlite:///{file}")


def _fill(file: Path, count: int) -> None:
    """Straight through SQLite's own module: a million events through SQLAlchemy take minutes."""
    chance = random.Random(87)
    made = [_event(10_000 + number, chance) for number in range(count)]
    topics = sorted(topic for _, _, topics in made for topic in topics)
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous=OFF")
        database.execute("BEGIN")
        database.executemany(_insert(Event, EVENT), (event for event, _, _ in made))
        database.executemany(_insert(Occurrence, OCCURRENCE), (occurrence for _, occurrence, _ in made))
        database.executemany(_insert(OccurrenceTopic, TOPIC), topics)
        database.execute("COMMIT")
        database.execute("ANALYZE")


EVENT = ("id", "slug", "kind", "title", "place", "document")
OCCURRENCE = (
    "id",
    "event_id",
    "original_day",
    "starts_on",
    "ends_on",
    "precision",
    "confirmed",
    "cancelled",
    "sort_key",
)
TOPIC = ("topic", "span", "sort_key", "occurrence_id", "ends_on")


def _insert(model: type[Base], columns: tuple[str, ...]) -> str:
    marks = ", ".join("?" for _ in columns)
    return f"INSERT INTO {model.__tablename__} ({', '.join(columns)}) VALUES ({marks})"


def _event(number: int, chance: random.Random) -> tuple[Made, Made, list[Made]]:
    first = TODAY + timedelta(days=chance.randint(-TEN_YEARS // 2, TEN_YEARS // 2))
    when = When(first, first + timedelta(days=chance.choice((0, 0, 0, 1, 2, 4, 20))))
    title = f'{{"en": "Workshop {number}", "fr": "Atelier {number}", "es": "Taller {number}"}}'
    slug, start, end = f"made-up-{number}", when.start.isoformat(), when.end.isoformat()
    event = (number, slug, "workshop", title, PLACE, f'{{"slug": "{slug}"}}')
    occurrence = (number, number, start, start, end, when.precision.value, True, False, when.sort_key)
    span = span_of(when.start, when.end)
    topics = ("listed", "kind:workshop", f"group:{chance.choice(GROUPS)}", f"region:{chance.choice(REGIONS)}")
    return event, occurrence, [(topic, span, when.sort_key, number, end) for topic in topics]


async def plan_far_ahead(store: Store, count: int) -> None:
    """So many planned deliveries, none of them due within a year."""
    for rows in _batches(count):
        async with store.write() as session:
            await session.execute(insert(Delivery), rows)
    async with store.write() as session:
        connection = await session.connection()
        await connection.exec_driver_sql("ANALYZE")


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
