"""The bot as a child process of the demo: started again whenever it ends, and ended when the demo does.

Its standard input is a pipe to which nothing is ever written. The system closes it with the demo, also where that is
killed and can end nothing in order: the bot (`--with-parent`) then ends by itself, and leaves database and port free.
Linux alone would offer a signal for this (PR_SET_PDEATHSIG).
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final

import structlog

RESTART_SECONDS: Final = 2.0
END_SECONDS: Final = 12.0
"""The bot ends within 10 seconds of SIGTERM."""

log = structlog.get_logger(__name__)


class Child:
    """One bot. Its folder holds no `.env` that could mislead it; `arguments` are those of `alliance-bot run`."""

    def __init__(self, arguments: Sequence[str], folder: Path) -> None:
        self._command = (sys.executable, "-m", "bot.cli", "run", "--with-parent", *arguments)
        self._folder = folder
        self._turn = asyncio.Lock()
        self._bot: asyncio.subprocess.Process | None = None
        self._ended: asyncio.subprocess.Process | None = None

    async def keep_running(self, environment: Mapping[str, str], stop: asyncio.Event) -> None:
        """Run it until `stop`; then it ends in order."""
        while not stop.is_set():
            async with self._turn:
                bot = self._bot = await asyncio.create_subprocess_exec(
                    *self._command,
                    stdin=asyncio.subprocess.PIPE,
                    env=environment,
                    cwd=self._folder,
                    start_new_session=True,
                )
            await _first_of(bot.wait(), stop.wait())
            if bot.returncode is None:
                await _end(bot)
            elif bot is not self._ended and not stop.is_set():
                log.warning("bot_ended", code=bot.returncode, again_in=RESTART_SECONDS)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), RESTART_SECONDS)

    @asynccontextmanager
    async def ended(self) -> AsyncIterator[None]:
        """There is no bot during the block; then it is started again. It ends at once, in the midst of what it does."""
        async with self._turn:
            bot = self._ended = self._bot
            if bot is not None and bot.returncode is None:
                bot.kill()
                await bot.wait()
            yield


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
