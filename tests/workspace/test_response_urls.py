"""response_urls, used with the stock webhook client."""

from datetime import timedelta
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.workspace.helpers import Connect, Json, actions, button, client_of, section
from workspace.server import Workspace


class Url:
    """A connected app that takes down the response_urls it is given."""

    def __init__(self, workspace: Workspace, app: AsyncApp) -> None:
        self.workspace = workspace
        self.given: list[str] = []

        @app.command("/alliance")
        @app.action("more")
        async def take(ack: Any, body: Json) -> None:
            self.given.append(body["response_url"])
            await ack()

    async def of_command(self) -> AsyncWebhookClient:
        """That of a fresh command of Lan's in the migration channel."""
        await self.workspace.command("U0LAN", "C0MIGRATION", "/alliance")
        return AsyncWebhookClient(self.given[-1])

    async def of_click(self, ts: str) -> AsyncWebhookClient:
        """That of Lan's click in a message."""
        await self.workspace.click("U0LAN", "C0MIGRATION", ts, "more")
        return AsyncWebhookClient(self.given[-1])


@pytest.fixture
async def url(workspace: Workspace, app: AsyncApp, connect: Connect) -> Url:
    made = Url(workspace, app)
    await connect(workspace, app)
    return made


async def test_it_answers_privately_unless_told_otherwise(workspace: Workspace, url: Url) -> None:
    hook = await url.of_command()
    answer = await hook.send(text="Only you")
    assert (answer.status_code, answer.body) == (200, '{"ok": true}')
    await hook.send(text="All of you", response_type="in_channel")
    assert [m["text"] for m in workspace.ephemerals("C0MIGRATION", "U0LAN")] == ["Only you"]
    assert [m["text"] for m in workspace.messages("C0MIGRATION")] == ["All of you"]


async def test_it_works_five_times(workspace: Workspace, url: Url) -> None:
    hook = await url.of_command()
    assert [(await hook.send(text=str(n))).status_code for n in range(5)] == [200] * 5
    answer = await hook.send(text="6")
    assert (answer.status_code, answer.body) == (404, '{"ok": false, "error": "used_url"}')
    assert len(workspace.ephemerals("C0MIGRATION", "U0LAN")) == 5


async def test_it_works_for_thirty_minutes(workspace: Workspace, url: Url) -> None:
    hook = await url.of_command()
    workspace.clock.move_to(workspace.clock.now() + timedelta(minutes=29))
    assert (await hook.send(text="In time")).status_code == 200
    workspace.clock.move_to(workspace.clock.now() + timedelta(minutes=2))
    answer = await hook.send(text="Too late")
    assert (answer.status_code, answer.body) == (404, '{"ok": false, "error": "expired_url"}')


async def test_a_made_up_one_is_refused(workspace: Workspace) -> None:
    answer = await AsyncWebhookClient(f"{workspace.url}/response/T0ALLIANCE/1/abc").send(text="x")
    assert answer.status_code == 404


async def test_what_it_is_sent_is_checked_and_a_refusal_costs_no_use(workspace: Workspace, url: Url) -> None:
    hook = await url.of_command()
    for _ in range(6):
        refused = await hook.send_dict({"text": "x", "blocks": [{"type": "headline"}]})
        assert (refused.status_code, '"invalid_blocks"' in refused.body) == (400, True)
    empty = await hook.send_dict({"text": ""})
    assert (empty.status_code, empty.body) == (400, '{"ok": false, "error": "no_text"}')
    assert (await hook.send(text="x")).status_code == 200


async def test_it_replaces_and_deletes_a_private_message(workspace: Workspace, url: Url) -> None:
    client = client_of(workspace)
    shown = await client.chat_postEphemeral(channel="C0MIGRATION", user="U0LAN", text="1", blocks=[actions(button())])
    hook = await url.of_click(shown["message_ts"])
    await hook.send(text="2", blocks=[section("2"), actions(button())], replace_original=True)
    [message] = workspace.ephemerals("C0MIGRATION", "U0LAN")
    assert (message["ts"], message["text"], message["blocks"][0]["text"]["text"]) == (shown["message_ts"], "2", "2")
    await (await url.of_click(shown["message_ts"])).send(delete_original=True)
    assert workspace.ephemerals("C0MIGRATION", "U0LAN") == []


async def test_it_replaces_a_message_for_all_where_all_saw_it(workspace: Workspace, url: Url) -> None:
    posted = await client_of(workspace).chat_postMessage(channel="C0MIGRATION", text="1", blocks=[actions(button())])
    hook = await url.of_click(posted["ts"])
    await hook.send(text="2", replace_original=True)
    [message] = workspace.messages("C0MIGRATION")
    assert (message["ts"], message["text"], "blocks" in message) == (posted["ts"], "2", False)
    await hook.send(text="Beside it")
    assert [m["text"] for m in workspace.ephemerals("C0MIGRATION", "U0LAN")] == ["Beside it"]
