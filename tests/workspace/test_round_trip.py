"""The whole way once: a person types a command, the app answers, a button is clicked, the message changes."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.helpers import Connect
from workspace.server import Workspace

BUTTON = {
    "type": "actions",
    "block_id": "choice",
    "elements": [
        {"type": "button", "action_id": "more", "text": {"type": "plain_text", "text": "More"}, "value": "page-2"}
    ],
}


async def test_a_command_is_answered_privately_and_its_button_changes_the_answer(
    workspace: Workspace, app: AsyncApp, connect: Connect
) -> None:
    @app.command("/alliance")
    async def answer(ack: Any, command: dict[str, Any]) -> None:
        await ack(text=f"You asked for {command['text']}", blocks=[BUTTON])

    @app.action("more")
    async def more(ack: Any, respond: Any, action: dict[str, Any]) -> None:
        await ack()
        await respond(text=f"Now {action['value']}", replace_original=True)

    await connect(workspace, app)
    seen = await workspace.command("U0AMINA", "C0MIGRATION", "/alliance events & more")
    assert seen.error == ""
    assert seen.message is not None
    assert seen.message["text"] == "You asked for events &amp; more"
    assert workspace.messages("C0MIGRATION") == []
    assert workspace.ephemerals("C0MIGRATION", "U0PRAKASH") == []

    clicked = await workspace.click("U0AMINA", "C0MIGRATION", seen.message["ts"], "more")
    assert clicked.ok
    await workspace.until(lambda: workspace.ephemerals("C0MIGRATION", "U0AMINA")[0]["text"] == "Now page-2")
    assert [m["text"] for m in workspace.ephemerals("C0MIGRATION", "U0AMINA")] == ["Now page-2"]


async def test_the_client_finds_itself_and_posts(workspace: Workspace, client: AsyncWebClient) -> None:
    me = await client.auth_test()
    assert (me["user_id"], me["bot_id"], me["team_id"]) == ("U0ALLIANCE", "B0ALLIANCE", "T0ALLIANCE")
    assert me.headers["x-oauth-scopes"] == (
        "channels:history,channels:read,channels:write.invites,chat:write,commands,files:read,files:write,"
        "groups:history,groups:read,groups:write.invites,im:history,im:write,reactions:read,users:read"
    )
    posted = await client.chat_postMessage(channel="C0COMMUNITY", text="Good morning")
    assert [(m["ts"], m["text"]) for m in workspace.messages("C0COMMUNITY")] == [(posted["ts"], "Good morning")]
