"""Many who want the same done: those who come while a batch is at work are the next batch, in one transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Together(Generic[Item, Result]):
    """`work` does many items at once and returns as many results. Nobody waits longer than for two batches."""

    def __init__(self, work: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]) -> None:
        self._work = work
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._turn = asyncio.Lock()

    async def __call__(self, item: Item) -> Result:
        """The item's result. Raises what the batch raised that it was in."""
        mine: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, mine))
        async with self._turn:
            if not mine.done():
                await self._batch()
        return await mine

    async def _batch(self) -> None:
        batch, self._waiting = self._waiting, []
        try:
            results = await self._work([item for item, _ in batch])
        except Exception as error:  # noqa: BLE001 (raised for each who waits)
            for _, future in batch:
                future.set_exception(error)
            return
        for (_, future), result in zip(batch, results, strict=True):
            future.set_result(result)
