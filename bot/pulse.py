"""The regular work, timed: how long each run took, and when the bot last gave a sign of life."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any, Final

from structlog.contextvars import bound_contextvars

from bot.metrics import Metrics
from bot.schedule import Jobs, Work

BEAT: Final = "heed"
"""The job that runs each second, whatever else is at work."""


LONGEST_SILENCE: Final = 30.0
"""Seconds; when the work of each second has not ended well for so long, something is stuck."""


class Pulse:
    """Wraps each job of the table. `monotonic` gives seconds."""

    def __init__(self, metrics: Metrics, monotonic: Callable[[], float]) -> None:
        self._metrics = metrics
        self._monotonic = monotonic
        self._last: float | None = None
        self.running = False
        """Whether the schedule runs; set by whoever starts and ends it."""

    async def started(self) -> bool:
        """Whether the schedule runs."""
        return self.running

    async def recent(self) -> bool:
        """Whether the job of each second ended well not long ago."""
        return self._last is not None and self._monotonic() - self._last < LONGEST_SILENCE

    def timed(self, jobs: Jobs) -> Jobs:
        """The same jobs, each with its name in the log lines of its run."""
        return Jobs(**{field.name: self._timed(field.name, getattr(jobs, field.name)) for field in fields(jobs)})

    def _timed(self, name: str, work: Work) -> Work:
        async def run() -> Any:
            began, failed = self._monotonic(), True
            try:
                with bound_contextvars(job=name):
                    done = await work()
                failed = False
                if name == BEAT:
                    self._last = self._monotonic()
                return done
            finally:
                self._metrics.ran(name, self._monotonic() - began, failed=failed)

        return run
