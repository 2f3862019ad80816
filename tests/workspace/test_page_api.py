"""What the browser page asks for and does, over plain HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.helpers import (
    Connect,
    Json,
    Start,
    actions,
    button,
    client_of,
    field,
    home,
    line,
    menu,
    modal,
    option,
    section,
)
from workspace.server import Workspace

JUNE = datetime(2019, 6, 12, 7, 0, tzinfo=UTC)


class Page:
    """The page as the browser sees it, for one workspace."""

    def __init__(self, session: aiohttp.ClientSession, workspace: Workspace) -> None:
        self._session = session
        self._url = workspace.url

    async def get(self, name: str, /, **query: str) -> Json:
        async with self._session.get(f"{self._url}/page/{name}", params=query) as response:
            answer: Json = await response.json()
            return answer

    async def post(self, name: str, /, **body: Any) -> Json:
        sent = {"as" if key == "me" else key: value for key, value in body.items()}
        async with self._session.post(f"{self._url}/page/{name}", json=sent) as response:
            answer: Json = await response.json()
            return answer


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as made:
        yield made


@pytest.fixture
def page(session: aiohttp.ClientSession, workspace: Workspace) -> Page:
    return Page(session, workspace)


async def test_the_state_of_the_workspace_for_one_person(page: Page, workspace: Workspace) -> None:
    state = await page.get("state", **{"as": "U0MARIA"})
    assert (state["me"], state["connected"], state["next_reminder_available"]) == ("U0MARIA", False, False)
    assert [person["name"] for person in state["people"]] == [
        "amina", "prakash", "claire", "maria", "lan", "james", "fatou",
    ]  # fmt: skip
    assert {(c["name"], c["member"], c["is_private"], c["is_im"]) for c in state["channels"]} == {
        ("community", True, False, False),
        ("ag-supply-chains", False, False, False),
        ("ag-rule-of-law", True, False, False),
        ("ag-migration", False, False, False),
        ("ag-conflict-humanitarian", False, False, False),
        ("ag-communications", True, False, False),
        ("ceag-steering-committee", True, True, False),
        ("Alliance", True, False, True),
    }
    assert state["bot"] == {"id": "B0ALLIANCE", "user_id": "U0ALLIANCE", "name": "Alliance"}
    assert [command["command"] for command in state["commands"]] == ["/alliance"]
    assert (state["clock"]["mode"], state["clock"]["now"][:10]) == ("2019", "2019-04-03")
    assert (await page.get("state"))["me"] == "U0AMINA"
    assert await page.get("state", **{"as": "U0NOBODY"}) == {"ok": False, "error": "user_not_found"}


async def test_a_person_outside_does_not_see_the_private_channel(page: Page) -> None:
    state = await page.get("state", **{"as": "U0LAN"})
    assert "ceag-steering-committee" not in [channel["name"] for channel in state["channels"]]
    refused = await page.get("messages", **{"as": "U0LAN", "channel": "C0CEAGSC"})
    assert refused == {"ok": False, "error": "this person cannot see that channel"}


async def test_a_command_its_private_answer_and_a_click(
    page: Page, workspace: Workspace, app: AsyncApp, connect: Connect
) -> None:
    @app.command("/alliance")
    async def answer(ack: Any) -> None:
        await ack(text="Events", blocks=[actions(menu("en", "fr"), button(value="2"))])

    @app.action("menu")
    async def chosen(ack: Any, action: Json, respond: Any) -> None:
        await ack()
        await respond(text=f"Chosen: {action['selected_option']['value']}", replace_original=True)

    await connect(workspace, app)
    assert await page.post("send", me="U0LAN", channel="C0MIGRATION", text="/alliance events") == {"ok": True}
    [message] = (await page.get("messages", **{"as": "U0LAN", "channel": "C0MIGRATION"}))["messages"]
    assert (message["text"], message["ephemeral"], message["bot"]) == ("Events", True, True)
    assert (await page.get("messages", **{"as": "U0AMINA", "channel": "C0MIGRATION"}))["messages"] == []
    told = await page.post(
        "action", me="U0LAN", container={"type": "message", "channel": "C0MIGRATION", "ts": message["ts"]},
        block_id="choice", action_id="menu", action={"type": "static_select", "selected_option": option("fr")},
        state={"values": {"choice": {"menu": {"type": "static_select", "selected_option": option("fr")}}}},
    )  # fmt: skip
    assert told == {"ok": True}
    await workspace.until(lambda: workspace.ephemerals("C0MIGRATION", "U0LAN")[0]["text"] == "Chosen: fr")


async def test_what_went_wrong_is_told(page: Page, workspace: Workspace) -> None:
    assert await page.post("send", me="U0LAN", channel="C0MIGRATION", text="/alliance") == {
        "ok": False,
        "error": '/alliance failed with the error "dispatch_failed"',
    }
    assert (await page.post("send", me="U0LAN", channel="C0CEAGSC", text="Hello"))["ok"] is False
    assert (await page.post("send", me="U0LAN", channel="C0MIGRATION", text=" "))["ok"] is False


async def test_unread_messages_are_counted_until_they_are_read(page: Page, client: AsyncWebClient) -> None:
    async def unread() -> int:
        channels = (await page.get("state", **{"as": "U0LAN"}))["channels"]
        return int(next(channel["unread"] for channel in channels if channel["id"] == "C0MIGRATION"))

    await client.chat_postMessage(channel="C0MIGRATION", text="1")
    await client.chat_postEphemeral(channel="C0MIGRATION", user="U0LAN", text="2")
    assert await unread() == 2
    await page.get("messages", **{"as": "U0LAN", "channel": "C0MIGRATION"})
    assert await unread() == 0


async def test_a_form_from_opening_to_sending(
    page: Page, workspace: Workspace, app: AsyncApp, connect: Connect
) -> None:
    @app.command("/alliance")
    async def show(ack: Any, client: AsyncWebClient, command: Json) -> None:
        await ack()
        view = modal(field("name", line("typed")), callback_id="form")
        await client.views_open(trigger_id=command["trigger_id"], view=view)

    @app.view("form")
    async def submit(ack: Any, view: Json) -> None:
        if view["state"]["values"]["name"]["typed"]["value"] == "Lan":
            await ack()
        else:
            await ack(response_action="errors", errors={"name": "Not you."})

    await connect(workspace, app)
    await page.post("send", me="U0LAN", channel="C0MIGRATION", text="/alliance settings")
    [view] = (await page.get("modals", **{"as": "U0LAN"}))["stack"]
    for typed, told in (
        ("", {"ok": False, "errors": {"name": "Please complete this required field."}}),
        ("Minh", {"ok": False, "errors": {"name": "Not you."}}),
        ("Lan", {"ok": True}),
    ):
        values = {"name": {"typed": {"type": "plain_text_input", "value": typed}}}
        assert await page.post("submit", me="U0LAN", view_id=view["id"], values=values) == told
    assert (await page.get("modals", **{"as": "U0LAN"})) == {"stack": []}
    await page.post("send", me="U0LAN", channel="C0MIGRATION", text="/alliance settings")
    [view] = (await page.get("modals", **{"as": "U0LAN"}))["stack"]
    assert await page.post("close-modal", me="U0LAN", view_id=view["id"]) == {"ok": True}
    assert (await page.get("modals", **{"as": "U0LAN"})) == {"stack": []}


async def test_the_home_tab_is_published_when_it_is_opened(
    page: Page, workspace: Workspace, app: AsyncApp, connect: Connect
) -> None:
    clicked = asyncio.Event()

    @app.event("app_home_opened")
    async def publish(event: Json, client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view=home(section("Welcome"), actions(button())))

    @app.action("more")
    async def more(ack: Any) -> None:
        await ack()
        clicked.set()

    await connect(workspace, app)
    assert await page.get("home", **{"as": "U0LAN"}) == {"view": None}
    assert await page.post("open-home", me="U0LAN") == {"ok": True}
    await workspace.until(lambda: workspace.home("U0LAN") is not None)
    view = (await page.get("home", **{"as": "U0LAN"}))["view"]
    container = {"type": "view", "view_id": view["id"]}
    told = await page.post(
        "action", me="U0LAN", container=container, block_id="choice", action_id="more", action={"type": "button"}
    )
    assert told == {"ok": True}
    assert clicked.is_set()


async def test_joining_and_new_members(page: Page, workspace: Workspace) -> None:
    assert await page.post("join", me="U0FATOU", channel="C0SUPPLY") == {"ok": True}
    assert "U0FATOU" in workspace.channels["C0SUPPLY"].members
    told = await page.post("new-member", name="nadia", real_name="Nadia Haddad", locale="fr-FR", tz="Africa/Tunis")
    member = workspace.people[told["id"]]
    assert (member.name, member.real_name, member.locale, member.tz) == (
        "nadia", "Nadia Haddad", "fr-FR", "Africa/Tunis",
    )  # fmt: skip
    assert member.id in workspace.channels["C0COMMUNITY"].members
    assert (await page.post("new-member", name="nadia"))["error"] == "a new member needs a name that nobody else has"
    assert (await page.post("new-member", name="omar", tz="Mars/One"))["error"] == "no such time zone: Mars/One"


async def test_the_clock_is_moved(page: Page, workspace: Workspace) -> None:
    moved = await page.post("clock", to="2019-06-12T09:00:00+02:00")
    assert (moved["now"][:16], moved["mode"]) == ("2019-06-12T07:00", "2019")
    assert (await page.post("clock", to="today"))["mode"] == "today"
    assert (await page.post("clock", to="2019"))["now"][:16] == "2019-04-03T12:00"
    for nonsense in ("tomorrow", "2019-06-12T09:00"):
        refused = await page.post("clock", to=nonsense)
        assert refused["error"] == "the clock needs a date and time with a zone, such as 2019-06-12T09:00+02:00"
    assert (await page.post("clock", to="next_reminder"))["next"] is None
    assert workspace.clock.mode == "2019"


async def test_a_jump_to_the_next_reminder(session: aiohttp.ClientSession, start: Start) -> None:
    async def next_reminder() -> datetime | None:
        return JUNE

    page = Page(session, await start(next_reminder=next_reminder))
    assert (await page.get("state"))["next_reminder_available"] is True
    jumped = await page.post("clock", to="next_reminder")
    assert (jumped["next"], jumped["now"][:16]) == ("2019-06-12T07:00:00+00:00", "2019-06-12T07:00")


async def test_another_time_starts_over_and_a_later_moment_does_not(
    session: aiohttp.ClientSession, start: Start
) -> None:
    """The app is told after the clock was moved, and may have the workspace forget what was said."""
    moments: list[str] = []

    async def next_reminder() -> datetime | None:
        return JUNE

    async def starts_over() -> None:
        moments.append(workspace.clock.now().isoformat()[:10])
        workspace.forget()

    workspace = await start(next_reminder=next_reminder, starts_over=starts_over)
    page, client = Page(session, workspace), client_of(workspace)
    await client.chat_postMessage(channel="C0MIGRATION", text="In April")
    for to in ("2019-05-01T09:00Z", "next_reminder", "2019-07-01T09:00Z", "next_reminder"):
        assert (await page.post("clock", to=to))["started_over"] is False
    assert (moments, workspace.clock.now().isoformat()[:10]) == ([], "2019-07-01")
    assert [message["text"] for message in workspace.messages("C0MIGRATION")] == ["In April"]
    await client.views_publish(user_id="U0LAN", view=home(section("x")))

    for to in ("2019-06-30T09:00Z", "2019", "2019"):
        assert (await page.post("clock", to=to))["started_over"] is True
    assert moments == ["2019-06-30", "2019-04-03", "2019-04-03"]
    assert (await page.get("messages", **{"as": "U0LAN", "channel": "C0MIGRATION"})) == {"messages": []}
    assert await page.get("home", **{"as": "U0LAN"}) == {"view": None}
    assert [(await page.post("clock", to="today"))["started_over"] for _twice in range(2)] == [True, False]


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "rate_limit", "method": "chat.postMessage", "seconds": 5},
        {"kind": "server_error", "method": "chat.postMessage", "times": 1},
        {"kind": "accept_and_drop", "method": "chat.postMessage", "times": 1},
        {"kind": "refuse", "method": "chat.postMessage"},
        {"kind": "error", "method": "chat.postMessage", "code": "fatal_error"},
    ],
    ids=lambda fault: fault["kind"],
)
async def test_misbehaviour_is_switched_on_from_the_page(page: Page, client: AsyncWebClient, fault: Json) -> None:
    assert await page.post("faults", **fault) == {"ok": True}
    with pytest.raises((SlackApiError, aiohttp.ClientError)):
        await client.chat_postMessage(channel="C0COMMUNITY", text="x")
    await client.chat_postMessage(channel="C0COMMUNITY", text="x")


async def test_the_socket_is_cut_from_the_page(
    page: Page, workspace: Workspace, app: AsyncApp, connect: Connect
) -> None:
    await connect(workspace, app)
    assert await page.post("faults", kind="cut_sockets") == {"ok": True}
    await workspace.until(lambda: not workspace.connected)
    assert (await page.post("faults", kind="earthquake"))["ok"] is False


async def test_the_page_hears_what_changed(session: aiohttp.ClientSession, workspace: Workspace) -> None:
    client = client_of(workspace)
    async with session.get(f"{workspace.url}/page/events", params={"as": "U0LAN"}) as stream:
        assert stream.content_type == "text/event-stream"
        assert await stream.content.readline() == b": hello\n"
        await client.chat_postMessage(channel="C0MIGRATION", text="x")
        await client.chat_postEphemeral(channel="C0MIGRATION", user="U0AMINA", text="not for Lan")
        await client.views_publish(user_id="U0AMINA", view=home(section("not for Lan")))
        await client.views_publish(user_id="U0LAN", view=home(section("x")))
        topics: list[str] = []
        while "home" not in topics:
            row = (await asyncio.wait_for(stream.content.readline(), 2)).decode()
            if row.startswith("data: "):
                news = json.loads(row.removeprefix("data: "))
                assert news["type"] == "changed"
                topics += news["what"]
        assert topics == ["messages:C0MIGRATION", "home"]


async def test_a_form_of_another_site_is_refused(session: aiohttp.ClientSession, workspace: Workspace) -> None:
    body = json.dumps({"as": "U0LAN", "channel": "C0MIGRATION", "text": "x"})
    async with session.post(f"{workspace.url}/page/send", data=body, headers={"Content-Type": "text/plain"}) as answer:
        assert answer.status == 415
    async with session.post(
        f"{workspace.url}/page/send", data="{", headers={"Content-Type": "application/json"}
    ) as answer:
        assert answer.status == 400
    assert workspace.messages("C0MIGRATION") == []


async def test_a_file_is_shown_with_its_address(page: Page, client: AsyncWebClient) -> None:
    direct = (await client.conversations_open(users="U0LAN"))["channel"]["id"]
    await client.files_upload_v2(channel=direct, filename="event.ics", content=b"BEGIN", initial_comment="Here")
    [message] = (await page.get("messages", **{"as": "U0LAN", "channel": direct}))["messages"]
    [file] = message["files"]
    assert (message["text"], file["name"], file["url"].endswith("/event.ics")) == ("Here", "event.ics", True)
