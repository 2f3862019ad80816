"""Rate limits, and misbehaviour on demand."""

import asyncio
import time

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.workspace.helpers import Start, client_of, refusal
from workspace.responses import Origin
from workspace.server import Workspace


async def post(client: AsyncWebClient, channel: str = "C0COMMUNITY", text: str = "x") -> None:
    await client.chat_postMessage(channel=channel, text=text)


async def test_a_burst_in_one_channel_is_stopped_and_others_go_on(workspace: Workspace, client: AsyncWebClient) -> None:
    for _ in range(5):
        await post(client)
    with pytest.raises(SlackApiError) as refused:
        await post(client)
    assert (refused.value.response.status_code, refused.value.response["error"]) == (429, "ratelimited")
    assert refused.value.response.headers["Retry-After"] == "1"
    await post(client, "C0MIGRATION")
    assert (len(workspace.messages("C0COMMUNITY")), len(workspace.messages("C0MIGRATION"))) == (5, 1)


async def test_methods_have_their_tiers(client: AsyncWebClient) -> None:
    for _ in range(20):
        await client.users_list()
    assert (await refusal(client.users_list()))["error"] == "ratelimited"


async def test_limits_can_be_switched_off(start: Start) -> None:
    workspace = await start(rate_limits=False)
    client = client_of(workspace)
    for _ in range(30):
        await post(client)
    assert len(workspace.messages("C0COMMUNITY")) == 30


async def test_a_rate_limit_on_demand_befalls_one_channel_so_many_times(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    workspace.faults.rate_limit("chat.postMessage", 7, channel="C0COMMUNITY", times=2)
    await post(client, "C0MIGRATION")
    for _ in range(2):
        with pytest.raises(SlackApiError) as refused:
            await post(client)
        assert (refused.value.response.status_code, refused.value.response.headers["Retry-After"]) == (429, "7")
    await post(client)


async def test_a_server_error_is_no_json_and_nothing_is_done(workspace: Workspace, client: AsyncWebClient) -> None:
    workspace.faults.server_error(503)
    with pytest.raises(SlackApiError) as refused:
        await post(client)
    assert refused.value.response.status_code == 503
    assert workspace.messages("C0COMMUNITY") == []
    await post(client)


async def test_a_post_may_be_taken_without_a_reply(workspace: Workspace, client: AsyncWebClient) -> None:
    workspace.faults.accept_and_drop("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await post(client, text="Once")
    assert [m["text"] for m in workspace.messages("C0COMMUNITY")] == ["Once"]
    assert [(c.method, c.status, c.response) for c in workspace.calls] == [("chat.postMessage", 0, None)]


async def test_a_connection_may_be_closed_before_anything_is_done(workspace: Workspace, client: AsyncWebClient) -> None:
    workspace.faults.refuse("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await post(client)
    assert workspace.messages("C0COMMUNITY") == []


async def test_a_slow_answer_comes_after_the_deed(workspace: Workspace, client: AsyncWebClient) -> None:
    workspace.faults.slow("chat.postMessage", 0.3)
    began = time.monotonic()
    posting = asyncio.create_task(post(client))
    await workspace.until(lambda: bool(workspace.messages("C0COMMUNITY")))
    assert not posting.done()
    await posting
    assert time.monotonic() - began >= 0.3


async def test_any_error_of_slack(workspace: Workspace, client: AsyncWebClient) -> None:
    workspace.faults.error("chat.postMessage", "fatal_error")
    assert await refusal(client.chat_postMessage(channel="C0COMMUNITY", text="x")) == {
        "ok": False,
        "error": "fatal_error",
    }
    workspace.faults.error(None, "internal_error", times=9)
    assert (await refusal(client.auth_test()))["error"] == "internal_error"
    workspace.faults.clear()
    await client.auth_test()


async def test_a_response_url_can_fail_too(workspace: Workspace) -> None:
    url = workspace.url + workspace.team.responses.new_url(Origin("U0LAN", "C0MIGRATION"))
    workspace.faults.server_error(500, method="response_url")
    hook = AsyncWebhookClient(url, retry_handlers=[])
    assert (await hook.send(text="x")).status_code == 500
    assert (await hook.send(text="x")).status_code == 200
