"""`alliance-bot demo`, as somebody uses it in the browser: through the page's own requests."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.scenarios.process import until_so


class Browser:
    """The page of a demo that runs."""

    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        self._session = session
        self._address = address

    async def get(self, path: str, **query: str) -> Any:
        async with self._session.get(f"{self._address}/page/{path}", params=query) as answer:
            return await answer.json()

    async def post(self, path: str, **body: Any) -> Any:
        async with self._session.post(f"{self._address}/page/{path}", json=body) as answer:
            return await answer.json()

    async def connected(self) -> bool:
        return bool((await self.get("state", **{"as": "U0CLAIRE"}))["connected"])

    async def seen(self, channel: str, user: str = "U0CLAIRE") -> list[str]:
        """The texts of the bot's messages."""
        answer = await self.get("messages", channel=channel, **{"as": user})
        return [message["text"] for message in answer["messages"] if message["bot"]]


@pytest.fixture(params=["socket", "http"])
async def demo(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Process, Browser]]:
    """A demo on a free port, over Socket Mode and over HTTP."""
    way = ["--http"] if request.param == "http" else []
    arguments = ["-m", "bot.cli", "demo", "--port", "0", "--folder", str(tmp_path), *way]
    with (tmp_path / "log.txt").open("wb") as log:
        process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=PIPE, stderr=log)
    assert process.stdout is not None
    address = ""
    async with asyncio.timeout(30):
        while "http://" not in address:
            address = (await process.stdout.readline()).decode()
    async with aiohttp.ClientSession() as session:
        yield process, Browser(session, address.split()[-1])
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 15)


async def test_world_day_s_reminder_is_reached_by_jumping_and_posted_once(demo: tuple[Process, Browser]) -> None:
    process, browser = demo
    await until_so(browser.connected)
    asked = await browser.post("send", channel="C0COMMUNITY", text="/alliance events", **{"as": "U0AMINA"})
    assert asked == {"ok": True}
    assert len(await browser.seen("C0COMMUNITY", "U0AMINA")) == 1

    await until_so(lambda: planned(browser))
    for _jump in range(30):
        before = len(await browser.seen("C0COMMUNITY"))
        moved = await browser.post("clock", to="next_reminder")
        assert moved["ok"]
        if moved["now"] >= "2019-06-12":
            break
        await until_so(lambda: one_more(browser, before))
    await until_so(lambda: world_day_is_there(browser))
    world_day = [text for text in await browser.seen("C0COMMUNITY") if "World Day against Child Labour" in text]
    assert world_day == [
        "In 30 days: World Day against Child Labour. 12 June 2019",
        "In 7 days: World Day against Child Labour. 12 June 2019",
        "Today: World Day against Child Labour. 12 June 2019",
    ]
    process.send_signal(signal.SIGINT)
    assert await asyncio.wait_for(process.wait(), 15) == 0


async def planned(browser: Browser) -> bool:
    return bool((await browser.get("state", **{"as": "U0CLAIRE"}))["next_reminder_available"])


async def one_more(browser: Browser, before: int) -> bool:
    return len(await browser.seen("C0COMMUNITY")) > before


async def world_day_is_there(browser: Browser) -> bool:
    return any(text.startswith("Today: World Day") for text in await browser.seen("C0COMMUNITY"))
