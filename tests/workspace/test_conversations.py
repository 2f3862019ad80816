"""Channels, their members and their history, as the reference of conversations.* says."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.helpers import Json, Start, client_of, manifest, refusal
from workspace.people import Channel


def names(answer: Any) -> list[str]:
    return [channel["name"] for channel in answer["channels"]]


async def test_public_channels_unless_asked_for_others(client: AsyncWebClient) -> None:
    public = [
        "community", "ag-supply-chains", "ag-rule-of-law", "ag-migration", "ag-conflict-humanitarian",
        "ag-communications",
    ]  # fmt: skip
    assert names(await client.conversations_list()) == public
    both = await client.conversations_list(types="public_channel,private_channel")
    assert names(both) == [*public, "ceag-steering-committee"]
    assert names(await client.users_conversations(types="private_channel")) == ["ceag-steering-committee"]
    assert names(await client.users_conversations(user="U0MARIA")) == [
        "community", "ag-rule-of-law", "ag-communications",
    ]  # fmt: skip
    assert (await refusal(client.conversations_list(types="secret")))["error"] == "invalid_types"


async def test_channels_page_by_page(client: AsyncWebClient) -> None:
    found: list[str] = []
    cursor = ""
    for _ in range(3):
        answer = await client.conversations_list(limit=2, cursor=cursor)
        found += names(answer)
        cursor = answer["response_metadata"]["next_cursor"]
    assert (len(found), len(set(found)), cursor) == (6, 6, "")


async def test_archived_and_foreign_private_channels(start: Start) -> None:
    channels = [
        Channel("C0OLD", "old", is_archived=True, members={"U0ALLIANCE"}),
        Channel("C0SECRET", "secret", is_private=True, members={"U0CLAIRE"}),
    ]
    client = client_of(await start(channels=channels))
    assert names(await client.conversations_list(types="public_channel,private_channel")) == ["old"]
    assert names(await client.conversations_list(exclude_archived=True)) == []
    assert (await refusal(client.conversations_info(channel="C0SECRET")))["error"] == "channel_not_found"


async def test_a_channel_and_its_members(client: AsyncWebClient) -> None:
    channel = (await client.conversations_info(channel="C0MIGRATION", include_num_members=True))["channel"]
    assert (channel["name"], channel["is_member"], channel["is_private"], channel["num_members"]) == (
        "ag-migration", True, False, 5,
    )  # fmt: skip
    assert (await client.conversations_members(channel="C0MIGRATION"))["members"] == [
        "U0ALLIANCE", "U0AMINA", "U0CLAIRE", "U0LAN", "U0PRAKASH",
    ]  # fmt: skip
    direct = (await client.conversations_open(users="U0LAN"))["channel"]["id"]
    assert (await refusal(client.conversations_info(channel=direct)))["needed"] == "im:read"


async def posted(client: AsyncWebClient, count: int) -> list[str]:
    return [(await client.chat_postMessage(channel="C0MIGRATION", text=str(n)))["ts"] for n in range(count)]


def texts(answer: Any) -> list[str]:
    return [message["text"] for message in answer["messages"]]


async def test_history_is_newest_first_and_paged(start: Start) -> None:
    client = client_of(await start(rate_limits=False))
    await posted(client, 5)
    first = await client.conversations_history(channel="C0MIGRATION", limit=2)
    assert (texts(first), first["has_more"]) == (["4", "3"], True)
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.conversations_history(channel="C0MIGRATION", limit=3, cursor=cursor)
    assert (texts(rest), rest["has_more"]) == (["2", "1", "0"], False)


async def test_history_from_a_moment_on_goes_forward(start: Start) -> None:
    client = client_of(await start(rate_limits=False))
    stamps = await posted(client, 6)
    first = await client.conversations_history(channel="C0MIGRATION", oldest=stamps[0], limit=3)
    assert texts(first) == ["3", "2", "1"]
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.conversations_history(channel="C0MIGRATION", oldest=stamps[0], limit=3, cursor=cursor)
    assert (texts(rest), rest["has_more"], rest["oldest"]) == (["5", "4"], False, stamps[0])


async def test_history_between_two_moments(client: AsyncWebClient) -> None:
    stamps = await posted(client, 4)
    window: Json = {"channel": "C0MIGRATION", "oldest": stamps[1], "latest": stamps[3]}
    assert texts(await client.conversations_history(**window)) == ["2"]
    assert texts(await client.conversations_history(**window, inclusive=True)) == ["3", "2", "1"]
    assert texts(await client.conversations_history(channel="C0MIGRATION", oldest=stamps[2])) == ["3"]
    wrong = client.conversations_history(channel="C0MIGRATION", oldest="yesterday")
    assert (await refusal(wrong))["error"] == "invalid_ts_oldest"
    both = client.conversations_history(channel="C0MIGRATION", oldest="yesterday", latest="today")
    assert (await refusal(both))["error"] == "invalid_ts_latest"


async def test_replies_stay_in_their_thread(start: Start) -> None:
    client = client_of(await start(rate_limits=False))
    [parent] = await posted(client, 1)
    await client.chat_postMessage(channel="C0MIGRATION", text="A reply", thread_ts=parent)
    assert texts(await client.conversations_history(channel="C0MIGRATION")) == ["0"]
    thread = await client.conversations_replies(channel="C0MIGRATION", ts=parent)
    assert texts(thread) == ["0", "A reply"]
    deeper = {"channel": "C0MIGRATION", "text": "Another", "thread_ts": thread["messages"][1]["ts"]}
    assert (await client.api_call("chat.postMessage", json=deeper))["message"]["thread_ts"] == parent
    for stray, expected in (("1500000000.000000", True), ("abc", False), ("1.0", False)):
        loose = client.api_call("chat.postMessage", json={**deeper, "thread_ts": stray})
        if expected:
            assert "thread_ts" not in (await loose)["message"]
        else:
            assert (await refusal(loose))["error"] == "invalid_thread_ts"
    nowhere = client.conversations_replies(channel="C0MIGRATION", ts="1.000000")
    assert (await refusal(nowhere))["error"] == "thread_not_found"


async def test_history_needs_membership_and_the_scope_of_its_kind(start: Start) -> None:
    given = manifest()
    given["oauth_config"]["scopes"]["bot"].remove("im:history")
    client = client_of(await start(manifest=given, channels=[Channel("C0ELSE", "elsewhere")]))
    assert (await refusal(client.conversations_history(channel="C0ELSE")))["error"] == "not_in_channel"
    await client.chat_postMessage(channel="U0LAN", text="x")
    assert (await refusal(client.conversations_history(channel="D0LAN")))["needed"] == "im:history"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, "users_list_not_supplied"),
        ({"users": "U0NOBODY"}, "user_not_found"),
        ({"users": "U0ALLIANCE"}, "cannot_dm_bot"),
        ({"users": "U0LAN,U0AMINA"}, "missing_scope"),
        ({"channel": "C0MIGRATION"}, "method_not_supported_for_channel_type"),
    ],
)
async def test_direct_conversations_that_cannot_be_opened(client: AsyncWebClient, arguments: Json, error: str) -> None:
    assert (await refusal(client.api_call("conversations.open", json=arguments)))["error"] == error


async def test_a_direct_conversation_is_opened_once(client: AsyncWebClient) -> None:
    first = await client.conversations_open(users="U0LAN")
    again = await client.conversations_open(users="U0LAN", return_im=True)
    assert first.data == {"ok": True, "channel": {"id": "D0LAN"}}
    assert (again["already_open"], again["channel"]["user"]) == (True, "U0LAN")


async def test_the_app_joins_public_channels(start: Start) -> None:
    channels = [
        Channel("C0ELSE", "elsewhere"),
        Channel("C0OLD", "old", is_archived=True),
        Channel("C0SECRET", "secret", is_private=True, members={"U0ALLIANCE"}),
    ]
    client = client_of(await start(manifest=manifest(scopes=("channels:join",)), channels=channels))
    assert (await client.conversations_join(channel="C0ELSE"))["channel"]["is_member"]
    assert (await client.conversations_join(channel="C0ELSE"))["warning"] == "already_in_channel"
    assert (await refusal(client.conversations_join(channel="C0OLD")))["error"] == "is_archived"
    private = client.conversations_join(channel="C0SECRET")
    assert (await refusal(private))["error"] == "method_not_supported_for_channel_type"
