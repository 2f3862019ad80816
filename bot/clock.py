"""The only place that reads the clock. Everything else is given the time."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

TOLERATED: Final = timedelta(seconds=1)
"""Clocks that differ by no more are in step."""


def monotonic() -> float:
    """Seconds that only run forwards, for measuring how long something took."""
    return time.monotonic()


def machine_time() -> datetime:
    """What this machine takes for the time, in UTC."""
    return datetime.now(UTC)


class Clock:
    """What time it is, in UTC: the real time, or that of the local workspace.

    The local workspace moves its clock by writing `{"offset_seconds": …}` to a file (ALLIANCE_CLOCK_FILE). The file is
    read again only when it has changed. A file that cannot be read leaves the last known offset.
    """

    def __init__(self, file: Path | None = None, machine: Callable[[], datetime] = machine_time) -> None:
        self.machine = machine
        """This machine's own time (UTC), right or wrong."""
        self._file = file
        self._stamp: tuple[int, int] | None = None
        self._offset = timedelta()
        self._fast = timedelta()

    def __call__(self) -> datetime:
        """Now, aware and in UTC."""
        if self._file is not None:
            self._read(self._file)
        return self.machine() - self._fast + self._offset

    def agree(self, there: datetime, asked: datetime, answered: datetime) -> float | None:
        """Go by another clock from now on; how many seconds this machine is fast, None where nothing changes.

        `there`: what that clock said at some moment between `asked` and `answered`, both by `machine`. Differences that
        are no more than the answer took, or than TOLERATED, change nothing: else time would tremble.
        """
        fast = asked + (answered - asked) / 2 - there
        if abs(fast - self._fast) <= max(TOLERATED, answered - asked):
            return None
        self._fast = fast
        return fast.total_seconds()

    def _read(self, file: Path) -> None:
        try:
            facts = file.stat()
            stamp = (facts.st_mtime_ns, facts.st_ino)
            if stamp != self._stamp:
                self._offset = timedelta(seconds=float(json.loads(file.read_text())["offset_seconds"]))
                self._stamp = stamp
        except (OSError, ValueError, KeyError, TypeError):
            return
