"""Shows in the announcements who comes: soon after an answer, but not once for each of many (storage.countmarks)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.announcing import BACK, Announcer
from storage import countmarks, eventedits
from storage.countmarks import Mark
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Counts:
    """Safe to run in several processes: one of them updates an announcement at a time."""

    store: Store
    announcer: Announcer
    clock: Callable[[], datetime]

    async def run(self) -> int:
        """Bring the announcements of events with new answers up to date; how many events that were."""
        return sum([await self._show(mark) for mark in await countmarks.pending(self.store)])

    async def _show(self, mark: Mark) -> bool:
        now = self.clock()
        if not await countmarks.take_turn(self.store, mark, now):
            return False
        stored = await eventedits.get(self.store, mark.slug)
        shown = stored is None or await self.announcer.refresh(stored.ref)
        await countmarks.end_turn(self.store, mark, self.clock(), shown=shown or now - mark.at > BACK)
        return shown
