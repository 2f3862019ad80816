"""Every migration goes up and down with data in the tables, on both databases, and loses no row."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from storage import migrate
from storage.migrate import MIGRATIONS
from tests.storage.databases import Rows, empty_postgresql, fill, rows_of

NEXT: Final = '''"""Ask members how they are."""

import sqlalchemy as sa
from alembic import op

revision = "9001"
down_revision = "{head}"


def upgrade() -> None:
    """A table that points to an old one, and a column in an old one."""
    op.create_table("answer", sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True))
    with op.batch_alter_table("event") as event:
        event.add_column(sa.Column("mood", sa.String(10)))


def downgrade() -> None:
    """Undo it."""
    op.drop_table("answer")
    with op.batch_alter_table("event") as event:
        event.drop_column("mood")
'''
"""A migration as the next version might bring it."""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_address(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[str]:
    """A database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'revisions.db'}"
        return
    with empty_postgresql(request.getfixturevalue("postgresql_address"), f"revisions_{worker_id}") as address:
        yield address


def test_every_migration_keeps_the_rows_up_and_down(empty_address: str, tmp_path: Path) -> None:
    """Those that are shipped, and one to come."""
    folder = with_next(tmp_path)
    steps = revisions(folder)
    before: dict[str, Rows] = {}
    for revision in steps:
        there = rows_of(empty_address)
        migrate.upgrade(empty_address, folder, revision)
        assert common(rows_of(empty_address), there) == there
        fill(empty_address)
        before[revision] = rows_of(empty_address)
        assert all(before[revision].values())
    for revision in reversed(steps[:-1]):
        migrate.downgrade(empty_address, revision, folder)
        assert rows_of(empty_address) == before[revision]
    migrate.downgrade(empty_address, "base", folder)
    assert rows_of(empty_address) == {}
    assert migrate.upgrade(empty_address, folder) == steps[-1]


def with_next(folder: Path) -> Path:
    """The shipped migrations and the next one."""
    copy = Path(shutil.copytree(MIGRATIONS, folder / "migrations"))
    (copy / "versions" / "r9001_next.py").write_text(NEXT.replace("{head}", revisions(MIGRATIONS)[-1]))
    return copy


def revisions(folder: Path) -> list[str]:
    """From the first to the last."""
    config = Config()
    config.set_main_option("script_location", str(folder))
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    return [script.revision for script in scripts][::-1]


def common(now: Rows, then: Rows) -> Rows:
    """What `now` holds in the tables and columns that were there `then`."""
    return {
        table: [{name: row[name] for name in rows[0]} for row in now[table]] if rows else now[table]
        for table, rows in then.items()
    }
