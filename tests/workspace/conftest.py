"""A running workspace, the stock Web API client against it, and a stock Bolt app connected to it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from workspace.clock import Clock
from workspace.server import Options, Workspace

START = datetime(2019, 4, 3, 12, 0, tzinfo=UTC)
MANIFEST = Path(__file__).parents[2] / "manifest.yml"


def manifest(**features: Any) -> dict[str, Any]:
    """The project's manifest, with more features, scopes (`scopes`) or events (`events`)."""
    made: dict[str, Any] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    made["oauth_config"]["scopes"]["bot"] += features.pop("scopes", [])
    made["settings"]["event_subscriptions"]["bot_events"] += features.pop("events", [])
    made["features"].update(features)
    return made


Start = Callable[..., Awaitable[Workspace]]
Connect = Callable[[Workspace, AsyncApp], Awaitable[AsyncSocketModeHandler]]


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


def client_of(workspace: Workspace, token: str = "xoxb-local") -> AsyncWebClient:
    """The stock client, without its retries: what is refused is seen at once."""
    return AsyncWebClient(token=token, base_url=workspace.api_url, retry_handlers=[])


@pytest.fixture
def client(workspace: Workspace) -> AsyncWebClient:
    """The stock client with the app's bot token."""
    return client_of(workspace)


def app_of(workspace: Workspace) -> AsyncApp:
    """A stock Bolt app for the workspace."""
    return AsyncApp(client=client_of(workspace), process_before_response=True)


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
