"""Lists of events: what stands in them, in what order, page by page."""

from datetime import date, time
from pathlib import Path

import pytest
from sqlalchemy import Date, bindparam, text

from alliance.filters import Filter
from alliance.when import When
from storage import contentload, events
from storage.listing import Wanted, statement
from storage.store import Store
from storage.values import EventRow
from tests.storage.small import EVENTS, content

TODAY = date(2019, 4, 3)


@pytest.fixture
async def loaded(store: Store, tmp_path: Path) -> Store:
    """The small content, loaded in the first week of April 2019."""
    await contentload.load(store, content(tmp_path), TODAY)
    return store


def refs(rows: tuple[EventRow, ...]) -> list[str]:
    return [row.ref for row in rows]


async def test_coming_events_stand_in_order_a_month_before_its_days(loaded: Store) -> None:
    page = await events.page(loaded, Filter(last=date(2019, 12, 31)), TODAY, 0)
    assert refs(page.rows) == [
        "migration-call@2019-04-09",
        "abidjan-workshop@2019-05-14",
        "migration-call@2019-05-14",
        "migration-call@2019-06-11",
        "world-day-against-child-labour@2019-06-12",
        "hlpf@2019-07-01",
        "migration-call@2019-07-09",
    ]
    assert (page.page, page.more) == (0, False)


async def test_a_row_says_all_that_a_list_shows(loaded: Store) -> None:
    page = await events.page(loaded, Filter(first=date(2019, 2, 1), last=date(2019, 5, 1)), TODAY, 0)
    assert page.rows == (
        EventRow(
            "nepal-workshop",
            date(2019, 2, 7),
            "workshop",
            {"en": "Workshop in Nepal", "fr": "Atelier au Népal", "es": "Taller en Nepal"},
            When(date(2019, 2, 7), date(2019, 2, 8)),
            {"en": "Kathmandu", "fr": "Katmandou", "es": "Katmandú"},
            False,
        ),
        EventRow(
            "migration-call",
            date(2019, 4, 9),
            "meeting",
            {
                "en": "Call of the Migration group",
                "fr": "Appel du groupe Migration",
                "es": "Llamada del grupo de Migración",
            },
            When(date(2019, 4, 9), date(2019, 4, 9), starts=time(10, 30), ends=time(11, 30), zone="Europe/Zurich"),
            None,
            False,
        ),
    )


async def test_past_events_begin_with_the_latest(loaded: Store) -> None:
    today = date(2019, 6, 12)
    page = await events.page(loaded, Filter(first=date(2019, 1, 1), past=True), today, 0)
    assert refs(page.rows) == [
        "migration-call@2019-06-11",
        "migration-call@2019-05-14",
        "abidjan-workshop@2019-05-14",
        "migration-call@2019-04-09",
        "nepal-workshop@2019-02-07",
    ]


async def test_what_is_under_way_is_still_coming_until_its_last_day(loaded: Store) -> None:
    first = [await events.page(loaded, Filter(last=date(2019, 2, 28)), date(2019, 2, day), 0) for day in (7, 8, 9)]
    assert [refs(page.rows) for page in first] == [["nepal-workshop@2019-02-07"], ["nepal-workshop@2019-02-07"], []]
    july = await events.page(loaded, Filter(last=date(2019, 7, 31)), date(2019, 7, 31), 0)
    assert refs(july.rows) == ["hlpf@2019-07-01"]


async def test_pages_follow_each_other_without_gap_or_repeat(loaded: Store) -> None:
    whole = await events.page(loaded, Filter(), TODAY, 0, size=100)
    pages = [await events.page(loaded, Filter(), TODAY, number, size=5) for number in range(4)]
    assert [row for page in pages for row in page.rows] == list(whole.rows)
    assert [(len(page.rows), page.page, page.more) for page in pages] == [
        (5, 0, True), (5, 1, True), (2, 2, False), (0, 3, False)
    ]  # fmt: skip
    assert await events.page(loaded, Filter(), TODAY, -1, size=5) == pages[0]
    assert (await events.page(loaded, Filter(), TODAY, 10**30)).rows == ()


async def test_days_at_the_ends_of_the_calendar_are_days_too(loaded: Store) -> None:
    whole = await events.page(loaded, Filter(), date(2000, 1, 1), 0, size=100)
    for first in (date.min, date(1, 2, 1), date(999, 1, 1), date(2000, 1, 1)):
        assert await events.page(loaded, Filter(first, date.max), TODAY, 0, size=100) == whole
    assert (await events.page(loaded, Filter(first=date.max), TODAY, 0)).rows == ()


