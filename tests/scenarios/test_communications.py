"""Around an international day: activities are planned and a toolkit written, in a browser, with the real process."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.bot.office import GENERAL
from tests.scenarios.process import Bot
from tests.workspace.conftest import browser, visit  # noqa: F401 (fixtures)
from tests.workspace.helpers import Visit
from workspace.server import Workspace

JAMES = "U0JAMES"


@pytest.fixture
async def workspace(opened: Callable[..., Any]) -> Workspace:
    """One that waits long for answers: what is tried here is not how fast a busy machine is."""
    patient: Workspace = await opened(trigger_seconds=30.0, ack_seconds=30.0)
    return patient


async def ask(page: Page, text: str) -> Locator:
    """Type it, and wait for the answer."""
    messages = page.get_by_test_id("message-content")
    before = await messages.count()
    await page.get_by_test_id("composer").fill(text)
    await page.get_by_test_id("composer").press("Enter")
    await expect(messages).to_have_count(before + 1)
    return messages.last


async def test_two_organisations_publish_on_one_day_and_share_its_toolkit(
    workspace: Workspace,
    bots: Callable[..., Bot],
    visit: Visit,  # noqa: F811 (the fixture)
) -> None:
    await bots(workspace, ALLIANCE_SECRETARIAT=JAMES).start()
    james = await visit(workspace, JAMES, GENERAL)
    form = james.get_by_test_id("modal")
    for organisation in ("ILO", "UNICEF"):
        answer = await ask(james, "/alliance activities june 2019")
        await answer.get_by_role("button", name="Plan an activity…").click()
        await form.get_by_label("What is it?").fill(f"A post of {organisation}")
        await form.get_by_test_id("action-observance").select_option("12 June 2019: World Day against Child Labour")
        await form.get_by_test_id("action-due").fill("2019-06-12")
        await form.get_by_test_id("action-organisation").fill(organisation)
        await james.get_by_test_id("modal-submit").click()
        await expect(form).to_contain_text("Saved.")
        await james.get_by_test_id("modal-close").click()
    await expect(answer).to_contain_text("12 June 2019: ILO and UNICEF go public on the same day")
    await answer.get_by_role("button", name="It is drafted").first.click()
    await expect(answer).to_contain_text("12 June 2019 · Post · drafted · English")

    day = await ask(james, "/alliance event world day against child labour")
    await day.get_by_role("button", name="Toolkit").click()
    await day.get_by_role("button", name="Write in English…").click()
    await form.get_by_label("Key messages").fill("Children shouldn’t work in fields, but on dreams.")
    await form.get_by_label("Links").fill("https://www.ilo.org/wdacl")
    await james.get_by_test_id("modal-submit").click()
    await expect(form).to_contain_text("Version 1, by @James Carter")
    await expect(form.get_by_role("link", name="https://www.ilo.org/wdacl")).to_be_visible()
