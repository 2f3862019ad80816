"""The demo: a local workspace in the browser, and the real bot as another process that takes it for Slack."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import structlog

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
SECRETARIAT: Final = "U0CLAIRE"
LEADS: Final = {"migration": ("U0PRAKASH",)}
"""Who leads which group among the sample people (workspace/sample.py)."""

READY_SECONDS: Final = 20.0
"""If the bot takes longer than this, the address is told all the same: the page shows that it is not connected."""

RESTART_SECONDS: Final = 2.0
END_SECONDS: Final = 12.0
"""The bot ends within 10 seconds of SIGTERM."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Demo:
    """How it is set up. `folder` holds the database and the clock file; `port` 0 is any free one."""

    folder: Path
    port: int
    http: bool
    ready: Callable[[str], None]
    """Called with the page's address when the bot answers."""

    @property
    def database(self) -> str:
        """The address of the demo's database."""
        return f"sqlite:///{self.folder.absolute() / 'alliance.db'}"

    @property
    def clock_file(self) -> Path:
        """Where the workspace writes its clock for the bot."""
        return self.folder.absolute() / "clock.json"


async def run_demo(demo: Demo) -> None:
    """Run until SIGTERM or Ctrl-C. Raises CannotListen where the port is taken, migrate.DatabaseUnusable."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    clock = Clock(start=REPORT_YEAR, clock_file=demo.clock_file)
    await asyncio.to_thread(migrate.upgrade, demo.database)
    store = open_store(demo.database)
    bot_port = free_port() if demo.http else 0
    workspace = Workspace(_options(store, clock, bot_port))
    try:
        await _prepare(store, clock.now())
        await _start(workspace, demo.port)
        announced = asyncio.create_task(_announce(demo, workspace, bot_port))
        await _keep_running(_environment(demo, workspace, bot_port), demo, stop)
        announced.cancel()
    finally:
        await workspace.close()
        await store.close()


def _options(store: Store, clock: Clock, bot_port: int) -> Options:
    async def next_reminder() -> datetime | None:
        return await deliveries.next_due(store)

    request_url = f"http://{HOST}:{bot_port}{PATH}" if bot_port else None
    return Options(manifest=manifest(), clock=clock, request_url=request_url, next_reminder=next_reminder)


async def _prepare(store: Store, now: datetime) -> None:
    await load_content(store, now.date(), SHIPPED)
    for group, leads in LEADS.items():
        await members.set_leads(store, group, leads)


async def _start(workspace: Workspace, port: int) -> None:
    try:
        await workspace.start(HOST, port)
    except OSError as error:
        raise CannotListen(f"Port {port} is taken: choose another with --port.") from error


async def _announce(demo: Demo, workspace: Workspace, bot_port: int) -> None:
    """Tell the page's address as soon as the bot answers there."""
    with suppress(TimeoutError):
        async with asyncio.timeout(READY_SECONDS):
            while not await _answers(workspace, bot_port):  # noqa: ASYNC110 (another process sets no event here)
                await asyncio.sleep(0.1)
    demo.ready(workspace.url)


async def _answers(workspace: Workspace, bot_port: int) -> bool:
    if not bot_port:
        return workspace.connected
    try:
        _reader, writer = await asyncio.open_connection(HOST, bot_port)
    except OSError:
        return False
    writer.close()
    return True


def _environment(demo: Demo, workspace: Workspace, bot_port: int) -> Mapping[str, str]:
    """The bot's settings: only what leads it to the local workspace differs from a real one."""
    options = workspace.options
    return os.environ | {
        "SLACK_API_URL": workspace.api_url,
        "SLACK_BOT_TOKEN": options.bot_token,
        "SLACK_APP_TOKEN": options.app_token,
        "SLACK_SIGNING_SECRET": options.signing_secret,
        "DATABASE_URL": demo.database,
        "ALLIANCE_SECRETARIAT": SECRETARIAT,
        "ALLIANCE_CLOCK_FILE": str(demo.clock_file),
        "ALLIANCE_CONTENT": str(SHIPPED),
        "ALLIANCE_HOST": HOST,
        "PORT": str(bot_port or 3000),
    }


async def _keep_running(environment: Mapping[str, str], demo: Demo, stop: asyncio.Event) -> None:
    """The bot as a child process, started again whenever it ends. Its folder holds no `.env` that could mislead it."""
    arguments = [sys.executable, "-m", "bot.cli", "run", *(["--http"] if demo.http else [])]
    while not stop.is_set():
        bot = await asyncio.create_subprocess_exec(*arguments, env=environment, cwd=demo.folder, start_new_session=True)
        await _first_of(bot.wait(), stop.wait())
        if bot.returncode is None:
            await _end(bot)
        elif not stop.is_set():
            log.warning("bot_ended", code=bot.returncode, again_in=RESTART_SECONDS)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), RESTART_SECONDS)


async def _end(bot: asyncio.subprocess.Process) -> None:
    bot.terminate()
    try:
        await asyncio.wait_for(bot.wait(), END_SECONDS)
    except TimeoutError:
        bot.kill()
        await bot.wait()


async def _first_of(*waiting: Coroutine[Any, Any, object]) -> None:
    tasks = [asyncio.ensure_future(one) for one in waiting]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()


def free_port() -> int:
    """A port on loopback that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
