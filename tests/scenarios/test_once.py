"""Every reminder once: through crashes, restarts and a whole year."""

import asyncio
import signal
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from alliance.delivery import State
from storage import channels, deliveries, migrate
from storage.store import Store, open_store
from storage.values import ChannelSettings
from tests.bot.conftest import furnished
from tests.bot.office import APRIL, GENERAL, local_workspace
from tests.scenarios.process import Bot, until, until_so
from workspace.people import Channel
from workspace.sample import BOT_USER
from workspace.server import Workspace

MANY = 200


def many_channels() -> list[Channel]:
    return [Channel(f"C0ROOM{number:03}", f"room-{number:03}", members={BOT_USER}) for number in range(MANY)]


def posts_in(workspace: Workspace) -> Counter[str]:
    """How many messages the bot posted in each channel."""
    return Counter({name: len(workspace.messages(name)) for name in workspace.channels if workspace.messages(name)})


async def test_killed_while_posting_200_reminders_and_started_again_all_are_posted_and_none_twice(
    opened: Callable[..., Any], bots: Callable[..., Bot], tmp_path: Path
) -> None:
    """Slack has stored some messages whose answers the killed process never saw: history tells of them."""
    workspace: Workspace = await opened(channels=many_channels())
    bot = bots(workspace)
    await asyncio.to_thread(migrate.upgrade, bot.database)
    store = open_store(bot.database)
    for channel in workspace.channels.values():
        await channels.save(store, ChannelSettings(channel.id, channel.name, "en", "Europe/Zurich"))
        await channels.subscribe(store, channel.id, "observances", APRIL)
    workspace.faults.slow("chat.postMessage", 0.2, times=10_000)
    workspace.clock.move_to(datetime(2019, 5, 13, 7, tzinfo=UTC))

    await bot.launch()
    await until(lambda: posts_in(workspace).total() >= 70)
    assert await bot.end(signal.SIGKILL) == -signal.SIGKILL
    before = await deliveries.counts(store)
    stored = posts_in(workspace).total()
    assert before[State.SENT] < stored < MANY

    workspace.faults.clear()
    await bot.start()
    await until_so(lambda: all_sent(store))
    assert posts_in(workspace) == Counter({channel.id: 1 for channel in many_channels()})
    await store.close()


async def all_sent(store: Store) -> bool:
    return (await deliveries.counts(store))[State.SENT] == MANY


async def test_a_year_of_world_day_reminders(sqlite_store: Store, tmp_path: Path) -> None:
    """30 days before, 7 days before and on the day, at 09:00 of the channel's zone (Geneva: 07:00 UTC in summer).

    Slack asks to wait once.
    """
    workspace = local_workspace()
    await workspace.start()
    office = await furnished(sqlite_store, workspace, tmp_path)
    await office.only(GENERAL, "observances")
    workspace.faults.rate_limit("chat.postMessage", retry_after=5)
    end = APRIL + timedelta(days=365)
    while office.workspace.clock.now() < end:
        await office.plan()
        due = await deliveries.next_due(office.store)
        if due is None or due > office.workspace.clock.now() + timedelta(days=20):
            office.later(days=20)
        else:
            office.at(max(due, office.workspace.clock.now()).isoformat())
            await office.post(seconds=3)
    posted = [
        (datetime.fromtimestamp(float(post["ts"]), UTC).strftime("%Y-%m-%d %H:%M"), post["text"])
        for post in office.posts(GENERAL)
    ]
    assert posted == [
        ("2019-05-13 07:00", "In 30 days: World Day against Child Labour. 12 June 2019"),
        ("2019-06-05 07:00", "In 7 days: World Day against Child Labour. 12 June 2019"),
        ("2019-06-12 07:00", "Today: World Day against Child Labour. 12 June 2019"),
        ("2019-11-18 08:00", "In 30 days: Migrants Day. 18 December 2019"),
        ("2019-12-11 08:00", "In 7 days: Migrants Day. 18 December 2019"),
        ("2019-12-18 08:00", "Today: Migrants Day. 18 December 2019"),
    ]
    await workspace.close()
