"""The ledger: planned once, claimed by one, settled by who holds the claim."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from alliance.delivery import Kind, Planned, State
from storage import deliveries, lookups
from storage.store import Store
from storage.values import DeliveryRow

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LATER = NOW + 5 * MINUTE


def reminder(number: int, target: str = "C1", due_at: datetime = NOW) -> Planned:
    return Planned(Kind.REMINDER, target, f"event-{number}@2019-04-10", "7d", due_at, due_at + timedelta(days=6))


def row(planned: Planned, row_id: int) -> DeliveryRow:
    """The row as it stands after planning."""
    return DeliveryRow(
        id=row_id,
        key=planned.key,
        kind="reminder",
        target=planned.target,
        subject=planned.subject,
        detail=planned.detail,
        due_at=planned.due_at,
        useful_until=planned.useful_until,
        state=State.PLANNED,
        attempts=0,
        claimed_by=None,
        claimed_at=None,
        check_at=None,
        slack_channel=None,
        slack_ts=None,
        settled_at=None,
        reason=None,
    )


async def one_claimed(store: Store) -> DeliveryRow:
    """A single delivery, claimed by A."""
    await deliveries.plan(store, [reminder(1)])
    (due,) = await deliveries.due(store, NOW, 10)
    (claimed,) = await deliveries.claim(store, [due.id], "A", NOW, LATER)
    return claimed


async def only(store: Store) -> DeliveryRow:
    """The single delivery as it is now."""
    found = await deliveries.get(store, 1)
    assert found is not None
    return found


async def test_planning_twice_changes_nothing(store: Store) -> None:
    planned = [reminder(number) for number in range(3)]
    assert await deliveries.plan(store, [*planned, planned[0]]) == 3
    assert await deliveries.plan(store, planned) == 0
    assert await deliveries.plan(store, []) == 0
    assert await deliveries.due(store, NOW, 10) == [row(item, number) for number, item in enumerate(planned, 1)]


async def test_a_moved_date_moves_only_what_is_still_planned(store: Store) -> None:
    await one_claimed(store)
    await deliveries.plan(store, [reminder(2)])
    moved = [reminder(number, due_at=NOW + timedelta(days=1)) for number in (1, 2)]
    assert await deliveries.plan(store, moved) == 1
    assert (await only(store)).due_at == NOW
    assert await deliveries.planned_keys(store, {Kind.REMINDER}) == {moved[1].key: moved[1].due_at}
    assert await deliveries.planned_keys(store, {Kind.WELCOME}) == {}


async def test_only_what_is_still_planned_is_withdrawn(store: Store) -> None:
    claimed = await one_claimed(store)
    await deliveries.plan(store, [reminder(2), reminder(3)])
    assert await deliveries.withdraw(store, [claimed.key, reminder(2).key, "reminder:nothing"]) == 1
    assert await deliveries.withdraw(store, []) == 0
    assert await deliveries.counts(store) == {
        State.PLANNED: 1, State.CLAIMED: 1, State.SENT: 0, State.FAILED: 0, State.SKIPPED: 0, State.UNKNOWN: 0
    }  # fmt: skip


async def test_every_target_has_its_turn(store: Store) -> None:
    busy = [reminder(number, "C1", NOW - 10 * MINUTE + number * MINUTE) for number in range(5)]
    quiet = [reminder(8, "C2", NOW - MINUTE), reminder(9, "C3", NOW)]
    await deliveries.plan(store, [*busy, *quiet, reminder(10, "C4", NOW + MINUTE)])
    due = await deliveries.due(store, NOW, 5)
    assert [(item.target, item.subject) for item in due] == [
        ("C1", "event-0@2019-04-10"),
        ("C2", "event-8@2019-04-10"),
        ("C3", "event-9@2019-04-10"),
        ("C1", "event-1@2019-04-10"),
        ("C1", "event-2@2019-04-10"),
    ]


async def test_the_next_due_time_is_known(store: Store) -> None:
    assert await deliveries.next_due(store) is None
    await deliveries.plan(store, [reminder(1, due_at=LATER), reminder(2, due_at=NOW)])
    assert await deliveries.next_due(store) == NOW


async def test_a_row_is_claimed_by_one_only(store: Store) -> None:
    await deliveries.plan(store, [reminder(number) for number in range(40)])
    ids = [item.id for item in await deliveries.due(store, NOW, 40)]
    taken = await asyncio.gather(*(deliveries.claim(store, ids, by, NOW, LATER) for by in "ABCD"))
    assert sorted(item.id for claimed in taken for item in claimed) == ids
    for by, claimed in zip("ABCD", taken, strict=True):
        assert {(item.claimed_by, item.claimed_at, item.check_at, item.state) for item in claimed} <= {
            (by, NOW, LATER, State.CLAIMED)
        }


async def test_more_rows_than_one_statement_carries_are_claimed(store: Store) -> None:
    await deliveries.plan(store, [reminder(number) for number in range(1200)])
    ids = [item.id for item in await deliveries.due(store, NOW, 1200)]
    assert [item.id for item in await deliveries.claim(store, ids[::-1], "A", NOW, LATER)] == ids[::-1]


async def test_a_post_is_recorded_by_who_holds_the_claim(store: Store) -> None:
    claimed = await one_claimed(store)
    assert not await deliveries.sent(store, claimed.id, "B", "C1", "1554292800.000100", NOW)
    assert await deliveries.sent(store, claimed.id, "A", "C1", "1554292800.000100", NOW)
    assert not await deliveries.sent(store, claimed.id, "A", "C1", "1554292801.000100", NOW)
    assert not await deliveries.release(store, claimed.id, "A", NOW)
    sent = replace(claimed, state=State.SENT, slack_channel="C1", slack_ts="1554292800.000100", settled_at=NOW)
    assert await deliveries.recent(store, State.SENT, 10) == [sent]


async def test_what_slack_refuses_for_good_fails_with_its_reason(store: Store) -> None:
    claimed = await one_claimed(store)
    assert await deliveries.failed(store, claimed.id, "A", "channel_not_found " * 20, NOW)
    failed = await only(store)
    assert (failed.state, failed.settled_at) == (State.FAILED, NOW)
    assert failed.reason == ("channel_not_found " * 20)[:120]


async def test_what_is_no_longer_of_use_is_skipped_claimed_or_not(store: Store) -> None:
    claimed = await one_claimed(store)
    await deliveries.plan(store, [reminder(2)])
    assert not await deliveries.skipped(store, claimed.id, None, "too late", NOW)
    assert await deliveries.skipped(store, claimed.id, "A", "cancelled", NOW)
    assert await deliveries.skipped(store, 2, None, "too late", LATER)
    skipped = await deliveries.recent(store, State.SKIPPED, 10)
    assert [(item.id, item.reason) for item in skipped] == [(2, "too late"), (1, "cancelled")]


async def test_a_post_that_must_wait_is_planned_again(store: Store) -> None:
    claimed = await one_claimed(store)
    assert await deliveries.release(store, claimed.id, "A", LATER)
    assert await only(store) == replace(row(reminder(1), 1), due_at=LATER)
    (again,) = await deliveries.claim(store, [claimed.id], "B", LATER, LATER + MINUTE)
    assert await deliveries.release(store, again.id, "B", NOW, attempts_delta=1)
    assert await only(store) == replace(row(reminder(1), 1), attempts=1)


async def test_a_claim_whose_end_nobody_saw_is_looked_up_not_resent(store: Store) -> None:
    claimed = await one_claimed(store)
    assert await lookups.stale(store, LATER - MINUTE) == []
    unknown = replace(claimed, state=State.UNKNOWN)
    assert await lookups.stale(store, LATER) == [unknown]
    assert await lookups.stale(store, LATER) == []
    assert await deliveries.due(store, LATER, 10) == []
    assert await lookups.unknowns(store, LATER, 10) == [unknown]
    assert not await deliveries.sent(store, claimed.id, "A", "C1", "1.2", LATER)


async def test_an_unanswered_call_waits_until_slack_can_know(store: Store) -> None:
    claimed = await one_claimed(store)
    assert await deliveries.unknown(store, claimed.id, "A", LATER)
    assert await lookups.unknowns(store, NOW, 10) == []
    assert await lookups.look_again(store, claimed.id, LATER + MINUTE)
    assert await lookups.unknowns(store, LATER, 10) == []
    assert len(await lookups.unknowns(store, LATER + MINUTE, 10)) == 1


async def test_what_slack_has_is_sent_and_what_it_has_not_is_planned_again(store: Store) -> None:
    claimed = await one_claimed(store)
    assert not await lookups.found(store, claimed.id, "C1", "1.2", NOW)
    await deliveries.unknown(store, claimed.id, "A", NOW)
    assert await lookups.not_found(store, claimed.id)
    assert not await lookups.not_found(store, claimed.id)
    assert await only(store) == replace(row(reminder(1), 1), attempts=1)
    await deliveries.claim(store, [claimed.id], "B", LATER, LATER + MINUTE)
    await lookups.stale(store, LATER + MINUTE)
    assert await lookups.found(store, claimed.id, "C1", "1.2", LATER)
    assert ((await only(store)).state, (await only(store)).slack_ts) == (State.SENT, "1.2")


async def test_rows_to_come_are_shown_in_the_order_in_which_they_fall_due(store: Store) -> None:
    await deliveries.plan(store, [reminder(1, due_at=LATER), reminder(2, due_at=NOW)])
    assert [item.id for item in await deliveries.recent(store, State.PLANNED, 10)] == [2, 1]
    assert await deliveries.get(store, 99) is None


@pytest.fixture
async def statements(sqlite_store: Store) -> list[str]:
    """Every statement that SQLite runs for the store, with its values."""
    seen: list[str] = []
    await sqlite_store.close()
    for engine in (sqlite_store.engine, sqlite_store.reading):
        event.listen(
            engine.sync_engine,
            "connect",
            lambda made, _record: made.run_async(lambda driver: driver.set_trace_callback(seen.append)),
        )
    return seen


async def test_a_tick_reads_an_index_and_never_the_whole_table(
    sqlite_store: Store, sqlite_address: str, statements: list[str]
) -> None:
    await deliveries.due(sqlite_store, NOW, 10)
    await deliveries.next_due(sqlite_store)
    await lookups.stale(sqlite_store, NOW)
    await lookups.unknowns(sqlite_store, NOW, 10)
    with closing(sqlite3.connect(sqlite_address.removeprefix("sqlite:///"))) as database:
        plans = [
            [step[3] for step in database.execute(f"EXPLAIN QUERY PLAN {statement}") if "delivery" in step[3]]
            for statement in statements
            if not statement.startswith(("PRAGMA", "BEGIN", "COMMIT"))
        ]
    assert plans == [
        ["SEARCH delivery USING INDEX delivery_due (due_at<?)", "SCAN delivery_1 USING INDEX delivery_open"],
        ["SCAN delivery USING INDEX delivery_due"],
        ["SEARCH delivery USING INDEX delivery_open (check_at<?)"],
        ["SEARCH delivery USING INDEX delivery_open (check_at<?)"],
    ]
