"""What the ledger costs: a tick with nothing due, and planning 10,000 deliveries."""

import time
from datetime import timedelta
from pathlib import Path

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from slack_sdk.web.async_client import AsyncWebClient

from alliance.delivery import Kind, Planned
from benchmarks import data
from benchmarks.apps import TOKEN
from benchmarks.measure import Row, milliseconds, p50_in_turns
from bot.notices import Notices
from bot.pacing import Pacing
from bot.posting import Message, Poster, Rendered, Skip
from bot.sender import Sender
from storage import deliveries
from storage.store import Store
from storage.values import DeliveryRow

PLANNED = 1_000_000
JOBS = 10_000


class _Nothing:
    """Nothing is due, so nothing is ever rendered."""

    async def render(self, row: DeliveryRow, _now: object) -> Rendered:
        return Skip("never asked")


def _sender(store: Store) -> Sender[Message]:
    pacing = Pacing(time.monotonic, 600)
    poster = Poster(AsyncWebClient(TOKEN, retry_handlers=[]))
    return Sender(store, poster, _Nothing(), Notices(store), pacing, lambda: data.NOW, time.monotonic)


async def ticks(folder: Path, scale: float) -> Row:
    """A sender's tick over a million planned rows of which none is due, beside one over an empty table."""
    count = int(PLANNED * scale)
    full, empty = await data.with_content(folder / "full.db"), await data.with_content(folder / "empty.db")
    await data.plan_far_ahead(full, count)
    over_full, over_empty = await p50_in_turns(_sender(full).tick, _sender(empty).tick, 500)
    await full.close()
    await empty.close()
    return Row(
        f"a tick, {count:,} planned, none due",
        milliseconds(over_full),
        f"empty table: {milliseconds(over_empty)}",
        over_full / over_empty,
        2.0,
    )


async def planning(folder: Path) -> Row:
    """Planning 10,000 deliveries, beside adding as many jobs to APScheduler's store on SQLite."""
    store = await data.with_content(folder / "plan.db")
    rows = [_planned(number) for number in range(JOBS)]
    start = time.perf_counter()
    await deliveries.plan(store, rows)
    ours = time.perf_counter() - start
    await store.close()
    theirs = _apscheduler(folder / "jobs.db")
    return Row(f"planning {JOBS:,} deliveries", f"{ours:.3f} s", f"as many jobs: {theirs:.3f} s", ours / theirs, 0.05)


def _planned(number: int) -> Planned:
    due = data.NOW + timedelta(days=30, seconds=number)
    return Planned(
        Kind.REMINDER, f"C{number % 100}", f"made-up-{number}@2019-06-12", "7d", due, due + timedelta(days=7)
    )


def _job() -> None:
    """What APScheduler is asked to run; it never comes to that."""


def _apscheduler(file: Path) -> float:
    scheduler = BackgroundScheduler(jobstores={"default": SQLAlchemyJobStore(url=f"sqlite:///{file}")}, timezone="UTC")
    scheduler.start(paused=True)
    start = time.perf_counter()
    for number in range(JOBS):
        scheduler.add_job(_job, "date", run_date=data.NOW.replace(year=2100) + timedelta(seconds=number))
    taken = time.perf_counter() - start
    scheduler.shutdown()
    return taken
