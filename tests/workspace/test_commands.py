"""Slash commands and clicks over Socket Mode, with the stock Bolt app: payloads, answers, and what goes wrong."""

import asyncio
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp

from tests.workspace.helpers import (
    Connect,
    Json,
    Start,
    actions,
    app_of,
    button,
    client_of,
    manifest,
    menu,
    option,
    section,
)
from workspace.elements import NotThere
from workspace.seen import TROUBLE
from workspace.server import Workspace


@pytest.fixture
async def bodies(workspace: Workspace, app: AsyncApp, connect: Connect) -> list[Json]:
    """A connected app that acknowledges every command and click without a word: what it received."""
    received: list[Json] = []

    @app.command("/alliance")
    @app.action("more")
    @app.action("menu")
    async def take(ack: Any, body: Json) -> None:
        received.append(body)
        await ack()

    await connect(workspace, app)
    return received


async def test_the_payload_of_a_command(workspace: Workspace, bodies: list[Json]) -> None:
    seen = await workspace.command("U0PRAKASH", "C0MIGRATION", "/alliance  events <july> & 2019 ")
    assert (seen.ok, seen.message) == (True, None)
    [body] = bodies
    assert body.pop("response_url").startswith(f"{workspace.url}/response/T0ALLIANCE/")
    assert body.pop("trigger_id").count(".") == 2
    assert body == {
        "token": "local",
        "team_id": "T0ALLIANCE",
        "team_domain": "alliance-local",
        "channel_id": "C0MIGRATION",
        "channel_name": "ag-migration",
        "user_id": "U0PRAKASH",
        "user_name": "prakash",
        "command": "/alliance",
        "text": "events &lt;july&gt; &amp; 2019",
        "api_app_id": "A0ALLIANCE",
        "is_enterprise_install": "false",
    }


@pytest.mark.parametrize("text", ["", "x" * 10_000, "🎉", "\u202eevents", "a\u0000b\u0007", "*bold* `code`"])
async def test_any_text_reaches_the_app_as_typed(workspace: Workspace, bodies: list[Json], text: str) -> None:
    assert (await workspace.command("U0LAN", "C0MIGRATION", f"/alliance {text}")).ok
    assert bodies[0]["text"] == text


@pytest.mark.parametrize(
    ("should_escape", "expected"),
    [
        (False, "ask @lan in #ag-migration"),
        (True, "ask <@U0LAN|lan> in <#C0MIGRATION|ag-migration>"),
    ],
)
async def test_mentions_stay_text_unless_the_manifest_wants_them_escaped(
    start: Start, connect: Connect, should_escape: bool, expected: str
) -> None:
    command = {"command": "/alliance", "should_escape": should_escape}
    workspace = await start(manifest=manifest(slash_commands=[command]))
    app = app_of(workspace)
    texts: list[str] = []

    @app.command("/alliance")
    async def take(ack: Any, command: Json) -> None:
        texts.append(command["text"])
        await ack()

    await connect(workspace, app)
    await workspace.command("U0AMINA", "C0MIGRATION", "/alliance ask @lan in #ag-migration")
    assert texts == [expected]


async def test_a_private_channel_has_no_name_in_payloads(workspace: Workspace, bodies: list[Json]) -> None:
    await workspace.command("U0MARIA", "C0CEAGSC", "/alliance")
    assert bodies[0]["channel_name"] == "privategroup"


async def test_an_answer_for_everybody(workspace: Workspace, app: AsyncApp, connect: Connect) -> None:
    @app.command("/alliance")
    async def answer(ack: Any) -> None:
        await ack(text="For all", response_type="in_channel")

    await connect(workspace, app)
    await workspace.command("U0LAN", "C0MIGRATION", "/alliance")
    [message] = workspace.messages("C0MIGRATION")
    assert (message["text"], message["bot_id"]) == ("For all", "B0ALLIANCE")


async def test_an_answer_that_slack_refuses_is_an_error_for_the_person(
    workspace: Workspace, app: AsyncApp, connect: Connect
) -> None:
    @app.command("/alliance")
    async def answer(ack: Any) -> None:
        await ack(text="x", blocks=[section("x" * 3001)])

    await connect(workspace, app)
    seen = await workspace.command("U0LAN", "C0MIGRATION", "/alliance")
    assert seen.error == '/alliance failed with the error "invalid_command_response"'
    assert seen.details == (
        "invalid_blocks",
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    )
    assert workspace.ephemerals("C0MIGRATION", "U0LAN") == []


async def test_an_app_that_says_nothing_for_three_seconds(start: Start, connect: Connect) -> None:
    workspace = await start(ack_seconds=0.2)
    client = client_of(workspace)
    app, posted = app_of(workspace), asyncio.Event()

    @app.command("/alliance")
    async def think(ack: Any) -> None:
        await asyncio.wait_for(posted.wait(), 5)
        await ack(text="Too late")

    @app.action("more")
    async def ponder(ack: Any) -> None:
        await asyncio.wait_for(posted.wait(), 5)

    await connect(workspace, app)
    seen = await workspace.command("U0LAN", "C0MIGRATION", "/alliance")
    assert seen.error == '/alliance failed with the error "operation_timeout"'
    message = await client.chat_postMessage(channel="C0MIGRATION", text="x", blocks=[actions(button())])
    assert (await workspace.click("U0LAN", "C0MIGRATION", message["ts"], "more")).error == TROUBLE
    posted.set()
    assert workspace.ephemerals("C0MIGRATION", "U0LAN") == []


