"""The database at start: one process on a SQLite file, the shipped content loaded."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from bot.problems import DatabaseTaken, FolderUnwritable
from storage import contentfiles, contentload
from storage import settings as remembered
from storage.store import Store


@contextmanager
def only_one(file: Path | None) -> Iterator[None]:
    """Hold the lock on a SQLite file while the block runs; nothing to hold for PostgreSQL, which bots may share.

    The lock is the operating system's, on a file beside the database: it ends with the process, however that ends, so
    that a file left behind is no obstacle. Raises DatabaseTaken or FolderUnwritable.
    """
    if file is None:
        yield
        return
    beside = file.with_name(f"{file.name}.lock")
    try:
        held = os.open(beside, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise FolderUnwritable(
            f"Cannot write {beside.absolute()}: {error.strerror}. Start the bot in a folder that it may write to, "
            "or name another file with DATABASE_URL, such as sqlite:////var/lib/alliance/alliance.db."
        ) from error
    try:
        _lock(held, file)
        os.ftruncate(held, 0)
        os.write(held, str(os.getpid()).encode())
        yield
    finally:
        os.close(held)


def _lock(held: int, file: Path) -> None:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        process = os.read(held, 20).decode(errors="replace").strip() or "unknown"
        raise DatabaseTaken(
            f"Another alliance-bot (process {process}) already works with {file}. Stop it first, "
            "or give this one another database with DATABASE_URL."
        ) from error


async def load_content(store: Store, today: date, folder: Path) -> int:
    """Make the database say what the content files say; returns how many entries changed. Raises ContentErrors."""
    if await remembered.get(store, contentload.DIGEST) == contentfiles.digest(folder):
        await contentload.extend(store, today)
        return 0
    return len(await contentload.load(store, contentfiles.read(folder), today))
