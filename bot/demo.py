"""The demo: a local workspace in the browser, and the real bot as another process that takes it for Slack."""

import asyncio
import os
import signal
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.child import Child
from bot.database import load_content
from bot.listening import PATH
from bot.manifest import manifest
from bot.problems import CannotListen
from storage import deliveries, members, migrate
from storage.contentfiles import SHIPPED
from storage.store import Store, open_store
from workspace.clock import REPORT_YEAR, Clock
from workspace.server import Options, Workspace

HOST: Final = "127.0.0.1"
SECRETARIAT: Final = "U0CLAIRE,U0JAMES"
LEADS: Final = {"migration": ("U0PRAKASH",)}
"""Who leads which group among the sample people (workspace/sample.py)."""

READY_SECONDS: Final = 20.0
"""If the bot takes longer than this, the page is told all the same: it shows that the bot is not connected."""


@dataclass(frozen=True, slots=True)
class Demo:
    """How it is set up. `folder` holds the database and the clock file; `port` 0 is any free one."""

    folder: Path
    port: int
    http: bool
    ready: Callable[[str], None]
    """Called with the page's address when the bot answers."""

    @property
    def database_file(self) -> Path:
        """The demo's database."""
        return self.folder.absolute() / "alliance.db"

    @property
    def database(self) -> str:
        """Its address."""
        return f"sqlite:///{self.database_file}"

    @property
    def clock_file(self) -> Path:
        """Where the workspace writes its clock for the bot."""
        return self.folder.absolute() / "clock.json"


async def run_demo(demo: Demo) -> None:
    """Run until SIGTERM or Ctrl-C. Raises CannotListen where the port is taken, migrate.DatabaseUnusable."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    show = Show(demo)
    try:
        await show.prepare()
        await show.run(stop)
    finally:
        await show.close()


class Show:
    """The workspace and the bot. A kept folder goes on where its clock is; a new one begins in the report's year."""

    def __init__(self, demo: Demo) -> None:
        self._demo = demo
        self._clock = Clock(None if demo.clock_file.exists() else REPORT_YEAR, demo.clock_file)
        self._bot_port = free_port() if demo.http else 0
        self._health_port = 0 if demo.http else free_port()
        self._bot = Child(["--http"] if demo.http else [], demo.folder)
        self._store: Store | None = None
        self._workspace = Workspace(
            Options(
                manifest=manifest(),
                clock=self._clock,
                request_url=f"http://{HOST}:{self._bot_port}{PATH}" if demo.http else None,
                next_reminder=self._next_reminder,
                starts_over=self._start_over,
            )
        )

    async def prepare(self) -> None:
        """The database, with the content as of the workspace's day, and who leads which group."""
        await asyncio.to_thread(migrate.upgrade, self._demo.database)
        self._store = open_store(self._demo.database)
        await load_content(self._store, self._clock.now().date(), SHIPPED)
        for group, leads in LEADS.items():
            await members.set_leads(self._store, group, leads)

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`. Raises CannotListen."""
        try:
            await self._workspace.start(HOST, self._demo.port)
        except OSError as error:
            raise CannotListen(f"Port {self._demo.port} is taken: choose another with --port.") from error
        announced = asyncio.create_task(self._announce())
        await self._bot.keep_running(self._environment(), stop)
        announced.cancel()

    async def close(self) -> None:
        """Nobody is answered any more."""
        await self._workspace.close()
        await self._close_store()

    async def _close_store(self) -> None:
        if self._store is not None:
            await self._store.close()
            self._store = None

    async def _start_over(self) -> None:
        """The clock went to another time than the ledger and the messages are of: forget them, and begin there anew.

        Else what was planned for the one time would be too late, or far ahead, in the other.
        """
        async with self._bot.ended():
            await self._workspace.cut_sockets()
            await self._close_store()
            for ending in ("", "-wal", "-shm"):
                self._demo.database_file.with_name(f"alliance.db{ending}").unlink(missing_ok=True)
            self._workspace.forget()
            await self.prepare()
        await self._until_it_answers()

    async def _next_reminder(self) -> datetime | None:
        return await deliveries.next_due(self._store) if self._store is not None else None

    async def _announce(self) -> None:
        """Tell the page's address as soon as the bot answers there."""
        await self._until_it_answers()
        self._demo.ready(self._workspace.url)

    async def _until_it_answers(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(READY_SECONDS):
                while not await self._answers():  # noqa: ASYNC110 (another process sets no event here)
                    await asyncio.sleep(0.1)

    async def _answers(self) -> bool:
        if not self._bot_port:
            return self._workspace.connected
        try:
            _reader, writer = await asyncio.open_connection(HOST, self._bot_port)
        except OSError:
            return False
        writer.close()
        return True

    def _environment(self) -> Mapping[str, str]:
        """The bot's settings: only what leads it to the local workspace differs from a real one."""
        options = self._workspace.options
        return os.environ | {
            "SLACK_API_URL": self._workspace.api_url,
            "SLACK_BOT_TOKEN": options.bot_token,
            "SLACK_APP_TOKEN": options.app_token,
            "SLACK_SIGNING_SECRET": options.signing_secret,
            "DATABASE_URL": self._demo.database,
            "ALLIANCE_SECRETARIAT": SECRETARIAT,
            "ALLIANCE_CLOCK_FILE": str(self._demo.clock_file),
            "ALLIANCE_CONTENT": str(SHIPPED),
            "ALLIANCE_HOST": HOST,
            "PORT": str(self._bot_port or 3000),
            "ALLIANCE_HEALTH_PORT": str(self._health_port or ""),
            "ALLIANCE_PUBLIC_URL": f"http://{HOST}:{self._bot_port or self._health_port}",
        }


def free_port() -> int:
    """A port on loopback that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
