"""A running workspace, the stock Web API client against it, a stock Bolt app connected to it, and a browser."""

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.helpers import START, Connect, Start, Visit, app_of, client_of, manifest
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


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium, without a window: one for all tests, for it takes two seconds to start."""
    if CHROMIUM is None:
        pytest.skip("this test needs Chromium: apt-get install chromium, then run it again")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def visit(browser: Browser) -> AsyncIterator[Visit]:
    """Open the page as a person at a place, each with a browser profile of their own.

    A script error or a forbidden resource on the page fails the test.
    """
    troubles: list[str] = []
    pages: list[Page] = []

    async def run(workspace: Workspace, who: str = "U0AMINA", where: str = "C0MIGRATION", width: int = 1280) -> Page:
        page = await browser.new_page(viewport={"width": width, "height": 800})
        pages.append(page)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda line: troubles.append(line.text) if "Security Policy" in line.text else None)
        await page.goto(f"{workspace.url}/#/{who}/{where}")
        await expect(page.get_by_test_id("see-as-name")).to_be_attached()
        return page

    yield run
    for page in pages:
        await page.context.close()
    assert troubles == []
