"""The command line, as somebody at a terminal meets it."""

import json
import logging
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.cli import COMMANDS, main
from tests.storage import small

SIX_MONTHS = [
    "4th meeting of the Global Coordinating Group",
    "National Strategic Workshop: Albania",
    "National Strategic Workshop: Uganda",
]


@dataclass(frozen=True, slots=True)
class Said:
    """What a command wrote, and its exit code."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Terminal:
    """Types commands in an empty folder."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    captured: pytest.CaptureFixture[str]

    def type(self, *arguments: str, **environment: str) -> Said:
        for name, value in environment.items():
            self.monkeypatch.setenv(name, value)
        self.monkeypatch.setattr(sys, "argv", ["alliance-bot", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = self.captured.readouterr()
        assert "Traceback" not in err
        return Said(int(ended.value.code or 0), out, err)


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Terminal]:
    """A terminal in an empty folder; the log goes back to pytest afterwards."""
    monkeypatch.chdir(tmp_path)
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield Terminal(tmp_path, monkeypatch, capsys)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(terminal: Terminal, command: str) -> None:
    said = terminal.type(command, "--help")
    assert said.code == 0
    assert f"alliance-bot {command}" in said.out


def test_a_command_that_does_not_exist_is_wrong_use(terminal: Terminal) -> None:
    said = terminal.type("remind")
    assert (said.code, "No such command 'remind'" in said.err) == (2, True)


def test_say_answers_without_slack_and_leaves_nothing_behind(terminal: Terminal) -> None:
    said = terminal.type("say", "/alliance events next 6 months", "--at", "2019-04-03T12:00Z")
    assert said.code == 0
    lines = [line.removeprefix("• ") for line in said.out.splitlines() if line.startswith("• ")]
    assert lines[:3] == SIX_MONTHS
    assert list(terminal.folder.iterdir()) == []


def test_say_shows_all_pages(terminal: Terminal) -> None:
    """More than 20 events are past; the last of the last page is the earliest."""
    said = terminal.type("say", "/alliance events past", "--at", "2026-01-01")
    assert said.out.count("• ") > 25


def test_say_gives_the_exact_payload(terminal: Terminal) -> None:
    said = terminal.type("say", "/alliance events", "--at", "2019-04-03T12:00Z", "--json", "--lang", "fr")
    payload: dict[str, Any] = json.loads(said.out)
    assert payload["response_type"] == "ephemeral"
    assert "Ouganda" in said.out


def test_say_sees_the_bot_s_own_database_and_does_not_change_it(terminal: Terminal) -> None:
    small.write(terminal.folder / "content")
    loaded = terminal.type("content", "load", ALLIANCE_CONTENT=str(terminal.folder / "content"))
    assert (loaded.code, "entries changed" in loaded.out) == (0, True)
    before = (terminal.folder / "alliance.db").read_bytes()
    said = terminal.type("say", "/alliance events", "--at", "2019-04-03T12:00Z", "--lang", "es", "--as", "U0LAN")
    assert "Taller de Abiyán" in said.out
    assert (terminal.folder / "alliance.db").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("say", "events"), "it starts with /alliance"),
        (("say", "/alliance", "--at", "2019-13-01"), "'2019-13-01' is not a time"),
        (("say", "/alliance", "--lang", "de"), "'de' is not one of en, fr, es"),
        (("reminders", "list", "--state", "lost"), "'lost' is not one of"),
    ],
)
def test_wrong_use_is_said_with_what_to_write_instead(
    terminal: Terminal, arguments: tuple[str, ...], said: str
) -> None:
    answer = terminal.type(*arguments)
    assert (answer.code, said in answer.err) == (2, True)


def test_run_without_tokens_says_which_and_where_to_find_them(terminal: Terminal) -> None:
    said = terminal.type("run")
    assert said.code == 1
    assert [line.split(" ")[0] for line in said.err.splitlines()] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]
    assert list(terminal.folder.iterdir()) == []


def test_a_mistake_in_the_content_is_named_with_file_and_line(terminal: Terminal) -> None:
    small.write(terminal.folder / "content", events=small.EVENTS.replace("2019-05-14\n", "2019-13-14\n", 1))
    said = terminal.type("content", "check", "--folder", "content")
    assert (said.code, said.err.startswith("events.yml:")) == (1, True)
    assert terminal.type("content", "load", "--folder", "content").code == 1
    assert not (terminal.folder / "alliance.db").exists()


def test_content_is_copied_out_checked_and_never_overwritten(terminal: Terminal) -> None:
    """Also where another setting is wrong: that is no matter of the content."""
    (terminal.folder / ".env").write_text("PORT=none\nSLACK_BOT_TOKEN=wrong\n", encoding="utf-8")
    said = terminal.type("content", "export", "mine")
    here = terminal.folder / "mine"
    assert said.out.splitlines() == [
        f"7 files are in {here}.",
        "Change them, then: alliance-bot content check --folder mine",
        f"For the bot to load them at its start, write into .env: ALLIANCE_CONTENT={here}",
    ]
    assert terminal.type("content", "check", "--folder", "mine").out.startswith("All is well: ")
    assert terminal.type("content", "diff", "--folder", "mine").out.splitlines()[-1].endswith("entries would change.")
    again = terminal.type("content", "export", "mine")
    assert (again.code, again.err) == (
        1, f"{Path('mine/community.yml')} is there already and stays as it is. Choose an empty folder.\n"
    )  # fmt: skip


