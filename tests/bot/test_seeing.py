"""What whoever runs the bot sees of the real process: its health, its numbers, its log; and what nobody sees there."""

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.demo import HOST, free_port
from tests.bot.office import APRIL, GENERAL, MIGRATION, local_workspace
from tests.scenarios.process import Bot, clock_file, http_address, until, until_so
from workspace.clock import Clock
from workspace.server import Workspace

CLAIRE, LAN = "U0CLAIRE", "U0LAN"
WORLD_DAY_MINUS_30 = datetime(2019, 5, 13, 7, tzinfo=UTC)
TYPED = "zanzibar-confidential"
SHORT = 12
"""Shorter texts, such as "Nepal", may be parts of other words."""


@dataclass(frozen=True, slots=True)
class Live:
    """The real bot in a workspace, and its health address."""

    workspace: Workspace
    bot: Bot
    port: int

    async def get(self, path: str) -> tuple[int, str]:
        """Status and body."""
        async with aiohttp.ClientSession() as session, session.get(f"http://{HOST}:{self.port}{path}") as answer:
            return answer.status, await answer.text()

    async def numbers(self) -> dict[tuple[str, ...], float]:
        """What /metrics says: the name and the values of the labels in the order of their names, without buckets."""
        _status, text = await self.get("/metrics")
        return {
            (sample.name, *sample.labels.values()): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
            if "le" not in sample.labels
        }

    def lines(self, **facts: object) -> list[dict[str, Any]]:
        """The lines of the log that say this."""
        lines = [json.loads(line) for line in self.bot.log().splitlines()]
        return [line for line in lines if all(line.get(name) == value for name, value in facts.items())]

    async def ask(self, text: str, user: str = LAN) -> dict[str, Any]:
        """The answer to `/alliance TEXT`."""
        message = (await self.workspace.command(user, GENERAL, f"/alliance {text}")).message
        assert message is not None
        return message

    async def press(self, message: dict[str, Any], action: str, user: str) -> dict[str, Any]:
        """The answer to a button of a private message."""
        before = json.dumps(self.workspace.ephemerals(GENERAL, user))
        button = next(e for e in elements(message) if e.get("action_id") == action)
        await self.workspace.click(user, GENERAL, message["ts"], button["action_id"], button.get("value"))
        await self.workspace.until(lambda: json.dumps(self.workspace.ephemerals(GENERAL, user)) != before)
        return self.workspace.ephemerals(GENERAL, user)[-1]


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Live]:
    """Socket Mode, with the health addresses on a port of loopback."""
    workspace = local_workspace(clock=Clock(start=APRIL, clock_file=clock_file(tmp_path)))
    await workspace.start()
    port = free_port()
    bot = Bot(tmp_path, workspace, ALLIANCE_HEALTH_PORT=str(port))
    yield Live(workspace, bot, port)
    if bot.launched:
        await bot.end()
    await workspace.close()


def elements(part: object) -> list[dict[str, Any]]:
    """Every object within a message."""
    if isinstance(part, list):
        return [found for inner in part for found in elements(inner)]
    if isinstance(part, dict):
        return [part, *elements(list(part.values()))]
    return []


def texts(part: object) -> set[str]:
    """Every text within a message that is long enough to be recognised."""
    found = {element["text"] for element in elements(part) if isinstance(element.get("text"), str)}
    return {text for text in found if len(text) >= SHORT}


async def test_a_whole_conversation_and_its_deliveries_leave_no_word_and_no_secret_in_the_log(live: Live) -> None:
    workspace = live.workspace
    await live.bot.start()
    seen = [
        await live.ask(text)
        for text in ("", "events africa", f"events {TYPED}", f"group {TYPED}", "help", TYPED, "deliveries", "settings")
    ]
    await live.ask("reminders", CLAIRE)
    await workspace.say(LAN, GENERAL, f"Hello, {TYPED}")
    await workspace.open_home(LAN)
    await workspace.until(lambda: workspace.home(LAN) is not None)
    workspace.faults.error("chat.postMessage", "restricted_action")
    workspace.clock.move_to(WORLD_DAY_MINUS_30)
    await until(lambda: bool(workspace.messages(GENERAL) and workspace.messages("U0CLAIRE")))
    await until(lambda: len(live.lines(event="delivery_attempted")) >= 3)
    with closing(sqlite3.connect(live.bot.folder / "alliance.db")) as connection:
        connection.execute("DROP TABLE event_name")
    seen.append(await live.ask(f"event {TYPED}"))
    workspace.faults.error("response_url", "expired_url")

    log = live.bot.log()
    posted = [workspace.messages(channel) for channel in (GENERAL, MIGRATION, CLAIRE)]
    words = texts([seen, posted, workspace.ephemerals(GENERAL, CLAIRE), workspace.home(LAN)])
    assert len(words) > 50
    assert sorted(text for text in words if text in log) == []
    options = workspace.options
    secrets = (options.bot_token, options.app_token, options.signing_secret, TYPED, "ticket=", "Claire")
    assert [secret for secret in secrets if secret in log.replace("ticket=[hidden]", "")] == []
    assert {line["level"] for line in live.lines()} == {"info", "warning", "error"}


