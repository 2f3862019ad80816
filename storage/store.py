"""The way to the database: transactions, and sessions that only read; SQLite or PostgreSQL by address."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy import Executable, Row, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from storage.prepared import Prepared

T = TypeVar("T")

PROGRAM_NAME = "alliance-bot"
"""What PostgreSQL's administrators see in pg_stat_activity."""

BUSY_SECONDS = 10
"""How long a writer waits for SQLite's lock before it gives up."""


class Store:
    """What every query runs on. Made once by the composition root and closed by it."""

    def __init__(self, engine: AsyncEngine, reading: AsyncEngine) -> None:
        """`engine` is for transactions; `reading` opens none, which saves SQLite most of the trips to its thread."""
        self.engine = engine
        self.reading = reading
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)
        self._readers = async_sessionmaker(reading, expire_on_commit=False, autoflush=False)
        self._kept: AsyncConnection | None = None
        self._driver: aiosqlite.Connection | None = None
        self._opening = asyncio.Lock()

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
        """A session for reading; each of its queries sees what is committed by then."""
        async with self._readers() as session:
            yield session

    async def rows(self, query: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        """All rows of one query, without a session's overhead: for what every command and every tick asks."""
        async with self.reading.connect() as connection:
            return (await connection.execute(query, values)).all()

    async def ask(self, prepared: Prepared[T], values: Mapping[str, Any]) -> list[T]:
        """What the rows of a prepared query become: the shortest way, for what every command and every tick asks."""
        if self.postgresql:
            return prepared.rows(await self.rows(prepared.query, values))
        return await prepared.on_sqlite(await self._sqlite(), values)

    async def _sqlite(self) -> aiosqlite.Connection:
        """The driver's connection for prepared queries, opened once; SQLite has no server that could close it."""
        if self._driver is None:
            async with self._opening:
                self._kept = self._kept or await self.reading.connect()
                self._driver = (await self._kept.get_raw_connection()).driver_connection
        assert self._driver is not None
        return self._driver

    async def close(self) -> None:
        """Close all connections."""
        if self._kept:
            await self._kept.close()
            self._kept = self._driver = None
        await self.engine.dispose()
        await self.reading.dispose()


def async_address(address: str) -> str:
    """The address with the asynchronous driver: "sqlite:///alliance.db", "postgresql://…" as people write them.

    PostgreSQL's own `sslmode`, which hosting services put in their addresses, is `ssl` for asyncpg.
    """
    url = make_url(address)
    if url.get_backend_name().startswith("postgres") and "sslmode" in url.query:
        url = url.difference_update_query(["sslmode"]).update_query_dict({"ssl": url.query["sslmode"]})
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
    return url.set(drivername=drivers.get(url.drivername, url.drivername)).render_as_string(hide_password=False)


def open_store(address: str) -> Store:
    """Open a database by its address. Connects lazily: a wrong address fails at the first query."""
    url = make_url(async_address(address))
    reading: dict[str, Any] = {"isolation_level": "AUTOCOMMIT", "skip_autocommit_rollback": True}
    if url.get_backend_name() != "sqlite":
        named: dict[str, Any] = {
            "pool_pre_ping": True,
            "connect_args": {"server_settings": {"application_name": PROGRAM_NAME}},
        }
        return Store(create_async_engine(url, **named), create_async_engine(url, **named, **reading))
    timeout = {"timeout": BUSY_SECONDS}
    engines = (
        create_async_engine(url, connect_args=timeout),
        create_async_engine(url, connect_args=timeout, pool_reset_on_return=None, **reading),
    )
    for engine in engines:
        event.listen(engine.sync_engine, "connect", prepare_sqlite)
    return Store(*engines)


def prepare_sqlite(connection: Any, _record: Any) -> None:
    """WAL so that readers and the writer do not wait for each other; foreign keys are off by default in SQLite."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
