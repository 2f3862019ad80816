"""A query that is asked again and again, prepared once for the shortest way to the database.

Through SQLAlchemy's connection a query makes four trips to aiosqlite's thread (cursor, execute, fetch, close), which
cost more than SQLite needs for a page of a list. Prepared, it makes one: docs/decisions/prepared-queries.md.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

import aiosqlite
from sqlalchemy import Row, Select, TextualSelect
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

_SQLITE = sqlite.dialect(paramstyle="named")

T = TypeVar("T")
Process = Callable[[Any], Any] | None


class Prepared(Generic[T]):
    """A query with what its rows become.

    `make` gets a row with the query's columns as attributes. `remember`: so many rows are made only once, which asks
    that they are values that nobody changes.
    """

    def __init__(
        self, query: Select[*tuple[Any, ...]] | TextualSelect, make: Callable[[Any], T], *, remember: int = 0
    ) -> None:
        self.query = query
        self._make = make
        compiled = query.compile(dialect=_SQLITE)
        self._sql = str(compiled)
        self._defaults = dict(compiled.params)
        binders = {name: _binder(bound.type) for name, bound in compiled.binds.items()}
        self._binds = [(name, process) for name, process in binders.items() if process]
        columns = list(query.selected_columns)
        self._names = [str(column.key) for column in columns]
        self._readers = [_reader(column.type) for column in columns]
        self._row = lru_cache(remember)(self._read) if remember else self._read

    def rows(self, found: Sequence[Row[Any]]) -> list[T]:
        """What SQLAlchemy's rows become."""
        return [self._make(row) for row in found]

    async def on_sqlite(self, connection: aiosqlite.Connection, values: Mapping[str, Any]) -> list[T]:
        """Ask in one trip. Raises DBAPIError, as every other query does."""
        bound = {**self._defaults, **values}
        for name, process in self._binds:
            bound[name] = process(bound[name])
        try:
            found = await connection.execute_fetchall(self._sql, bound)
        except sqlite3.Error as error:
            raise DBAPIError(self._sql, None, error) from error
        return [self._row(raw) for raw in found]

    def _read(self, raw: Iterable[Any]) -> T:
        row = SimpleNamespace()
        for name, process, value in zip(self._names, self._readers, raw, strict=True):
            setattr(row, name, process(value) if process else value)
        return self._make(row)


def _binder(type_: TypeEngine[Any]) -> Process:
    return type_.dialect_impl(_SQLITE).bind_processor(_SQLITE)


def _reader(type_: TypeEngine[Any]) -> Process:
    return type_.dialect_impl(_SQLITE).result_processor(_SQLITE, None)
