"""How far a large run of deliveries is; on both databases."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event

from alliance.delivery import Kind, Planned, State
from storage import deliveries, runs
from storage.runs import Progress, RunRow
from storage.store import Store

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
NEWS = "newsletter:april"


async def due(store: Store, *targets: str, subject: str = "event@2019-04-10", at: datetime = NOW) -> list[int]:
    """The ids of deliveries that are due."""
    wanted = [Planned(Kind.REMINDER, target, subject, "7d", at, None) for target in targets]
    await deliveries.plan(store, wanted)
    rows = {row.key: row.id for row in await deliveries.recent(store, State.PLANNED, 1000)}
    return [rows[item.key] for item in wanted]


async def settled(store: Store, target: str, state: State, at: datetime, *, subject: str = "event@2019-04-10") -> None:
    """A delivery that came to this at that time."""
    (row_id,) = await due(store, target, subject=subject)
    await deliveries.claim(store, [row_id], "A", at, at + MINUTE)
    match state:
        case State.SENT:
            await deliveries.sent(store, row_id, "A", target, "1.1", at)
        case State.FAILED:
            await deliveries.failed(store, row_id, "A", "is_archived", at)
        case State.SKIPPED:
            await deliveries.skipped(store, row_id, "A", "cancelled", at)
        case State.UNKNOWN:
            await deliveries.unknown(store, row_id, "A", at)


async def only(store: Store) -> RunRow:
    (run,) = await runs.not_closed(store)
    return run


async def test_a_run_counts_what_is_due_and_what_was_settled_since_it_began(store: Store) -> None:
    await settled(store, "C0BEFORE", State.SENT, NOW - SECOND)
    await runs.begin(store, NOW)
    await due(store, "C1", "C2")
    await due(store, "C0TOMORROW", at=NOW + timedelta(days=1))
    await settled(store, "C3", State.SENT, NOW)
    await settled(store, "C4", State.SENT, NOW + 2 * MINUTE)
    await settled(store, "C5", State.FAILED, NOW)
    await settled(store, "C6", State.SKIPPED, NOW)
    await settled(store, "C7", State.UNKNOWN, NOW)
    await deliveries.claim(store, await due(store, "C8"), "A", NOW, NOW + MINUTE)
    run = await only(store)
    await settled(store, "U0CLAIRE", State.SENT, NOW, subject=run.notice)
    await due(store, "U0JAMES", subject=run.notice)
    found = await runs.progress(store, run, NOW + 2 * MINUTE)
    assert found == Progress(due=2, under_way=1, unknown=1, sent=2, failed=1, skipped=1, recent=1)
    assert (found.left, found.done, found.total) == (4, 4, 8)


async def test_a_newsletter_has_a_run_of_its_own_that_counts_its_own_recipients(store: Store) -> None:
    title = {"en": "April newsletter", "fr": "Bulletin d’avril", "es": "Boletín de abril"}
    await runs.begin(store, NOW, NEWS, title)
    await due(store, "U1", "U2", subject=NEWS)
    await settled(store, "U3", State.SENT, NOW, subject=NEWS)
    await settled(store, "U4", State.FAILED, NOW, subject=NEWS)
    await settled(store, "C1", State.SENT, NOW)
    run = await only(store)
    assert (run.subject, run.title) == (NEWS, title)
    found = await runs.progress(store, run, NOW)
    assert found == Progress(due=2, under_way=0, unknown=0, sent=1, failed=1, skipped=0, recent=1)
    assert [await runs.many_due(store, NOW, 0), await runs.many_due(store, NOW, 1)] == [False, False]
    await due(store, "C2", "C3")
    assert [await runs.many_due(store, NOW, 1), await runs.many_due(store, NOW, 2)] == [True, False]


async def test_one_run_at_a_time_about_the_same(store: Store) -> None:
    await runs.begin(store, NOW)
    await runs.begin(store, NOW + SECOND)
    await runs.begin(store, NOW, NEWS)
    assert [(run.subject, run.began_at) for run in await runs.not_closed(store)] == [("", NOW), (NEWS, NOW)]


async def test_of_several_processes_one_looks_and_another_when_it_is_time(store: Store) -> None:
    await runs.begin(store, NOW)
    run, every = await only(store), 5 * SECOND
    takes = [await runs.take(store, run.id, NOW + after * SECOND, every) for after in (0, 0, 4, 5, 6, 10)]
    assert takes == [True, False, False, True, False, True]
    await runs.hurry(store)
    assert await runs.take(store, run.id, NOW + 11 * SECOND, every)


async def test_a_clock_that_was_an_hour_fast_keeps_nobody_waiting(store: Store) -> None:
    await runs.begin(store, NOW)
    run = await only(store)
    assert await runs.take(store, run.id, NOW + 60 * MINUTE, 5 * SECOND)
    assert await runs.take(store, run.id, NOW, 5 * SECOND)


async def test_when_it_has_ended_its_figures_stay_and_when_it_is_closed_nobody_looks(store: Store) -> None:
    await runs.begin(store, NOW)
    run = await only(store)
    await settled(store, "C1", State.SENT, NOW)
    await runs.end(store, run.id, await runs.progress(store, run, NOW), NOW + MINUTE)
    await settled(store, "C2", State.SENT, NOW + MINUTE)
    ended = await only(store)
    assert (ended.ended_at, ended.sent) == (NOW + MINUTE, 1)
    assert await runs.progress(store, ended, NOW) == Progress(0, 0, 0, sent=1, failed=0, skipped=0)
    await runs.begin(store, NOW + MINUTE)
    assert len(await runs.not_closed(store)) == 2
    await runs.close(store, run.id, NOW + MINUTE)
    assert (await only(store)).id != run.id
    assert not await runs.take(store, run.id, NOW + 60 * MINUTE, SECOND)
    assert await runs.get(store, 99) is None


async def test_counting_reads_only_the_run_by_the_indexes(sqlite_store: Store) -> None:
    """A million posts of former times cost nothing."""
    await runs.begin(sqlite_store, NOW)
    await runs.begin(sqlite_store, NOW, NEWS)
    asked: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        asked.append((statement, parameters))

    event.listen(sqlite_store.reading.sync_engine, "before_cursor_execute", keep)
    for run in await runs.not_closed(sqlite_store):
        await runs.progress(sqlite_store, run, NOW)
        await runs.notices(sqlite_store, run)
    await runs.many_due(sqlite_store, NOW, 50)
    await runs.oldest_due(sqlite_store, NOW)
    event.remove(sqlite_store.reading.sync_engine, "before_cursor_execute", keep)
    scans: list[str] = []
    async with sqlite_store.reading.connect() as connection:
        for statement, parameters in asked:
            plan = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)).all()
            scans += [step.detail for step in plan if step.detail.startswith("SCAN delivery")]
    assert len(asked) == 8
    assert set(scans) <= {"SCAN delivery USING INDEX delivery_open"}  # it holds what is under way alone
