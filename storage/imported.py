"""Events that came from a calendar file, by what the file calls them."""

from sqlalchemy import select

from storage import models
from storage.eventstate import Stored, of_row
from storage.store import Store


async def by_uid(store: Store) -> dict[str, Stored]:
    """Those that are still there."""
    table = models.Event
    query = select(table).where(table.origin == "member", table.removed_at.is_(None), table.kind != "observance")
    async with store.read() as session:
        found = [of_row(row) for row in await session.scalars(query) if row.document.get("imported_as")]
    return {stored.entry.imported_as: stored for stored in found if stored.entry.imported_as}
