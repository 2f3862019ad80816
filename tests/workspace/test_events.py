"""Events that the manifest subscribes to, as the app gets them."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp

from tests.workspace.helpers import Connect, Json, Start, app_of, client_of, home, manifest, section
from workspace.people import Channel, Person
from workspace.server import Workspace

NEW = Person("U0NEW", "nadia", "Nadia Haddad", "Tunis", "fr-FR", "Africa/Tunis")


def listening(workspace: Workspace, *types: str) -> tuple[AsyncApp, list[Json]]:
    """An app that takes down the events of these types, in their order."""
    app = app_of(workspace)
    received: list[Json] = []

    async def take(body: Json) -> None:
        received.append(body)

    for event_type in types:
        app.event(event_type)(take)
    return app, received


async def test_opening_home(workspace: Workspace, connect: Connect) -> None:
    app, received = listening(workspace, "app_home_opened")
    await connect(workspace, app)
    await workspace.open_home("U0LAN")
    await client_of(workspace).views_publish(user_id="U0LAN", view=home(section("Hello")))
    again = await workspace.open_home("U0LAN")
    await workspace.until(lambda: len(received) == 2)
    first, second = (body["event"] for body in received)
    assert (first["type"], first["user"], first["channel"], first["tab"], "view" in first) == (
        "app_home_opened", "U0LAN", "D0LAN", "home", False,
    )  # fmt: skip
    assert second["view"] == again.view == workspace.home("U0LAN")
    envelope = received[0]
    assert (envelope["type"], envelope["team_id"], envelope["api_app_id"], envelope["event_time"]) == (
        "event_callback", "T0ALLIANCE", "A0ALLIANCE", int(float(first["event_ts"])),
    )  # fmt: skip
    assert envelope["authorizations"][0]["user_id"] == "U0ALLIANCE"


async def test_joining_a_channel(workspace: Workspace, connect: Connect) -> None:
    app, received = listening(workspace, "member_joined_channel")
    await connect(workspace, app)
    await workspace.join("C0SUPPLY", "U0FATOU")
    await workspace.join("C0SUPPLY", "U0FATOU")
    await workspace.until(lambda: bool(received))
    [event] = [body["event"] for body in received]
    event.pop("event_ts")
    assert event == {
        "type": "member_joined_channel",
        "user": "U0FATOU",
        "channel": "C0SUPPLY",
        "channel_type": "C",
        "team": "T0ALLIANCE",
    }
    assert "U0FATOU" in workspace.channels["C0SUPPLY"].members
    assert [m["text"] for m in workspace.messages("C0SUPPLY")] == ["<@U0FATOU> has joined the channel"]


async def test_a_new_member_joins_the_team_and_the_general_channel(workspace: Workspace, connect: Connect) -> None:
    app, received = listening(workspace, "team_join", "member_joined_channel")
    await connect(workspace, app)
    await workspace.add_member(NEW)
    await workspace.until(lambda: len(received) == 2)
    events = {body["event"]["type"]: body["event"] for body in received}
    assert (events["team_join"]["user"]["id"], events["team_join"]["user"]["locale"]) == ("U0NEW", "fr-FR")
    assert events["member_joined_channel"]["channel"] == "C0COMMUNITY"


async def test_what_the_manifest_does_not_ask_for_is_not_sent(workspace: Workspace, connect: Connect) -> None:
    app, received = listening(workspace, "message", "app_mention")

    @app.command("/alliance")
    async def after(ack: Any) -> None:
        await ack()

    await connect(workspace, app)
    seen = await workspace.say("U0LAN", "C0MIGRATION", "Hello @alliance")
    assert seen.ok
    await workspace.command("U0LAN", "C0MIGRATION", "/alliance")
    assert received == []


async def test_messages_and_mentions_where_the_app_is(start: Start, connect: Connect) -> None:
    wanting = manifest(events=("message.channels", "app_mention"))
    channels = [
        Channel("C0HERE", "here", members={"U0LAN", "U0ALLIANCE"}),
        Channel("C0ELSE", "else", members={"U0LAN"}),
    ]
    workspace = await start(manifest=wanting, channels=channels)
    app, received = listening(workspace, "message", "app_mention")
    await connect(workspace, app)
    await workspace.say("U0LAN", "C0ELSE", "Nobody hears @alliance")
    await workspace.say("U0LAN", "C0HERE", "Hello @alliance & <all>")
    await workspace.until(lambda: len(received) == 2)
    events: dict[str, Any] = {body["event"]["type"]: body["event"] for body in received}
    assert events["message"]["text"] == "Hello <@U0ALLIANCE|alliance> &amp; &lt;all&gt;"
    assert (events["message"]["channel"], events["message"]["channel_type"]) == ("C0HERE", "channel")
    assert events["app_mention"]["ts"] == events["message"]["ts"]


async def test_a_reaction_is_told_when_it_is_put_and_when_it_is_taken_away(
    workspace: Workspace, connect: Connect
) -> None:
    app, received = listening(workspace, "reaction_added", "reaction_removed")
    await connect(workspace, app)
    await workspace.join("C0COMMUNITY", "U0ALLIANCE")
    ts = str((await client_of(workspace).chat_postMessage(channel="C0COMMUNITY", text="News"))["ts"])
    for user in ("U0LAN", "U0AMINA", "U0LAN"):
        assert (await workspace.react(user, "C0COMMUNITY", ts, "clap")).ok
    await workspace.until(lambda: len(received) == 3)
    told = [{name: value for name, value in body["event"].items() if name != "event_ts"} for body in received]
    item = {"type": "message", "channel": "C0COMMUNITY", "ts": ts}
    assert sorted(told, key=lambda one: (one["type"], one["user"])) == [
        {"type": kind, "user": user, "reaction": "clap", "item": item, "item_user": "U0ALLIANCE"}
        for kind, user in (("reaction_added", "U0AMINA"), ("reaction_added", "U0LAN"), ("reaction_removed", "U0LAN"))
    ]
    [message] = [one for one in workspace.messages("C0COMMUNITY") if one["ts"] == ts]
    assert message["reactions"] == [{"name": "clap", "users": ["U0AMINA"], "count": 1}]
    assert (await workspace.react("U0LAN", "C0COMMUNITY", ts, "no such:")).error == "There is no such emoji."
