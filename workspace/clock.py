"""The workspace's clock: real time plus an offset that a person or a test can move."""

import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

REPORT_YEAR = datetime(2019, 4, 3, 12, 0, tzinfo=UTC)
"""Where "2019" on the page takes the clock: the spring that the sample content talks about."""


class Clock:
    """What time it is in the workspace (aware, UTC). Real time runs on from wherever the clock was moved to.

    With a `clock_file` the offset is kept there as `{"offset_seconds": …}`, so that another process (the app's) agrees.
    """

    def __init__(self, start: datetime | None = None, clock_file: Path | None = None) -> None:
        self._file = clock_file
        self._offset = timedelta()
        self.on_move: Callable[[], None] | None = None
        if start is not None:
            self.move_to(start)
        elif clock_file is not None and clock_file.exists():
            self._offset = timedelta(seconds=float(json.loads(clock_file.read_text())["offset_seconds"]))
        else:
            self._write()

    def now(self) -> datetime:
        """Now, in the workspace."""
        return datetime.now(UTC) + self._offset

    @property
    def offset_seconds(self) -> float:
        """How far the workspace is from real time (negative: in the past)."""
        return self._offset.total_seconds()

    @property
    def mode(self) -> str:
        """`today`: real time; `2019`: somewhere in the report's year; `moved`: elsewhere."""
        if not self._offset:
            return "today"
        return "2019" if self.now().year == REPORT_YEAR.year else "moved"

    def move_to(self, moment: datetime) -> None:
        """Let it be `moment` now. Raises ValueError for a moment without a zone."""
        if moment.tzinfo is None:
            raise ValueError("the workspace's clock needs a moment with a time zone")
        self._offset = moment - datetime.now(UTC)
        self._write()

    def use_today(self) -> None:
        """Back to real time."""
        self._offset = timedelta()
        self._write()

    def _write(self) -> None:
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._file.with_name(f"{self._file.name}.{os.getpid()}.tmp")
            fresh.write_text(json.dumps({"offset_seconds": self.offset_seconds}))
            fresh.replace(self._file)
        if self.on_move is not None:
            self.on_move()


def monotonic() -> float:
    """Real seconds that only run forwards: for the 3 s of an acknowledgement, trigger ids and rate limits."""
    return time.monotonic()


def real_seconds() -> int:
    """Real Unix seconds: signatures are checked against the real clock by whoever receives them."""
    return int(time.time())
