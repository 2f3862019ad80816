"""Fields that take files, and lines with mentions: what people put in, and what the app gets."""

from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import expect
from slack_bolt.app.async_app import AsyncApp

from tests.workspace.helpers import Connect, Json, Start, Visit, app_of, client_of, field, manifest, modal, refusal
from workspace.elements import NotThere
from workspace.server import Workspace

FILES: Json = {"type": "file_input", "action_id": "files", "filetypes": ["txt", "pdf"], "max_files": 1}
LINES: Json = {"type": "rich_text_input", "action_id": "lines"}
FORM = modal(
    field("notes", FILES, optional=True), field("items", LINES, optional=True), callback_id="minutes"
)  # fmt: skip


def with_scope() -> Json:
    made = manifest()
    scopes: list[str] = made["oauth_config"]["scopes"]["bot"]
    made["oauth_config"]["scopes"]["bot"] = sorted({*scopes, "files:read"})
    return made


@pytest.fixture
def submitted() -> list[Json]:
    """What the app got from submitted forms."""
    return []


@pytest.fixture
async def workspace(start: Start, connect: Connect, submitted: list[Json]) -> Workspace:
    """A workspace whose app opens the form."""
    workspace = await start(manifest=with_scope())
    app: AsyncApp = app_of(workspace)

    @app.command("/alliance")
    async def command(ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.view("minutes")
    async def submission(ack: Any, view: Json) -> None:
        submitted.append({name: next(iter(block.values())) for name, block in view["state"]["values"].items()})
        await ack()

    await connect(workspace, app)
    return workspace


async def opened(workspace: Workspace) -> str:
    await workspace.command("U0AMINA", "C0MIGRATION", "/alliance minutes")
    return str(workspace.open_modals("U0AMINA")[-1]["id"])


async def uploaded(workspace: Workspace, name: str, who: str = "U0AMINA") -> Json:
    url = f"{workspace.url}/page/upload"
    async with (
        aiohttp.ClientSession(headers={"Content-Type": "application/octet-stream"}) as session,
        session.post(url, params={"as": who, "name": name}, data=b"We met.") as answer,
    ):
        made: Json = (await answer.json())["file"]
        return made


async def test_a_file_goes_to_the_app_and_to_nobody_else(workspace: Workspace, submitted: list[Json]) -> None:
    view, file = await opened(workspace), await uploaded(workspace, "notes.txt")
    assert (await workspace.submit("U0AMINA", view, {"notes": {"files": [file["id"]]}})).ok
    [sent] = submitted[0]["notes"]["files"]
    assert (submitted[0]["notes"]["type"], sent) == ("file_input", file)
    assert (sent["name"], sent["filetype"], sent["size"], sent["user"]) == ("notes.txt", "txt", 7, "U0AMINA")
    async with aiohttp.ClientSession() as session:
        async with session.get(sent["url_private"]) as refused:
            assert refused.status == 404
        async with session.get(sent["url_private"], headers={"Authorization": "Bearer xoxb-local"}) as answer:
            assert await answer.read() == b"We met."
    described = await client_of(workspace).files_info(file=file["id"])
    assert described["file"] == file


@pytest.mark.parametrize("name", ["virus.exe", "notes"])
async def test_a_file_of_another_kind_cannot_be_chosen(workspace: Workspace, name: str) -> None:
    view, file = await opened(workspace), await uploaded(workspace, name)
    with pytest.raises(NotThere):
        await workspace.submit("U0AMINA", view, {"notes": {"files": [file["id"]]}})


async def test_files_of_others_and_more_than_allowed_cannot_be_chosen(workspace: Workspace) -> None:
    view = await opened(workspace)
    others, mine = await uploaded(workspace, "a.txt", "U0LAN"), await uploaded(workspace, "b.txt")
    for files in ([others["id"]], ["F0NOTHING"], [mine["id"], mine["id"]]):
        with pytest.raises(NotThere):
            await workspace.submit("U0AMINA", view, {"notes": {"files": files}})


async def test_a_name_after_an_at_sign_is_a_mention(workspace: Workspace, submitted: list[Json]) -> None:
    view = await opened(workspace)
    await workspace.submit("U0AMINA", view, {"items": {"lines": "@lan the survey\n@nobody the rest"}})
    assert submitted == [
        {
            "notes": {"type": "file_input", "files": []},
            "items": {
                "type": "rich_text_input",
                "rich_text_value": {
                    "type": "rich_text",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [
                                {"type": "user", "user_id": "U0LAN"},
                                {"type": "text", "text": " the survey\n@nobody the rest"},
                            ],
                        }
                    ],
                },
            },
        }
    ]


async def test_without_the_scope_and_outside_of_modals_there_is_no_field_for_files(start: Start) -> None:
    scopes = with_scope()
    scopes["oauth_config"]["scopes"]["bot"].remove("files:read")
    bare, whole = await start(manifest=scopes), await start(manifest=with_scope())
    blocks = [field("notes", FILES)]
    message = client_of(whole).chat_postMessage(channel="C0COMMUNITY", text="Notes", blocks=blocks)
    assert (await refusal(message))["error"] == "invalid_blocks"
    trigger = bare.team.triggers.new("U0AMINA")
    answer = await refusal(client_of(bare).views_open(trigger_id=trigger, view=FORM))
    assert answer["error"] == "invalid_arguments"
    assert "files:read" in answer["response_metadata"]["messages"][0]


async def test_files_and_mentions_in_the_browser(
    workspace: Workspace, visit: Visit, submitted: list[Json], tmp_path: Path
) -> None:
    notes, more = tmp_path / "notes.txt", tmp_path / "more.txt"
    notes.write_text("We met.", encoding="utf-8")
    more.write_text("And met again.", encoding="utf-8")
    page = await visit(workspace)
    await page.get_by_test_id("composer").fill("/alliance minutes")
    await page.get_by_test_id("composer").press("Enter")
    chosen = page.get_by_test_id("chosen-files")
    await page.get_by_test_id("action-files").set_input_files(notes)
    await expect(chosen).to_contain_text("notes.txt")
    await page.get_by_test_id("action-files").set_input_files(more)
    await expect(chosen.get_by_role("listitem")).to_have_count(1)
    await chosen.get_by_role("button", name="Retirer more.txt").click()
    await expect(chosen.get_by_role("listitem")).to_have_count(0)
    await page.get_by_test_id("action-files").set_input_files(notes)
    await page.get_by_test_id("action-lines").fill("@prakash the survey by 14 May")
    await expect(chosen).to_contain_text("notes.txt")
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("modal")).to_be_hidden()
    [values] = submitted
    assert [file["name"] for file in values["notes"]["files"]] == ["notes.txt"]
    [paragraph] = values["items"]["rich_text_value"]["elements"]
    assert paragraph["elements"][0] == {"type": "user", "user_id": "U0PRAKASH"}
