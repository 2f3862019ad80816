"""The clock, pacing, logs, background tasks and the manifest."""

import asyncio
import io
import json
import logging
import sqlite3
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog
from sqlalchemy.exc import OperationalError

from bot import logs
from bot.clock import Clock
from bot.database import only_one
from bot.manifest import bot_scopes
from bot.pacing import Pacing
from bot.posting import Poster
from bot.problems import DatabaseTaken, FolderUnwritable
from bot.slack import reading_client
from bot.tasks import Tasks
from tests.bot.office import Steps
from workspace.clock import Clock as WorkspaceClock


def close(one: datetime, other: datetime) -> bool:
    return abs(one - other) < timedelta(seconds=2)


def test_the_bot_and_the_workspace_agree_on_the_time(tmp_path: Path) -> None:
    """From the first moment, and whenever somebody moves the clock; without a file it is the real time."""
    file = tmp_path / "clock.json"
    clock = Clock(file)
    assert close(clock(), datetime.now(UTC))
    theirs = WorkspaceClock(start=datetime(2019, 4, 3, 12, tzinfo=UTC), clock_file=file)
    assert close(clock(), theirs.now())
    theirs.move_to(datetime(2019, 6, 12, 7, tzinfo=UTC))
    assert close(clock(), datetime(2019, 6, 12, 7, tzinfo=UTC))
    file.write_text("nonsense")
    assert close(clock(), datetime(2019, 6, 12, 7, tzinfo=UTC))
    assert close(Clock()(), datetime.now(UTC))


def test_a_clock_that_is_set_by_another_does_not_tremble() -> None:
    """A second more or less, or as much as the answer took, changes nothing; an hour does, and back again."""
    noon, hour = datetime(2019, 4, 3, 12, tzinfo=UTC), timedelta(hours=1)
    machine = [noon]
    clock = Clock(machine=lambda: machine[0])
    assert clock.agree(noon - timedelta(seconds=1), noon, noon) is None
    assert clock.agree(noon - hour, noon, noon + 3 * hour) is None
    assert clock() == noon
    assert clock.agree(noon - hour, noon, noon + timedelta(seconds=2)) == 3601
    assert clock() == noon - hour - timedelta(seconds=1)
    assert clock.agree(noon - hour, noon, noon) is None
    machine[0] -= hour
    assert clock.agree(noon - hour, noon - hour, noon - hour) == 0
    assert clock() == noon - hour


def test_a_workspace_gets_a_burst_and_then_its_budget() -> None:
    steps = Steps()
    pacing = Pacing(steps, per_minute=240)
    for number in range(pacing.room()):
        pacing.take(f"C{number}")
    assert pacing.room() == 0
    steps.seconds += 1
    assert pacing.room() == 4
    steps.seconds += 3600
    assert pacing.room() == 20


def test_a_channel_waits_a_second_after_each_message() -> None:
    steps = Steps()
    pacing = Pacing(steps, per_minute=240)
    pacing.take("C1")
    assert (pacing.free("C1"), pacing.free("C2")) == (False, True)
    steps.seconds += 1
    assert pacing.free("C1")


def test_a_pause_holds_for_everybody_and_a_shorter_one_does_not_end_it() -> None:
    steps = Steps()
    pacing = Pacing(steps, per_minute=240)
    pacing.pause(30)
    pacing.pause(5)
    steps.seconds += 29
    assert pacing.room() == 0
    steps.seconds += 1
    assert pacing.room() == 20


def test_what_the_secretariat_pauses_is_held_until_it_says_otherwise() -> None:
    steps = Steps()
    pacing = Pacing(steps, per_minute=240)
    pacing.hold(True)
    steps.seconds += 86_400
    assert pacing.room() == 0
    pacing.hold(False)
    assert pacing.room() == 20


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is logged, as the process would write it to standard error."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    logs.start(console=False)
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_tokens_tickets_and_addresses_never_reach_the_log(logged: io.StringIO) -> None:
    """Wherever they stand: in the event, in a value, in an exception, in a library's message."""
    token = "xoxb-" + "local-1234"
    log = structlog.get_logger("test").bind()
    log.info(f"with {token}", detail={"token": token}, who="claire@" + "example.org")
    try:
        raise ValueError(f"bad {token}")
    except ValueError:
        log.exception("failed")
    logging.getLogger("library").warning("connecting to ws://127.0.0.1/link?ticket=%s", "abc-123")
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    assert [line["event"] for line in lines] == [
        "with [hidden]",
        "failed",
        "connecting to ws://127.0.0.1/link?ticket=[hidden]",
    ]
    assert lines[0]["detail"] == "{'token': '[hidden]'}"
    assert "local-1234" not in logged.getvalue()
    assert "example.org" not in logged.getvalue()


def test_an_exception_is_logged_without_what_people_typed_but_with_what_the_system_said(logged: io.StringIO) -> None:
    """SQLAlchemy's messages hold the values of the statement; the driver's own says what is wrong."""
    log = structlog.get_logger("test")
    locked = sqlite3.OperationalError("database is locked")
    for error in (
        OperationalError("SELECT ?", ("typed by somebody",), locked),
        ValueError("typed by somebody"),
        OSError(28, "No space left on device"),
    ):
        log.error("failed", exc_info=error)
    logging.getLogger("library").error("failed", exc_info=KeyError("typed by somebody"))
    said = [json.loads(line)["exception"].splitlines()[0] for line in logged.getvalue().splitlines()]
    assert said == [
        "OperationalError: database is locked",
        "ValueError",
        "OSError: [Errno 28] No space left on device",
        "KeyError",
    ]
    assert "typed by somebody" not in logged.getvalue()


async def test_shutdown_waits_for_tasks_but_not_for_ever(logged: io.StringIO) -> None:
    tasks, done = Tasks(), []

    async def short() -> None:
        done.append("short")

    async def endless() -> None:
        await asyncio.Event().wait()

    async def broken() -> None:
        raise ValueError("broken")

    tasks.later(short())
    tasks.later(broken())
    await tasks.finish(5)
    assert done == ["short"]
    assert '"background_task_failed"' in logged.getvalue()
    tasks.later(endless())
    await tasks.finish(0.05)
    assert '"background_tasks_cancelled"' in logged.getvalue()


async def test_shutdown_waits_for_answers() -> None:
    tasks = Tasks()
    await asyncio.wait_for(tasks.answered(), 1)
    with tasks.answering(), pytest.raises(TimeoutError):
        await asyncio.wait_for(tasks.answered(), 0.02)
    await asyncio.wait_for(tasks.answered(), 1)


def test_a_client_that_repeats_requests_by_itself_may_not_post() -> None:
    with pytest.raises(ValueError, match="could post twice"):
        Poster(reading_client("xoxb-local", "http://127.0.0.1:9/api/"))


def test_one_process_holds_a_sqlite_file_and_a_file_left_behind_is_no_obstacle(tmp_path: Path) -> None:
    file = tmp_path / "alliance.db"
    with only_one(file), pytest.raises(DatabaseTaken, match="Stop it first"), only_one(file):
        pass
    assert (tmp_path / "alliance.db.lock").exists()
    with only_one(file):
        pass
    with only_one(None):
        pass


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    said = "Start the bot in a folder that it may write to"
    with pytest.raises(FolderUnwritable, match=said), only_one(tmp_path / "missing" / "alliance.db"):
        pass


def test_the_manifest_is_found() -> None:
    assert {"chat:write", "commands", "channels:history"} <= bot_scopes()
