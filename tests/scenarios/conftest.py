"""A local workspace whose clock the bot's process shares, and bots that are ended after the test."""

import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from storage.store import Store
from tests.bot.conftest import furnished
from tests.bot.office import APRIL, Office, local_workspace
from tests.scenarios.process import Bot, clock_file
from workspace.clock import Clock
from workspace.server import Workspace


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[Callable[..., Any]]:
    """Opens workspaces: `await opened(channels=…)`."""
    made: list[Workspace] = []

    async def open_workspace(**options: Any) -> Workspace:
        workspace = local_workspace(clock=Clock(start=APRIL, clock_file=clock_file(tmp_path)), **options)
        await workspace.start()
        made.append(workspace)
        return workspace

    yield open_workspace
    for workspace in made:
        await workspace.close()


@pytest.fixture
async def workspace(opened: Callable[..., Any]) -> Workspace:
    """The usual one: Socket Mode, no rate limits."""
    found: Workspace = await opened()
    return found


@pytest.fixture
async def patient_workspace(opened: Callable[..., Any]) -> Workspace:
    """One that waits long for answers: what is tried with it is not how fast a busy machine is."""
    patient: Workspace = await opened(trigger_seconds=30.0, ack_seconds=30.0)
    return patient


@pytest.fixture
async def office(sqlite_store: Store) -> AsyncIterator[Office]:
    """The bot's parts, moved by hand."""
    workspace = local_workspace()
    await workspace.start()
    yield await furnished(sqlite_store, workspace)
    await workspace.close()


@pytest.fixture
async def bots(tmp_path: Path) -> AsyncIterator[Callable[..., Bot]]:
    """Makes bots: `bots(workspace)`; all of one test share a folder."""
    made: list[Bot] = []

    def make(workspace: Workspace, **settings: Any) -> Bot:
        made.append(Bot(tmp_path, workspace, **settings))
        return made[-1]

    yield make
    for bot in made:
        if bot.launched:
            await bot.end(signal.SIGKILL)
