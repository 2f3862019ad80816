"""Shortcuts on the page: a global one at the message field, and one of a message in its '…' menu."""

from typing import Any

from playwright.async_api import expect
from slack_sdk.errors import SlackApiError

from tests.workspace.helpers import Connect, Json, Start, Visit, app_of, client_of, field, line, manifest, modal, plain

SHORTCUTS = [
    {"name": "Add an event", "type": "global", "callback_id": "new", "description": "A meeting"},
    {"name": "Make an event of this", "type": "message", "callback_id": "keep", "description": "With this text"},
]


async def test_both_open_a_form_once_with_their_trigger_id(start: Start, connect: Connect, visit: Visit) -> None:
    workspace = await start(manifest=manifest(shortcuts=SHORTCUTS))
    app, received = app_of(workspace), []
    twice: list[str] = []

    @app.shortcut("new")
    @app.shortcut("keep")
    async def take(ack: Any, body: Json, client: Any) -> None:
        received.append(body)
        await ack()
        form = modal(field("title", line("title")), title=plain(str((body.get("message") or {}).get("text", "New"))))
        await client.views_open(trigger_id=body["trigger_id"], view=form)
        try:
            await client.views_open(trigger_id=body["trigger_id"], view=form)
        except SlackApiError as error:
            twice.append(error.response["error"])

    await connect(workspace, app)
    page = await visit(workspace, "U0LAN", "C0COMMUNITY")
    await page.get_by_test_id("shortcuts-button").click()
    await page.get_by_test_id("shortcut-new").click()
    await expect(page.get_by_test_id("modal")).to_contain_text("New")
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("modal")).to_be_hidden()

    await client_of(workspace).chat_postMessage(channel="C0COMMUNITY", text="Call on Monday")
    message = page.get_by_test_id("message").filter(has_text="Call on Monday")
    await message.hover()
    await message.get_by_test_id("message-menu").click()
    await message.get_by_test_id("shortcut-keep").click()
    await expect(page.get_by_test_id("modal")).to_contain_text("Call on Monday")

    assert [(body["type"], body["callback_id"], (body.get("channel") or {}).get("id")) for body in received] == [
        ("shortcut", "new", None),
        ("message_action", "keep", "C0COMMUNITY"),
    ]
    assert twice == ["exchanged_trigger_id"] * 2


async def test_an_app_without_shortcuts_shows_no_menus(start: Start, visit: Visit) -> None:
    workspace = await start(manifest=manifest(shortcuts=[]))
    await client_of(workspace).chat_postMessage(channel="C0COMMUNITY", text="Call on Monday")
    page = await visit(workspace, "U0LAN", "C0COMMUNITY")
    await expect(page.get_by_test_id("message")).to_have_count(1)
    await expect(page.get_by_test_id("message-menu")).to_have_count(0)
    await expect(page.get_by_test_id("shortcuts-button")).to_have_count(0)
