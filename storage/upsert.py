"""INSERT … ON CONFLICT, which SQLite and PostgreSQL write alike but SQLAlchemy keeps apart."""

from typing import cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.models import Base
from storage.store import Store


def insert_into(store: Store, model: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT for the store's database that knows `on_conflict_do_update` and `on_conflict_do_nothing`."""
    table = cast(Table, model.__table__)
    return postgresql.insert(table) if store.postgresql else sqlite.insert(table)
