"""Slack delivers the same again when an acknowledgement was lost: it is done once. Over Socket Mode and over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest

from alliance.delivery import State
from storage import deliveries, members
from storage.store import Store, open_store
from tests.bot.office import GENERAL
from tests.scenarios.process import Bot, http_address, until
from workspace.people import Person
from workspace.server import Workspace


@pytest.fixture(params=["socket mode", "http"])
async def workspace(request: pytest.FixtureRequest, opened: Callable[..., Any], bots: Callable[..., Bot]) -> Any:
    """With a bot that runs, and everything is delivered to it twice."""
    port, address = http_address()
    over_http = request.param == "http"
    made: Workspace = await opened(**({"request_url": address} if over_http else {}))
    bot = bots(made, **({"http_port": port} if over_http else {}))
    await bot.start()
    for kind in ("slash_commands", "interactive", "events_api"):
        made.faults.redeliver(kind, times=1000)
    store = open_store(bot.database)
    yield made, store
    await store.close()


async def test_what_is_delivered_twice_is_done_once(workspace: tuple[Workspace, Store]) -> None:
    """A member arrives, asks for a reminder, shares an answer, follows a group and leaves it, saves their settings."""
    place, store = workspace
    await place.add_member(Person("U0SOFIA", "sofia", "Sofía Rojas", locale="es-LA", tz="America/Lima"))
    await until(lambda: bool(place.messages("U0SOFIA")))
    assert len([row for row in await rows(store) if row.kind == "welcome"]) == 1

    answer = (await place.command("U0SOFIA", GENERAL, "/alliance event abidjan-workshop")).message
    await press(place, answer, "event.again")
    assert len([row for row in await rows(store) if row.kind == "again"]) == 1

    for number in (1, 2):
        await press(place, answer, "ask.share")
        await press(place, answer, "event.again")
        await place.until(lambda: bool(shared(place)))
        assert len(shared(place)) == number

    answer = (await place.command("U0SOFIA", GENERAL, "/alliance group migration")).message
    await press(place, answer, "groups.follow")
    assert await followed(store) == ("migration",)
    await press(place, place.ephemerals(GENERAL, "U0SOFIA")[-1], "groups.unfollow")
    assert await followed(store) == ()

    answer = (await place.command("U0SOFIA", GENERAL, "/alliance settings")).message
    await press(place, answer, "settings.edit")
    await place.until(lambda: bool(place.open_modals("U0SOFIA")))
    modal = place.open_modals("U0SOFIA")[-1]
    saved = await place.submit("U0SOFIA", modal["id"], {})
    assert (saved.error, saved.errors) == ("", {})
    assert len(place.messages("U0SOFIA")) == 1


async def press(place: Workspace, message: Any, action: str) -> None:
    """Click the button, and wait for what the bot says then."""
    buttons = [e for block in message["blocks"] for e in block.get("elements", ()) if block["type"] == "actions"]
    name = next(button["action_id"] for button in buttons if button["action_id"].startswith(action))
    before = len(place.calls)
    await place.click("U0SOFIA", GENERAL, message["ts"], name)
    await place.until(lambda: len(place.calls) > before)


def shared(place: Workspace) -> list[Any]:
    """What everybody in the channel sees."""
    return [message for message in place.messages(GENERAL) if message.get("bot_id")]


async def rows(store: Store) -> list[Any]:
    return [row for state in State for row in await deliveries.recent(store, state, 100)]


async def followed(store: Store) -> tuple[str, ...]:
    member = await members.get(store, "U0SOFIA")
    assert member is not None
    return member.groups
