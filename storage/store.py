"""The way to the database: one engine, sessions that are transactions, SQLite or PostgreSQL by address."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

BUSY_SECONDS = 10
"""How long a writer waits for SQLite's lock before it gives up."""


class Store:
    """What every query runs on. Made once by the composition root and closed by it."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)
        self._readers = async_sessionmaker(
            engine.execution_options(isolation_level="AUTOCOMMIT"), expire_on_commit=False, autoflush=False
        )

    @property
    def postgresql(self) -> bool:
        """Whether several bots may share this database (FOR UPDATE SKIP LOCKED)."""
        return self.engine.dialect.name == "postgresql"

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A transaction: committed at the end of the block, rolled back if it raises."""
        async with self._sessions.begin() as session:
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session for reading; it opens no transaction, which saves SQLite two trips to its thread."""
        async with self._readers() as session:
            yield session

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


def async_address(address: str) -> str:
    """The address with the asynchronous driver: "sqlite:///alliance.db", "postgresql://…" as people write them."""
    url = make_url(address)
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
    return url.set(drivername=drivers.get(url.drivername, url.drivername)).render_as_string(hide_password=False)


def open_store(address: str) -> Store:
    """Open a database by its address. Connects lazily: a wrong address fails at the first query."""
    url = make_url(async_address(address))
    if url.get_backend_name() != "sqlite":
        return Store(create_async_engine(url, pool_pre_ping=True))
    engine = create_async_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    return Store(engine)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """WAL so that readers and the writer do not wait for each other; foreign keys are off by default in SQLite."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
