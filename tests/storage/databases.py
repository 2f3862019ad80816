"""For tests of migrations and backups: databases with rows in every table, and what stands in them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit, urlunsplit

import asyncpg
from sqlalchemy import JSON, Boolean, Connection, Date, DateTime, Integer, MetaData, String, Table, select

from storage.store import Store, open_store

ROWS: Final = 3
"""So many rows each table gets; the n-th of one points to the n-th of another."""

Result = TypeVar("Result")
Rows = dict[str, list[dict[str, Any]]]


@contextmanager
def empty_postgresql(address: str, name: str) -> Iterator[str]:
    """The address of a database without tables, on the server of `address`."""
    asyncio.run(_on_server(address, f'CREATE DATABASE "{name}"'))
    try:
        yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
    finally:
        asyncio.run(_on_server(address, f'DROP DATABASE "{name}" WITH (FORCE)'))


def fill(address: str) -> None:
    """Write rows into every empty table, whatever tables and columns there are."""
    run(address, _fill)


def rows_of(address: str) -> Rows:
    """All rows of all tables, in the order of their values."""
    return run(address, _rows)


def run(address: str, task: Callable[[Connection], Result]) -> Result:
    """In a transaction."""
    return asyncio.run(_run(address, task))


async def _run(address: str, task: Callable[[Connection], Result]) -> Result:
    async with opened(address) as store, store.engine.begin() as connection:
        return await connection.run_sync(task)


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Store]:
    store = open_store(address)
    try:
        yield store
    finally:
        await store.close()


def _tables(connection: Connection) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != "alembic_version"]


def _fill(connection: Connection) -> None:
    for table in _tables(connection):
        if connection.execute(select(table).limit(1)).first() is None:
            connection.execute(
                table.insert(),
                [{column.name: _value(column.type, number) for column in table.columns} for number in range(ROWS)],
            )


def _rows(connection: Connection) -> Rows:
    return {
        table.name: sorted((dict(row) for row in connection.execute(select(table)).mappings()), key=repr)
        for table in _tables(connection)
    }


def _value(kind: Any, number: int) -> Any:
    """A value of that type, another for each row. Text is text that is hard to copy."""
    values: list[tuple[type, Callable[[], Any]]] = [
        (Boolean, lambda: number % 2 == 0),
        (Integer, lambda: number + 1),
        (JSON, lambda: {"fr": f"Réunion n° {number} « d’avril »", "en": ["\\", "\t", '"']}),
        (Date, lambda: date(2019, 4, 17) + timedelta(days=number)),
        (DateTime, lambda: _moment(kind, number)),
        (String, lambda: f"{number}\\é\n"[: kind.length]),
    ]
    return next(make for of, make in values if isinstance(kind, of))()


def _moment(kind: Any, number: int) -> datetime:
    """As the column keeps it: SQLite has no zones."""
    moment = datetime(2019, 4, 3, 12, number, 1, 234567, tzinfo=UTC)
    return moment if kind.timezone else moment.replace(tzinfo=None)


async def _on_server(address: str, statement: str) -> None:
    connection = await asyncpg.connect(address)
    await connection.execute(statement)
    await connection.close()
