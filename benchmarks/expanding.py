"""recurring-ical-events, to compare with: in an installation of its own, since it needs an older python-dateutil."""

import asyncio
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import AbstractAsyncContextManager
from datetime import date
from pathlib import Path
from typing import Final

PACKAGE: Final = "recurring-ical-events==3.8.2"
HOME: Final = Path(__file__).parent.parent / ".venv-expanding"
PROGRAM: Final = """
import sys, time
from datetime import date
import icalendar, recurring_ical_events
with open(sys.argv[1], 'rb') as file:
    events = recurring_ical_events.of(icalendar.Calendar.from_ical(file.read()))
for line in sys.stdin:
    first, last = (date.fromisoformat(word) for word in line.split())
    start = time.perf_counter()
    found = events.between(first, last)
    print((time.perf_counter() - start) * 1000, len(found), flush=True)
"""


class Expander(AbstractAsyncContextManager["Expander"]):
    """Has a calendar file read once, and expands parts of it as often as it is asked."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._process: Process | None = None

    async def __aenter__(self) -> "Expander":
        await asyncio.to_thread(_install)
        command = (HOME / "bin" / "python", "-c", PROGRAM, self._file)
        self._process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._process and self._process.stdin:
            self._process.stdin.close()
            await self._process.wait()

    async def expand(self, first: date, last: date) -> tuple[float, int]:
        """The events from `first` until before `last`: milliseconds, and how many there are."""
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{first} {last}\n".encode())
        taken, found = (await self._process.stdout.readline()).split()
        return float(taken), int(found)


def _install() -> None:
    if not (HOME / "ready").exists():
        subprocess.run((sys.executable, "-m", "venv", HOME), check=True)
        subprocess.run((HOME / "bin" / "pip", "install", "--quiet", PACKAGE, "tzdata"), check=True)
        (HOME / "ready").touch()
