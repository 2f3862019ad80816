"""An event for two, to which three say that they come: in a browser, with the real process."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from playwright.async_api import Page, expect

from alliance.delivery import State
from storage import deliveries
from storage.store import open_store
from tests.bot.office import GENERAL
from tests.handlers.desk import buttons, shown
from tests.scenarios.process import Bot, until_so
from tests.workspace.conftest import browser, visit  # noqa: F401 (fixtures)
from tests.workspace.helpers import Visit
from workspace.server import Workspace

REF = "training-for-two@2019-05-14"
JAMES, LAN, PRAKASH = "U0JAMES", "U0LAN", "U0PRAKASH"


@pytest.fixture
async def workspace(opened: Callable[..., Any]) -> Workspace:
    """One that waits long for answers: what is tried here is not how fast a busy machine is."""
    patient: Workspace = await opened(trigger_seconds=30.0, ack_seconds=30.0)
    return patient


async def add_the_event(james: Page) -> None:
    """By the form, with two places."""
    await james.get_by_test_id("shortcuts-button").click()
    await james.get_by_test_id("shortcut-event.new").click()
    values = {"title": "Training for two", "first": "14 May 2019", "starts": "15:00", "zone": "Geneva", "capacity": "2"}
    for name, words in values.items():
        await james.get_by_test_id(f"action-{name}").fill(words)
    for answer in ("Is this right?", "Saved."):
        await james.get_by_test_id("modal-submit").click()
        await expect(james.get_by_test_id("modal")).to_contain_text(answer)
    await james.get_by_test_id("modal-close").click()


async def reminded(bot: Bot) -> set[str]:
    """Who is to be reminded of it; the channel is as well."""
    store = open_store(bot.database)
    rows = await deliveries.recent(store, State.PLANNED, 1000)
    await store.close()
    return {row.target for row in rows if row.kind == "reminder" and row.subject == REF} - {GENERAL}


async def test_three_want_two_places_one_leaves_and_only_who_wishes_is_reminded(
    workspace: Workspace,
    bots: Callable[..., Bot],
    visit: Visit,  # noqa: F811 (the fixture)
) -> None:
    bot = bots(workspace, ALLIANCE_SECRETARIAT=JAMES)
    await bot.start()
    james = await visit(workspace, JAMES, GENERAL)
    await add_the_event(james)
    prakash = await visit(workspace, PRAKASH, GENERAL)
    announcement = prakash.get_by_test_id("message-content").filter(has_text="New: Training for two")
    await expect(announcement).to_contain_text("Coming: 0 of 2")

    ts = workspace.messages(GENERAL)[-1]["ts"]
    for user in (JAMES, LAN, LAN):
        await workspace.click(user, GENERAL, ts, "rsvp.answer:yes")
    await expect(announcement).to_contain_text("Coming: 2 of 2")
    await announcement.locator("..").get_by_role("button", name="I’m coming").click()
    await expect(prakash.get_by_test_id("message-content").last).to_contain_text("You are first on the waiting list.")
    await expect(announcement).to_contain_text("Coming: 2 of 2 · waiting list: 1")

    await workspace.click(LAN, GENERAL, ts, "rsvp.answer:no")
    await expect(announcement).to_contain_text("Coming: 2 of 2 · no: 1")
    await workspace.until(lambda: bool(workspace.messages(PRAKASH)), 20)
    [notice] = workspace.messages(PRAKASH)
    assert shown(notice).splitlines()[0] == "You have a place: Training for two"

    action, value = buttons(notice)["Remind me"]
    assert value == f"on|{REF}|"
    await workspace.click(PRAKASH, "D0PRAKASH", notice["ts"], action)
    await until_so(lambda: is_so(bot, {PRAKASH}))
    await who_comes(workspace, james)

    workspace.clock.move_to(datetime.fromisoformat("2019-05-14T12:45:30Z"))
    await workspace.until(lambda: len(workspace.messages(PRAKASH)) > 1, 30)
    assert "In 15 minutes: Training for two" in shown(workspace.messages(PRAKASH)[-1])
    assert "You said yes." in shown(workspace.messages(PRAKASH)[-1])
    assert not any("minutes: Training" in shown(post) for user in (JAMES, LAN) for post in workspace.messages(user))


async def who_comes(workspace: Workspace, james: Page) -> None:
    """The secretariat asks for the names."""
    await james.get_by_role("button", name="Who is coming").last.click()
    names = james.get_by_test_id("message-content").last
    await expect(names).to_contain_text("Who is coming: Training for two")
    await expect(names).to_contain_text("Prakash Shrestha")
    assert len(workspace.messages(GENERAL)) == 1


async def is_so(bot: Bot, users: set[str]) -> bool:
    return await reminded(bot) == users
