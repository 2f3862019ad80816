"""An office on 3 April 2019, noon UTC, with the small content."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import contentload
from storage.library import Library
from storage.store import Store
from tests.bot.office import APRIL, Office, local_workspace
from tests.storage import small
from workspace.server import Workspace


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    """A running local workspace."""
    made = local_workspace()
    await made.start()
    yield made
    await made.close()


@pytest.fixture
async def office(sqlite_store: Store, workspace: Workspace, tmp_path: Path) -> Office:
    """At work."""
    return await furnished(sqlite_store, workspace, tmp_path)


@pytest.fixture
async def any_office(store: Store, workspace: Workspace, tmp_path: Path) -> Office:
    """At work, on SQLite and on PostgreSQL."""
    return await furnished(store, workspace, tmp_path)


async def furnished(store: Store, workspace: Workspace, tmp_path: Path) -> Office:
    await contentload.load(store, small.content(tmp_path / "content"), APRIL.date())
    office = Office(store, await Library.load(store), workspace)
    await office.open()
    return office
