"""Who is to come to a group's meetings, from which zones, and the meetings that it has had."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from storage import contentload, grouppeople, members
from storage.membermodels import GroupMember
from storage.store import Store
from tests.storage.small import content

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)


async def introduce(store: Store) -> None:
    for user, zone in (
        ("U0AMINA", "Africa/Nairobi"),
        ("U0LUIS", "America/Lima"),
        ("U0EVA", None),
        ("U0SITA", "Asia/Kathmandu"),
    ):
        await members.save_slack_facts(store, user, "en-GB", zone, NOW)
    await members.choose_zone(store, "U0LUIS", "America/Santiago")


async def test_people_of_a_group_are_its_members_in_their_own_zones(store: Store) -> None:
    await introduce(store)
    rows = [("U0SITA", "member"), ("U0LUIS", "member"), ("U0AMINA", "asked")]
    async with store.write() as session:
        values = [{"group": "migration", "user_id": user, "state": state, "since": NOW} for user, state in rows]
        await session.execute(insert(GroupMember), values)

    assert await grouppeople.zones_of(store, "migration") == (
        ("U0LUIS", "America/Santiago"),
        ("U0SITA", "Asia/Kathmandu"),
    )


async def test_where_nobody_is_in_it_leads_and_followers_count(store: Store) -> None:
    await introduce(store)
    await members.set_groups(store, "U0EVA", ["migration"])
    await members.set_groups(store, "U0SITA", ["supply-chains"])
    await members.set_leads(store, "migration", ["U0AMINA"])

    assert await grouppeople.zones_of(store, "migration") == (("U0AMINA", "Africa/Nairobi"), ("U0EVA", "UTC"))
    assert await grouppeople.zones_of(store, "rule-of-law") == ()


async def test_meetings_that_were_count_when_they_were_and_cancelled_ones_do_not(store: Store, tmp_path: Path) -> None:
    await contentload.load(store, content(tmp_path), NOW.date())
    hour = timedelta(hours=1)
    starts = (
        datetime(2019, 7, 9, 8, 30, tzinfo=UTC),
        datetime(2019, 5, 21, 13, tzinfo=UTC),
        datetime(2019, 4, 9, 8, 30, tzinfo=UTC),
    )

    assert await grouppeople.past_meetings(store, "migration", date(2019, 8, 1)) == tuple(
        (at, at + hour) for at in starts
    )
    assert await grouppeople.past_meetings(store, "migration", NOW.date()) == ()
