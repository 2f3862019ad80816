"""A running workspace, the stock Web API client against it, and a stock Bolt app connected to it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.helpers import START, Connect, Start, app_of, client_of, manifest
from workspace.clock import Clock
from workspace.server import Options, Workspace


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    """Start a workspace with these options; it is closed in the end."""
    async with AsyncExitStack() as stack:

        async def run(**options: Any) -> Workspace:
            settings = {"manifest": manifest(), "clock": Clock(START), "redelivery_pauses": (), **options}
            workspace = Workspace(Options(**settings))
            await workspace.start()
            stack.push_async_callback(workspace.close)
            return workspace

        yield run


@pytest.fixture
async def workspace(start: Start) -> Workspace:
    """A workspace as Slack would be: the project's manifest, rate limits on."""
    return await start()


@pytest.fixture
def client(workspace: Workspace) -> AsyncWebClient:
    """The stock client with the app's bot token."""
    return client_of(workspace)


@pytest.fixture
def app(workspace: Workspace) -> AsyncApp:
    """A stock Bolt app, not yet connected."""
    return app_of(workspace)


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """Connect a Bolt app by Socket Mode; it is disconnected in the end."""
    async with AsyncExitStack() as stack:

        async def run(workspace: Workspace, app: AsyncApp) -> AsyncSocketModeHandler:
            app_client = client_of(workspace, "xapp-local")
            handler = AsyncSocketModeHandler(app, app_token="xapp-local", web_client=app_client, ping_interval=1)
            stack.push_async_callback(handler.close_async)
            before = workspace.sockets.connections
            await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt's method has no annotations
            await workspace.until(lambda: workspace.sockets.connections > before)
            return handler

        yield run
