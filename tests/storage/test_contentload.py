"""From the files to the database: what is there afterwards, and what a second load changes."""

import asyncio
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from sqlalchemy import select

from alliance.when import Precision, When
from storage import contentload, events, settings
from storage.models import OccurrenceTopic
from storage.store import Store, open_store
from storage.values import ContentChange
from tests.storage.small import COUNTRIES, EVENTS, GROUPS, OBSERVANCES, content

TODAY = date(2019, 4, 3)
EVERYTHING = [
    ContentChange("add", kind, slug)
    for kind, slug in (
        ("community", "alliance"),
        ("region", "africa"),
        ("region", "asia-pacific"),
        ("theme", "child-labour"),
        ("theme", "migration"),
        ("group", "migration"),
        ("country", "nepal"),
        ("country", "cote-d-ivoire"),
        ("event", "nepal-workshop"),
        ("event", "abidjan-workshop"),
        ("event", "hlpf"),
        ("event", "migration-call"),
        ("observance", "world-day-against-child-labour"),
        ("observance", "migrants-day"),
    )
]


async def days(store: Store, slug: str) -> list[tuple[date, When, bool]]:
    """Every occurrence of an event: its lasting day, when it takes place, whether it was cancelled."""
    rows = await events.between(store, date(2000, 1, 1), date(2050, 1, 1), limit=5000)
    return [(row.original_day, row.when, row.cancelled) for row in rows if row.slug == slug]


async def topics(store: Store, ref: str) -> set[str]:
    """What an occurrence is listed under."""
    async with store.read() as session:
        known = set(await session.scalars(select(OccurrenceTopic.topic)))
    listed = {topic: await events.upcoming_for(store, frozenset({topic}), TODAY, 5000) for topic in known}
    return {topic for topic, rows in listed.items() if any(row.ref == ref for row in rows)}


async def test_the_first_load_adds_everything_and_the_second_nothing(store: Store, tmp_path: Path) -> None:
    read = content(tmp_path)
    assert await contentload.diff(store, read) == EVERYTHING
    assert await contentload.load(store, read, TODAY) == EVERYTHING
    assert await contentload.diff(store, read) == []
    assert await contentload.load(store, read, TODAY) == []
    assert await settings.get(store, "content_digest") == read.digest


async def test_what_the_files_change_is_changed_and_what_they_drop_is_removed(store: Store, tmp_path: Path) -> None:
    await contentload.load(store, content(tmp_path / "before"), TODAY)
    events_after = EVENTS.replace("dates: 2019-05-14", "dates: 2019-05-15").replace("Cocoa.", "Cocoa and cotton.")
    after = content(
        tmp_path / "after",
        groups=GROUPS.replace("status: active", "status: starting"),
        events=events_after,
        observances=OBSERVANCES[: OBSERVANCES.index("- slug: migrants-day")],
    )
    expected = [
        ContentChange("change", "group", "migration", ("status",)),
        ContentChange("change", "event", "abidjan-workshop", ("dates", "summary")),
        ContentChange("remove", "observance", "migrants-day"),
    ]
    assert await contentload.diff(store, after) == expected
    assert await contentload.load(store, after, TODAY) == expected
    assert await days(store, "abidjan-workshop") == [
        (date(2019, 5, 15), When(date(2019, 5, 15), date(2019, 5, 15)), False)
    ]
    assert await days(store, "migrants-day") == []
    assert await contentload.diff(store, after) == []


async def test_a_series_becomes_occurrences_that_keep_their_day_when_moved(store: Store, tmp_path: Path) -> None:
    await contentload.load(store, content(tmp_path), TODAY)

    def call(day: date, starts: time = time(10, 30), ends: time | None = time(11, 30)) -> When:
        return When(day, day, starts=starts, ends=ends, zone="Europe/Zurich")

    assert await days(store, "migration-call") == [
        (date(2019, 4, 9), call(date(2019, 4, 9)), False),
        (date(2019, 5, 14), call(date(2019, 5, 21), time(15), None), False),
        (date(2019, 6, 11), call(date(2019, 6, 11)), True),
        (date(2019, 7, 9), call(date(2019, 7, 9)), False),
    ]


