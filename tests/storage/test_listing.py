"""Any list against the plainest way to make it: read everything, keep what fits, sort it."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from alliance.filters import Filter
from alliance.when import Precision, When, month_days
from storage import events
from storage.models import Event, Occurrence, OccurrenceTopic
from storage.occurrences import SPANS, Taking, span_of
from storage.store import Store
from storage.values import EventRow

TODAY = date(2019, 4, 3)
COUNT = 400
TITLE = {"en": "Event", "fr": "Événement", "es": "Evento"}
TOPICS = ("region:africa", "region:asia", "country:nepal", "group:migration", "theme:trade", "kind:workshop")


def made_up(number: int, chance: random.Random) -> tuple[When, frozenset[str]]:
    """Some date of any precision and length around today, and what it is listed under."""
    first = TODAY + timedelta(days=chance.randint(-500, 500))
    months = month_days(f"{first:%Y-%m}")
    when = chance.choice(
        (
            When(first, first),
            When(first, first + timedelta(days=chance.randint(0, 365))),
            When(first, first + timedelta(days=chance.randint(0, 10))),
            When(*months, Precision.MONTH),
            When(months[1], months[1], Precision.BEFORE),
            When(date(first.year, 1, 1), date(first.year, 12, 31), Precision.YEAR),
        )
    )
    listed = "listed" if number % 4 else "unlisted"
    return when, frozenset({listed, *chance.sample(TOPICS, chance.randint(0, 3))})


Made = dict[int, tuple[EventRow, frozenset[str]]]


async def fill(store: Store) -> Made:
    chance = random.Random(87)
    made: Made = {}
    for number in range(1, COUNT + 1):
        when, topics = made_up(number, chance)
        made[number] = (EventRow(f"e-{number}", when.start, "workshop", TITLE, when, None, False), topics)
    async with store.write() as session:
        await session.execute(
            insert(Event),
            [
                {"id": number, "slug": row.slug, "kind": row.kind, "title": TITLE, "document": {}}
                for number, (row, _topics) in made.items()
            ],
        )
        occurrences = [
            {"id": number, "event_id": number, **Taking(row.original_day, row.when).values()}
            for number, (row, _topics) in made.items()
        ]
        await session.execute(insert(Occurrence), occurrences)
        listings = [
            {
                "topic": topic,
                "span": span_of(row.when.start, row.when.end),
                "sort_key": row.when.sort_key,
                "occurrence_id": number,
                "ends_on": row.when.end,
            }
            for number, (row, topics) in made.items()
            for topic in topics
        ]
        await session.execute(insert(OccurrenceTopic), listings)
    return made


def plainly(made: Made, wanted: Filter, today: date, listed_only: bool) -> list[EventRow]:
    """What the filter means, word by word."""
    first = wanted.first or (date.min if wanted.past else today)
    chosen = [
        (row.when.sort_key, number)
        for number, (row, topics) in made.items()
        if row.when.end >= first
        and (wanted.last is None or row.when.start <= wanted.last)
        and not (wanted.past and row.when.end >= today)
        and (not listed_only or "listed" in topics)
        and all(group & topics for group in wanted.topics)
    ]
    return [made[number][0] for _key, number in sorted(chosen, reverse=wanted.past)]


days = st.none() | st.dates(date(2017, 12, 30), date(2020, 9, 1))
filters = st.builds(
    Filter,
    first=days,
    last=days,
    past=st.booleans(),
    topics=st.lists(st.frozensets(st.sampled_from(TOPICS), min_size=1, max_size=3), max_size=2).map(tuple),
)
todays = st.dates(date(2018, 1, 1), date(2020, 6, 1)) | st.sampled_from(
    [date(2019, 1, 1), date(2018, 12, 31), date(2019, 7, 31), date(2019, 2, 28)]
)


@pytest.fixture
async def filled(store: Store) -> tuple[Store, Made]:
    return store, await fill(store)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=filters, today=todays, page=st.integers(0, 3), size=st.integers(1, 40), listed_only=st.booleans())
async def test_a_page_has_what_the_filter_means_in_order(
    filled: tuple[Store, Made], wanted: Filter, today: date, page: int, size: int, listed_only: bool
) -> None:
    store, made = filled
    expected = plainly(made, wanted, today, listed_only)
    found = await events.page(store, wanted, today, page, size, listed_only)
    assert list(found.rows) == expected[page * size : (page + 1) * size]
    assert found.more == (len(expected) > (page + 1) * size)


@given(st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.integers(1, 366))
def test_a_span_is_no_shorter_than_the_occurrence(first: date, length: int) -> None:
    span = span_of(first, first + timedelta(days=length - 1))
    assert span == min(span for span in SPANS if span >= length)


def test_nothing_lasts_longer_than_a_year() -> None:
    with pytest.raises(ValueError, match="longer than 366 days"):
        span_of(date(2019, 1, 1), date(2020, 1, 2))
