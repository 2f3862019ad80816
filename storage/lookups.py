"""Deliveries whose end nobody saw: Slack's history tells what became of them. See docs/decisions/ledger.md."""

from datetime import datetime

from sqlalchemy import select, update

from alliance.delivery import State
from storage.deliverystates import COLUMNS, as_row, move, planned_again, posted, row_in, unsettled
from storage.models import Delivery
from storage.store import Store
from storage.values import DeliveryRow


async def stale(store: Store, now: datetime) -> list[DeliveryRow]:
    """Claims whose end nobody saw and whose `check_at` has passed: claimed -> unknown. Returns them."""
    where = (unsettled(), Delivery.state == State.CLAIMED.value, Delivery.check_at <= now)
    statement = update(Delivery).where(*where).values(state=State.UNKNOWN.value).returning(*COLUMNS)
    async with store.write() as session:
        return sorted((as_row(row) for row in await session.execute(statement)), key=lambda row: row.id)


async def unknowns(store: Store, now: datetime, limit: int) -> list[DeliveryRow]:
    """Rows to look up in Slack's history now, those that wait longest first."""
    where = (unsettled(), Delivery.state == State.UNKNOWN.value, Delivery.check_at <= now)
    query = select(*COLUMNS).where(*where).order_by(Delivery.check_at, Delivery.id).limit(limit)
    async with store.read() as session:
        return [as_row(row) for row in await session.execute(query)]


async def found(store: Store, row_id: int, channel: str, ts: str, now: datetime) -> bool:
    """Slack's history has it: unknown -> sent. False where the row is no longer unknown."""
    return await move(store, row_in(row_id, State.UNKNOWN), posted(channel, ts, now))


async def not_found(store: Store, row_id: int) -> bool:
    """Slack's history does not have it: unknown -> planned again, an attempt later. False where no longer unknown."""
    return await move(store, row_in(row_id, State.UNKNOWN), planned_again(None, 1))


async def look_again(store: Store, row_id: int, check_at: datetime) -> bool:
    """Slack's history could not be read: the row stays unknown, to be looked up from `check_at` on."""
    return await move(store, row_in(row_id, State.UNKNOWN), {"check_at": check_at})
