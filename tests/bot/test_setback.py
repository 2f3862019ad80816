"""The machine's clock is set back: the regular work goes on, as if nothing had happened."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import machine_time
from bot.setback import pull_forward

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
async def schedule() -> AsyncIterator[AsyncIOScheduler]:
    """As the bot's own: missed runs count once, however late (bot/schedule.py)."""
    made = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "misfire_grace_time": None})
    made.start()
    yield made
    made.shutdown(wait=False)


async def test_set_back_by_an_hour_it_runs_at_once_and_then_as_often_as_before(schedule: AsyncIOScheduler) -> None:
    done = asyncio.Event()

    async def work() -> None:
        done.set()

    job = schedule.add_job(work, "interval", minutes=30)
    set_back = machine_time() - timedelta(hours=1)
    assert pull_forward(schedule, set_back) == 1
    await asyncio.wait_for(done.wait(), 5)
    assert job.next_run_time <= machine_time() + HALF_AN_HOUR


async def test_while_time_runs_as_it_should_nothing_is_pulled_forward(schedule: AsyncIOScheduler) -> None:
    """Neither right after a run, nor a second before the next; nor when the clock is set by less than a second."""
    schedule.add_job(asyncio.sleep, "interval", args=[0], minutes=30)
    now = machine_time()
    assert pull_forward(schedule, now) == 0
    assert pull_forward(schedule, now + HALF_AN_HOUR - timedelta(seconds=1)) == 0
    assert pull_forward(schedule, now - timedelta(milliseconds=500)) == 0
