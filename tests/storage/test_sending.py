"""Pausing, counting, and trying again what failed; on both databases."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event

from alliance.delivery import Kind, Planned, State
from storage import audit, deliveries, sending
from storage.sending import Pause, Tally
from storage.store import Store

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def claimed(store: Store, number: int, useful_until: datetime | None = None) -> int:
    """The id of a delivery that the sender holds."""
    item = Planned(Kind.REMINDER, f"C{number}", f"event-{number}@2019-04-10", "7d", NOW - HOUR, useful_until)
    await deliveries.plan(store, [item])
    (row,) = [row for row in await deliveries.due(store, NOW, 100) if row.key == item.key]
    await deliveries.claim(store, [row.id], "A", NOW, NOW + HOUR)
    return row.id


async def test_paused_and_resumed_once_each_and_every_process_sees_it(store: Store) -> None:
    assert await sending.paused(store) is None
    assert [await sending.pause(store, "U0CLAIRE", NOW), await sending.pause(store, "U0JAMES", NOW + HOUR)] == [
        True,
        False,
    ]
    assert await sending.paused(store) == Pause(NOW, "U0CLAIRE")
    assert [await sending.resume(store, "", NOW), await sending.resume(store, "", NOW)] == [True, False]
    assert await sending.paused(store) is None
    assert [(entry.actor, entry.action, entry.subject, entry.detail) for entry in await audit.everything(store)] == [
        ("", "rule_deliveries", "deliveries", {"change": "resumed"}),
        ("U0CLAIRE", "rule_deliveries", "deliveries", {"change": "paused"}),
    ]


async def test_every_delivery_is_counted_once(store: Store) -> None:
    await deliveries.failed(store, await claimed(store, 1), "A", "is_archived", NOW)
    await deliveries.unknown(store, await claimed(store, 2), "A", NOW)
    await deliveries.skipped(store, await claimed(store, 3), "A", "cancelled", NOW)
    await deliveries.sent(store, await claimed(store, 4), "A", "C4", "1.1", NOW - HOUR)
    await deliveries.sent(store, await claimed(store, 5), "A", "C5", "1.1", NOW - 25 * HOUR)
    await deliveries.release(store, await claimed(store, 6), "A", NOW + HOUR, 1)
    await deliveries.release(store, await claimed(store, 7), "A", NOW)
    await deliveries.plan(store, [Planned(Kind.WELCOME, "U1", "", "", NOW + HOUR, None)])
    assert await sending.tally(store, NOW) == Tally(due=1, held=1, ahead=1, sent=1, failed=1, unknown=1, skipped=1)
    await sending.pause(store, "", NOW)
    assert await sending.tally(store, NOW) == Tally(due=0, held=2, ahead=1, sent=1, failed=1, unknown=1, skipped=1)
    assert await sending.by_kind(store) == {
        (State.PLANNED, "reminder"): 2,
        (State.PLANNED, "welcome"): 1,
        (State.UNKNOWN, "reminder"): 1,
        (State.FAILED, "reminder"): 1,
        (State.SKIPPED, "reminder"): 1,
    }


async def test_only_what_failed_and_is_of_use_is_tried_again_and_only_once(store: Store) -> None:
    failed = await claimed(store, 1, NOW + HOUR)
    too_late = await claimed(store, 2, NOW)
    unknown = await claimed(store, 3)
    for row_id in (failed, too_late):
        await deliveries.failed(store, row_id, "A", "is_archived", NOW)
    await deliveries.unknown(store, unknown, "A", NOW)
    assert [await sending.retry_failed(store, "U0CLAIRE", NOW), await sending.retry_failed(store, "U0CLAIRE", NOW)] == [
        1,
        0,
    ]
    (again,) = await deliveries.due(store, NOW, 10)
    assert (again.id, again.due_at, again.attempts) == (failed, NOW - HOUR, 0)
    assert (again.claimed_by, again.reason, again.settled_at) == (None, None, None)
    counts = await deliveries.counts(store)
    assert (counts[State.PLANNED], counts[State.FAILED], counts[State.UNKNOWN]) == (1, 1, 1)


async def test_counting_does_not_read_what_was_sent(sqlite_store: Store) -> None:
    """A million posts of the past cost nothing: every query goes by an index that leaves them out, or by a day."""
    asked: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        asked.append((statement, parameters))

    event.listen(sqlite_store.reading.sync_engine, "before_cursor_execute", keep)
    await sending.tally(sqlite_store, NOW)
    await sending.by_kind(sqlite_store)
    event.remove(sqlite_store.reading.sync_engine, "before_cursor_execute", keep)
    ways = []
    async with sqlite_store.reading.connect() as connection:
        for statement, parameters in asked:
            plan = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)).all()
            ways.append(plan[0].detail)
    assert len(ways) == 10
    assert [way for way in ways if "INDEX" not in way] == []
