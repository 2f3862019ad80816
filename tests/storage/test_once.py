"""Requests that Slack delivers again are known for an hour, by every process on the database."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from storage import once, settings
from storage.models import Setting
from storage.once import REMEMBERED
from storage.store import Store

NOON = datetime(2019, 4, 3, 12, tzinfo=UTC)


async def test_a_request_is_new_once_and_for_one_of_many(store: Store) -> None:
    assert sorted(await asyncio.gather(*(once.first(store, "click 1", NOON) for _ in range(5)))) == [False] * 4 + [True]
    assert await once.first(store, "click 2", NOON)
    assert not await once.first(store, "click 1", NOON + timedelta(minutes=6))


async def test_what_was_long_ago_is_forgotten_and_nothing_else_is(store: Store) -> None:
    await settings.put(store, "content_digest", "2019")
    await once.first(store, "click 1", NOON)
    await once.first(store, "click 2", NOON + timedelta(minutes=30))
    assert await once.first(store, "click 3", NOON + REMEMBERED + timedelta(seconds=1))
    async with store.read() as session:
        assert await session.scalar(select(func.count()).select_from(Setting)) == 3
    assert await settings.get(store, "content_digest") == "2019"
    assert not await once.first(store, "click 2", NOON + REMEMBERED + timedelta(seconds=2))


async def test_any_text_may_tell_a_request_from_others(store: Store) -> None:
    assert await once.first(store, "\ud800", NOON)
    assert not await once.first(store, "\ud800", NOON)
