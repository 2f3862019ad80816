"""The database is created, upgraded, or refused with a sentence that says what to do."""

import asyncio
import re
import socket
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from storage import migrate
from storage.migrate import DatabaseUnusable, NewerDatabase
from storage.newslettermodels import METADATA
from storage.store import Store, async_address


def test_an_empty_database_gets_the_tables_once(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'new.db'}"
    assert migrate.current(address) is None
    assert migrate.upgrade(address) == migrate.head()
    assert migrate.current(address) == migrate.head()
    assert migrate.upgrade(address) == migrate.head()


async def test_the_migrations_make_exactly_the_tables_of_the_models(store: Store) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, METADATA))

    async with store.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_texts_of_order_compare_by_character_code(store: Store) -> None:
    async with store.write() as session:
        await session.execute(
            text("INSERT INTO event (id, slug, kind, title, document) VALUES (1, 'e', 'x', '{}', '{}')")
        )
        for name in ("2019-06-30~", "2019-07-00", "2019-06-30T09:00", "2019-06-30", "2019-07-01"):
            await session.execute(text("INSERT INTO event_name (name, event_id) VALUES (:name, 1)"), {"name": name})
        names = await session.scalars(text("SELECT name FROM event_name ORDER BY name"))
        assert list(names) == ["2019-06-30", "2019-06-30T09:00", "2019-06-30~", "2019-07-00", "2019-07-01"]


async def test_a_database_of_a_newer_version_is_left_alone(store: Store, address: str) -> None:
    async with store.write() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        for task in (migrate.upgrade, migrate.current):
            with pytest.raises(NewerDatabase) as caught:
                await asyncio.to_thread(task, address)
            assert str(caught.value) == (
                "the database has revision 9999, which a newer version of the bot made: "
                "install that version, or use another database"
            )
    finally:
        async with store.write() as session:
            await session.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": migrate.head()})


def test_bots_that_start_together_do_not_upgrade_twice(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'shared.db'}"
    revisions: list[str] = []
    bots = [threading.Thread(target=lambda: revisions.append(migrate.upgrade(address))) for _ in range(4)]
    for bot in bots:
        bot.start()
    for bot in bots:
        bot.join()
    assert revisions == [migrate.head()] * 4


def unusable(address: str) -> str:
    with pytest.raises(DatabaseUnusable) as caught:
        migrate.upgrade(address)
    return str(caught.value)


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "alliance.db"
    assert unusable(f"sqlite:///{file}") == (
        f"{file} cannot be opened (unable to open database file): "
        "check that the folder exists and that the bot may write in it"
    )


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "alliance.db"
    file.write_text("This is a letter, and not a database. " * 100)
    assert unusable(f"sqlite:///{file}") == (
        f"{file} cannot be used (file is not a database): "
        "move it away to start with an empty database, or restore a copy"
    )
    assert file.read_text().startswith("This is a letter")


def test_a_read_only_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "alliance.db"
    sqlite3.connect(file).close()
    assert unusable(f"sqlite:///file:{file}?mode=ro&uri=true").endswith(
        "cannot be written (attempt to write a readonly database): give the bot write access to the file and its folder"
    )


def test_a_postgresql_that_does_not_answer_is_named_without_its_password() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    said = unusable(f"postgresql://bot:secret@127.0.0.1:{port}/alliance")
    assert said.startswith(f"PostgreSQL at 127.0.0.1:{port} cannot be used (")
    assert said.endswith("): check that it runs, and user and database in DATABASE_URL")
    assert "secret" not in said


def test_a_postgresql_without_this_database_is_named(postgresql_address: str) -> None:
    assert 'database "nowhere" does not exist' in unusable(re.sub(r"/alliance_\w+", "/nowhere", postgresql_address))


def test_an_address_that_is_none_is_refused() -> None:
    assert unusable("alliance.db") == (
        "DATABASE_URL is not an address: write sqlite:///alliance.db or postgresql://user@host/database"
    )
    with pytest.raises(DatabaseUnusable):
        migrate.current("mysql://localhost/alliance")


def test_an_address_may_be_written_as_people_and_hosting_services_write_it() -> None:
    assert async_address("sqlite:///alliance.db") == "sqlite+aiosqlite:///alliance.db"
    assert async_address("postgres://bot:x@host/db?sslmode=require") == "postgresql+asyncpg://bot:x@host/db?ssl=require"
    assert async_address("postgresql+asyncpg://host/db") == "postgresql+asyncpg://host/db"


def test_the_number_of_an_address_that_the_ledger_knows_is_not_given_again(tmp_path: Path) -> None:
    """Address 3 was erased before the upgrade, and what was sent to it is still in the ledger."""
    file = tmp_path / "old.db"
    migrate.upgrade(f"sqlite:///{file}", to="0006")
    columns = "address, language, state, token, added_by, added_at, changed_at"
    new = f"INSERT INTO mail_address ({columns}) VALUES (?, 'en', 'asked', ?, 'U0LAN', '2019-04-03', '2019-04-03')"
    with closing(sqlite3.connect(file)) as before, before:
        before.execute(new, ("one", "token-one"))
        before.execute(
            "INSERT INTO delivery (key, kind, target, subject, detail, due_at, state, attempts) "
            "VALUES ('confirm:mail:3', 'confirm', 'mail:3', 'addresses', '', '2019-04-03', 'sent', 1)"
        )
    migrate.upgrade(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as after, after:
        after.execute(new, ("two", "token-two"))
        assert after.execute("SELECT id, address FROM mail_address").fetchall() == [(1, "one"), (4, "two")]
        with pytest.raises(sqlite3.IntegrityError):
            after.execute(new, ("two", "token-three"))