async def test_without_an_app_the_command_fails(workspace: Workspace) -> None:
    seen = await workspace.command("U0LAN", "C0MIGRATION", "/alliance")
    assert seen.error == '/alliance failed with the error "dispatch_failed"'


async def test_commands_that_cannot_be_typed(workspace: Workspace, bodies: list[Json]) -> None:
    assert (await workspace.command("U0LAN", "C0MIGRATION", "/aliance")).error == "/aliance is not a valid command."
    await client_of(workspace).conversations_open(users="U0LAN")
    read_only = await workspace.command("U0LAN", "D0LAN", "/alliance")
    assert read_only.error == "Sending messages to this app has been turned off."
    with pytest.raises(NotThere):
        await workspace.command("U0LAN", "C0CEAGSC", "/alliance")
    assert bodies == []


async def test_the_payload_of_a_click_in_a_message(workspace: Workspace, bodies: list[Json]) -> None:
    blocks = [actions(button(value="page-2", style="primary"), menu("en", "fr", initial_option=option("en")))]
    posted = await client_of(workspace).chat_postMessage(channel="C0MIGRATION", text="x", blocks=blocks)
    await workspace.click("U0LAN", "C0MIGRATION", posted["ts"], "menu", "fr")
    await workspace.click("U0LAN", "C0MIGRATION", posted["ts"], "more")
    chosen, clicked = bodies
    assert chosen["actions"][0]["selected_option"] == option("fr")
    assert clicked["type"] == "block_actions"
    assert clicked["user"] == {"id": "U0LAN", "username": "lan", "name": "lan", "team_id": "T0ALLIANCE"}
    assert clicked["channel"] == {"id": "C0MIGRATION", "name": "ag-migration"}
    assert clicked["container"] == {
        "type": "message",
        "message_ts": posted["ts"],
        "channel_id": "C0MIGRATION",
        "is_ephemeral": False,
    }
    assert clicked["message"] == workspace.messages("C0MIGRATION")[0]
    assert clicked["state"] == {
        "values": {"choice": {"menu": {"type": "static_select", "selected_option": option("fr")}}}
    }
    [action] = clicked["actions"]
    assert action.pop("action_ts").startswith("1554292")
    assert action == {
        "type": "button",
        "block_id": "choice",
        "action_id": "more",
        "text": {"type": "plain_text", "text": "More"},
        "value": "page-2",
        "style": "primary",
    }


async def test_a_click_in_an_ephemeral_message_does_not_repeat_the_message(
    workspace: Workspace, bodies: list[Json]
) -> None:
    client = client_of(workspace)
    shown = await client.chat_postEphemeral(channel="C0MIGRATION", user="U0LAN", text="x", blocks=[actions(button())])
    await workspace.click("U0LAN", "C0MIGRATION", shown["message_ts"], "more")
    assert "message" not in bodies[0]
    assert bodies[0]["container"]["is_ephemeral"] is True
    with pytest.raises(NotThere):
        await workspace.click("U0AMINA", "C0MIGRATION", shown["message_ts"], "more")


async def test_one_of_several_buttons_is_found_by_its_value(workspace: Workspace, bodies: list[Json]) -> None:
    rows = [actions(button(value=value), block=f"row-{value}") for value in ("a", "b")]
    posted = await client_of(workspace).chat_postMessage(channel="C0MIGRATION", text="x", blocks=rows)
    await workspace.click("U0LAN", "C0MIGRATION", posted["ts"], "more", "b")
    assert (bodies[0]["actions"][0]["block_id"], bodies[0]["actions"][0]["value"]) == ("row-b", "b")
    with pytest.raises(NotThere):
        await workspace.click("U0LAN", "C0MIGRATION", posted["ts"], "less")


async def test_clicks_go_nowhere_without_interactivity(start: Start) -> None:
    silent = manifest()
    silent["settings"]["interactivity"]["is_enabled"] = False
    workspace = await start(manifest=silent)
    posted = await client_of(workspace).chat_postMessage(channel="C0MIGRATION", text="x", blocks=[actions(button())])
    seen = await workspace.click("U0LAN", "C0MIGRATION", posted["ts"], "more")
    assert seen.error == "This app is not configured to handle interactive responses."


async def test_shortcuts(start: Start, connect: Connect) -> None:
    shortcuts = [
        {"name": "New", "type": "global", "callback_id": "new", "description": "x"},
        {"name": "Keep", "type": "message", "callback_id": "keep", "description": "x"},
    ]
    workspace = await start(manifest=manifest(shortcuts=shortcuts))
    app, received = app_of(workspace), []

    @app.shortcut("new")
    @app.shortcut("keep")
    async def take(ack: Any, body: Json) -> None:
        received.append(body)
        await ack()

    await connect(workspace, app)
    said = (await workspace.say("U0LAN", "C0MIGRATION", "Meeting on Monday")).message
    assert said is not None
    await workspace.shortcut("U0LAN", "new")
    await workspace.shortcut("U0AMINA", "keep", "C0MIGRATION", said["ts"])
    assert [(b["type"], b["user"]["id"]) for b in received] == [("shortcut", "U0LAN"), ("message_action", "U0AMINA")]
    assert received[1]["message"] == said
    with pytest.raises(NotThere):
        await workspace.shortcut("U0LAN", "keep")
