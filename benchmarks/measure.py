"""Timing and the table that it ends in."""

import gc
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median

IN_A_ROW = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, beside what, and the ratio that must not be passed (None: no bound)."""

    what: str
    measured: str
    beside: str
    ratio: float | None
    bound: float | None

    @property
    def verdict(self) -> str:
        """Whether the ratio keeps its bound."""
        if self.ratio is None or self.bound is None:
            return ""
        return "kept" if self.ratio <= self.bound else "PASSED"


async def p50_in_turns(
    one: Callable[[], Awaitable[object]], other: Callable[[], Awaitable[object]], times: int, warm: int = 20
) -> tuple[float, float]:
    """The medians of two things measured in turns, so that what slows the machine slows both. Milliseconds.

    Fifty of the one, then fifty of the other: the bare app sleeps 10 ms a request, and after each sleep a processor
    runs slower for a moment, which would be counted against the other.
    """
    for _ in range(warm):
        await one()
        await other()
    first: list[float] = []
    second: list[float] = []
    in_a_row = min(IN_A_ROW, times)
    for _ in range(times // in_a_row):
        first += [await once(one) for _ in range(in_a_row)]
        second += [await once(other) for _ in range(in_a_row)]
    return median(first), median(second)


async def once(work: Callable[[], Awaitable[object]]) -> float:
    """How long it takes, in milliseconds."""
    gc.disable()
    start = time.perf_counter()
    await work()
    taken = time.perf_counter() - start
    gc.enable()
    return taken * 1000


def milliseconds(value: float) -> str:
    """For the table."""
    return f"{value:.3f} ms"
