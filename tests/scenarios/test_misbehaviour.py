"""Slack and the bot's own process misbehave at random: every reminder is posted, and none twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from alliance.delivery import State
from bot.lease import LEASE
from storage import channels, contentload, deliveries
from storage.library import Library
from storage.store import Store
from storage.values import ChannelSettings
from tests.bot.office import APRIL, Office, local_workspace
from tests.storage import small
from workspace.faults import Faults
from workspace.people import Channel
from workspace.sample import BOT_USER

ROOMS = 12
WRONGS: tuple[Callable[[Faults], None], ...] = (
    lambda faults: faults.rate_limit("chat.postMessage", 3),
    lambda faults: faults.server_error(503, method="chat.postMessage"),
    lambda faults: faults.accept_and_drop("chat.postMessage", times=1),
    lambda faults: faults.refuse("chat.postMessage"),
    lambda faults: faults.error("chat.postMessage", "internal_error"),
    lambda faults: faults.server_error(500, method="conversations.history"),
)


@pytest.mark.parametrize("seed", range(12))
async def test_whatever_happens_each_channel_gets_its_reminder_once(
    seed: int, sqlite_store: Store, tmp_path: Path
) -> None:
    chance = Random(seed)
    rooms = [Channel(f"C0ROOM{number}", f"room-{number}", members={BOT_USER}) for number in range(ROOMS)]
    workspace = local_workspace(channels=rooms)
    await workspace.start()
    await contentload.load(sqlite_store, small.usual(), APRIL.date())
    library = await Library.load(sqlite_store)
    for room in rooms:
        await channels.save(sqlite_store, ChannelSettings(room.id, room.name, "en", "Europe/Zurich"))
        await channels.subscribe(sqlite_store, room.id, "observances", APRIL)
    office = Office(sqlite_store, library, workspace)
    await office.plan()
    office.at(datetime(2019, 5, 13, 7, tzinfo=UTC).isoformat())

    for step in range(30):
        for _wrong in range(ROOMS if step == 0 else chance.randrange(4)):
            chance.choice(WRONGS)(workspace.faults)
        match chance.randrange(4):
            case 0:
                await crash(office)
                office = Office(sqlite_store, library, workspace)
            case 1:
                await office.reconciler.run()
            case 2:
                office.later(seconds=chance.randrange(60))
        await office.post(seconds=1)
    workspace.faults.clear()
    for _minute in range(8):
        await office.post(seconds=3)
        office.later(seconds=60)
        await office.reconciler.run()

    assert {room.id: len(workspace.messages(room.id)) for room in rooms} == {room.id: 1 for room in rooms}
    assert [row.state for state in (State.CLAIMED, State.UNKNOWN) for row in await office.has(state)] == []
    await workspace.close()


async def crash(office: Office) -> None:
    """The process dies right after it claimed a row."""
    now = office.workspace.clock.now()
    rows = await deliveries.due(office.store, now, 1)
    await deliveries.claim(office.store, [row.id for row in rows], "dead", now, now + timedelta(seconds=LEASE))
