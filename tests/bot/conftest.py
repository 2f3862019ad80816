"""An office on 3 April 2019, noon UTC, with the small content."""

from collections.abc import AsyncIterator

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
async def office(sqlite_store: Store, workspace: Workspace) -> Office:
    """At work."""
    return await furnished(sqlite_store, workspace)


@pytest.fixture
async def any_office(store: Store, workspace: Workspace) -> Office:
    """At work, on SQLite and on PostgreSQL."""
    return await furnished(store, workspace)


async def furnished(store: Store, workspace: Workspace) -> Office:
    """An office with the small content, opened."""
    await contentload.load(store, small.usual(), APRIL.date())
    office = Office(store, await Library.load(store), workspace)
    await office.open()
    return office
