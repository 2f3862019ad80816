"""A desk in the first week of April 2019, with the shipped content: the meeting report's own time."""

import asyncio
import copy
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import contentfiles, contentload
from storage.library import Library
from storage.store import open_store
from tests.handlers.desk import Desk

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def stocked_file(sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the shipped content, to copy."""
    file = tmp_path_factory.mktemp("stocked") / "stocked.db"
    shutil.copy(sqlite_file, file)

    async def fill() -> None:
        store = open_store(f"sqlite:///{file}")
        await contentload.load(store, contentfiles.read(), NOW.date())
        await store.close()

    asyncio.run(fill())
    return file


@pytest.fixture(scope="session")
async def shelf(stocked_file: Path) -> Library:
    """The shipped content in memory, to copy: a desk that loads other content changes only its own."""
    store = open_store(f"sqlite:///{stocked_file}")
    library = await Library.load(store)
    await store.close()
    return library


@pytest.fixture
async def desk(stocked_file: Path, shelf: Library, tmp_path: Path) -> AsyncIterator[Desk]:
    """Somebody at work on 3 April 2019, 12:00 UTC."""
    store = open_store(f"sqlite:///{shutil.copy(stocked_file, tmp_path / 'alliance.db')}")
    desk = Desk(store, copy.copy(shelf), NOW)
    yield desk
    await desk.settle()
    await store.close()
