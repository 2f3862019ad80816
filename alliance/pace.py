"""How fast posts go out, and when the last one will be out."""

from datetime import datetime, timedelta
from typing import Final

LEAST: Final = timedelta(seconds=10)
"""A shorter time counts as so long: the first posts after a quiet while go out all at once."""


def a_minute(count: int, within: timedelta) -> float:
    """The speed of `count` posts within that time."""
    return count / (max(within, LEAST) / timedelta(minutes=1))


def ends_at(left: int, measured: float, limit: float, now: datetime) -> datetime:
    """When `left` posts are out, at the measured speed or at the limit (posts a minute), whichever is slower.

    Where nothing was measured yet (0), the limit alone counts.
    """
    return now + timedelta(minutes=left / min(measured or limit, limit))
