"""Keeping what the bot remembers: backups, bringing one back, and one by itself before the tables are upgraded."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Final

import structlog
from sqlalchemy.engine import make_url

from bot.database import only_one
from bot.problems import Problem
from bot.settings import Settings
from storage import migrate, pgdump, sqlitecopy
from storage.migrate import MIGRATIONS

ENDINGS: Final = {True: ".db", False: ".dump"}
"""What a backup of a SQLite database (True), of a PostgreSQL database (False) is called."""

log = structlog.get_logger(__name__)


class WouldOverwrite(Problem):
    """There is something already where this would be written."""


class WrongFile(Problem):
    """This file cannot be brought back to this database."""


@dataclass(frozen=True, slots=True)
class Upgraded:
    """The revision that the database has now; `kept`: the backup made before, None where nothing changed.

    `unkept` says why there is no backup though something changed (only PostgreSQL, without its programs).
    """

    revision: str
    kept: Path | None
    unkept: str | None


def backup(settings: Settings, target: Path | None, now: datetime) -> Path:
    """Copy the database, which may be in use, and return the copy's path.

    `target`: a new file; a folder, for a file named after database and time (UTC); None: such a file beside the
    database (PostgreSQL: in this folder). Raises WouldOverwrite or migrate.DatabaseUnusable.
    """
    _require_file(settings)
    if target is None or target.is_dir():
        target = dated(settings, now, folder=target)
    if target.exists():
        raise WouldOverwrite(f"{target} is there already and was left alone: name another file.")
    if settings.sqlite_file is not None:
        sqlitecopy.save(settings.sqlite_file, target)
    else:
        pgdump.save(settings.database_url, target)
    return target


def restore(settings: Settings, file: Path, now: datetime, *, force: bool) -> Path | None:
    """Bring a backup back and return where the replaced database is kept, None where there was none.

    Without `force` only into a database that is not there or empty. Raises WouldOverwrite, WrongFile, DatabaseTaken,
    FolderUnwritable or migrate.DatabaseUnusable; nothing has changed then.
    """
    _require_file(settings)
    _check_kind(settings, file)
    aside = dated(settings, now, "before-restore")
    with only_one(settings.sqlite_file):
        if not force and not _is_empty(settings):
            raise WouldOverwrite(
                f"{named(settings)} is not empty. With --force the backup takes its place; "
                f"what is there now is then kept as {aside}."
            )
        if settings.sqlite_file is not None:
            replaced = sqlitecopy.restore(file, settings.sqlite_file, aside, now)
        else:
            replaced = pgdump.restore(file, settings.database_url, aside, now)
    return aside if replaced else None


def upgrade(settings: Settings, now: datetime, migrations: Path = MIGRATIONS) -> Upgraded:
    """Create the tables or bring them up to date, after a backup of what an older version left.

    Raises migrate.NewerDatabase or migrate.DatabaseUnusable.
    """
    kept, unkept = None, None
    there = _revision(settings, migrations)
    if there not in (None, migrate.head(migrations)):
        try:
            kept = backup(settings, dated(settings, now, f"before-upgrade-of-{there}"), now)
            log.info("backup_made", file=str(kept))
        except pgdump.ProgramsUnusable as problem:
            unkept = str(problem)
            log.warning("upgrading_without_backup", reason=unkept)
    revision = migrate.upgrade(settings.database_url, migrations)
    if there not in (None, revision):
        log.info("upgraded", before=there, now=revision)
    return Upgraded(revision, kept, unkept)


def dated(settings: Settings, now: datetime, why: str = "", *, folder: Path | None = None) -> Path:
    """A file that is not there yet, named after the database and the time (UTC)."""
    file = settings.sqlite_file
    name = file.stem if file else str(make_url(settings.database_url).database or "alliance")
    where = folder or (file.parent if file else Path())
    stem = "-".join(part for part in (name, f"{now.astimezone(UTC):%Y%m%d-%H%M%S}", why) if part)
    names = (f"{stem}{f'-{number}' if number > 1 else ''}{ENDINGS[file is not None]}" for number in count(1))
    return next(where / name for name in names if not (where / name).exists())


def named(settings: Settings) -> str:
    """The database in a sentence, without its password."""
    return str(settings.sqlite_file or f"The database {make_url(settings.database_url).database}")


def _require_file(settings: Settings) -> None:
    if settings.sqlite_file is None and settings.database_url.startswith("sqlite"):
        raise WrongFile("The database in DATABASE_URL is only in memory: there is nothing to keep.")


def _check_kind(settings: Settings, file: Path) -> None:
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(sqlitecopy.MAGIC))
    except OSError as error:
        raise WrongFile(f"{file} cannot be read ({error.strerror}).") from error
    sqlite = settings.sqlite_file is not None
    if begins.startswith(pgdump.MAGIC if sqlite else sqlitecopy.MAGIC):
        is_of, wanted = ("PostgreSQL", "SQLite") if sqlite else ("SQLite", "PostgreSQL")
        raise WrongFile(f"{file} is a backup of a {is_of} database, but DATABASE_URL names a {wanted} database.")
    if not begins.startswith(sqlitecopy.MAGIC if sqlite else pgdump.MAGIC):
        raise WrongFile(f"{file} is not a backup made by 'alliance-bot backup'.")
    if settings.sqlite_file is not None and settings.sqlite_file.exists() and file.samefile(settings.sqlite_file):
        raise WrongFile(f"{file} is the database itself: name a backup of it.")


def _is_empty(settings: Settings) -> bool:
    file = settings.sqlite_file
    if file is not None:
        return not file.exists() or file.stat().st_size == 0
    return pgdump.is_empty(settings.database_url)


def _revision(settings: Settings, migrations: Path) -> str | None:
    file = settings.sqlite_file
    return None if file is not None and not file.is_file() else migrate.current(settings.database_url, migrations)
