"""What the planner writes into the ledger: which reminders, when, for whom."""

from datetime import date
from pathlib import Path

import pytest

from alliance.delivery import State
from alliance.leadtimes import LeadTime
from bot import planner
from bot.planner import Planning, read_detail
from storage import channels
from storage.values import ChannelSettings
from tests.bot.office import GENERAL, MIGRATION, Office
from tests.storage import small


async def planned(office: Office) -> list[tuple[str, str, str, str]]:
    """(when in UTC, occurrence, lead time, to whom), in the order in which they fall due."""
    rows = await office.has(State.PLANNED)
    return [(f"{row.due_at:%m-%d %H:%M}", row.subject, row.detail, row.target) for row in rows]


async def test_a_group_s_channel_is_reminded_of_the_group_s_meetings(any_office: Office) -> None:
    """Of the monthly call: a day before and a quarter of an hour before, the moved one at its new time, in Geneva's
    morning. Nothing of the one that is cancelled, nor of what fell due before the channel was known."""
    await any_office.only(MIGRATION, "group:migration")
    assert await planned(any_office) == [
        ("04-08 07:00", "migration-call@2019-04-09", "1d", MIGRATION),
        ("04-09 08:15", "migration-call@2019-04-09", "15m", MIGRATION),
        ("05-14 07:00", "migration-call@2019-05-14", "7d 2019-05-21", MIGRATION),
        ("05-20 07:00", "migration-call@2019-05-14", "1d 2019-05-21", MIGRATION),
        ("05-21 12:45", "migration-call@2019-05-14", "15m 2019-05-21", MIGRATION),
        ("07-02 07:00", "migration-call@2019-07-09", "7d", MIGRATION),
        ("07-08 07:00", "migration-call@2019-07-09", "1d", MIGRATION),
        ("07-09 08:15", "migration-call@2019-07-09", "15m", MIGRATION),
    ]


async def test_the_community_s_channel_is_reminded_of_observances_and_what_belongs_to_no_group(office: Office) -> None:
    """Not of the monthly call of the Migration group, which that group's channel is reminded of."""
    assert [row for row in await planned(office) if row[3] == GENERAL] == [
        ("04-30 07:00", "abidjan-workshop@2019-05-14", "14d", GENERAL),
        ("05-13 07:00", "abidjan-workshop@2019-05-14", "1d", GENERAL),
        ("05-13 07:00", "world-day-against-child-labour@2019-06-12", "30d", GENERAL),
        ("06-05 07:00", "world-day-against-child-labour@2019-06-12", "7d", GENERAL),
        ("06-12 07:00", "world-day-against-child-labour@2019-06-12", "0d", GENERAL),
    ]


async def test_planning_again_changes_nothing(any_office: Office) -> None:
    before = await planned(any_office)
    assert await any_office.plan() == Planning(planned=0, withdrawn=0)
    assert await planned(any_office) == before


async def test_two_subscriptions_to_the_same_event_give_one_reminder(office: Office) -> None:
    await office.only(MIGRATION, "group:migration")
    alone = await planned(office)
    await office.only(MIGRATION, "group:migration", "events")
    calls = [row for row in await planned(office) if "call" in row[1]]
    assert calls == alone


async def test_a_channel_s_own_lead_times_and_zone_hold(office: Office) -> None:
    await office.only(GENERAL, "observances")
    own = {"observance": "45d, 40d"}
    await channels.save(office.store, ChannelSettings(GENERAL, "general", "fr", "Asia/Kathmandu", own))
    assert await office.plan() == Planning(planned=2, withdrawn=3)
    assert await planned(office) == [
        ("04-28 03:15", "world-day-against-child-labour@2019-06-12", "45d", GENERAL),
        ("05-03 03:15", "world-day-against-child-labour@2019-06-12", "40d", GENERAL),
    ]


async def test_a_channel_that_unsubscribes_gets_nothing_more(office: Office) -> None:
    await office.only(GENERAL, "observances")
    await channels.unsubscribe(office.store, GENERAL, "observances")
    assert await office.plan() == Planning(planned=0, withdrawn=3)
    assert await planned(office) == []


async def test_a_channel_that_the_bot_left_gets_nothing_more(office: Office) -> None:
    await office.only(GENERAL, "observances")
    await channels.mark_absent(office.store, GENERAL)
    await office.plan()
    assert await planned(office) == []


