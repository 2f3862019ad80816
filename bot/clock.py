"""The only place that reads the clock. Everything else is given the time."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path


def monotonic() -> float:
    """Seconds that only run forwards, for measuring how long something took."""
    return time.monotonic()


class Clock:
    """What time it is, in UTC: the real time, or that of the local workspace.

    The local workspace moves its clock by writing `{"offset_seconds": …}` to a file (ALLIANCE_CLOCK_FILE). The file is
    read again only when it has changed. A file that cannot be read leaves the last known offset.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._stamp: tuple[int, int] | None = None
        self._offset = timedelta()

    def __call__(self) -> datetime:
        """Now, aware and in UTC."""
        if self._file is not None:
            self._read(self._file)
        return datetime.now(UTC) + self._offset

    def _read(self, file: Path) -> None:
        try:
            facts = file.stat()
            stamp = (facts.st_mtime_ns, facts.st_ino)
            if stamp != self._stamp:
                self._offset = timedelta(seconds=float(json.loads(file.read_text())["offset_seconds"]))
                self._stamp = stamp
        except (OSError, ValueError, KeyError, TypeError):
            return
