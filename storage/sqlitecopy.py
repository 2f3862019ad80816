"""Copies of a SQLite database: made while others write to it, checked, and put in its place."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from storage.migrate import BackupUnusable, DatabaseUnusable, check_known
from storage.restored import marks
from storage.store import BUSY_SECONDS
from storage.wholefile import SQLITE_PARTS, whole_file

MAGIC: Final = b"SQLite format 3\0"
"""How such a file begins."""

DAMAGED: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def save(file: Path, target: Path) -> None:
    """Copy the database with all that is committed, also what is only in the journal, while others may write to it.

    Raises DatabaseUnusable for a database that is damaged or cannot be read, or a target that cannot be written.
    """
    if not file.is_file():
        raise DatabaseUnusable(f"There is no database at {file.absolute()} yet: nothing to keep")
    with _said(f"{file} cannot be copied to {target}"), whole_file(target) as unfinished:
        _copy(file, unfinished)
        _check_whole(unfinished, f"{file} is damaged: bring back an earlier backup with 'alliance-bot restore'")


def restore(backup: Path, file: Path, aside: Path, now: datetime) -> bool:
    """Put a backup in the place of the database `file`, which nobody may be using; whether there was one before.

    The backup is copied and the copy checked before anything else happens. The replaced database, also a damaged one,
    is then called `aside`. Raises BackupUnusable, NewerDatabase or DatabaseUnusable, and nothing has changed.
    """
    with _said(f"{backup} cannot be brought back to {file}"), whole_file(file) as unfinished:
        with _unreadable(backup):
            _copy(backup, unfinished)
        _check_whole(unfinished, f"{backup} is damaged: take another backup")
        check_known(_revision(unfinished, backup), str(backup))
        with closing(sqlite3.connect(unfinished)) as copy, copy:
            for mark in marks(f"{now.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"):
                copy.execute(mark)
        replaced = file.exists()
        if replaced:
            shutil.copymode(file, unfinished)
            _set_aside(file, aside)
    return replaced


def _copy(file: Path, to: Path) -> None:
    """In one read of the whole database; the copy is one file without a journal."""
    source = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
    with closing(source), closing(sqlite3.connect(to)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _check_whole(copy: Path, otherwise: str) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        try:
            whole = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        except sqlite3.DatabaseError:
            whole = False
    if not whole:
        raise BackupUnusable(otherwise)


def _revision(copy: Path, backup: Path) -> str:
    with closing(sqlite3.connect(copy)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError:
            row = None
    if row is None:
        raise BackupUnusable(f"{backup} is not a backup of this bot: it has none of its tables")
    return str(row[0])


def _set_aside(file: Path, aside: Path) -> None:
    """Give the database another name as well; what SQLite keeps beside it must not be taken for the new one's."""
    try:
        with closing(sqlite3.connect(file, timeout=1)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.DatabaseError as error:  # a damaged one keeps its journal
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise DatabaseUnusable(f"{file} is in use by another program: stop that, and try again") from error
    try:
        os.link(file, aside)
    except OSError:  # a file system without links
        shutil.copy2(file, aside)
    for part in SQLITE_PARTS:
        beside = Path(f"{file}{part}")
        if beside.exists():
            beside.rename(f"{aside}{part}")


@contextmanager
def _unreadable(backup: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in DAMAGED:  # such as a full disk
            raise
        raise BackupUnusable(f"{backup} cannot be read ({error}): take another backup") from error


@contextmanager
def _said(what: str) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise DatabaseUnusable(f"{what} ({getattr(error, 'strerror', None) or error})") from error