async def test_a_month_stays_a_month(store: Store, tmp_path: Path) -> None:
    await contentload.load(store, content(tmp_path), TODAY)
    july = When(date(2019, 7, 1), date(2019, 7, 31), Precision.MONTH, confirmed=False)
    assert await days(store, "hlpf") == [(date(2019, 7, 1), july, False)]


async def test_observances_reach_from_2015_or_their_first_year_to_five_years_ahead(
    store: Store, tmp_path: Path
) -> None:
    await contentload.load(store, content(tmp_path), TODAY)
    assert [day for day, _when, _cancelled in await days(store, "world-day-against-child-labour")] == [
        date(year, 6, 12) for year in range(2015, 2025)
    ]
    assert [day for day, _when, _cancelled in await days(store, "migrants-day")] == [
        date(year, 12, 18) for year in range(2018, 2025)
    ]


async def test_the_daily_job_extends_series_once_a_year(store: Store, tmp_path: Path) -> None:
    assert await contentload.extend(store, TODAY) == 0
    await contentload.load(store, content(tmp_path), TODAY)
    before = await days(store, "migration-call")
    assert await contentload.extend(store, date(2019, 12, 31)) == 0
    assert await contentload.extend(store, date(2020, 1, 1)) == 2
    assert await contentload.extend(store, date(2020, 1, 2)) == 0
    assert (await days(store, "migrants-day"))[-1][0] == date(2025, 12, 18)
    assert await days(store, "migration-call") == before


async def test_loading_the_same_files_later_extends_the_series_as_well(store: Store, tmp_path: Path) -> None:
    read = content(tmp_path)
    await contentload.load(store, read, TODAY)
    assert await contentload.load(store, read, date(2021, 1, 1)) == []
    assert (await days(store, "migrants-day"))[-1][0] == date(2026, 12, 18)


async def test_an_occurrence_is_listed_under_its_countries_regions_groups_and_themes(
    store: Store, tmp_path: Path
) -> None:
    await contentload.load(store, content(tmp_path), TODAY)
    assert await topics(store, "abidjan-workshop@2019-05-14") == {
        "listed", "common", "kind:workshop", "country:cote-d-ivoire", "region:africa", "theme:child-labour"
    }  # fmt: skip
    assert await topics(store, "migration-call@2019-04-09") == {"listed", "kind:meeting", "group:migration"}


async def test_a_country_that_moves_to_another_region_takes_its_events_with_it(store: Store, tmp_path: Path) -> None:
    await contentload.load(store, content(tmp_path / "before"), TODAY)
    after = content(tmp_path / "after", countries=COUNTRIES.replace("region: africa", "region: asia-pacific"))
    assert await contentload.load(store, after, TODAY) == [
        ContentChange("change", "country", "cote-d-ivoire", ("region",))
    ]
    assert await topics(store, "abidjan-workshop@2019-05-14") == {
        "listed", "common", "kind:workshop", "country:cote-d-ivoire", "region:asia-pacific", "theme:child-labour"
    }  # fmt: skip


async def test_of_bots_that_load_together_one_does_it(store: Store, address: str, tmp_path: Path) -> None:
    read = content(tmp_path)
    other = open_store(address)
    both = await asyncio.gather(contentload.load(store, read, TODAY), contentload.load(other, read, TODAY))
    await other.close()
    assert sorted(both, key=len) == [[], EVERYTHING]
    assert await contentload.diff(store, read) == []


async def test_a_meeting_can_move_to_a_day_that_is_not_known_yet(store: Store, tmp_path: Path) -> None:
    moved = EVENTS.replace("moved_to: 2019-05-21, starts: 15:00", "moved_to: 2019-06")
    await contentload.load(store, content(tmp_path, events=moved), TODAY)
    june = When(date(2019, 6, 1), date(2019, 6, 30), Precision.MONTH, zone="Europe/Zurich")
    assert (date(2019, 5, 14), june, False) in await days(store, "migration-call")


async def test_a_load_that_fails_leaves_everything_as_it_was(store: Store, tmp_path: Path) -> None:
    before = content(tmp_path)
    await contentload.load(store, before, TODAY)
    endless = before.events[0].model_copy(update={"dates": "2019-02-07..2021-02-08"})
    with pytest.raises(ValueError, match="longer than 366 days"):
        await contentload.load(store, replace(before, digest="broken", regions=(), events=(endless,)), TODAY)
    assert await contentload.diff(store, before) == []
    assert await settings.get(store, "content_digest") == before.digest
