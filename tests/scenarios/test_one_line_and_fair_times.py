"""A lead adds a meeting in one line, and finds a fair time for the group: in a browser, with the real process."""

from collections.abc import Callable
from datetime import UTC, datetime

from playwright.async_api import Page, expect
from sqlalchemy import insert

from storage import members
from storage.membermodels import GroupMember
from storage.store import open_store
from tests.bot.office import GENERAL
from tests.scenarios.process import Bot
from tests.workspace.conftest import browser, visit  # noqa: F401 (fixtures)
from tests.workspace.helpers import Visit
from workspace.server import Workspace

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
PEOPLE = {"U0JAMES": "America/New_York", "U0PRAKASH": "Asia/Kathmandu", "U0CLAIRE": "Europe/Zurich"}


async def say(page: Page, text: str) -> None:
    composer = page.get_by_test_id("composer")
    await composer.fill(text)
    await composer.press("Enter")


async def test_a_line_is_shown_as_it_was_understood_and_saved_with_a_click(
    workspace: Workspace,
    bots: Callable[..., Bot],
    visit: Visit,  # noqa: F811 (the fixture)
) -> None:
    await bots(workspace, ALLIANCE_SECRETARIAT="U0JAMES").start()
    james = await visit(workspace, "U0JAMES", GENERAL)
    answer = james.get_by_test_id("message-content").last

    await say(james, "/alliance events add Migration group call, 14 May 2019 15:00 Geneva, 1h")
    await expect(answer).to_contain_text("Is this right?")
    await expect(answer).to_contain_text("15:00–16:00 Geneva")
    await expect(answer).to_contain_text("Fiji on 15 May (night)")
    await james.get_by_role("button", name="Save").click()
    await expect(answer).to_contain_text("Saved.")
    await expect(answer).to_contain_text("May 14th, 2019, 9:00 AM (15:00–16:00 Geneva)")

    await say(james, "/alliance events migration may 2019")
    await expect(answer).to_contain_text("Migration group call")


async def test_fair_times_for_three_continents_lead_to_a_meeting(
    workspace: Workspace,
    bots: Callable[..., Bot],
    visit: Visit,  # noqa: F811 (the fixture)
) -> None:
    bot = bots(workspace, ALLIANCE_SECRETARIAT="U0JAMES")
    await bot.start()
    await _in_the_group(bot)
    james = await visit(workspace, "U0JAMES", GENERAL)
    answer = james.get_by_test_id("message-content").last

    await say(james, "/alliance find a time migration 1h next week")
    await expect(answer).to_contain_text("Times for Migration")
    await expect(answer).to_contain_text("3 members · 3 time zones")
    await expect(answer).to_contain_text("Kathmandu · 1 member")
    await james.get_by_role("button", name="Make it a meeting…").first.click()
    form = james.get_by_test_id("modal")
    await expect(form.get_by_role("textbox").first).to_have_value("Meeting of the group Migration")


async def _in_the_group(bot: Bot) -> None:
    store = open_store(bot.database)
    for user, zone in PEOPLE.items():
        await members.save_slack_facts(store, user, "en-US", zone, NOW)
    async with store.write() as session:
        values = [{"group": "migration", "user_id": user, "state": "member", "since": NOW} for user in PEOPLE]
        await session.execute(insert(GroupMember), values)
    await store.close()
