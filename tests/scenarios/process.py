"""For scenarios: the bot as the real process that it is, against a local workspace in this one."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.demo import HOST, free_port
from bot.listening import PATH
from tests.storage import small
from workspace.server import Workspace

SECONDS = 30.0
"""So long a test waits for what must happen; it is there much sooner."""


class Bot:
    """One bot in a folder of its own; started again, it finds the same database."""

    def __init__(self, folder: Path, workspace: Workspace, *, http_port: int = 0, **settings: str) -> None:
        self.folder = folder
        self.workspace = workspace
        self.database = f"sqlite:///{folder / 'alliance.db'}"
        self._arguments = ["run", *(["--http"] if http_port else [])]
        content = folder / "content"
        if not content.exists():
            small.write(content)
        self._environment = {name: value for name, value in os.environ.items() if "SLACK" not in name} | {
            "SLACK_API_URL": workspace.api_url,
            "SLACK_BOT_TOKEN": workspace.options.bot_token,
            "SLACK_APP_TOKEN": workspace.options.app_token,
            "SLACK_SIGNING_SECRET": workspace.options.signing_secret,
            "DATABASE_URL": self.database,
            "ALLIANCE_CONTENT": str(content),
            "ALLIANCE_CLOCK_FILE": str(clock_file(folder)),
            "ALLIANCE_POSTS_PER_MINUTE": "60000",
            "ALLIANCE_SECRETARIAT": "U0CLAIRE",
            "ALLIANCE_HOST": HOST,
            "PORT": str(http_port or 3000),
            **settings,
        }
        self._process: Process | None = None

    async def launch(self) -> Process:
        """Start the process; its log goes to log.txt."""
        self._process = await self._begin(*self._arguments)
        return self._process

    async def command(self, *words: str) -> int:
        """`alliance-bot WORDS` with the bot's settings; returns the exit code. What it says goes to log.txt too."""
        return await asyncio.wait_for((await self._begin(*words)).wait(), SECONDS)

    async def _begin(self, *words: str) -> Process:
        with (self.folder / "log.txt").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot.cli", *words),
                env=self._environment,
                cwd=self.folder,
                stderr=log,
                stdout=log,
            )

    async def start(self) -> None:
        """Start it, and wait until it says that everything runs."""
        before = self.log().count('"started"')
        process = await self.launch()
        await until(lambda: self.log().count('"started"') > before or process.returncode is not None)
        assert process.returncode is None, self.log()

    @property
    def launched(self) -> bool:
        return self._process is not None

    def log(self) -> str:
        file = self.folder / "log.txt"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def send(self, number: signal.Signals) -> None:
        """Send it a signal, and don't wait."""
        assert self._process is not None
        self._process.send_signal(number)

    async def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send it a signal and wait for its end; returns the exit code (negative: the signal that ended it)."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(number)
        return await asyncio.wait_for(self._process.wait(), 12)


def clock_file(folder: Path) -> Path:
    """Where the workspace's clock is written for the bot."""
    return folder / "clock.json"


def http_address() -> tuple[int, str]:
    """A free port, and the address at which a bot that listens there is reached."""
    port = free_port()
    return port, f"http://{HOST}:{port}{PATH}"


async def until(happened: Callable[[], bool], seconds: float = SECONDS) -> None:
    """Look again and again until it is so. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not happened():  # noqa: ASYNC110 (a process's log and a database set no event)
            await asyncio.sleep(0.02)


async def until_so(happens: Callable[[], Awaitable[bool]], seconds: float = SECONDS) -> None:
    """The same for what has to be asked of a database."""
    async with asyncio.timeout(seconds):
        while not await happens():  # noqa: ASYNC110 (as above)
            await asyncio.sleep(0.05)
