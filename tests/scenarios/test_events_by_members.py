"""Two people run an event in Slack: in a browser, with the real process."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Page, expect

from alliance.delivery import State
from storage import deliveries
from storage.store import open_store
from tests.bot.office import GENERAL
from tests.scenarios.process import Bot, until_so
from tests.workspace.conftest import browser, visit  # noqa: F401 (fixtures)
from tests.workspace.helpers import Visit
from workspace.server import Workspace

REF = "fair-recruitment-call@2019-05-14"


async def fill(page: Page, **fields: str) -> None:
    for name, words in fields.items():
        await page.get_by_test_id(f"action-{name}").fill(words)


async def press(page: Page) -> None:
    await page.get_by_test_id("modal-submit").click()


async def reminders(bot: Bot) -> list[str]:
    """When the event's reminders in the community's channel are due."""
    store = open_store(bot.database)
    rows = await deliveries.recent(store, State.PLANNED, 1000)
    await store.close()
    return sorted(f"{row.due_at:%m-%d %H:%M}" for row in rows if row.kind == "reminder" and row.subject == REF)


@pytest.fixture
async def workspace(opened: Callable[..., Any]) -> Workspace:
    """One that waits long for answers: what is tried here is not how fast a busy machine is."""
    patient: Workspace = await opened(trigger_seconds=30.0, ack_seconds=30.0)
    return patient


async def test_an_event_is_added_announced_moved_and_told_of_once_and_a_second_editor_overwrites_nothing(
    workspace: Workspace,
    bots: Callable[..., Bot],
    visit: Visit,  # noqa: F811 (the fixture)
) -> None:
    bot = bots(workspace, ALLIANCE_SECRETARIAT="U0JAMES,U0CLAIRE")
    await bot.start()
    james = await visit(workspace, "U0JAMES", GENERAL)
    form = james.get_by_test_id("modal")

    await james.get_by_test_id("shortcuts-button").click()
    await james.get_by_test_id("shortcut-event.new").click()
    await fill(james, title="Fair recruitment call", first="30 February 2019", starts="15:00", zone="Geneva")
    await press(james)
    await expect(form).to_contain_text("“30 February 2019” is not a day of the calendar.")
    await fill(james, first="14 May 2019")
    await press(james)
    await expect(form).to_contain_text("Is this right?")
    await expect(form).to_contain_text("Africa: 13:00 Dakar")
    await expect(form).to_contain_text("It will be announced in #general.")
    await press(james)
    await expect(form).to_contain_text("Saved. It is announced in #general.")
    await james.get_by_test_id("modal-close").click()
    messages = james.get_by_test_id("message-content")
    await expect(messages.filter(has_text="New: Fair recruitment call")).to_contain_text("May 14th, 2019")
    await until_so(lambda: is_so(bot, ["05-07 07:00", "05-13 07:00", "05-14 12:45"]))

    claire = await visit(workspace, "U0CLAIRE", GENERAL)
    for page, button in ((claire, "Modifier…"), (james, "Move…")):
        composer = page.get_by_test_id("composer")
        await composer.fill("/alliance event fair recruitment call")
        await composer.press("Enter")
        await page.get_by_role("button", name=button).click()
    await fill(james, first="16 May 2019")
    await press(james)
    await expect(form).to_contain_text("What changes")
    await press(james)
    await expect(form).to_contain_text("Saved. In #general people are told.")
    await james.get_by_test_id("modal-close").click()
    await expect(messages.filter(has_text="New: Fair recruitment call")).to_contain_text("May 16th, 2019")
    await until_so(lambda: is_so(bot, ["05-09 07:00", "05-15 07:00", "05-16 12:45"]))

    await fill(claire, place="En ligne")
    await press(claire)
    await expect(claire.get_by_test_id("modal")).to_contain_text("James Carter a modifié cet événement")
    await claire.get_by_role("button", name="Regarder à nouveau").click()
    await expect(claire.get_by_test_id("action-first")).to_have_value("16 mai 2019")

    workspace.clock.move_to(workspace.clock.now() + timedelta(minutes=3))
    await expect(messages.filter(has_text="Changed: Fair recruitment call")).to_have_count(1)
    texts = [message["text"] for message in workspace.messages(GENERAL) if message.get("bot_id")]
    assert [text.partition(":")[0] for text in texts] == ["New", "Changed"]


async def is_so(bot: Bot, due: list[str]) -> bool:
    return await reminders(bot) == due


async def test_a_message_becomes_an_event(
    workspace: Workspace,
    bots: Callable[..., Bot],
    visit: Visit,  # noqa: F811 (the fixture)
) -> None:
    await bots(workspace, ALLIANCE_SECRETARIAT="U0JAMES").start()
    james = await visit(workspace, "U0JAMES", GENERAL)
    await workspace.say("U0LAN", GENERAL, "Call on recruitment fees & contracts\nWho would like to present?")
    message = james.get_by_test_id("message").filter(has_text="recruitment fees")
    await message.hover()
    await message.get_by_test_id("message-menu").click()
    await message.get_by_test_id("shortcut-event.from_message").click()
    await expect(james.get_by_test_id("action-title")).to_have_value("Call on recruitment fees & contracts")
    await expect(james.get_by_test_id("action-summary")).to_have_value(
        "Call on recruitment fees & contracts\nWho would like to present?"
    )
