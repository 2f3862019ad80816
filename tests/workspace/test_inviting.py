"""The app brings people into channels, as the reference of conversations.invite says."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.helpers import Start, client_of, manifest, refusal
from workspace import sample
from workspace.people import Channel, Person
from workspace.server import Workspace


async def test_who_is_invited_is_there_and_the_channel_says_so(workspace: Workspace) -> None:
    client = client_of(workspace)
    answer = await client.conversations_invite(channel="C0MIGRATION", users="U0FATOU,U0JAMES")
    assert (answer["channel"]["id"], answer["channel"]["is_member"]) == ("C0MIGRATION", True)
    assert {"U0FATOU", "U0JAMES"} <= set((await client.conversations_members(channel="C0MIGRATION"))["members"])
    assert [(message["subtype"], message["user"]) for message in workspace.messages("C0MIGRATION")] == [
        ("channel_join", "U0FATOU"),
        ("channel_join", "U0JAMES"),
    ]


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("U0LAN", "already_in_channel"),
        ("U0ALLIANCE", "cant_invite_self"),
        ("U0NOBODY", "user_not_found"),
        ("U0GONE", "cant_invite"),
        ("", "no_user"),
        (",".join(f"U{number}" for number in range(101)), "too_many_users"),
    ],
)
async def test_who_cannot_be_invited(start: Start, users: str, error: str) -> None:
    gone = Person("U0GONE", "gone", "Gone", deleted=True)
    client = client_of(await start(people=[*sample.people(), gone]))
    assert (await refusal(client.conversations_invite(channel="C0MIGRATION", users=users)))["error"] == error


async def test_one_who_cannot_be_invited_refuses_all_but_by_force(client: AsyncWebClient) -> None:
    refused = await refusal(client.conversations_invite(channel="C0MIGRATION", users="U0JAMES,U0LAN"))
    assert (refused["error"], refused["errors"]) == (
        "already_in_channel",
        [{"user": "U0LAN", "ok": False, "error": "already_in_channel"}],
    )
    assert "U0JAMES" not in (await client.conversations_members(channel="C0MIGRATION"))["members"]
    await client.conversations_invite(channel="C0MIGRATION", users="U0JAMES,U0LAN", force=True)
    assert "U0JAMES" in (await client.conversations_members(channel="C0MIGRATION"))["members"]


async def test_where_nobody_can_be_invited(start: Start) -> None:
    channels = [
        Channel("C0OLD", "old", is_archived=True, members={"U0ALLIANCE"}),
        Channel("C0ELSEWHERE", "elsewhere"),
        Channel("C0SECRET", "secret", is_private=True),
    ]
    client = client_of(await start(channels=channels))
    direct = (await client.conversations_open(users="U0LAN"))["channel"]["id"]
    found = [
        (await refusal(client.conversations_invite(channel=channel, users="U0LAN")))["error"]
        for channel in ("C0OLD", "C0ELSEWHERE", "C0SECRET", direct)
    ]
    assert found == ["is_archived", "not_in_channel", "channel_not_found", "method_not_supported_for_channel_type"]


@pytest.mark.parametrize(
    ("scopes", "channel", "error"),
    [
        ((), "C0MIGRATION", "missing_scope"),
        (("groups:write.invites",), "C0MIGRATION", "missing_scope"),
        (("channels:manage",), "C0MIGRATION", ""),
        (("channels:write.invites",), "C0CEAGSC", "missing_scope"),
        (("groups:write",), "C0CEAGSC", ""),
    ],
)
async def test_a_public_and_a_private_channel_need_different_scopes(
    start: Start, scopes: tuple[str, ...], channel: str, error: str
) -> None:
    granted = manifest()
    granted["oauth_config"]["scopes"]["bot"] = list(scopes)
    client = client_of(await start(manifest=granted))
    if error:
        assert (await refusal(client.conversations_invite(channel=channel, users="U0FATOU")))["error"] == error
    else:
        assert (await client.conversations_invite(channel=channel, users="U0FATOU"))["ok"]
