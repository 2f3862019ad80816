"""Reactions to newsletters are counted once, as long as they stand; those to other messages are not kept."""

from datetime import UTC, datetime, timedelta

import pytest

from alliance.delivery import Kind, Planned
from storage import deliveries, personal, reactions
from storage.store import Store

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
ROOM, OTHER = "C0GENERAL", "D0LUIS"


@pytest.fixture
async def posted(store: Store) -> Store:
    """A newsletter in a channel and to a member, and a reminder in the same channel."""
    planned = [
        Planned(Kind.NEWSLETTER, ROOM, "newsletter/1", "print", NOW, LATER),
        Planned(Kind.NEWSLETTER, "U0LUIS", "newsletter/1", "print", NOW, LATER),
        Planned(Kind.WELCOME, "U0AMINA", "community", "", NOW, LATER),
    ]
    await deliveries.plan(store, planned)
    places = {ROOM: (ROOM, "1.1"), "U0LUIS": (OTHER, "1.2"), "U0AMINA": (ROOM, "1.3")}
    rows = await deliveries.due(store, NOW, 10)
    await deliveries.claim(store, [row.id for row in rows], "sender", NOW, NOW)
    for row in rows:
        await deliveries.sent(store, row.id, "sender", *places[row.target], NOW)
    return store


async def test_each_counts_once_in_all_copies_and_without_the_colour_of_skin(posted: Store) -> None:
    for _told_twice in range(2):
        assert await reactions.added(posted, ROOM, "1.1", "U0LAN", "clap")
    assert await reactions.added(posted, ROOM, "1.1", "U0AMINA", "clap::skin-tone-4")
    assert await reactions.added(posted, OTHER, "1.2", "U0LUIS", "heart")
    assert await reactions.counted(posted, "newsletter/1") == [("clap", 2), ("heart", 1)]


async def test_one_that_is_taken_away_counts_no_more(posted: Store) -> None:
    await reactions.added(posted, ROOM, "1.1", "U0LAN", "clap")
    for _told_twice in range(2):
        assert await reactions.removed(posted, ROOM, "1.1", "U0LAN", "clap")
    assert await reactions.counted(posted, "newsletter/1") == []


@pytest.mark.parametrize(("channel", "ts"), [(ROOM, "1.3"), (OTHER, "1.1"), (ROOM, "9.9"), ("", "")])
async def test_reactions_to_other_messages_are_forgotten(posted: Store, channel: str, ts: str) -> None:
    assert not await reactions.added(posted, channel, ts, "U0LAN", "clap")
    assert not await reactions.removed(posted, channel, ts, "U0LAN", "clap")
    assert (await personal.held(posted, "U0LAN")).reactions == 0


async def test_a_member_sees_and_erases_theirs(posted: Store) -> None:
    await reactions.added(posted, ROOM, "1.1", "U0LAN", "clap")
    await reactions.added(posted, ROOM, "1.1", "U0AMINA", "clap")
    assert (await personal.held(posted, "U0LAN")).reactions == 1
    await personal.erase(posted, "U0LAN", NOW)
    assert await reactions.counted(posted, "newsletter/1") == [("clap", 1)]
