"""The workspace's clock leaps years ahead while the bot runs."""

from collections.abc import Callable
from datetime import UTC, datetime

from storage import deliveries
from storage.store import open_store
from tests.bot.office import GENERAL
from tests.scenarios.process import Bot, until_so
from workspace.server import Workspace

YEARS_LATER = datetime(2031, 1, 15, 12, tzinfo=UTC)
SECONDS = 10.0
"""Less than the 20 seconds between two regular runs of the planner."""


async def test_lists_and_reminders_reach_the_new_time_within_seconds(
    workspace: Workspace, bots: Callable[..., Bot]
) -> None:
    bot = bots(workspace)
    await bot.start()
    workspace.clock.move_to(YEARS_LATER)
    store = open_store(bot.database)

    async def listed() -> bool:
        seen = await workspace.command("U0LAN", GENERAL, "/alliance calendar 2031")
        return "World Day against Child Labour" in str(seen.message)

    async def planned() -> bool:
        due = await deliveries.next_due(store)
        return due is not None and due > YEARS_LATER

    await until_so(listed, SECONDS)
    await until_so(planned, SECONDS)
    await store.close()
