"""Events that members add and change: what is kept, who is told, and what happens to two editors at once."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from alliance.coming import Answer
from alliance.delivery import Kind, Planned
from alliance.when import When
from storage import announcements, channels, coming, contentload, deliveries, eventedits, events, meetings, models
from storage.entries import Change, Event
from storage.eventedits import Changed, Editor, Gone, NotPossible, Stored
from storage.membermodels import Audit
from storage.store import Store
from storage.values import ChannelSettings, ContentChange
from tests.storage.small import COUNTRIES, EVENTS, content

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
TODAY = NOW.date()
ANA, BEN = Editor("U0ANA", NOW), Editor("U0BEN", NOW + timedelta(seconds=30))
MIGRATION, COMMUNITY = "C0MIGRATION", "C0GENERAL"


def event(**values: Any) -> Event:
    """A call of the Migration group on 14 May 2019, written in French."""
    return Event.model_validate(
        {
            "slug": "new",
            "section": eventedits.SECTION,
            "name": {"fr": "Appel sur le recrutement équitable"},
            "kind": "meeting",
            "dates": "2019-05-14",
            "starts": "15:00",
            "ends": "16:00",
            "zone": "Europe/Zurich",
            "groups": ["migration"],
            "written_in": "fr",
        }
        | values
    )


SERIES = {"dates": "2019-05-14", "rule": "FREQ=MONTHLY;BYDAY=2TU;COUNT=4"}


@pytest.fixture
async def stocked(store: Store, tmp_path: Path) -> Store:
    """The small content, and the bot in the channels of the group and of the community."""
    await contentload.load(store, content(tmp_path / "content"), TODAY)
    await channels.save(store, ChannelSettings(MIGRATION, "ag-migration", "en", "Europe/Zurich", group="migration"))
    await channels.save(store, ChannelSettings(COMMUNITY, "general", "en", "Europe/Zurich"))
    return store


async def days(store: Store, slug: str) -> list[tuple[date, When, bool]]:
    rows = await events.between(store, date(2015, 1, 1), date(2050, 1, 1), limit=5000)
    return [(row.original_day, row.when, row.cancelled) for row in rows if row.slug == slug]


async def ledger(store: Store) -> list[tuple[str, str, str, str, datetime]]:
    """What is to be posted about events: kind, channel, subject, detail, when."""
    async with store.read() as session:
        rows = await session.scalars(select(models.Delivery).order_by(models.Delivery.id))
        return [(row.kind, row.target, row.subject, row.detail, row.due_at) for row in rows]


async def post(store: Store, now: datetime) -> None:
    """Everything that is due is posted."""
    rows = await deliveries.due(store, now, 100)
    for row in await deliveries.claim(store, [row.id for row in rows], "sender", now, now):
        assert await deliveries.sent(store, row.id, "sender", row.target, f"{row.id}.1", now)


async def audited(store: Store) -> list[tuple[str, str, str, Any]]:
    async with store.read() as session:
        rows = await session.scalars(select(Audit).order_by(Audit.id))
        return [(row.actor, row.action, row.subject, row.detail) for row in rows]


async def test_an_event_of_a_member_is_listed_found_announced_and_audited(stocked: Store) -> None:
    made = await eventedits.add(stocked, ANA, event())
    assert made.entry.slug == "appel-sur-le-recrutement-equitable"
    assert (made.revision, made.written_by, made.ref) == (1, "U0ANA", "appel-sur-le-recrutement-equitable@2019-05-14")
    assert (await events.find(stocked, "recrutement", TODAY)).slug == made.entry.slug
    row = (await events.upcoming_for(stocked, frozenset({"group:migration"}), date(2019, 5, 10), 1))[0]
    assert (row.ref, row.title) == (made.ref, {"fr": "Appel sur le recrutement équitable"})
    assert await ledger(stocked) == [("announcement", MIGRATION, made.ref, "", NOW)]
    assert await audited(stocked) == [("U0ANA", "add_event", made.entry.slug, {"revision": 1})]


async def test_an_event_of_no_group_is_announced_in_the_community_and_one_that_is_over_nowhere(stocked: Store) -> None:
    made = await eventedits.add(stocked, ANA, event(groups=[]))
    await eventedits.add(stocked, ANA, event(dates="2019-03-01", name={"fr": "Passé"}))
    assert await ledger(stocked) == [("announcement", COMMUNITY, made.ref, "", NOW)]


async def test_saving_the_same_twice_keeps_one_even_at_the_same_moment(stocked: Store) -> None:
    both = await asyncio.gather(*(eventedits.add(stocked, ANA, event()) for _click in range(4)))
    assert both == [await eventedits.add(stocked, ANA, event())] * 4
    assert len(await audited(stocked)) == 1
    assert (await eventedits.add(stocked, BEN, event())).entry.slug == "appel-sur-le-recrutement-equitable-2"


async def test_a_moved_event_keeps_its_name_and_is_told_of_once(stocked: Store) -> None:
    made = await eventedits.add(stocked, ANA, event())
    await post(stocked, NOW)
    moved = await eventedits.change(stocked, BEN, 1, made.entry.model_copy(update={"dates": "2019-05-16"}))
    again = await eventedits.change(stocked, BEN, 2, moved.entry.model_copy(update={"starts": time(14)}))
    assert (again.revision, again.changed_by, again.ref) == (3, "U0BEN", made.ref)
    day = date(2019, 5, 16)
    when = When(day, day, starts=time(14), ends=time(16), zone="Europe/Zurich")
    assert await days(stocked, made.entry.slug) == [(date(2019, 5, 14), when, False)]
    assert await ledger(stocked) == [
        ("announcement", MIGRATION, made.ref, "", NOW),
        ("change", MIGRATION, made.ref, "r1", BEN.now + announcements.SETTLES),
    ]
    assert [detail for _who, _what, _slug, detail in await audited(stocked)][1:] == [
        {"revision": 2, "fields": {"dates": ["2019-05-14", "2019-05-16"]}},
        {"revision": 3, "fields": {"starts": ["15:00:00", "14:00:00"]}},
    ]


async def test_the_second_of_two_editors_is_told_who_changed_what_and_overwrites_nothing(stocked: Store) -> None:
    made = await eventedits.add(stocked, ANA, event())
    await eventedits.change(stocked, ANA, 1, made.entry.model_copy(update={"dates": "2019-05-16"}))
    with pytest.raises(Changed) as refused:
        await eventedits.change(stocked, BEN, 1, made.entry.model_copy(update={"link": "https://example.org/call"}))
    assert (refused.value.by, refused.value.what, refused.value.now.revision) == ("U0ANA", ("dates",), 2)
    stored = await eventedits.get(stocked, made.entry.slug)
    assert stored
    assert (stored.entry.dates, stored.entry.link) == ("2019-05-16", None)


async def test_of_two_editors_at_the_same_moment_one_wins(stocked: Store) -> None:
    made = await eventedits.add(stocked, ANA, event())
    wanted = [made.entry.model_copy(update={"dates": f"2019-05-{day}"}) for day in (16, 17, 20, 21)]
    ended = await asyncio.gather(
        *(eventedits.change(stocked, Editor(f"U0{n}", NOW), 1, entry) for n, entry in enumerate(wanted)),
        return_exceptions=True,
    )
    assert [type(one) for one in ended if not isinstance(one, Stored)] == [Changed] * 3
    assert len(await audited(stocked)) == 2


async def test_saving_the_same_change_twice_changes_once(stocked: Store) -> None:
    made = await eventedits.add(stocked, ANA, event())
    wanted = made.entry.model_copy(update={"dates": "2019-05-16"})
    once = await eventedits.change(stocked, BEN, 1, wanted)
    assert await eventedits.change(stocked, BEN, 1, wanted) == once
    assert len(await audited(stocked)) == 2


async def test_one_occurrence_is_moved_and_another_called_off(stocked: Store) -> None:
    made = await eventedits.add(stocked, ANA, event(**SERIES))
    slug = made.entry.slug
    moved = Change(day=date(2019, 6, 11), moved_to="2019-06-13", starts=time(10))
    await eventedits.move_occurrence(stocked, ANA, slug, 1, moved)
    after = await eventedits.cancel_occurrence(stocked, ANA, slug, 2, date(2019, 7, 9))
    assert await eventedits.cancel_occurrence(stocked, ANA, slug, 2, date(2019, 7, 9)) == after

    def call(day: date, starts: time = time(15), ends: time | None = time(16)) -> When:
        return When(day, day, starts=starts, ends=ends, zone="Europe/Zurich")

    assert await days(stocked, slug) == [
        (date(2019, 5, 14), call(date(2019, 5, 14)), False),
        (date(2019, 6, 11), call(date(2019, 6, 13), time(10), None), False),
        (date(2019, 7, 9), call(date(2019, 7, 9)), True),
        (date(2019, 8, 13), call(date(2019, 8, 13)), False),
    ]
    with pytest.raises(NotPossible):
        await eventedits.cancel_occurrence(stocked, ANA, slug, 3, date(2019, 7, 10))


async def test_all_that_follow_are_called_off_and_the_first_of_all_is_the_whole(stocked: Store) -> None:
    slug = (await eventedits.add(stocked, ANA, event(**SERIES))).entry.slug
    ended = await eventedits.cancel_following(stocked, ANA, slug, 1, date(2019, 7, 9))
    assert ended.entry.rule == "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20190611"
    assert await eventedits.cancel_following(stocked, ANA, slug, 1, date(2019, 7, 9)) == ended
    assert [day for day, _when, _off in await days(stocked, slug)] == [date(2019, 5, 14), date(2019, 6, 11)]
    await eventedits.cancel_following(stocked, ANA, slug, 2, date(2019, 5, 14))
    assert [off for _day, _when, off in await days(stocked, slug)] == [True, True]


async def test_all_that_follow_go_on_at_other_times_as_an_event_of_their_own(stocked: Store) -> None:
    made = await eventedits.add(stocked, ANA, event(**SERIES))
    await post(stocked, NOW)
    later = event(dates="2019-07-10", rule="FREQ=MONTHLY;BYDAY=2WE;COUNT=2")
    for _twice in range(2):
        new = await eventedits.move_following(stocked, BEN, made.entry.slug, 1, date(2019, 7, 9), later)
    assert new.entry.follows == made.entry.slug
    assert [day for day, _when, _off in await days(stocked, made.entry.slug)] == [date(2019, 5, 14), date(2019, 6, 11)]
    assert [day for day, _when, _off in await days(stocked, new.entry.slug)] == [date(2019, 7, 10), date(2019, 8, 14)]
    assert [row[:3] for row in await ledger(stocked)] == [
        ("announcement", MIGRATION, made.ref),
        ("announcement", MIGRATION, new.ref),
    ]


async def test_who_comes_to_the_meetings_that_follow_and_their_agendas_go_with_them(stocked: Store) -> None:
    made = await eventedits.add(stocked, ANA, event(**SERIES))
    slug = made.entry.slug
    june, july, august = (f"{slug}@2019-{day}" for day in ("06-11", "07-09", "08-13"))
    for ref, said in ((june, Answer.YES), (july, Answer.YES), (august, Answer.MAYBE)):
        await coming.answer(stocked, ref, "U0CLEO", said, NOW)
    await meetings.propose(stocked, ANA, august, "Recruitment fees")
    later = event(dates="2019-07-10", rule="FREQ=MONTHLY;BYDAY=2WE;COUNT=2")
    for _twice in range(2):
        new = (await eventedits.move_following(stocked, BEN, slug, 1, date(2019, 7, 9), later)).entry.slug
    assert dict(await coming.answers_of(stocked, "U0CLEO", 10)) == {
        june: Answer.YES,
        f"{new}@2019-07-10": Answer.YES,
        f"{new}@2019-08-14": Answer.MAYBE,
    }
    assert [point.text for point in await meetings.points(stocked, f"{new}@2019-08-14")] == ["Recruitment fees"]


async def test_a_removed_event_leaves_every_list_and_cannot_be_changed(stocked: Store) -> None:
    made = await eventedits.add(stocked, ANA, event())
    await eventedits.remove(stocked, BEN, made.entry.slug, 1)
    assert await days(stocked, made.entry.slug) == []
    assert (await events.find(stocked, "recrutement", TODAY)).slug is None
    assert await events.detail(stocked, made.ref) is None
    with pytest.raises(Gone):
        await eventedits.change(stocked, BEN, 2, made.entry)
    assert (await eventedits.add(stocked, ANA, event())).entry.slug == "appel-sur-le-recrutement-equitable-2"


@pytest.mark.parametrize(
    "values",
    [
        {"dates": "2019-05-14..2021-05-14", "starts": None, "ends": None, "zone": None},
        {"rule": "FREQ=DAILY;INTERVAL=1", "dates": "2015-01-01"},
        {"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"},
    ],
)
async def test_what_no_list_can_hold_is_refused_whole(stocked: Store, values: dict[str, Any]) -> None:
    with pytest.raises(NotPossible):
        await eventedits.add(stocked, ANA, event(**values))
    assert (await audited(stocked), await ledger(stocked)) == ([], [])


async def test_the_files_leave_alone_what_was_changed_here(stocked: Store, tmp_path: Path) -> None:
    stored = await eventedits.get(stocked, "abidjan-workshop")
    assert stored
    assert stored.written_by is None
    await eventedits.change(stocked, ANA, 1, stored.entry.model_copy(update={"dates": "2019-05-20"}))
    added = await eventedits.add(stocked, ANA, event())
    assert await contentload.diff(stocked, content(tmp_path / "again")) == [
        ContentChange("keep", "event", "abidjan-workshop", ("dates", "named_on"))
    ]
    other = content(tmp_path / "other", events="[]")
    assert ContentChange("remove", "event", "hlpf") in await contentload.load(stocked, other, TODAY)
    assert [when.start for _day, when, _off in await days(stocked, "abidjan-workshop")] == [date(2019, 5, 20)]
    assert len(await days(stocked, added.entry.slug)) == 1


async def test_the_files_may_drop_a_country_that_a_member_s_event_names(stocked: Store, tmp_path: Path) -> None:
    made = await eventedits.add(stocked, ANA, event(countries=["cote-d-ivoire", "nepal"]))
    without = COUNTRIES[: COUNTRIES.index("- slug: cote-d-ivoire")]
    others = EVENTS.replace("  countries: [cote-d-ivoire]\n", "")
    await contentload.load(stocked, content(tmp_path / "less", countries=without, events=others), TODAY)
    listed = [
        {row.slug for row in await events.upcoming_for(stocked, frozenset({topic}), TODAY, 100)}
        for topic in ("country:cote-d-ivoire", "region:africa", "region:asia-pacific")
    ]
    assert [made.entry.slug in slugs for slugs in listed] == [True, False, True]


async def test_a_translation_and_a_capacity_are_shown_without_a_notice(stocked: Store) -> None:
    made = await eventedits.add(stocked, ANA, event())
    await post(stocked, NOW)
    both = {"name": {"fr": "Appel sur le recrutement équitable", "en": "Call on fair recruitment"}, "capacity": 20}
    after = await eventedits.change(stocked, ANA, 1, event(slug=made.entry.slug, **both))
    assert [row[0] for row in await ledger(stocked)] == ["announcement"]
    assert [one.subject for one in await announcements.outdated(stocked, NOW - timedelta(days=1))] == []
    later = replace(ANA, now=NOW + timedelta(minutes=1))
    await eventedits.change(stocked, later, 2, after.entry.model_copy(update={"capacity": 30}))
    standing = await announcements.outdated(stocked, NOW - timedelta(days=1))
    assert [(one.subject, one.channel) for one in standing] == [(made.ref, MIGRATION)]
    await announcements.shows(stocked, standing[0].id, 3)
    assert await announcements.outdated(stocked, NOW - timedelta(days=1)) == []


async def test_who_was_reminded_in_another_channel_is_told_as_well(stocked: Store) -> None:
    made = await eventedits.add(stocked, ANA, event())
    reminder = Planned(Kind.REMINDER, "C0OTHER", made.ref, "7d", NOW, None)
    await deliveries.plan(stocked, [reminder])
    for _channel in range(2):
        await post(stocked, NOW)
    await eventedits.cancel(stocked, BEN, made.entry.slug, 1)
    assert [(kind, target) for kind, target, *_rest in await ledger(stocked)] == [
        ("announcement", MIGRATION),
        ("reminder", "C0OTHER"),
        ("change", MIGRATION),
        ("change", "C0OTHER"),
    ]
