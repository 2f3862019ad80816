"""Telling the secretariat what could not be delivered: a NOTICE in the same ledger, once for each matter."""

from datetime import datetime, timedelta
from typing import Final

from alliance.delivery import Kind, Planned
from storage import deliveries, members
from storage.store import Store
from storage.values import DeliveryRow

FAILED: Final = "failed"
LATE: Final = "late"

COLLECTING: Final = timedelta(minutes=1)
"""A summary of late deliveries waits so long, so that it holds all of them."""

USEFUL: Final = timedelta(days=14)


class Notices:
    """Plans notices. Their unique key is what makes each of them once."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def failed(self, row: DeliveryRow, reason: str, now: datetime) -> None:
        """This target cannot be reached for this reason: told once a day."""
        await self._plan(f"{FAILED}/{row.target}", f"{now:%Y-%m-%d}/{reason}"[:60], now, now)

    async def late(self, now: datetime) -> None:
        """Deliveries were skipped because they came too late: one summary an hour, whatever their number."""
        await self._plan(LATE, f"{now:%Y-%m-%dT%H}", now + COLLECTING, now)

    async def _plan(self, subject: str, detail: str, due_at: datetime, now: datetime) -> None:
        wanted = [
            Planned(Kind.NOTICE, user, subject, detail, due_at, now + USEFUL)
            for user in await members.secretariat(self._store)
        ]
        await deliveries.plan(self._store, wanted)


def late_since(row: DeliveryRow) -> datetime:
    """From when on skipped deliveries belong into this summary: the hour that it is about."""
    return datetime.fromisoformat(f"{row.detail}:00+00:00")
