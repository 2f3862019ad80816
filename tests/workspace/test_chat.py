"""Posting, changing and deleting messages, as the reference of chat.* says."""

import json

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.helpers import Json, Start, actions, button, client_of, manifest, refusal, section
from workspace.people import Channel, Person
from workspace.server import Workspace

DELIVERY = {"event_type": "alliance_delivery", "event_payload": {"delivery": 17}}


async def test_a_message_is_from_the_app_and_has_its_time(workspace: Workspace, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0MIGRATION", text="Meeting at 15:00", blocks=[section("Meeting")])
    assert posted["channel"] == "C0MIGRATION"
    assert posted["ts"].startswith("15542928")
    [message] = workspace.messages("C0MIGRATION")
    assert posted["message"] == message
    assert (message["type"], message["user"], message["bot_id"], message["app_id"], message["text"]) == (
        "message", "U0ALLIANCE", "B0ALLIANCE", "A0ALLIANCE", "Meeting at 15:00",
    )  # fmt: skip
    assert message["blocks"][0]["text"] == {"type": "mrkdwn", "text": "Meeting"}
    assert message["blocks"][0]["block_id"]


async def test_each_message_has_a_time_of_its_own(workspace: Workspace, client: AsyncWebClient) -> None:
    stamps = [(await client.chat_postMessage(channel="C0COMMUNITY", text=str(n)))["ts"] for n in range(5)]
    assert stamps == sorted(set(stamps), key=float)


@pytest.mark.parametrize("name", ["#ag-migration", "ag-migration", "C0MIGRATION"])
async def test_a_channel_by_id_or_name(workspace: Workspace, client: AsyncWebClient, name: str) -> None:
    assert (await client.chat_postMessage(channel=name, text="x"))["channel"] == "C0MIGRATION"


async def test_a_message_to_a_person_goes_to_their_direct_messages(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(channel="U0LAN", text="Your reminder")
    opened = await client.conversations_open(users="U0LAN")
    assert posted["channel"] == opened["channel"]["id"] == "D0LAN"
    assert [m["text"] for m in workspace.messages("U0LAN")] == ["Your reminder"]


async def test_where_the_app_cannot_post(start: Start) -> None:
    closed = [
        Channel("C0OLD", "old", is_archived=True, members={"U0ALLIANCE"}),
        Channel("C0ELSE", "elsewhere"),
        Channel("C0SECRET", "secret", is_private=True, members={"U0CLAIRE"}),
    ]
    workspace = await start(channels=closed)
    workspace.people["U0GONE"] = Person("U0GONE", "gone", "Gone Away", deleted=True)
    client = client_of(workspace)
    for channel, error in (
        ("C0NOWHERE", "channel_not_found"),
        ("#nowhere", "channel_not_found"),
        ("U0NOBODY", "channel_not_found"),
        ("C0SECRET", "channel_not_found"),
        ("C0OLD", "is_archived"),
        ("C0ELSE", "not_in_channel"),
        ("U0GONE", "user_disabled"),
    ):
        assert (await refusal(client.chat_postMessage(channel=channel, text="x")))["error"] == error, channel


async def test_an_app_with_chat_write_public_posts_where_it_is_not(start: Start) -> None:
    public = manifest(scopes=("chat:write.public",))
    workspace = await start(manifest=public, channels=[Channel("C0ELSE", "elsewhere")])
    assert (await client_of(workspace).chat_postMessage(channel="C0ELSE", text="x"))["ok"]


async def test_a_message_needs_words_or_blocks(client: AsyncWebClient) -> None:
    for arguments, error in (
        ({}, "invalid_arguments"),
        ({"channel": "", "text": "x"}, "channel_not_found"),
        ({"channel": "C0COMMUNITY"}, "no_text"),
        ({"channel": "C0COMMUNITY", "text": "", "blocks": []}, "no_text"),
        ({"channel": "C0COMMUNITY", "text": "x", "blocks": ""}, "invalid_blocks_format"),
    ):
        assert (await refusal(client.api_call("chat.postMessage", json=arguments)))["error"] == error, arguments
    assert (await client.chat_postMessage(channel="C0COMMUNITY", text="  "))["message"]["text"] == "  "
    only_blocks = {"channel": "C0COMMUNITY", "blocks": [section("x")]}
    assert (await client.api_call("chat.postMessage", json=only_blocks))["message"]["text"] == ""


async def test_blocks_are_checked(workspace: Workspace, client: AsyncWebClient) -> None:
    problem = "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"
    wrong = client.chat_postMessage(channel="C0COMMUNITY", text="x", blocks=[actions(button("b" * 76))])
    assert await refusal(wrong) == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": [problem],
        "response_metadata": {"messages": [f"[ERROR] {problem}"]},
    }
    no_json = client.chat_postMessage(channel="C0COMMUNITY", text="x", blocks="[{")
    assert (await refusal(no_json))["error"] == "invalid_blocks_format"
    too_much = client.chat_postMessage(channel="C0COMMUNITY", text="x", blocks=[section("x" * 3000)] * 5)
    assert (await refusal(too_much))["error"] == "msg_blocks_too_long"
    assert workspace.messages("C0COMMUNITY") == []


async def test_blocks_may_be_the_text_of_json(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0COMMUNITY", text="x", blocks=json.dumps([section("Hello")]))
    assert posted["message"]["blocks"][0]["text"]["text"] == "Hello"


async def test_a_text_above_40000_characters_is_cut(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0COMMUNITY", text="x" * 40_001)
    assert len(posted["message"]["text"]) == 40_000


async def test_metadata_is_kept_and_shown_to_who_asks(workspace: Workspace, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C0COMMUNITY", text="x", metadata=DELIVERY)
    plainly = await client.conversations_history(channel="C0COMMUNITY")
    assert "metadata" not in plainly["messages"][0]
    wholly = await client.conversations_history(channel="C0COMMUNITY", include_all_metadata=True)
    assert wholly["messages"][0]["metadata"] == DELIVERY


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ("{", "invalid_metadata_format"),
        ("[]", "invalid_metadata_format"),
        ({"event_type": "x"}, "invalid_metadata_schema"),
        ({"event_type": "x", "event_payload": {"a": "b" * 16_000}}, "metadata_too_large"),
    ],
    ids=["no json", "no object", "no payload", "too large"],
)
async def test_metadata_is_checked(client: AsyncWebClient, metadata: object, error: str) -> None:
    arguments = {"channel": "C0COMMUNITY", "text": "x", "metadata": metadata}
    assert (await refusal(client.api_call("chat.postMessage", json=arguments)))["error"] == error


async def test_an_update_changes_what_is_given(workspace: Workspace, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(
        channel="C0COMMUNITY", text="Old", blocks=[section("Old")], metadata=DELIVERY
    )
    ts = posted["ts"]
    changed = await client.chat_update(channel="C0COMMUNITY", ts=ts, text="New")
    assert (changed["ts"], changed["text"]) == (ts, "New")
    [message] = workspace.messages("C0COMMUNITY")
    assert (message["text"], message["blocks"][0]["text"]["text"], message["metadata"]) == ("New", "Old", DELIVERY)
    assert message["edited"]["user"] == "U0ALLIANCE"
    await client.chat_update(channel="C0COMMUNITY", ts=ts, text="New", blocks=[section("Fresh")])
    assert workspace.messages("C0COMMUNITY")[0]["blocks"][0]["text"]["text"] == "Fresh"
    await client.chat_update(channel="C0COMMUNITY", ts=ts, text="Only words", blocks=[])
    assert "blocks" not in workspace.messages("C0COMMUNITY")[0]


async def test_updates_that_slack_refuses(workspace: Workspace, client: AsyncWebClient) -> None:
    theirs = (await workspace.say("U0LAN", "C0COMMUNITY", "Mine")).message
    assert theirs is not None
    mine = (await client.chat_postMessage(channel="C0COMMUNITY", text="x"))["ts"]
    for arguments, error in (
        ({"ts": "1.000000", "text": "y"}, "message_not_found"),
        ({"ts": theirs["ts"], "text": "y"}, "cant_update_message"),
        ({"ts": mine, "text": "y" * 4001}, "msg_too_long"),
        ({"ts": mine, "text": ""}, "no_text"),
        ({"ts": mine, "text": "y", "blocks": [{"type": "headline"}]}, "invalid_blocks"),
    ):
        sent: Json = {"channel": "C0COMMUNITY", **arguments}
        assert (await refusal(client.api_call("chat.update", json=sent)))["error"] == error


async def test_only_own_messages_can_be_deleted(workspace: Workspace, client: AsyncWebClient) -> None:
    theirs = (await workspace.say("U0LAN", "C0COMMUNITY", "Mine")).message
    assert theirs is not None
    ts = (await client.chat_postMessage(channel="C0COMMUNITY", text="x"))["ts"]
    await client.chat_delete(channel="C0COMMUNITY", ts=ts)
    assert [m["text"] for m in workspace.messages("C0COMMUNITY")] == ["Mine"]
    assert (await refusal(client.chat_delete(channel="C0COMMUNITY", ts=ts)))["error"] == "message_not_found"
    other = client.chat_delete(channel="C0COMMUNITY", ts=theirs["ts"])
    assert (await refusal(other))["error"] == "cant_delete_message"


async def test_an_ephemeral_message_is_for_one_person_and_cannot_be_changed(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    shown = await client.chat_postEphemeral(channel="C0MIGRATION", user="U0AMINA", text="Only you")
    ts = shown["message_ts"]
    assert [m["text"] for m in workspace.ephemerals("C0MIGRATION", "U0AMINA")] == ["Only you"]
    assert workspace.ephemerals("C0MIGRATION", "U0LAN") == []
    assert (await client.conversations_history(channel="C0MIGRATION"))["messages"] == []
    change = client.chat_update(channel="C0MIGRATION", ts=ts, text="y")
    assert (await refusal(change))["error"] == "message_not_found"
    stranger = client.chat_postEphemeral(channel="C0MIGRATION", user="U0JAMES", text="x")
    assert (await refusal(stranger))["error"] == "user_not_in_channel"
    nobody = client.chat_postEphemeral(channel="C0MIGRATION", user="U0NOBODY", text="x")
    assert (await refusal(nobody))["error"] == "user_not_in_channel"
    nonsense = await refusal(client.chat_postEphemeral(channel="C0MIGRATION", user="lan", text="x"))
    assert nonsense["response_metadata"]["messages"] == [
        "[ERROR] input must match regex pattern: ^[UW][A-Z0-9]{2,}$ [json-pointer:/user]"
    ]


async def test_reactions(start: Start) -> None:
    workspace = await start(manifest=manifest(scopes=("reactions:write", "reactions:read")))
    client = client_of(workspace)
    ts = (await client.chat_postMessage(channel="C0COMMUNITY", text="x"))["ts"]
    with_colons = client.reactions_add(channel="C0COMMUNITY", name=":wave:", timestamp=ts)
    assert (await refusal(with_colons))["error"] == "invalid_name"
    empty = await refusal(client.api_call("reactions.add"))
    assert empty["response_metadata"]["messages"] == [
        f"[ERROR] missing required field: {name}" for name in ("name", "timestamp", "channel")
    ]
    await client.reactions_add(channel="C0COMMUNITY", name="wave", timestamp=ts)
    found = await client.reactions_get(channel="C0COMMUNITY", timestamp=ts)
    assert found["message"]["reactions"] == [{"name": "wave", "users": ["U0ALLIANCE"], "count": 1}]
    again = client.reactions_add(channel="C0COMMUNITY", name="wave", timestamp=ts)
    assert (await refusal(again))["error"] == "already_reacted"
    nowhere = client.reactions_add(channel="C0COMMUNITY", name="wave", timestamp="1.0")
    assert (await refusal(nowhere))["error"] == "message_not_found"