async def test_an_event_that_moves_takes_its_reminders_along(office: Office, tmp_path: Path) -> None:
    await office.only(MIGRATION, "group:migration")
    text = small.EVENTS.replace("moved_to: 2019-05-21, starts: 15:00", "moved_to: 2019-05-23, starts: '09:00'")
    await office.learns(tmp_path / "moved", events=text)
    assert await office.plan() == Planning(planned=3, withdrawn=3)
    assert (await planned(office))[2:5] == [
        ("05-16 07:00", "migration-call@2019-05-14", "7d 2019-05-23", MIGRATION),
        ("05-22 07:00", "migration-call@2019-05-14", "1d 2019-05-23", MIGRATION),
        ("05-23 06:45", "migration-call@2019-05-14", "15m 2019-05-23", MIGRATION),
    ]


async def test_a_cancelled_event_loses_its_reminders(office: Office, tmp_path: Path) -> None:
    await office.only(MIGRATION, "group:migration")
    text = small.EVENTS.replace("moved_to: 2019-05-21, starts: 15:00", "cancelled: true")
    await office.learns(tmp_path / "cancelled", events=text)
    assert await office.plan() == Planning(planned=0, withdrawn=3)


async def test_an_event_that_is_announced_late_is_still_reminded_of(office: Office, tmp_path: Path) -> None:
    """Its reminder of 14 days before is overdue and of use until the next one; an event in the past has none."""
    await office.only(GENERAL, "events")
    office.at("2019-04-20T12:00Z")
    await office.plan()
    before = await planned(office)
    new = """
- slug: surprise
  section: Test
  kind: launch
  name: {en: Surprise, fr: Surprise, es: Sorpresa}
  dates: 2019-04-25
  summary: {en: Soon., fr: Bientôt., es: Pronto.}
- slug: bygone
  section: Test
  kind: launch
  name: {en: Bygone, fr: Passé, es: Pasado}
  dates: 2019-04-18
  summary: {en: Over., fr: Fini., es: Terminado.}
"""
    await office.learns(tmp_path / "new", events=small.EVENTS + new)
    await office.plan()
    assert sorted(set(await planned(office)) - set(before)) == [
        ("04-11 07:00", "surprise@2019-04-25", "14d", GENERAL),
        ("04-24 07:00", "surprise@2019-04-25", "1d", GENERAL),
    ]


async def test_what_a_long_downtime_missed_is_planned_so_that_the_secretariat_hears_of_it(office: Office) -> None:
    """The bot planned until the end of July 2019 and then stopped; it starts again in January 2020."""
    await office.only(GENERAL, "observances")
    office.at("2020-01-10T12:00Z")
    await office.plan()
    assert await planned(office) == [
        ("05-13 07:00", "world-day-against-child-labour@2019-06-12", "30d", GENERAL),
        ("06-05 07:00", "world-day-against-child-labour@2019-06-12", "7d", GENERAL),
        ("06-12 07:00", "world-day-against-child-labour@2019-06-12", "0d", GENERAL),
        ("11-18 08:00", "migrants-day@2019-12-18", "30d", GENERAL),
        ("12-11 08:00", "migrants-day@2019-12-18", "7d", GENERAL),
        ("12-18 08:00", "migrants-day@2019-12-18", "0d", GENERAL),
    ]


async def test_who_subscribes_later_gets_only_what_falls_due_from_then_on(office: Office) -> None:
    office.at("2019-05-13T08:00Z")
    await office.only("U0LAN")
    await channels.subscribe(office.store, MIGRATION, "observances", office.workspace.clock.now())
    await office.plan()
    assert [row[:3] for row in await planned(office)] == [
        ("06-05 07:00", "world-day-against-child-labour@2019-06-12", "7d"),
        ("06-12 07:00", "world-day-against-child-labour@2019-06-12", "0d"),
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [("7d", (LeadTime(7 * 1440), None)), ("15m 2019-05-21", (LeadTime(15), date(2019, 5, 21)))],
)
def test_the_ledger_s_detail_is_read_back(written: str, read: tuple[LeadTime, date | None]) -> None:
    assert read_detail(written) == read


async def test_after_a_leap_of_the_clock_the_planner_is_behind_until_it_has_run(office: Office) -> None:
    async def behind() -> bool:
        return await planner.behind(office.store, office.workspace.clock.now())

    office.later(hours=23)
    assert not await behind()
    office.later(days=30)
    assert await behind()
    await office.plan()
    assert not await behind()
