"""Members and the real process: over Socket Mode and over HTTP."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.bot.office import GENERAL
from tests.scenarios.process import Bot, http_address, until
from workspace.people import Channel, Person
from workspace.sample import BOT_USER
from workspace.server import Workspace


def title(message: dict[str, Any] | None) -> str:
    """What stands at the top of an answer."""
    assert message is not None
    return str(message["blocks"][0]["text"]["text"])


async def test_a_member_asks_clicks_and_opens_app_home(workspace: Workspace, bots: Callable[..., Bot]) -> None:
    await bots(workspace).start()
    answer = (await workspace.command("U0LAN", GENERAL, "/alliance events")).message
    assert title(answer) == "Coming events"
    assert answer is not None
    menu = next(e for block in answer["blocks"] for e in block.get("elements", ()) if e["type"] == "static_select")
    abidjan = next(o["value"] for o in menu["options"] if "abidjan" in o["value"])
    await workspace.click("U0LAN", GENERAL, answer["ts"], menu["action_id"], abidjan)
    await workspace.until(lambda: "Abidjan" in title(workspace.ephemerals(GENERAL, "U0LAN")[-1]))
    await workspace.open_home("U0LAN")
    await workspace.until(lambda: workspace.home("U0LAN") is not None)


async def test_what_a_member_saves_in_a_form_stands_in_the_message_behind_it_too(
    workspace: Workspace, bots: Callable[..., Bot]
) -> None:
    await bots(workspace).start()
    answer = (await workspace.command("U0LAN", GENERAL, "/alliance settings")).message
    assert answer is not None
    await workspace.click("U0LAN", GENERAL, answer["ts"], "settings.edit", "")
    await workspace.until(lambda: bool(workspace.open_modals("U0LAN")))
    form = workspace.open_modals("U0LAN")[-1]
    language = next(block for block in form["blocks"] if block.get("element", {}).get("action_id") == "language")
    french = next(option for option in language["element"]["options"] if option["value"] == "fr")
    chosen = {language["block_id"]: {"language": {"type": "static_select", "selected_option": french}}}
    assert not (await workspace.submit("U0LAN", form["id"], chosen)).errors
    await workspace.until(lambda: workspace.ephemerals(GENERAL, "U0LAN")[-1]["text"] == "Mes réglages")
    assert len(workspace.ephemerals(GENERAL, "U0LAN")) == 1


async def test_a_lost_connection_is_made_again(workspace: Workspace, bots: Callable[..., Bot]) -> None:
    await bots(workspace).start()
    await workspace.cut_sockets()
    await workspace.until(lambda: workspace.connected, seconds=20)
    assert title((await workspace.command("U0LAN", GENERAL, "/alliance events")).message) == "Coming events"


async def test_a_new_member_is_welcomed_once_in_their_language(workspace: Workspace, bots: Callable[..., Bot]) -> None:
    """Slack tells of them twice, and the bot is started anew in between."""
    bot = bots(workspace)
    await bot.start()
    sofia = Person("U0SOFIA", "sofia", "Sofía Rojas", locale="es-LA", tz="America/Lima")
    await workspace.add_member(sofia)
    await until(lambda: bool(workspace.messages("U0SOFIA")))
    await bot.end()
    await bot.start()
    await workspace.events.emit({"type": "team_join", "user": {"id": "U0SOFIA", "is_bot": False}})
    await workspace.add_member(Person("U0OTHER", "other", "Other Person"))
    await until(lambda: bool(workspace.messages("U0OTHER")))
    assert [message["text"] for message in workspace.messages("U0SOFIA")] == [
        "Le damos la bienvenida a la comunidad en línea de la Alianza 8.7."
    ]


async def test_a_channel_to_which_the_bot_is_invited_is_known_at_once(
    opened: Callable[..., Any], bots: Callable[..., Bot]
) -> None:
    """And is reminded of its group's meetings."""
    workspace: Workspace = await opened(channels=[Channel("C0LATER", "ag-migration", members={"U0LAN"})])
    bot = bots(workspace)
    await bot.start()
    await workspace.join("C0LATER", BOT_USER)
    await until(lambda: "channel_joined" in bot.log())


async def test_over_http_members_are_answered_and_forgers_are_not(
    opened: Callable[..., Any], bots: Callable[..., Bot]
) -> None:
    port, address = http_address()
    workspace: Workspace = await opened(request_url=address)
    await bots(workspace, http_port=port).start()
    assert title((await workspace.command("U0LAN", GENERAL, "/alliance events")).message) == "Coming events"
    body = urlencode({"command": "/alliance", "text": "events", "user_id": "U0LAN", "channel_id": GENERAL})
    now, secret = int(time.time()), workspace.options.signing_secret
    asked = {
        "right": await status(address, body, now, secret),
        "forged": await status(address, body, now, "another-secret"),
        "expired": await status(address, body, now - 600, secret),
        "changed": await status(address, body + "&text=help", now, secret, signed=body),
        "unsigned": await status(address, body, None, secret),
    }
    assert asked == {"right": 200, "forged": 401, "expired": 401, "changed": 401, "unsigned": 401}
    challenge = json.dumps({"type": "url_verification", "challenge": "3eZbrw1aB"})
    assert await status(address, challenge, now, secret, kind="application/json") == 200


async def status(
    address: str,
    body: str,
    at: int | None,
    secret: str,
    *,
    signed: str | None = None,
    kind: str = "application/x-www-form-urlencoded",
) -> int:
    """What the bot answers to a request that is signed like this (Slack's v0 signature)."""
    headers = {"Content-Type": kind}
    if at is not None:
        digest = hmac.new(secret.encode(), f"v0:{at}:{signed or body}".encode(), hashlib.sha256).hexdigest()
        headers |= {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": f"v0={digest}"}
    async with aiohttp.ClientSession() as session, session.post(address, data=body, headers=headers) as answer:
        return answer.status
