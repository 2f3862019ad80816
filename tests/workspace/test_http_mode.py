"""HTTP mode: signed requests to a stock Bolt app behind Bolt's own aiohttp server."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.helpers import Json, Start, actions, button, client_of, field, line, modal
from workspace import signing
from workspace.server import Workspace

SECRET = "local-signing-secret"
Handler = Callable[[web.Request], Any]


@pytest.fixture
async def serve() -> AsyncIterator[Callable[[web.Application], Any]]:
    """Serve an aiohttp application on a free port; returns its address."""
    async with AsyncExitStack() as stack:

        async def run(application: web.Application) -> str:
            runner = web.AppRunner(application)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            return f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"

        yield run


Serve = Callable[[web.Application], Any]


async def with_bolt(start: Start, serve: Serve, secret: str = SECRET) -> tuple[Workspace, AsyncApp]:
    """A workspace that posts to a Bolt app which checks signatures with `secret`."""
    client = AsyncWebClient(token="xoxb-local", retry_handlers=[])
    app = AsyncApp(client=client, signing_secret=secret, process_before_response=True)
    workspace = await start(request_url=await serve(app.server().web_app))
    client.base_url = workspace.api_url
    return workspace, app


async def test_the_same_round_trip_as_over_a_socket(start: Start, serve: Serve) -> None:
    workspace, app = await with_bolt(start, serve)
    submitted: list[Json] = []

    @app.command("/alliance")
    async def answer(ack: Any, command: Json) -> None:
        await ack(text=f"You asked for {command['text']}", blocks=[actions(button(), button("Form", "form"))])

    @app.action("more")
    async def more(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="More", replace_original=True)

    @app.action("form")
    async def form(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(field("name", line("x")), callback_id="form"))

    @app.view("form")
    async def submit(ack: Any, view: Json) -> None:
        submitted.append(view["state"]["values"])
        await ack(response_action="errors", errors={"name": "Too short."})

    seen = await workspace.command("U0LAN", "C0MIGRATION", "/alliance events & é")
    assert seen.message is not None
    assert seen.message["text"] == "You asked for events &amp; é"
    ts = seen.message["ts"]
    await workspace.click("U0LAN", "C0MIGRATION", ts, "form")
    [view] = workspace.open_modals("U0LAN")
    refused = await workspace.submit("U0LAN", view["id"], {"name": {"x": "L"}})
    assert refused.errors == {"name": "Too short."}
    assert submitted == [{"name": {"x": {"type": "plain_text_input", "value": "L"}}}]
    await workspace.click("U0LAN", "C0MIGRATION", ts, "more")
    assert [m["text"] for m in workspace.ephemerals("C0MIGRATION", "U0LAN")] == ["More"]


async def test_the_address_is_verified(start: Start, serve: Serve) -> None:
    workspace, _ = await with_bolt(start, serve)
    assert await workspace.verify_request_url()
    nowhere = await start(request_url="http://127.0.0.1:1/slack/events")
    assert not await nowhere.verify_request_url()


async def test_a_forged_signature_is_refused_by_the_app(start: Start, serve: Serve) -> None:
    workspace, app = await with_bolt(start, serve, secret="another-secret")

    @app.command("/alliance")
    async def answer(ack: Any) -> None:
        await ack(text="x")

    seen = await workspace.command("U0LAN", "C0MIGRATION", "/alliance")
    assert seen.error == '/alliance failed with the error "dispatch_failed"'
    assert seen.ack is not None
    assert (seen.ack.outcome, seen.ack.status) == ("refused", 401)
    assert not await workspace.verify_request_url()


def test_the_signature_is_the_one_slack_documents() -> None:
    body = "command=%2Falliance"
    assert SignatureVerifier(SECRET).is_valid_request(body, signing.headers(SECRET, body))
    assert not SignatureVerifier(SECRET).is_valid_request(body + "x", signing.headers(SECRET, body))


class Recorder:
    """A server that notes what it is sent and answers with the next of `statuses` (then 200)."""

    def __init__(self, *statuses: int, headers: dict[str, str] | None = None) -> None:
        self.statuses = list(statuses)
        self.headers = headers
        self.requests: list[dict[str, str]] = []
        self.application = web.Application()
        self.application.router.add_post("/slack/events", self.take)

    async def take(self, request: web.Request) -> web.Response:
        self.requests.append({name.lower(): value for name, value in request.headers.items()})
        status = self.statuses.pop(0) if self.statuses else 200
        return web.Response(status=status, headers=self.headers)

    def retries(self) -> list[tuple[str | None, str | None]]:
        return [(r.get("x-slack-retry-num"), r.get("x-slack-retry-reason")) for r in self.requests]


async def test_events_are_tried_three_times_again(start: Start, serve: Serve) -> None:
    recorder = Recorder(500, 500, 500, 500)
    workspace = await start(request_url=await serve(recorder.application), redelivery_pauses=(0.0, 0.0, 0.0))
    await workspace.open_home("U0LAN")
    await workspace.events.settled()
    assert recorder.retries() == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert {r["content-type"] for r in recorder.requests} == {"application/json"}


async def test_an_app_can_ask_for_no_more_tries(start: Start, serve: Serve) -> None:
    recorder = Recorder(500, headers={"X-Slack-No-Retry": "1"})
    workspace = await start(request_url=await serve(recorder.application), redelivery_pauses=(0.0, 0.0, 0.0))
    await workspace.open_home("U0LAN")
    await workspace.events.settled()
    assert recorder.retries() == [(None, None)]


async def test_commands_are_forms_and_never_tried_again(start: Start, serve: Serve) -> None:
    recorder = Recorder(500)
    workspace = await start(request_url=await serve(recorder.application), redelivery_pauses=(0.0, 0.0, 0.0))
    assert not (await workspace.command("U0LAN", "C0MIGRATION", "/alliance")).ok
    posted = await client_of(workspace).chat_postMessage(channel="C0MIGRATION", text="x", blocks=[actions(button())])
    assert (await workspace.click("U0LAN", "C0MIGRATION", posted["ts"], "more")).ok
    assert [r["content-type"] for r in recorder.requests] == ["application/x-www-form-urlencoded"] * 2
    assert all(r["x-slack-signature"].startswith("v0=") for r in recorder.requests)


async def test_nobody_at_the_address(start: Start) -> None:
    workspace = await start(request_url="http://127.0.0.1:1/slack/events")
    seen = await workspace.command("U0LAN", "C0MIGRATION", "/alliance")
    assert seen.error == '/alliance failed with the error "dispatch_failed"'


async def test_plain_text_is_an_answer_too(start: Start, serve: Serve) -> None:
    application = web.Application()

    async def answer(request: web.Request) -> web.Response:
        form = await request.post()
        return web.Response(text="You asked for " + str(form["text"]))

    application.router.add_post("/slack/events", answer)
    workspace = await start(request_url=await serve(application))
    seen = await workspace.command("U0LAN", "C0MIGRATION", "/alliance help")
    assert seen.message is not None
    assert seen.message["text"] == "You asked for help"
    async with aiohttp.ClientSession() as session, session.get(workspace.url + "/page/state") as response:
        assert (await response.json())["connected"] is True