async def test_a_reference_finds_all_lines_of_its_request_and_a_delivery_all_of_its_own(live: Live) -> None:
    await live.bot.start()
    with closing(sqlite3.connect(live.bot.folder / "alliance.db")) as connection:
        connection.execute("DROP TABLE event_name")
    answer = await live.ask("event workshop in abidjan")
    reference = answer["text"].rpartition(" ")[2]
    await until(lambda: bool(live.lines(request=reference, event="answered")))
    told = [(line["event"], line["subject"], line["outcome"]) for line in live.lines(request=reference)]
    assert told == [("defect", "event", "defect"), ("answered", "event", "defect")]
    assert live.lines(request=reference, event="defect")[0]["error"] == "OperationalError"

    live.workspace.clock.move_to(WORLD_DAY_MINUS_30)
    await until(lambda: bool(live.workspace.messages(GENERAL)))
    post = live.workspace.messages(GENERAL)[0]
    delivery = post["metadata"]["event_payload"]["id"]
    await until(lambda: bool(live.lines(delivery=delivery)))
    assert [line["event"] for line in live.lines(delivery=delivery)] == ["delivery_attempted"]


async def test_the_secretariat_pauses_the_running_bot_and_what_is_due_is_posted_after(live: Live) -> None:
    await live.bot.start()
    paused = await live.press(await live.ask("deliveries", CLAIRE), "deliveries.pause", CLAIRE)
    await another_run(live, "heed")
    live.workspace.clock.move_to(WORLD_DAY_MINUS_30)
    await until_so(lambda: above(live, ("alliance_due_lag_seconds",), 0))
    await another_run(live, "send")
    assert (await live.numbers())[("alliance_sending_paused",)] == 1
    assert live.workspace.messages(GENERAL) == []
    await live.press(paused, "deliveries.resume", CLAIRE)
    await until(lambda: bool(live.workspace.messages(GENERAL)))


async def another_run(live: Live, job: str) -> None:
    """Wait until this work has begun and ended since now; that of the moment may have begun before."""
    name = ("alliance_job_seconds_count", job)
    before = (await live.numbers()).get(name, 0)
    await until_so(lambda: above(live, name, before + 1))


async def says(live: Live, name: tuple[str, ...], value: float) -> bool:
    return (await live.numbers()).get(name) == value


async def above(live: Live, name: tuple[str, ...], value: float) -> bool:
    return (await live.numbers()).get(name, 0) > value


async def test_the_numbers_tell_what_was_asked_and_posted(live: Live) -> None:
    await live.bot.start()
    await live.ask("events africa")
    await live.ask("evnts")
    await live.ask("deliveries")
    live.workspace.faults.rate_limit("chat.postMessage", 1)
    live.workspace.clock.move_to(WORLD_DAY_MINUS_30)
    await until(lambda: bool(live.workspace.messages(GENERAL)))
    await until_so(lambda: says(live, ("alliance_due_lag_seconds",), 0))
    numbers = await live.numbers()
    wanted = {
        ("alliance_requests_total", "command", "answered", "events"): 1,
        ("alliance_requests_total", "command", "answered", "none"): 1,
        ("alliance_requests_total", "command", "mistake", "deliveries"): 1,
        ("alliance_answer_seconds_count", "command"): 3,
        ("alliance_delivery_attempts_total", "reminder", "notposted"): 1,
        ("alliance_slack_rate_limited_total", "chat.postMessage"): 1,
        ("alliance_slack_calls_total", "chat.postMessage", "ratelimited"): 1,
        ("alliance_sending_paused",): 0,
    }
    assert {name: numbers.get(name) for name in wanted} == wanted
    posted = len(live.workspace.messages(GENERAL)) + len(live.workspace.messages(MIGRATION))
    assert numbers[("alliance_delivery_attempts_total", "reminder", "posted")] == posted
    assert numbers[("alliance_deliveries", "reminder", "planned")] > 0
    assert not [value for name in numbers for value in name if value.startswith(("U0", "C0"))]


async def ready(live: Live) -> bool:
    return (await live.get("/readyz"))[0] == 200


async def test_alive_but_not_ready_while_slack_cannot_be_reached(tmp_path: Path) -> None:
    workspace = local_workspace(clock=Clock(start=APRIL, clock_file=clock_file(tmp_path)))
    port = free_port()
    bot = Bot(tmp_path, workspace, ALLIANCE_HEALTH_PORT=str(port), SLACK_API_URL="http://127.0.0.1:9/api/")
    await bot.launch()
    await until(lambda: "slack_not_reached" in bot.log())
    live = Live(workspace, bot, port)
    assert await live.get("/healthz") == (200, '{"alive": true}')
    assert await live.get("/readyz") == (503, '{"ready": false, "failing": ["slack", "scheduler", "tick"]}')
    assert await bot.end() == 0


async def test_over_http_the_same_server_says_that_everything_runs(tmp_path: Path) -> None:
    port, address = http_address()
    workspace = local_workspace(request_url=address, clock=Clock(start=APRIL, clock_file=clock_file(tmp_path)))
    await workspace.start()
    bot = Bot(tmp_path, workspace, http_port=port)
    live = Live(workspace, bot, port)
    await bot.start()
    await until_so(lambda: ready(live))
    assert await live.get("/healthz") == (200, '{"alive": true}')
    assert await live.get("/readyz") == (200, '{"ready": true, "failing": []}')
    await live.ask("events")
    assert (await live.numbers())[("alliance_requests_total", "command", "answered", "events")] == 1
    await until(lambda: bool(live.lines(event="answered")))
    assert [len(line["request"]) for line in live.lines(event="answered")] == [8]
    assert await bot.end() == 0
    await workspace.close()
