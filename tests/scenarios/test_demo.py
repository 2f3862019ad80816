"""`alliance-bot demo`, as somebody uses it in the browser: through the page's own requests."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from alliance.delivery import State
from bot.database import only_one
from bot.problems import DatabaseTaken
from storage import deliveries
from storage.store import Store, open_store
from tests.scenarios.process import until, until_so


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


@asynccontextmanager
async def demo(folder: Path, *options: str) -> AsyncIterator[tuple[Process, Browser]]:
    """A demo on a free port, in a folder of its own."""
    arguments = ["-m", "bot.cli", "demo", "--port", "0", "--folder", str(folder), *options]
    with (folder / "log.txt").open("wb") as log:
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


class Ledger:
    """The demo's ledger, looked at from outside."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def skipped(self) -> list[tuple[str, str | None]]:
        """What was not posted, and why."""
        return [(row.subject, row.reason) for row in await deliveries.recent(self._store, State.SKIPPED, 100)]

    async def has_more(self) -> bool:
        return await deliveries.next_due(self._store) is not None

    def is_done_until(self, now: str) -> Callable[[], Awaitable[bool]]:
        """Whether nothing is due any more at that moment."""

        async def done() -> bool:
            due = await deliveries.next_due(self._store)
            return due is None or due > datetime.fromisoformat(now)

        return done


@asynccontextmanager
async def ledger_in(folder: Path) -> AsyncIterator[Ledger]:
    """The ledger in the demo's folder as it is now: it is another one after the demo has begun anew."""
    store = open_store(f"sqlite:///{folder / 'alliance.db'}")
    try:
        yield Ledger(store)
    finally:
        await store.close()


async def test_from_april_to_world_day_to_today_and_back_to_april(tmp_path: Path) -> None:
    """World Day's reminder is reached by jumping and posted once; another time leaves nothing of the one before."""
    async with demo(tmp_path) as (process, browser):
        await until_so(browser.connected)
        await to_world_day(browser, tmp_path)
        await to_today(browser, tmp_path)
        await back_to_april(browser, tmp_path)
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), 15) == 0


async def to_world_day(browser: Browser, folder: Path) -> None:
    """The clock goes to the day before, where an overdue reminder is still of use, and then to the day itself."""
    async with ledger_in(folder) as ledger:
        await until_so(ledger.has_more)
        now = (await browser.post("clock", to="2019-06-11T10:00:00+00:00"))["now"]
        await until_so(ledger.is_done_until(now))
        while now < "2019-06-12":
            now = (await browser.post("clock", to="next_reminder"))["now"]
            await until_so(ledger.is_done_until(now))
    await until_so(lambda: world_day_is_there(browser))
    assert [text for text in await browser.seen("C0COMMUNITY") if "World Day against Child Labour" in text] == [
        "Tomorrow: World Day against Child Labour. 12 June 2019",
        "Today: World Day against Child Labour. 12 June 2019",
    ]


async def world_day_is_there(browser: Browser) -> bool:
    return any(text.startswith("Today: World Day") for text in await browser.seen("C0COMMUNITY"))


async def to_today(browser: Browser, folder: Path) -> None:
    """No message is left, no reminder that is too late; and the lists are right at once."""
    today = (await browser.post("clock", to="today"))["now"]
    assert await browser.seen("C0COMMUNITY") == []
    year = f"/alliance calendar {int(today[:4]) + 1}"
    assert await browser.post("send", channel="C0COMMUNITY", text=year, **{"as": "U0LAN"}) == {"ok": True}
    shown = await browser.get("messages", channel="C0COMMUNITY", **{"as": "U0LAN"})
    assert "World Day against Child Labour" in str(shown)
    async with ledger_in(folder) as ledger:
        await until_so(ledger.has_more)
        assert await ledger.is_done_until(today)()
        assert await ledger.skipped() == []


async def back_to_april(browser: Browser, folder: Path) -> None:
    await browser.post("clock", to="2019")
    assert await browser.seen("C0COMMUNITY", "U0LAN") == []
    async with ledger_in(folder) as ledger:
        await until_so(ledger.has_more)
        jumped = await browser.post("clock", to="next_reminder")
        assert jumped["next"].startswith("2019-04-")
        await until_so(ledger.is_done_until(jumped["now"]))
        assert await ledger.skipped() == []
    assert (await browser.connected(), await browser.seen("D0CLAIRE")) == (True, [])


async def test_over_http_it_answers_and_when_the_demo_is_killed_its_bot_ends_too(tmp_path: Path) -> None:
    """The database is free for the next demo within the seconds that a bot takes to end."""
    async with demo(tmp_path, "--http") as (process, browser):
        await until_so(browser.connected)
        asked = await browser.post("send", channel="C0COMMUNITY", text="/alliance events", **{"as": "U0AMINA"})
        assert asked == {"ok": True}
        assert len(await browser.seen("C0COMMUNITY", "U0AMINA")) == 1
        file = tmp_path / "alliance.db"
        with pytest.raises(DatabaseTaken), only_one(file):
            pass
        process.kill()
        assert await process.wait() == -signal.SIGKILL
        await until(lambda: is_free(file), 10)


def is_free(file: Path) -> bool:
    try:
        with only_one(file):
            return True
    except DatabaseTaken:
        return False
