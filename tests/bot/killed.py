"""For tests: bringing a backup back in a process that is killed before a certain step of it."""

import multiprocessing
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot import keeping
from bot.settings import Settings

NOON = datetime(2019, 4, 3, 12, tzinfo=UTC)


def restore_killed_at(step: int, address: str, backup: Path, folder: Path) -> bool:
    """Whether the process was killed: False where there are fewer steps.

    A step is whatever Python does with a file in this folder: open, link, rename, remove it, or connect to it.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.bot.killed"])
    process = context.Process(target=_restore, args=(step, address, backup, folder))
    process.start()
    process.join(30)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def _restore(step: int, address: str, backup: Path, folder: Path) -> None:
    steps = 0

    def count(event: str, values: tuple[object, ...]) -> None:
        nonlocal steps
        if event.startswith(("open", "os.", "sqlite3.connect", "shutil.")) and str(folder) in str(values):
            steps += 1
            if steps == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    keeping.restore(Settings(database_url=address), backup, NOON, force=True)
