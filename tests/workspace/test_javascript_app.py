"""Slack's own JavaScript framework as a second client: what works only with Python is wrong."""

import asyncio
import json
import shutil
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.workspace.helpers import Json
from workspace.server import Workspace

FOLDER = Path(__file__).with_name("javascript")
INSTALLED = shutil.which("node") is not None and (FOLDER / "node_modules").is_dir()
pytestmark = pytest.mark.skipif(
    not INSTALLED, reason=f"needs Node 20 and `npm install` in tests/workspace/{FOLDER.name}"
)


@pytest.fixture
async def said(workspace: Workspace) -> AsyncIterator[Json]:
    """What the connected app says of its own calls."""
    node = await asyncio.create_subprocess_exec("node", str(FOLDER / "app.js"), workspace.api_url, stdout=PIPE)
    assert node.stdout is not None
    try:
        async with asyncio.timeout(30):
            async for row in node.stdout:
                if row.startswith(b"READY "):
                    break
        yield json.loads(row.removeprefix(b"READY "))
    finally:
        node.terminate()
        await node.wait()


async def test_it_gets_on_with_the_workspace(workspace: Workspace, said: Json) -> None:
    assert said == {
        "text": "New",
        "metadata": {"event_type": "delivery", "event_payload": {"id": 1}},
        "refused": "invalid_blocks",
    }
    assert [file["name"] for file in workspace.messages("U0LAN")[0]["files"]] == ["event.ics"]

    seen = await workspace.command("U0LAN", "C0MIGRATION", "/alliance events")
    assert seen.message is not None
    assert seen.message["text"] == "Asked for events"
    assert (await workspace.click("U0LAN", "C0MIGRATION", seen.message["ts"], "more")).ok
    await workspace.until(lambda: workspace.ephemerals("C0MIGRATION", "U0LAN")[0]["text"] == "Page 2")

    await workspace.command("U0LAN", "C0MIGRATION", "/alliance form")
    await workspace.until(lambda: bool(workspace.open_modals("U0LAN")))
    view_id = workspace.open_modals("U0LAN")[0]["id"]
    short = await workspace.submit("U0LAN", view_id, {"name": {"typed": "L"}})
    assert short.errors == {"name": "Too short."}
    assert (await workspace.submit("U0LAN", view_id, {"name": {"typed": "Lan"}})).ok

    await workspace.open_home("U0LAN")
    await workspace.until(lambda: workspace.home("U0LAN") is not None)
    await workspace.cut_sockets()
    await workspace.until(lambda: workspace.connected, seconds=15)
    assert (await workspace.command("U0LAN", "C0MIGRATION", "/alliance again")).ok
