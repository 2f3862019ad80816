"""Who is told when something changed: the browser pages, and tests that wait for something to happen."""

import asyncio
from collections.abc import Callable
from typing import Final

LOOK_SECONDS: Final = 0.1


class Changes:
    """Spreads "this changed" to all who listen. A topic is `messages:CHANNEL`, `home`, `modals` or `state`."""

    def __init__(self) -> None:
        self._listeners: dict[asyncio.Queue[str | None], str | None] = {}

    def publish(self, topic: str, user: str | None = None) -> None:
        """Say that `topic` changed, to everybody or to the listeners of one person."""
        for queue, listener in self._listeners.items():
            if user is None or listener is None or listener == user:
                queue.put_nowait(topic)

    def listen(self, user: str | None) -> asyncio.Queue[str | None]:
        """A queue of topics for a person (None: of everybody). A None in it means that the workspace closes."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._listeners[queue] = user
        return queue

    def forget(self, queue: asyncio.Queue[str | None]) -> None:
        """Stop filling a queue."""
        self._listeners.pop(queue, None)

    def close(self) -> None:
        """Tell every listener that nothing more comes."""
        for queue in self._listeners:
            queue.put_nowait(None)

    async def until(self, happened: Callable[[], bool], seconds: float) -> None:
        """Wait until `happened()`, looking again after each change. Raises TimeoutError after `seconds`.

        It also looks every `LOOK_SECONDS`: what an app does after its acknowledgement changes nothing here.
        """
        queue = self.listen(None)
        try:
            async with asyncio.timeout(seconds):
                while not happened():
                    if await self._next(queue) is None:
                        raise TimeoutError("the workspace was closed")
        finally:
            self.forget(queue)

    async def _next(self, queue: asyncio.Queue[str | None]) -> str | None:
        try:
            return await asyncio.wait_for(queue.get(), LOOK_SECONDS)
        except TimeoutError:
            return ""
