"""What Slack, the network and the database do to the bot: nothing is lost, nothing comes twice, and a line says why."""

import asyncio
import resource
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import event, text
from structlog.testing import capture_logs

from alliance.delivery import State
from bot.lease import LEASE
from bot.notices import Notices
from bot.pacing import Pacing
from bot.posting import Poster
from bot.render import Renderer
from bot.sender import Sender
from handlers.answers import Answer
from storage import channels, deliveries
from storage.store import Store, open_store
from storage.trouble import DATABASE_TROUBLE
from storage.values import Member
from tests.bot.office import GENERAL, MIGRATION, Office
from tests.scenarios.process import Bot, until, until_so
from workspace.server import Workspace

WORLD_DAY = "In 30 days: World Day against Child Labour. 12 June 2019"
DUE = datetime(2019, 5, 13, 7, tzinfo=UTC)


@pytest.fixture
async def office(office: Office) -> Office:
    """World Day's first reminder is due in both channels."""
    await office.only(GENERAL, "observances")
    await channels.subscribe(office.store, MIGRATION, "observances", office.workspace.clock.now())
    await office.plan()
    office.at(DUE.isoformat())
    return office


def seen(office: Office) -> tuple[list[str], list[str]]:
    return office.seen_in(GENERAL), office.seen_in(MIGRATION)


def troubles(logs: list[Any]) -> list[str]:
    """The lines that somebody looks at in the morning."""
    return [line["event"] for line in logs if line["log_level"] in ("warning", "error")]


async def test_a_channel_that_slack_finds_too_busy_waits_alone(office: Office) -> None:
    office.workspace.faults.rate_limit("chat.postMessage", 30, channel=GENERAL)
    with capture_logs() as logs:
        assert await office.post(seconds=29) == 1
        assert seen(office) == ([], [WORLD_DAY])
        assert await office.post(seconds=5) == 1
    assert seen(office) == ([WORLD_DAY], [WORLD_DAY])
    assert troubles(logs) == ["not_posted_yet"]


async def test_a_workspace_that_slack_finds_too_busy_waits_as_a_whole(office: Office) -> None:
    """Two channels are refused: what falls due in a third place meanwhile is not even tried."""
    office.workspace.faults.rate_limit("chat.postMessage", 30, times=2)
    await office.post(seconds=1)
    await Notices(office.store).failed((await office.has(State.PLANNED))[0], "a_reason", office.workspace.clock.now())
    tried = len(office.workspace.calls)
    await office.post(seconds=27)
    assert len(office.workspace.calls) == tried
    await office.post(seconds=10)
    assert (*seen(office), len(office.seen_in("U0JAMES"))) == ([WORLD_DAY], [WORLD_DAY], 1)


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_server_error_is_looked_up_in_history_before_it_is_tried_again(office: Office, status: int) -> None:
    office.workspace.faults.server_error(status, method="chat.postMessage")
    with capture_logs() as logs:
        await office.post(seconds=20)
        assert await office.reconciler.run() == 1
        await office.post(seconds=2)
    assert seen(office) == ([WORLD_DAY], [WORLD_DAY])
    assert troubles(logs) == ["delivery_unknown"]


async def test_an_answer_that_comes_after_the_timeout_is_found_in_history(office: Office) -> None:
    """The reply takes longer than the client waits (here a second; in the bot 15): Slack has the message."""
    office.workspace.faults.slow("chat.postMessage", 1.5)
    impatient = AsyncWebClient(token="xoxb-local", base_url=office.workspace.api_url, timeout=1, retry_handlers=[])
    renderer = Renderer(office.store, office.library, office.slack, no_welcome)
    clock, steps = office.workspace.clock.now, office.steps
    sender = Sender(office.store, Poster(impatient), renderer, Notices(office.store), Pacing(steps, 600), clock, steps)
    with capture_logs() as logs:
        assert await sender.tick() == 1
    assert troubles(logs) == ["delivery_unknown"]
    office.later(seconds=20)
    assert await office.reconciler.run() == 1
    assert await office.post() == 0
    assert seen(office) == ([WORLD_DAY], [WORLD_DAY])


async def no_welcome(_member: Member) -> Answer:
    return Answer("", [])


@pytest.mark.parametrize("code", ["channel_not_found", "is_archived", "account_inactive"])
async def test_what_slack_refuses_for_good_fails_alone_and_is_told_once(office: Office, code: str) -> None:
    office.workspace.faults.error("chat.postMessage", code)
    with capture_logs() as logs:
        await office.post(seconds=10)
    assert sorted(seen(office)) == [[], [WORLD_DAY]]
    assert [row.reason for row in await office.has(State.FAILED)] == [code]
    assert office.seen_in("U0JAMES") == ["A message could not be delivered"]
    assert troubles(logs) == ["delivery_failed"]


async def test_a_database_that_is_locked_stops_posting_and_repeats_nothing(office: Office) -> None:
    """Somebody's tool holds the file: first nothing is claimed; then what was posted cannot be written down."""
    event.listen(office.store.engine.sync_engine, "checkout", hurry)
    other = open_store(str(office.store.engine.url))
    async with other.write() as session:
        await session.execute(text("UPDATE setting SET value = value"))
        with pytest.raises(DATABASE_TROUBLE):
            await office.sender.tick()
        assert seen(office) == ([], [])
    office.workspace.faults.slow("chat.postMessage", 0.3, times=2)
    with capture_logs() as logs:
        tick = asyncio.create_task(office.sender.tick())
        await office.workspace.until(lambda: seen(office) == ([WORLD_DAY], [WORLD_DAY]))
        async with other.write() as session:
            await session.execute(text("UPDATE setting SET value = value"))
            assert await tick == 0
    assert troubles(logs) == ["delivery_not_written_down", "delivery_not_written_down"]
    await other.close()
    office.later(seconds=LEASE + 1)
    assert await office.reconciler.run() == 2
    assert await office.post() == 0
    assert seen(office) == ([WORLD_DAY], [WORLD_DAY])


def hurry(connection: Any, _record: Any, _proxy: Any) -> None:
    """Give up waiting for SQLite's lock at once."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 20")
    cursor.close()


async def test_a_full_disk_stops_posting_and_what_is_due_comes_when_there_is_room(
    workspace: Workspace, bots: Callable[..., Bot]
) -> None:
    """The real process may write no file beyond a few kilobytes, as on a full disk: it says so and goes on trying."""
    bot = bots(workspace)
    process = await bot.launch()
    await until(lambda: '"started"' in bot.log())
    before = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (len(bot.log()) + 4096, before[1]))
    workspace.clock.move_to(DUE)
    await until(lambda: '"database_trouble"' in bot.log())
    assert workspace.messages(GENERAL) == []
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, before)
    await workspace.until(lambda: WORLD_DAY in [m["text"] for m in workspace.messages(GENERAL)], seconds=20)
    store = open_store(bot.database)
    await until_so(lambda: settled(store))
    await store.close()
    texts = [message["text"] for message in workspace.messages(GENERAL)]
    assert sorted(set(texts)) == sorted(texts)


async def settled(store: Store) -> bool:
    counts = await deliveries.counts(store)
    return counts[State.SENT] > 0 and not counts[State.CLAIMED] and not counts[State.UNKNOWN]
