"""How long a claim holds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.posting import HTTP_TIMEOUT

LEASE: Final = 60.0
"""Seconds for which a claim holds: nobody else touches the row, and after it history may be asked."""

SKEW: Final = 10.0
"""The clocks of several bots on one PostgreSQL may differ by so many seconds."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """The wall clock, which may be moved, and seconds that only run forwards, but not while the machine sleeps."""

    wall: Callable[[], datetime]
    monotonic: Callable[[], float]

    def lease(self) -> "Lease":
        """One that begins now."""
        return Lease(self, self.monotonic(), self.wall() + timedelta(seconds=LEASE))


@dataclass(frozen=True, slots=True)
class Lease:
    """A claim's, from `began` (monotonic) until history may be asked (`check_at`, UTC)."""

    clocks: Clocks
    began: float
    check_at: datetime

    def holds(self) -> bool:
        """Whether a post that starts now ends before anybody may ask history about it: by both clocks."""
        left = LEASE - (self.clocks.monotonic() - self.began)
        return min(left, (self.check_at - self.clocks.wall()).total_seconds()) > HTTP_TIMEOUT + SKEW
