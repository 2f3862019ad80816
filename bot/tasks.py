"""What runs after an answer: tasks that are kept, logged when they fail, and awaited at shutdown."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import structlog

log = structlog.get_logger(__name__)


class Tasks:
    """The background tasks of this process, and the requests that it is answering."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self._answering = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """A request is being answered while the block runs."""
        self._answering += 1
        self._quiet.clear()
        try:
            yield
        finally:
            self._answering -= 1
            if not self._answering:
                self._quiet.set()

    async def answered(self) -> None:
        """Wait until no request is being answered."""
        await self._quiet.wait()

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Start it now; nobody waits for it before shutdown."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("background_task_failed", exc_info=error)

    async def finish(self, seconds: float) -> None:
        """Wait for all of them, and for those that they start; what takes longer is cancelled."""
        try:
            async with asyncio.timeout(seconds):
                while self._running:
                    await asyncio.wait(self._running)
        except TimeoutError:
            log.warning("background_tasks_cancelled", count=len(self._running))
            for task in self._running:
                task.cancel()
