"""Versions of a toolkit, on both databases."""

import asyncio
from datetime import UTC, datetime

import pytest

from storage import audit, toolkits
from storage.eventedits import Editor
from storage.store import Store
from storage.toolkits import Changed, Contents, Toolkit

THEN = datetime(2019, 4, 3, 12, tzinfo=UTC)
LAN, AMINA = Editor("U0LAN", THEN), Editor("U0AMINA", THEN)
DAY = "world-day"
FIRST, SECOND = Contents(messages="Children should not work in fields."), Contents(hashtags="#NoChildLabour")


async def test_every_saving_adds_a_version_and_old_ones_stay(store: Store) -> None:
    assert await toolkits.newest(store, DAY) == {}
    one = await toolkits.save(store, LAN, DAY, "en", 0, FIRST)
    two = await toolkits.save(store, AMINA, DAY, "en", 1, SECOND)
    french = await toolkits.save(store, LAN, DAY, "fr", 0, FIRST)
    assert (one, two) == (
        Toolkit(DAY, "en", 1, FIRST, "U0LAN", THEN),
        Toolkit(DAY, "en", 2, SECOND, "U0AMINA", THEN),
    )
    assert await toolkits.newest(store, DAY) == {"en": two, "fr": french}
    assert await toolkits.versions(store, DAY, "en") == (two, one)
    assert [await toolkits.version(store, DAY, "en", number) for number in (1, 3)] == [one, None]
    assert await toolkits.slugs(store) == (DAY,)
    assert {entry.action for entry in await audit.everything(store)} == {"edit_toolkit"}


async def test_the_same_form_sent_twice_at_once_is_one_version(store: Store) -> None:
    made = await asyncio.gather(*(toolkits.save(store, LAN, DAY, "en", 0, FIRST) for _ in range(4)))
    assert await toolkits.versions(store, DAY, "en") == (made[0],)


async def test_of_two_editors_the_second_is_told_and_overwrites_nothing(store: Store) -> None:
    one = await toolkits.save(store, LAN, DAY, "en", 0, FIRST)
    with pytest.raises(Changed) as told:
        await toolkits.save(store, AMINA, DAY, "en", 0, SECOND)
    assert (told.value.toolkit, await toolkits.versions(store, DAY, "en")) == (one, (one,))
