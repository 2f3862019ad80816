"""Socket Mode below Bolt: tickets, envelopes, several connections, reconnecting."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp

from tests.workspace.helpers import Connect, Json, Start, app_of, client_of
from workspace.server import Workspace


async def link(workspace: Workspace) -> str:
    """The address of a fresh connection."""
    answer = await client_of(workspace, "xapp-local").apps_connections_open(app_token="xapp-local")
    return str(answer["url"])


async def test_a_connection_begins_with_hello_and_its_ticket_is_used_once(workspace: Workspace) -> None:
    url = await link(workspace)
    assert url.startswith(workspace.url.replace("http", "ws") + "/link?ticket=")
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        hello = await socket.receive_json(timeout=2)
        assert (hello["type"], hello["num_connections"], hello["connection_info"]) == (
            "hello", 1, {"app_id": "A0ALLIANCE"},
        )  # fmt: skip
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)


async def test_an_envelope_and_its_acknowledgement(workspace: Workspace) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(await link(workspace)) as socket:
        await socket.receive_json(timeout=2)
        typed = asyncio.create_task(workspace.command("U0LAN", "C0MIGRATION", "/alliance help"))
        envelope = await socket.receive_json(timeout=2)
        assert (envelope["type"], envelope["accepts_response_payload"], envelope["payload"]["text"]) == (
            "slash_commands", True, "help",
        )  # fmt: skip
        await socket.send_str("not json")
        await socket.send_json({"envelope_id": "another"})
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "Help"}})
        seen = await typed
    assert seen.message is not None
    assert seen.message["text"] == "Help"


async def test_an_event_says_the_how_manieth_try_it_is(start: Start) -> None:
    workspace = await start(ack_seconds=0.1, redelivery_pauses=(0.0, 0.0, 0.0))
    async with aiohttp.ClientSession() as session, session.ws_connect(await link(workspace)) as socket:
        await socket.receive_json(timeout=2)
        await workspace.open_home("U0LAN")
        tries = [await socket.receive_json(timeout=2) for _ in range(4)]
        with pytest.raises(TimeoutError):
            await socket.receive_json(timeout=0.3)
    assert [(t["type"], t["retry_attempt"], t["retry_reason"], t["accepts_response_payload"]) for t in tries] == [
        ("events_api", 0, "", False),
        ("events_api", 1, "timeout", False),
        ("events_api", 2, "timeout", False),
        ("events_api", 3, "timeout", False),
    ]
    assert len({t["payload"]["event_id"] for t in tries}) == 1
    assert len({t["envelope_id"] for t in tries}) == 4


async def test_an_acknowledged_event_is_not_sent_again(start: Start) -> None:
    workspace = await start(ack_seconds=0.2, redelivery_pauses=(0.0, 0.0, 0.0))
    async with aiohttp.ClientSession() as session, session.ws_connect(await link(workspace)) as socket:
        await socket.receive_json(timeout=2)
        await workspace.open_home("U0LAN")
        await socket.receive_json(timeout=2)
        second = await socket.receive_json(timeout=2)
        await socket.send_json({"envelope_id": second["envelope_id"]})
        with pytest.raises(TimeoutError):
            await socket.receive_json(timeout=0.4)


async def test_envelopes_are_spread_over_the_connections(workspace: Workspace, connect: Connect) -> None:
    counts = {"one": 0, "two": 0}

    def counting(name: str) -> AsyncApp:
        app = app_of(workspace)

        @app.command("/alliance")
        async def take(ack: Any) -> None:
            counts[name] += 1
            await ack()

        return app

    await connect(workspace, counting("one"))
    await connect(workspace, counting("two"))
    for _ in range(4):
        await workspace.command("U0LAN", "C0MIGRATION", "/alliance")
    assert counts == {"one": 2, "two": 2}


async def test_there_are_ten_connections_at_most(workspace: Workspace) -> None:
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        for number in range(1, 11):
            socket = await stack.enter_async_context(session.ws_connect(await link(workspace)))
            assert (await socket.receive_json(timeout=2))["num_connections"] == number
        eleventh = await stack.enter_async_context(session.ws_connect(await link(workspace)))
        assert (await eleventh.receive_json(timeout=2))["reason"] == "too_many_websockets"


@pytest.mark.parametrize("abruptly", [False, True], ids=["closed", "pulled"])
async def test_an_app_whose_connection_is_cut_comes_back(
    workspace: Workspace, app: AsyncApp, connect: Connect, abruptly: bool
) -> None:
    @app.command("/alliance")
    async def answer(ack: Any) -> None:
        await ack(text="Here")

    await connect(workspace, app)
    await workspace.cut_sockets(abruptly=abruptly)
    assert not workspace.connected
    await workspace.until(lambda: workspace.connected, seconds=10)
    assert (await workspace.command("U0LAN", "C0MIGRATION", "/alliance")).ok


async def test_an_app_that_is_asked_to_reconnect_does(workspace: Workspace, app: AsyncApp, connect: Connect) -> None:
    await connect(workspace, app)
    before = [call.method for call in workspace.calls].count("apps.connections.open")
    await workspace.sockets.refresh("warning")
    await workspace.sockets.refresh()
    await workspace.until(lambda: [c.method for c in workspace.calls].count("apps.connections.open") > before)
    await workspace.until(lambda: workspace.sockets.connections == 1)


async def test_the_workspace_survives_a_restart_of_the_app(
    workspace: Workspace, app: AsyncApp, connect: Connect
) -> None:
    @app.command("/alliance")
    async def answer(ack: Any, command: Json) -> None:
        await ack(text=command["text"])

    first = await connect(workspace, app)
    await workspace.command("U0LAN", "C0MIGRATION", "/alliance one")
    await first.close_async()  # type: ignore[no-untyped-call]  # Bolt's method has no annotations
    await workspace.until(lambda: not workspace.connected)
    assert not (await workspace.command("U0LAN", "C0MIGRATION", "/alliance lost")).ok
    await connect(workspace, app)
    await workspace.command("U0LAN", "C0MIGRATION", "/alliance two")
    assert [m["text"] for m in workspace.ephemerals("C0MIGRATION", "U0LAN")] == ["one", "two"]