async def test_filters_hold_together(loaded: Store) -> None:
    async def listed(*topics: set[str], kinds: frozenset[str] = frozenset()) -> list[str]:
        wanted = Filter(date(2019, 1, 1), date(2019, 12, 31), topics=tuple(map(frozenset, topics)), kinds=kinds)
        return refs((await events.page(loaded, wanted, TODAY, 0)).rows)

    assert await listed({"region:africa"}) == ["abidjan-workshop@2019-05-14", "hlpf@2019-07-01"]
    assert await listed({"region:africa"}, {"theme:child-labour"}) == ["abidjan-workshop@2019-05-14"]
    assert await listed({"country:nepal", "theme:child-labour"}) == [
        "nepal-workshop@2019-02-07",
        "abidjan-workshop@2019-05-14",
        "world-day-against-child-labour@2019-06-12",
    ]
    assert await listed(kinds=frozenset({"forum", "workshop"})) == [
        "nepal-workshop@2019-02-07", "abidjan-workshop@2019-05-14", "hlpf@2019-07-01"
    ]  # fmt: skip
    assert await listed({"region:africa"}, kinds=frozenset({"meeting"})) == []


async def test_the_calendar_shows_observances_that_the_list_leaves_out(loaded: Store) -> None:
    december = (date(2019, 12, 1), date(2019, 12, 31))
    assert refs(await events.between(loaded, *december)) == ["migrants-day@2019-12-18"]
    assert refs(await events.between(loaded, *december, kinds=frozenset({"workshop"}))) == []
    assert refs((await events.page(loaded, Filter(*december), TODAY, 0)).rows) == []
    assert refs((await events.page(loaded, Filter(*december), TODAY, 0, listed_only=False)).rows) == [
        "migrants-day@2019-12-18"
    ]
    observances = await events.between(loaded, TODAY, date(2024, 1, 1), kinds=frozenset({"observance"}), limit=2)
    assert refs(observances) == ["world-day-against-child-labour@2019-06-12", "migrants-day@2019-12-18"]


async def test_a_group_sees_what_comes_next_for_it(loaded: Store) -> None:
    assert refs(await events.upcoming_for(loaded, frozenset({"group:migration"}), TODAY, 2)) == [
        "migration-call@2019-04-09", "migration-call@2019-05-14"
    ]  # fmt: skip
    assert refs(await events.upcoming_for(loaded, frozenset(), TODAY, 1)) == ["migration-call@2019-04-09"]


async def test_one_occurrence_is_named_by_its_lasting_day(loaded: Store) -> None:
    moved = await events.detail(loaded, "migration-call@2019-05-14")
    assert moved is not None
    assert moved.row.when.start == date(2019, 5, 21)
    assert moved.document["rule"] == "FREQ=MONTHLY;BYDAY=2TU;COUNT=4"
    for nothing in ("migration-call@2019-05-21", "nobody@2019-05-14", "migration-call", "@", "x@2019-99-99"):
        assert await events.detail(loaded, nothing) is None


async def test_the_next_occurrence_is_one_that_takes_place_else_the_latest(loaded: Store) -> None:
    async def following(day: date) -> str | None:
        found = await events.next_of(loaded, "migration-call", day)
        return found.row.ref if found else None

    assert await following(date(2019, 4, 9)) == "migration-call@2019-04-09"
    assert await following(date(2019, 5, 20)) == "migration-call@2019-05-14"
    assert await following(date(2019, 6, 1)) == "migration-call@2019-07-09"
    assert await following(date(2020, 1, 1)) == "migration-call@2019-07-09"
    assert await events.next_of(loaded, "nobody", TODAY) is None


async def test_a_cancelled_event_stays_in_the_list_and_says_so(store: Store, tmp_path: Path) -> None:
    cancelled = EVENTS.replace("dates: 2019-05-14", "dates: 2019-05-14\n  cancelled: true")
    await contentload.load(store, content(tmp_path, events=cancelled), TODAY)
    found = await events.detail(store, "abidjan-workshop@2019-05-14")
    assert found is not None
    assert found.row.cancelled
    assert found.row in (await events.page(store, Filter(), TODAY, 0)).rows


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted((frozenset({"listed"}),), first=TODAY),
        Wanted((frozenset({"listed", "unlisted"}),), TODAY, TODAY),
        Wanted((frozenset({"region:africa"}), frozenset({"listed"})), until=TODAY, latest_first=True),
    ],
)
async def test_no_list_reads_a_whole_table(sqlite_store: Store, wanted: Wanted) -> None:
    query, values = statement(wanted)
    days = (bindparam("first", type_=Date), bindparam("until", type_=Date))
    plan = await sqlite_store.rows(text(f"EXPLAIN QUERY PLAN {query.query}").bindparams(*days), values)
    read = [step.detail for step in plan if step.detail.startswith(("SCAN", "SEARCH"))]
    tables = [step for step in read if not step.startswith(("SCAN r_", "SCAN chosen", "SCAN ranges"))]
    assert tables
    assert [step for step in tables if not step.startswith("SEARCH")] == []
