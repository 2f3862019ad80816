"""For tests of backups: a settings object for a database, and a writer that never stops."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alliance.delivery import Kind, Planned
from bot.settings import Settings
from storage import deliveries
from storage.store import Store

NOON = datetime(2019, 4, 3, 12, tzinfo=UTC)
AT_ONCE = 3
"""So many deliveries are planned in one transaction."""


def of(address: str) -> Settings:
    """Settings for this database, and otherwise as the environment says."""
    return Settings(database_url=address)


def unfinished(folder: Path) -> list[Path]:
    """What is being written there, or was when its writer died."""
    return list(folder.glob(".*.unfinished"))


class Writer:
    """Plans deliveries, three in a transaction, until told to stop."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stop = asyncio.Event()
        self.written = 0

    async def write(self) -> None:
        rows = [
            Planned(Kind.REMINDER, "C1", f"meeting-{self.written + number}@2019-06-12", "7d", NOON + timedelta(9), None)
            for number in range(AT_ONCE)
        ]
        await deliveries.plan(self._store, rows)
        self.written += AT_ONCE

    async def go_on(self) -> None:
        while not self._stop.is_set():
            await self.write()

    def stop(self) -> None:
        self._stop.set()
