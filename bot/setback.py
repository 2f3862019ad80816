"""The regular work goes on when the machine's clock is set back.

APScheduler keeps for each job the time of its next run, by the wall clock. Set back by an hour, it would start nothing
for an hour: no post, no planning, no reconciliation.
"""

import asyncio
from datetime import datetime, timedelta
from typing import Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import machine_time

LOOK_SECONDS: Final = 1.0
MARGIN: Final = timedelta(seconds=1)

log = structlog.get_logger(__name__)


async def watch(schedule: AsyncIOScheduler) -> None:
    """Look each second, by asyncio's clock, which nobody sets; until cancelled."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        pull_forward(schedule, machine_time())


def pull_forward(schedule: AsyncIOScheduler, now: datetime) -> int:
    """Run now what would wait for longer than its interval; returns how many jobs that are."""
    waiting = [
        job
        for job in schedule.get_jobs()
        if job.next_run_time is not None and job.next_run_time > now + job.trigger.interval + MARGIN
    ]
    for job in waiting:
        job.modify(next_run_time=now)
    if waiting:
        log.warning("clock_set_back", jobs=len(waiting))
    return len(waiting)