def test_content_shows_what_it_would_change_then_changes_it_once(terminal: Terminal) -> None:
    small.write(terminal.folder / "content")
    here = ("--folder", "content")
    assert terminal.type("content", "check", *here).out == (
        "All is well: 1 groups, 2 countries, 4 events, 2 observances.\n"
    )
    assert "entries would change" in terminal.type("content", "diff", *here).out
    assert not (terminal.folder / "alliance.db").exists()
    assert "entries changed" in terminal.type("content", "load", *here).out
    again = terminal.type("content", "load", *here)
    assert again.out.startswith("Nothing to change: the database says what the files say.")


def test_the_database_is_created_and_its_revision_shown(terminal: Terminal) -> None:
    before = terminal.type("db", "current")
    assert (before.code, before.err) == (1, "Run 'alliance-bot db upgrade'.\n")
    assert terminal.type("db", "upgrade").code == 0
    assert terminal.type("db", "current").code == 0


def test_a_database_of_a_newer_version_is_left_alone(terminal: Terminal) -> None:
    terminal.type("db", "upgrade")
    with sqlite3.connect("alliance.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    tokens = {"SLACK_BOT_TOKEN": "xoxb-local", "SLACK_APP_TOKEN": "xapp-local"}
    for command in (("run",), ("db", "upgrade"), ("reminders", "list"), ("say", "/alliance")):
        said = terminal.type(*command, **tokens)
        assert (said.code, "the database has revision 9999, which a newer version" in said.err) == (1, True)


def test_a_file_that_is_no_database_is_said(terminal: Terminal) -> None:
    (terminal.folder / "alliance.db").write_text("This is a letter, not a database. " * 100)
    for command in (("db", "upgrade"), ("say", "/alliance"), ("reminders", "list")):
        said = terminal.type(*command)
        assert (said.code, "alliance.db" in said.err) == (1, True)


def test_a_folder_that_does_not_exist_is_said(terminal: Terminal) -> None:
    said = terminal.type("db", "upgrade", DATABASE_URL="sqlite:///missing/alliance.db")
    assert said.code == 1
    assert "Start the bot in a folder that it may write to" in said.err


def test_a_backup_is_made_and_brought_back(terminal: Terminal) -> None:
    terminal.type("db", "upgrade")
    said = terminal.type("backup", "kept.db")
    assert (said.code, said.out) == (0, "Saved as kept.db. 'alliance-bot restore kept.db' brings it back.\n")
    again = terminal.type("backup", "kept.db")
    assert (again.code, again.err) == (1, "kept.db is there already and was left alone: name another file.\n")
    refused = terminal.type("restore", "kept.db")
    assert (refused.code, refused.err.startswith("alliance.db is not empty. With --force")) == (1, True)
    forced = terminal.type("restore", "kept.db", "--force")
    assert (forced.code, forced.out.splitlines()[1]) == (
        0,
        "kept.db is the database now. 'alliance-bot run' starts the bot with it.",
    )
    moved = terminal.type("restore", "kept.db", DATABASE_URL="sqlite:///other.db")
    assert (moved.code, len(moved.out.splitlines())) == (0, 1)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("missing.db", "missing.db cannot be read (No such file or directory)."),
        ("alliance.db", "alliance.db is the database itself: name a backup of it."),
        ("letter.txt", "letter.txt is not a backup made by 'alliance-bot backup'."),
        ("server.dump", "server.dump is a backup of a PostgreSQL database, but DATABASE_URL names a SQLite database."),
        ("other.db", "other.db is not a backup of this bot: it has none of its tables"),
    ],
)
def test_what_is_no_backup_is_not_brought_back(terminal: Terminal, file: str, said: str) -> None:
    terminal.type("db", "upgrade")
    (terminal.folder / "letter.txt").write_text("This is a letter, not a database. " * 100)
    (terminal.folder / "server.dump").write_bytes(b"PGDMP" + bytes(1000))
    with sqlite3.connect("other.db") as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.close()
    answer = terminal.type("restore", file, "--force")
    assert (answer.code, answer.err) == (1, f"{said}\n")
    assert terminal.type("db", "current").code == 0


def test_there_is_nothing_to_back_up_before_the_first_start(terminal: Terminal) -> None:
    said = terminal.type("backup")
    assert (said.code, said.err.startswith("There is no database at ")) == (1, True)
    assert list(terminal.folder.iterdir()) == []


def test_the_ledger_is_shown(terminal: Terminal) -> None:
    assert terminal.type("reminders", "plan", "--json").out == '{"planned": 0, "withdrawn": 0}\n'
    assert terminal.type("reminders", "list").out == "Nothing is planned.\n"
    assert terminal.type("reminders", "list", "--json", "--state", "sent").out == "[]\n"


def test_sending_is_paused_and_resumed_and_shown(terminal: Terminal) -> None:
    assert terminal.type("reminders", "resume").out == "It was not paused.\n"
    assert terminal.type("deliveries").out.splitlines()[0] == "Sending is on."
    assert terminal.type("reminders", "pause").out.startswith("Sending is paused. 'alliance-bot deliveries resume'")
    assert terminal.type("reminders", "pause").out == "It is paused already.\n"
    assert terminal.type("deliveries").out.startswith("Sending is paused since 20")
    seen = json.loads(terminal.type("deliveries", "--json").out)
    assert (seen["pause"]["by"], seen["rows"]) == ("", [])
    assert seen["tally"] == dict.fromkeys(("due", "held", "ahead", "sent", "failed", "unknown", "skipped"), 0)
    assert terminal.type("reminders", "resume").out == "Sending goes on.\n"


def test_doctor_names_every_problem_with_what_to_do(terminal: Terminal) -> None:
    said = terminal.type("doctor")
    assert said.code == 1
    assert "PROBLEM  SLACK_BOT_TOKEN is not set." in said.out
    assert "The first 'alliance-bot run' creates it." in said.out
