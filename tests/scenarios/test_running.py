"""Starting and stopping the real process."""

import asyncio
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from alliance.delivery import State
from storage import deliveries
from storage.store import open_store
from tests.bot.office import GENERAL
from tests.scenarios.process import Bot, until
from workspace.server import Workspace


async def test_sigterm_finishes_what_is_claimed_and_exits_with_0(
    workspace: Workspace, bots: Callable[..., Bot]
) -> None:
    """Slack takes two seconds for the post that is under way; its end is awaited and written down."""
    bot = bots(workspace)
    await bot.start()
    workspace.faults.slow("chat.postMessage", 2)
    workspace.clock.move_to(datetime(2019, 5, 13, 7, tzinfo=UTC))
    await until(lambda: bool(workspace.messages(GENERAL)))
    assert await bot.end(signal.SIGTERM) == 0
    store = open_store(bot.database)
    counts = await deliveries.counts(store)
    await store.close()
    assert (counts[State.CLAIMED], counts[State.UNKNOWN]) == (0, 0)
    assert counts[State.SENT] == len(workspace.messages(GENERAL))


async def test_sigterm_ends_within_ten_seconds_whatever_slack_does_and_history_tells_the_rest(
    workspace: Workspace, bots: Callable[..., Bot]
) -> None:
    """Slack has the post, and its answer takes longer than that; the next start finds it."""
    bot = bots(workspace)
    await bot.start()
    workspace.faults.slow("chat.postMessage", 14)
    workspace.clock.move_to(datetime(2019, 5, 13, 7, tzinfo=UTC))
    await until(lambda: bool(workspace.messages(GENERAL)))
    async with asyncio.timeout(10):
        assert await bot.end(signal.SIGTERM) == 0
    workspace.clock.move_to(datetime(2019, 5, 13, 7, 2, tzinfo=UTC))
    await bot.start()
    await until(lambda: "delivery_found" in bot.log())
    texts = [message["text"] for message in workspace.messages(GENERAL)]
    assert sorted(set(texts)) == sorted(texts)


async def test_sigterm_before_slack_answers_exits_at_once(workspace: Workspace, bots: Callable[..., Bot]) -> None:
    bot = bots(workspace, SLACK_API_URL="http://127.0.0.1:9/api/")
    process = await bot.launch()
    await until(lambda: "slack_not_reached" in bot.log())
    assert await bot.end(signal.SIGTERM) == 0
    assert process.returncode == 0


async def test_a_second_process_on_one_sqlite_file_says_so_and_ends(
    workspace: Workspace, bots: Callable[..., Bot], tmp_path: Path
) -> None:
    """The lock that a killed process leaves behind is no obstacle."""
    first, second = bots(workspace), bots(workspace)
    await first.start()
    process = await second.launch()
    assert await asyncio.wait_for(process.wait(), 20) == 1
    said = second.log().splitlines()[-1]
    assert said.startswith("Another alliance-bot (process ")
    assert "Stop it first, or give this one another database with DATABASE_URL." in said
    assert await first.end(signal.SIGKILL) == -signal.SIGKILL
    await second.start()
    assert await second.end() == 0


async def test_a_wrong_app_token_is_said_in_a_sentence(workspace: Workspace, bots: Callable[..., Bot]) -> None:
    bot = bots(workspace, SLACK_APP_TOKEN="xapp-wrong")
    process = await bot.launch()
    assert await asyncio.wait_for(process.wait(), 20) == 1
    assert bot.log().splitlines()[-1].startswith("Slack does not accept SLACK_APP_TOKEN (invalid_auth).")
    assert "Traceback" not in bot.log()
    assert "xapp-wrong" not in bot.log()


async def test_a_wrong_bot_token_is_said_in_a_sentence(workspace: Workspace, bots: Callable[..., Bot]) -> None:
    bot = bots(workspace, SLACK_BOT_TOKEN="xoxb-wrong")
    process = await bot.launch()
    assert await asyncio.wait_for(process.wait(), 20) == 1
    assert bot.log().splitlines()[-1].startswith("Slack does not accept SLACK_BOT_TOKEN (invalid_auth).")
    assert "xoxb-wrong" not in bot.log()
