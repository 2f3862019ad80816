"""The front door of the Web API: tokens, scopes, the three ways to pass arguments, people, and the log of calls."""

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.helpers import Json, Start, client_of, manifest, refusal
from workspace.server import Workspace


async def test_a_call_without_or_with_a_wrong_token_is_refused(workspace: Workspace) -> None:
    assert await refusal(client_of(workspace, None).auth_test()) == {"ok": False, "error": "not_authed"}
    assert await refusal(client_of(workspace, "xoxb-other").auth_test()) == {"ok": False, "error": "invalid_auth"}


async def test_each_token_is_for_its_own_methods(workspace: Workspace) -> None:
    post = client_of(workspace, "xapp-local").chat_postMessage(channel="C0COMMUNITY", text="x")
    assert (await refusal(post))["error"] == "not_allowed_token_type"
    connect = client_of(workspace).apps_connections_open(app_token="xoxb-local")
    assert (await refusal(connect))["error"] == "not_allowed_token_type"


async def test_an_app_that_was_removed_is_told_so(workspace: Workspace, client: AsyncWebClient) -> None:
    workspace.web_api.installed = False
    assert await refusal(client.auth_test()) == {"ok": False, "error": "account_inactive"}


async def test_an_unknown_method(client: AsyncWebClient) -> None:
    assert await refusal(client.api_call("chat.shout")) == {
        "ok": False,
        "error": "unknown_method",
        "req_method": "chat.shout",
    }


async def test_a_scope_that_the_manifest_lacks_is_named(client: AsyncWebClient) -> None:
    provided = (
        "channels:history,channels:read,channels:write.invites,chat:write,commands,files:read,files:write,"
        "groups:history,groups:read,groups:write.invites,im:history,im:write,reactions:read,users:read"
    )
    for call, needed in (
        (client.reactions_add(channel="C0COMMUNITY", name="wave", timestamp="1.0"), "reactions:write"),
        (client.conversations_join(channel="C0COMMUNITY"), "channels:join"),
        (client.conversations_list(types="public_channel,im"), "im:read"),
        (client.team_info(), "team:read"),
    ):
        assert await refusal(call) == {
            "ok": False,
            "error": "missing_scope",
            "needed": needed,
            "provided": provided,
        }


async def test_an_app_that_was_granted_nothing_cannot_post(start: Start) -> None:
    bare = manifest()
    bare["oauth_config"]["scopes"]["bot"] = []
    workspace = await start(manifest=bare)
    call = client_of(workspace).chat_postMessage(channel="C0COMMUNITY", text="x")
    assert (await refusal(call))["needed"] == "chat:write"


async def test_arguments_come_as_form_or_in_the_address_and_for_writing_as_json(workspace: Workspace) -> None:
    read, write = workspace.api_url + "users.info", workspace.api_url + "chat.postMessage"
    message = {"channel": "C0COMMUNITY", "text": "x"}
    async with aiohttp.ClientSession(headers={"Authorization": "Bearer xoxb-local"}) as session:
        for request, expected in (
            (session.get(read, params={"user": "U0LAN"}), None),
            (session.post(read, data={"user": "U0LAN"}), None),
            (session.post(read, json={"user": "U0LAN"}), "user_not_found"),
            (session.get(write, params=message), None),
            (session.post(write, data=message), None),
            (session.post(write, json=message), None),
            (session.post(write, data="{", headers={"Content-Type": "application/json"}), "invalid_json"),
            (session.post(write, data="[]", headers={"Content-Type": "application/json"}), "json_not_object"),
            (session.post(write, data="x", headers={"Content-Type": "text/html"}), "invalid_post_type"),
        ):
            async with request as response:
                answer: Json = await response.json()
                assert (answer["ok"], answer.get("error")) == (expected is None, expected)


async def test_the_token_may_also_be_an_argument(workspace: Workspace) -> None:
    url = workspace.api_url + "auth.test"
    async with aiohttp.ClientSession() as session, session.post(url, data={"token": "xoxb-local"}) as response:
        assert (await response.json())["user_id"] == "U0ALLIANCE"
    assert workspace.calls[-1].arguments == {}


async def test_api_test_gives_back_what_it_got(workspace: Workspace) -> None:
    nobody = client_of(workspace, None)
    assert (await nobody.api_test(colour="blue")).data == {"ok": True, "args": {"colour": "blue"}}
    assert (await refusal(nobody.api_test(error="my_error")))["error"] == "my_error"


async def test_a_person_with_and_without_locale(workspace: Workspace, client: AsyncWebClient) -> None:
    amina = (await client.users_info(user="U0AMINA"))["user"]
    assert "locale" not in amina
    assert (amina["name"], amina["tz"], amina["tz_offset"], amina["is_bot"]) == (
        "amina", "Africa/Nairobi", 3 * 3600, False,
    )  # fmt: skip
    assert (await client.users_info(user="U0AMINA", include_locale=True))["user"]["locale"] == "fr-FR"
    assert (await refusal(client.users_info(user="U0NOBODY")))["error"] == "user_not_found"
    assert (await refusal(client.api_call("users.info")))["error"] == "user_not_found"
    missing = await refusal(client.api_call("conversations.info"))
    assert missing["response_metadata"] == {"messages": ["[ERROR] missing required field: channel"]}


async def test_summer_time_follows_the_workspace_clock(workspace: Workspace, client: AsyncWebClient) -> None:
    assert (await client.users_info(user="U0CLAIRE"))["user"]["tz_offset"] == 2 * 3600
    workspace.clock.move_to(workspace.clock.now().replace(month=1))
    assert (await client.users_info(user="U0CLAIRE"))["user"]["tz_offset"] == 3600


async def test_everybody_page_by_page(client: AsyncWebClient) -> None:
    first = await client.users_list(limit=5)
    rest = await client.users_list(limit=5, cursor=first["response_metadata"]["next_cursor"])
    assert [p["id"] for p in [*first["members"], *rest["members"]]] == [
        "U0AMINA", "U0PRAKASH", "U0CLAIRE", "U0MARIA", "U0LAN", "U0JAMES", "U0FATOU", "U0ALLIANCE",
    ]  # fmt: skip
    assert rest["response_metadata"]["next_cursor"] == ""
    assert (await refusal(client.users_list(cursor="???")))["error"] == "invalid_cursor"


async def test_the_log_says_what_the_app_called(workspace: Workspace, client: AsyncWebClient) -> None:
    await client.users_info(user="U0LAN")
    await refusal(client.users_info(user="U0NOBODY"))
    assert [(c.method, c.arguments, c.status) for c in workspace.calls] == [
        ("users.info", {"user": "U0LAN"}, 200),
        ("users.info", {"user": "U0NOBODY"}, 200),
    ]
    assert workspace.calls[1].response == {"ok": False, "error": "user_not_found"}
    assert workspace.calls[0].when.year == 2019


async def test_a_limit_is_a_number_and_zero_is_none(client: AsyncWebClient) -> None:
    answer = await refusal(client.api_call("users.list", params={"limit": "many"}))
    assert answer["response_metadata"] == {"messages": ["[ERROR] must provide a number [json-pointer:/limit]"]}
    assert len((await client.users_list(limit=0))["members"]) == 8
