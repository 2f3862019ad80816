"""Which announcements are out of date, found without reading every event."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event

from storage import announcements
from storage.store import Store

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)


async def test_what_changed_lately_is_found_without_reading_all_events(sqlite_store: Store) -> None:
    """The bot asks this every few seconds, also with 5,000 events that never change."""
    asked: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        asked.append((statement, parameters))

    event.listen(sqlite_store.reading.sync_engine, "before_cursor_execute", keep)
    assert await announcements.outdated(sqlite_store, NOW) == []
    assert await announcements.told_since(sqlite_store, NOW) == {}
    event.remove(sqlite_store.reading.sync_engine, "before_cursor_execute", keep)
    async with sqlite_store.reading.connect() as connection:
        plans = [(await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)).all() for sql, given in asked]
    assert [step.detail for plan in plans for step in plan] == [
        "SEARCH event USING INDEX event_changed (changed_at>?)",
        "SEARCH event USING INDEX event_changed (changed_at>?)",
    ]
