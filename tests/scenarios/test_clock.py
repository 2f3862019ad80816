"""The clock misbehaves: the process sleeps for days, the time is set back. Nothing is repeated, nothing bursts."""

import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from alliance.delivery import State
from bot.lease import LEASE
from storage import deliveries
from storage.store import open_store
from tests.bot.office import GENERAL, MIGRATION, Office
from tests.scenarios.process import Bot, until, until_so
from workspace.server import Workspace

WORLD_DAY = "In 30 days: World Day against Child Labour. 12 June 2019"
ABIDJAN = "Tomorrow: Workshop in Abidjan. 14 May 2019"
DUE = datetime(2019, 5, 13, 7, tzinfo=UTC)


def texts(workspace: Workspace) -> list[str]:
    return [message["text"] for channel in (GENERAL, MIGRATION) for message in workspace.messages(channel)]


async def test_a_process_that_sleeps_for_days_posts_what_is_still_of_use_and_repeats_nothing(
    workspace: Workspace, bots: Callable[..., Bot]
) -> None:
    bot = bots(workspace)
    await bot.start()
    workspace.clock.move_to(DUE)
    await until(lambda: len(texts(workspace)) == 2)
    assert sorted(texts(workspace)) == [WORLD_DAY, ABIDJAN]
    bot.send(signal.SIGSTOP)
    workspace.clock.move_to(DUE + timedelta(days=7, hours=3))
    bot.send(signal.SIGCONT)
    await until(lambda: len(texts(workspace)) > 2)
    store = open_store(bot.database)

    async def quiet() -> bool:
        due = await deliveries.next_due(store)
        counts = await deliveries.counts(store)
        return bool(due and due > workspace.clock.now()) and not counts[State.CLAIMED]

    await until_so(quiet)
    await store.close()
    assert texts(workspace)[2:] == ["Tomorrow: Call of the Migration group. 21 May 2019, 15:00"]
    assert await bot.end() == 0


async def test_an_hour_that_comes_twice_brings_no_reminder_twice(office: Office) -> None:
    await office.only(GENERAL, "observances")
    office.at(DUE.isoformat())
    assert await office.post() == 1
    office.workspace.clock.move_to(DUE - timedelta(hours=1))
    await office.plan()
    assert await office.post(seconds=10) == 0
    office.at((DUE + timedelta(seconds=10)).isoformat())
    await office.plan()
    assert await office.post(seconds=10) == 0
    assert office.seen_in(GENERAL) == [WORLD_DAY]


async def test_a_post_that_was_made_while_the_clock_was_an_hour_fast_is_found_when_it_is_right_again(
    office: Office,
) -> None:
    """Its answer was lost, and Slack's clock had been right all the time."""
    await office.only(GENERAL, "observances")
    office.at(DUE.isoformat())
    office.workspace.faults.accept_and_drop("chat.postMessage")
    fast = Office(office.store, office.library, office.workspace, ahead=timedelta(hours=1))
    assert await fast.post(seconds=1) == 0
    assert len(await office.has(State.UNKNOWN)) == 1
    office.later(hours=1, seconds=LEASE)
    assert await office.reconciler.run() == 1
    assert await office.post() == 0
    assert office.seen_in(GENERAL) == [WORLD_DAY]
