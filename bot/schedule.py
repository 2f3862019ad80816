"""What happens when: a table to read. The database is the schedule; APScheduler is the clock's hand."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from storage.trouble import DATABASE_TROUBLE, reason

Work = Callable[[], Awaitable[Any]]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Jobs:
    """The bot's regular work; each is safe to do twice, and says in the log what goes wrong."""

    plan: Work
    heed: Work
    send: Work
    mail: Work
    reconcile: Work
    refresh: Work
    channels: Work
    roster: Work
    extend: Work
    progress: Work
    count: Work
    correct: Work


def table(jobs: Jobs) -> tuple[tuple[str, Work, dict[str, int]], ...]:
    """Each job with how often it runs."""
    return (
        ("heed", jobs.heed, {"seconds": 1}),
        ("send", jobs.send, {"seconds": 1}),
        ("mail", jobs.mail, {"seconds": 1}),
        ("reconcile", jobs.reconcile, {"seconds": 2}),
        ("plan", jobs.plan, {"seconds": 20}),
        ("refresh", jobs.refresh, {"seconds": 20}),
        ("channels", jobs.channels, {"minutes": 30}),
        ("roster", jobs.roster, {"minutes": 30}),
        ("extend", jobs.extend, {"seconds": 2}),
        ("progress", jobs.progress, {"seconds": 1}),
        ("count", jobs.count, {"seconds": 1}),
        ("correct", jobs.correct, {"seconds": 2}),
    )


def scheduler(jobs: Jobs) -> AsyncIOScheduler:
    """A scheduler with these jobs, not started. A job that still runs is not started again; missed runs count once."""
    made = AsyncIOScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    for name, work, every in table(jobs):
        made.add_job(told(name, work), "interval", id=name, **every)
    return made


def told(name: str, work: Work) -> Callable[[], Coroutine[Any, Any, None]]:
    """The same work; where the database cannot be used, a line in the log says so, and the next run tries again."""

    async def run() -> None:
        try:
            await work()
        except DATABASE_TROUBLE as error:
            log.error("database_trouble", job=name, reason=reason(error))

    return run
