"""Shows in the announcements who comes: soon after an answer, but not once for each of many (storage.countmarks)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.announcing import BACK, Announcer
from storage import announcements, countmarks, eventedits
from storage.countmarks import Mark
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Counts:
    """Safe to run in several processes: one of them updates an announcement at a time."""

    store: Store
    announcer: Announcer
    clock: Callable[[], datetime]

    async def run(self) -> bool:
        """Bring the announcements of one event with new answers up to date; whether there was one, and it was done.

        One event each time, the one that waits longest: Slack allows about 50 updates a minute in a workspace.
        """
        for mark in await countmarks.pending(self.store):
            if await countmarks.take_turn(self.store, mark, self.clock()):
                return await self._show(mark)
        return False

    async def _show(self, mark: Mark) -> bool:
        stored = await eventedits.get(self.store, mark.slug)
        shown = stored is None or await self._shows(stored.ref)
        now = self.clock()
        await countmarks.end_turn(self.store, mark, now, shown=shown or now - mark.at > BACK)
        return shown

    async def _shows(self, ref: str) -> bool:
        """One that is just being posted may have been rendered before the answer: it is looked at again."""
        being_posted = await announcements.being_posted(self.store, ref)
        return await self.announcer.refresh(ref) and not being_posted
