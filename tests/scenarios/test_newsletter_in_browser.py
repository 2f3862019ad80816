"""A newsletter as people live it, in a browser, with the real process: written, approved, read, answered, counted."""

import re
from collections.abc import Callable

from playwright.async_api import Page, expect

from tests.bot.office import GENERAL
from tests.scenarios.process import Bot
from tests.scenarios.talking import PATIENCE, ask
from tests.workspace.conftest import browser, visit  # noqa: F401 (fixtures)
from tests.workspace.helpers import Visit
from workspace.server import Workspace

AMINA, CLAIRE, JAMES = "U0AMINA", "U0CLAIRE", "U0JAMES"
TITLES = {"English": "News of April", "Français": "Nouvelles d’avril", "Español": "Noticias de abril"}
HEADING, TEXT = "Migration", "The group met on **9 April**."


async def test_james_writes_claire_approves_amina_reads_it_in_french_and_reacts(
    patient_workspace: Workspace,
    bots: Callable[..., Bot],
    visit: Visit,  # noqa: F811 (the fixture)
) -> None:
    await bots(patient_workspace, ALLIANCE_SECRETARIAT=f"{JAMES},{CLAIRE}").start()
    james = await visit(patient_workspace, JAMES, GENERAL)
    await write(james)
    await expect(james.get_by_test_id("modal")).to_contain_text("It waits for approval by somebody of the secretariat")
    await expect(james.get_by_test_id("modal").get_by_role("button", name="Approve and send…")).to_have_count(0)

    claire = await visit(patient_workspace, CLAIRE, GENERAL)
    answer = await ask(claire, "/alliance infolettre 1")
    await answer.get_by_role("button", name="Approuver et envoyer…").click()
    await claire.get_by_role("button", name="Approuver", exact=True).click()
    await expect(answer).to_contain_text("Approuvée.", timeout=PATIENCE)

    amina = await visit(patient_workspace, AMINA, "D0AMINA")
    copy = amina.get_by_test_id("message").filter(has_text="Nouvelles d’avril")
    await expect(copy).to_have_count(1, timeout=PATIENCE)
    await expect(copy).to_contain_text(re.compile(r"Migration 4\s*The group met on 9 April\."))
    await copy.hover()
    await copy.get_by_test_id("react").click()
    await copy.get_by_test_id("react-clap").click()
    await expect(copy.get_by_test_id("reaction-clap")).to_have_text("👏 1")

    answer = await ask(claire, "/alliance infolettre 1")
    await answer.get_by_role("button", name="Chiffres").click()
    await expect(answer).to_contain_text("1 réaction dans Slack", timeout=PATIENCE)
    await answer.get_by_role("button", name="En image").click()
    claires = await visit(patient_workspace, CLAIRE, "D0CLAIRE")
    await expect(claires.get_by_test_id("file")).to_contain_text("newsletter-1.png", timeout=PATIENCE)


async def write(page: Page) -> None:
    """The newsletter in three languages and four sections, for everybody, and its approval asked for."""
    answer = await ask(page, "/alliance newsletter")
    await answer.get_by_role("button", name="New newsletter…").click()
    form = page.get_by_test_id("modal")
    for language, title in TITLES.items():
        await form.get_by_label(f"Title: {language}").fill(title)
    await form.get_by_test_id("action-members").select_option("Everybody in the workspace")
    await page.get_by_test_id("modal-submit").click()
    for number in range(1, 5):
        await form.get_by_role("button", name="Add a section…").click()
        for language in TITLES:
            await form.get_by_label(f"Heading: {language}").fill(f"{HEADING} {number}")
            await form.get_by_label(f"Text: {language}").fill(TEXT)
        await page.get_by_test_id("modal-submit").click()
        await expect(form).to_contain_text(f"{HEADING} {number}", timeout=PATIENCE)
    await form.get_by_role("button", name="Ask for approval").click()
