"""The secretariat gives a role, and its holder decides who joins the group: in a browser, with the real process."""

from collections.abc import Callable
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.bot.office import GENERAL, MIGRATION, rooms
from tests.scenarios.process import Bot, until
from tests.workspace.conftest import browser, visit  # noqa: F401 (fixtures)
from tests.workspace.helpers import Visit
from workspace.server import Workspace


async def ask(page: Page, text: str) -> Locator:
    """Type it; the answer."""
    composer = page.get_by_test_id("composer")
    await composer.fill(text)
    await composer.press("Enter")
    return page.get_by_test_id("message-content").last


async def make_lead(james: Page, *people: str) -> None:
    """Who leads the Migration group from now on, besides those who do."""
    await james.get_by_role("button", name="Leads of action groups…").last.click()
    form = james.get_by_test_id("modal")
    await james.get_by_test_id("action-group").select_option("Migration")
    await james.get_by_test_id("modal-submit").click()
    await expect(form).to_contain_text("Lead of the group “Migration”")
    await james.get_by_test_id("action-holders").click()
    for person in people:
        await form.get_by_role("checkbox", name=person).check()
    await james.get_by_test_id("modal-submit").click()
    await expect(form).to_contain_text(f"Saved: given to {len(people)} people.")
    await james.keyboard.press("Escape")


async def test_the_secretariat_gives_roles_and_reads_the_log_and_the_last_one_stays(
    workspace: Workspace,
    bots: Callable[..., Bot],
    visit: Visit,  # noqa: F811 (the fixture)
) -> None:
    await bots(workspace, ALLIANCE_SECRETARIAT="U0JAMES").start()
    james = await visit(workspace, "U0JAMES", GENERAL)
    form = james.get_by_test_id("modal")
    await expect(await ask(james, "/alliance roles")).to_contain_text("Nobody yet.")
    await make_lead(james, "Prakash Shrestha", "Fatou Ndiaye")

    await james.get_by_role("button", name="Secretariat…").last.click()
    await james.get_by_test_id("action-holders").click()
    await form.get_by_role("checkbox", name="James Carter").uncheck()
    await james.get_by_test_id("modal-submit").click()
    await expect(form).to_contain_text("Somebody has to stay in the secretariat")
    await james.keyboard.press("Escape")
    await james.keyboard.press("Escape")

    log = await ask(james, "/alliance audit")
    await expect(log).to_contain_text("given: lead of the group “Migration”")
    await james.get_by_role("button", name="Export").last.click()
    await until(lambda: any(message.get("files") for message in workspace.messages("U0JAMES")))
    [file] = [file for message in workspace.messages("U0JAMES") for file in message.get("files", ())]
    sent = workspace.team.files.known(file["id"])
    assert sent is not None
    assert sent.content is not None
    lines = sent.content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[1:4] for line in lines[1:]] == [
        ["U0JAMES", "appoint", "U0PRAKASH"],
        ["U0JAMES", "appoint", "U0FATOU"],
        ["", "appoint", "U0JAMES"],
    ]

    lan = await visit(workspace, "U0LAN", GENERAL)
    await expect(await ask(lan, "/alliance roles")).to_contain_text("This is for: the secretariat.")


async def test_lan_asks_to_join_and_what_one_lead_decides_the_other_sees(
    opened: Callable[..., Any],
    bots: Callable[..., Bot],
    visit: Visit,  # noqa: F811 (the fixture)
) -> None:
    channels = rooms()
    channels[1].members.discard("U0LAN")
    workspace: Workspace = await opened(channels=channels)
    await bots(workspace, ALLIANCE_SECRETARIAT="U0JAMES").start()
    james, lan = await visit(workspace, "U0JAMES", GENERAL), await visit(workspace, "U0LAN", GENERAL)
    await ask(james, "/alliance roles")
    await make_lead(james, "Prakash Shrestha", "Fatou Ndiaye")
    await ask(james, "/alliance group migration")
    await james.get_by_role("button", name="Let people ask first").click()
    await expect(james.get_by_role("button", name="Open it to everybody")).to_be_visible()

    await ask(lan, "/alliance group migration")
    await lan.get_by_role("button", name="Ask to join").click()
    await expect(lan.get_by_test_id("message-content").last).to_contain_text("Your request is sent.")
    await until(lambda: len(workspace.messages("U0PRAKASH")) == 1 and len(workspace.messages("U0FATOU")) == 1)

    prakash, fatou = await visit(workspace, "U0PRAKASH", "D0PRAKASH"), await visit(workspace, "U0FATOU", "D0FATOU")
    await expect(prakash.get_by_test_id("message-content")).to_contain_text("Lan Nguyen asks to join")
    await expect(fatou.get_by_role("button", name="Accepter")).to_be_visible()
    await prakash.get_by_role("button", name="Accept").click()
    await expect(prakash.get_by_test_id("message-content").first).to_contain_text("Accepted by @Prakash Shrestha.")
    await expect(fatou.get_by_test_id("message-content").first).to_contain_text("Accepté par @Prakash Shrestha.")
    await expect(fatou.get_by_role("button", name="Accepter")).to_have_count(0)

    await until(lambda: len(workspace.messages("U0LAN")) == 1)
    [welcome] = workspace.messages("U0LAN")
    assert welcome["text"] == "You are now a member of the group “Migration”."
    assert "U0LAN" in workspace.team.channels[MIGRATION].members
    invitations = [call for call in workspace.calls if call.method == "conversations.invite"]
    assert [call.arguments["users"] for call in invitations] == ["U0LAN"]
