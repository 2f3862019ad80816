"""A disk that cannot be written to: each command says so in a sentence, and what is on the disk stays as it is."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.migrate import upgrade

WITHOUT_RIGHTS = ["setpriv", "--bounding-set", "-all"]
"""Root may write anywhere; without its capabilities it is held to a folder's mode like anybody else."""

needs_setpriv = pytest.mark.skipif(
    os.geteuid() == 0 and shutil.which("setpriv") is None, reason="root may write anywhere, and setpriv is not here"
)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with a database in it, neither of which can be written to."""
    made = tmp_path / "disk"
    made.mkdir()
    database = made / "alliance.db"
    upgrade(f"sqlite:///{database}")
    database.chmod(0o444)
    made.chmod(0o555)
    yield made
    made.chmod(0o755)


def bot(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, run in that folder as somebody who may not write to it."""
    before = WITHOUT_RIGHTS if os.geteuid() == 0 else []
    others = {name: value for name, value in os.environ.items() if "SLACK" not in name and "ALLIANCE" not in name}
    return subprocess.run(
        [*before, sys.executable, "-m", "bot.cli", *arguments],
        env=others
        | {
            "DATABASE_URL": f"sqlite:///{folder / 'alliance.db'}",
            "SLACK_BOT_TOKEN": "xoxb-local",
            "SLACK_APP_TOKEN": "xapp-local",
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@needs_setpriv
@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("run",), "Cannot write {folder}/alliance.db.lock: Permission denied. Start the bot in a folder that it may"),
        (("db", "upgrade"), "Cannot write {folder}/alliance.db.lock: Permission denied."),
        (("content", "load"), "cannot be written (attempt to write a readonly database): give the bot write access"),
        (("reminders", "plan"), "cannot be written (attempt to write a readonly database): give the bot write access"),
        (("doctor",), "The database's folder {folder} cannot be written to (Permission denied)"),
        (("backup",), "cannot be copied to {folder}/alliance-"),
    ],
)
def test_a_command_that_has_to_write_says_that_it_cannot(folder: Path, command: tuple[str, ...], said: str) -> None:
    before = (folder / "alliance.db").read_bytes()
    ended = bot(folder, *command)
    written = " ".join(f"{ended.stdout} {ended.stderr}".split())
    assert ended.returncode == 1
    assert said.format(folder=folder) in written
    assert "Traceback" not in written
    assert [path.name for path in folder.iterdir()] == ["alliance.db"]
    assert (folder / "alliance.db").read_bytes() == before
