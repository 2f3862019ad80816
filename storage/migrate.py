"""Brings the database to this version's tables (alembic), or says in plain words why that cannot be."""

import asyncio
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from storage.store import BUSY_SECONDS, async_address, open_store, prepare_sqlite

try:
    from asyncpg import PostgresError
except ImportError:  # PostgreSQL's driver is an extra

    class PostgresError(Exception):  # type: ignore[no-redef]  # stands in where no such error can come
        """What asyncpg raises for a server that refuses."""


Result = TypeVar("Result")

MIGRATIONS: Final = Path(__file__).parent / "migrations"
LOCK: Final = 8_700_087
"""PostgreSQL's advisory lock, so that of several bots that start together one upgrades and the others wait."""


class DatabaseUnusable(Exception):
    """The database cannot be opened or written; the text says what to do."""


class NewerDatabase(DatabaseUnusable):
    """The database was made by a newer version of the bot."""


class BackupUnusable(DatabaseUnusable):
    """A file is not a whole backup of this bot's database."""


def head(folder: Path = MIGRATIONS) -> str:
    """The revision that this version of the bot works with. `folder`, here and below: where the migrations lie."""
    revision = ScriptDirectory.from_config(_config(folder)).get_current_head()
    assert revision is not None
    return revision


def current(address: str, folder: Path = MIGRATIONS) -> str | None:
    """The revision of the database; None for one without tables. Raises NewerDatabase, DatabaseUnusable.

    In a running event loop call it in a thread (asyncio.to_thread).
    """
    return _run(address, partial(_revision, folder=folder))


def upgrade(address: str, folder: Path = MIGRATIONS, to: str = "head") -> str:
    """Create or upgrade the tables, all or nothing, and return the revision. Raises NewerDatabase, DatabaseUnusable.

    In a running event loop call it in a thread (asyncio.to_thread).
    """
    return _run(address, partial(_upgrade, folder=folder, to=to))


def downgrade(address: str, to: str, folder: Path = MIGRATIONS) -> None:
    """Go back to revision `to` ("base": no tables), all or nothing; what has no place there is lost.

    Raises as upgrade does.
    """
    _run(address, partial(_downgrade, folder=folder, to=to))


def check_known(revision: str, what: str = "the database", folder: Path = MIGRATIONS) -> None:
    """Raises NewerDatabase for a revision that this version does not know."""
    known = {script.revision for script in ScriptDirectory.from_config(_config(folder)).walk_revisions()}
    if revision not in known:
        raise NewerDatabase(
            f"{what} has revision {revision}, which a newer version of the bot made: "
            "install that version, or use another database"
        )


def _config(folder: Path, connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _run(address: str, task: Callable[[Connection], Result]) -> Result:
    """Run a task in a transaction of its own."""
    try:
        url = make_url(async_address(address))
        if url.get_backend_name() == "sqlite":
            return _on_sqlite(url, task)
        return asyncio.run(_on_server(address, task))
    except (DBAPIError, sqlite3.Error, OSError, PostgresError, ArgumentError, ImportError) as error:
        raise DatabaseUnusable(_advice(address, error)) from error


def _on_sqlite(url: URL, task: Callable[[Connection], Result]) -> Result:
    """Without the thread of aiosqlite, which would outlive a connection that fails."""
    engine = create_engine(url.set(drivername="sqlite"), connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare)
    try:
        with engine.begin() as connection:
            return task(connection)
    finally:
        engine.dispose()


def _prepare(connection: Any, record: Any) -> None:
    """A changed table is rebuilt and the old one dropped; with foreign keys on, what points to it would go too."""
    prepare_sqlite(connection, record)
    connection.execute("PRAGMA foreign_keys=OFF")


async def _on_server(address: str, task: Callable[[Connection], Result]) -> Result:
    store = open_store(address)
    try:
        async with store.engine.begin() as connection:
            return await connection.run_sync(task)
    finally:
        await store.close()


def _revision(connection: Connection, folder: Path) -> str | None:
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is not None:
        check_known(revision, folder=folder)
    return revision


def _upgrade(connection: Connection, folder: Path, to: str) -> str:
    _alone(connection)
    if _revision(connection, folder) != head(folder):
        command.upgrade(_config(folder, connection), to)
    return head(folder) if to == "head" else to


def _downgrade(connection: Connection, folder: Path, to: str) -> None:
    _alone(connection)
    _revision(connection, folder)
    command.downgrade(_config(folder, connection), to)


def _alone(connection: Connection) -> None:
    """Nobody else writes (SQLite) or migrates (PostgreSQL) until the transaction ends."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _advice(address: str, error: Exception) -> str:
    """What to do, by what the database says; never the password of the address."""
    said = str(getattr(error, "orig", None) or error).splitlines()[0].rpartition(">: ")[2]
    if isinstance(error, ArgumentError):
        return "DATABASE_URL is not an address: write sqlite:///alliance.db or postgresql://user@host/database"
    if isinstance(error, ImportError):
        return f"DATABASE_URL needs a driver that is not installed ({said}): pip install 'alliance-bot[postgresql]'"
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        where = f"{url.host or 'localhost'}:{url.port or 5432}"
        return (
            f"PostgreSQL at {where} cannot be used ({said}): check that it runs, and user and database in DATABASE_URL"
        )
    path = Path(url.database or "").absolute()
    if "readonly" in said or "read-only" in said:
        return f"{path} cannot be written ({said}): give the bot write access to the file and its folder"
    if "unable to open" in said:
        return f"{path} cannot be opened ({said}): check that the folder exists and that the bot may write in it"
    if "locked" in said:
        return f"{path} is in use by another program ({said}): stop the other bot, or try again"
    return f"{path} cannot be used ({said}): move it away to start with an empty database, or restore a copy"
