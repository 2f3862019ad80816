"""Around an international day: activities are planned and a toolkit written, in a browser, with the real process."""

from collections.abc import Callable

from playwright.async_api import expect

from tests.bot.office import GENERAL
from tests.scenarios.process import Bot
from tests.scenarios.talking import ask
from tests.workspace.conftest import browser, visit  # noqa: F401 (fixtures)
from tests.workspace.helpers import Visit
from workspace.server import Workspace

JAMES = "U0JAMES"


async def test_two_organisations_publish_on_one_day_and_share_its_toolkit(
    patient_workspace: Workspace,
    bots: Callable[..., Bot],
    visit: Visit,  # noqa: F811 (the fixture)
) -> None:
    await bots(patient_workspace, ALLIANCE_SECRETARIAT=JAMES).start()
    james = await visit(patient_workspace, JAMES, GENERAL)
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
