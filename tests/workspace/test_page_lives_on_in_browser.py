"""The page when the workspace goes away, comes back, and when answers are long."""

from urllib.parse import urlsplit

from playwright.async_api import expect

from tests.workspace.helpers import START, Visit, client_of, manifest, section
from workspace.clock import Clock
from workspace.server import Options, Workspace


async def test_a_page_stays_open_while_the_workspace_is_started_again(workspace: Workspace, visit: Visit) -> None:
    page = await visit(workspace, "U0PRAKASH")
    await client_of(workspace).chat_postMessage(channel="C0MIGRATION", text="Before")
    await expect(page.get_by_test_id("message-content")).to_have_text("Before")
    await workspace.close()
    await expect(page.get_by_role("alert")).to_contain_text("The workspace does not answer.")

    again = Workspace(Options(manifest=manifest(), clock=Clock(START), people=workspace.options.people[2:]))
    await again.start(port=urlsplit(workspace.url).port or 0)
    await expect(page.get_by_role("alert")).to_be_hidden(timeout=15_000)
    await expect(page.get_by_test_id("see-as-name")).to_have_text("Claire Rochat")
    await expect(page.get_by_test_id("message")).to_have_count(0)
    await again.close()


async def test_a_long_message_is_shown_from_its_beginning(workspace: Workspace, visit: Visit) -> None:
    page = await visit(workspace)
    lines = [section(f"Line {number}", block_id=str(number)) for number in range(45)]
    await client_of(workspace).chat_postMessage(channel="C0MIGRATION", text="Long", blocks=lines)
    await expect(page.get_by_text("Line 0", exact=True)).to_be_in_viewport()
    await expect(page.get_by_text("Line 44", exact=True)).not_to_be_in_viewport()
