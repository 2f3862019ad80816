"""A group's meetings from agenda to action items: in a browser, with the real process, through two months."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.async_api import Page, expect

from tests.bot.office import GENERAL, MIGRATION
from tests.scenarios.process import Bot, until
from tests.scenarios.talking import ask
from tests.workspace.conftest import browser, visit  # noqa: F401 (fixtures)
from tests.workspace.helpers import Visit
from workspace.server import Workspace


def at(workspace: Workspace, moment: str) -> None:
    """It is now that moment, and later than before."""
    workspace.clock.move_to(datetime.fromisoformat(moment))


async def test_from_the_agenda_to_what_was_promised_and_done(
    workspace: Workspace,
    bots: Callable[..., Bot],
    visit: Visit,  # noqa: F811 (the fixture)
    tmp_path: Path,
) -> None:
    await bots(workspace, ALLIANCE_SECRETARIAT="U0JAMES").start()
    prakash, james = await visit(workspace, "U0PRAKASH", MIGRATION), await visit(workspace, "U0JAMES", GENERAL)
    await _propose(prakash)
    at(workspace, "2019-04-08T07:00:30+00:00")
    assert "Recruitment fees" in str((await _reminded(workspace, 1))["blocks"])

    at(workspace, "2019-04-09T09:35:00+00:00")
    await _write_minutes(james, tmp_path)
    answer = await ask(prakash, "/alliance minutes migration")
    await expect(answer).to_contain_text("A survey in three languages")
    await prakash.get_by_role("button", name="Send me the file").last.click()
    await until(lambda: any(message.get("files") for message in workspace.messages("U0PRAKASH")))
    [sent] = [file for message in workspace.messages("U0PRAKASH") for file in message.get("files", ())]
    assert sent["name"] == "notes.txt"

    await _asked_in_may(workspace, prakash)


async def _propose(prakash: Page) -> None:
    answer = await ask(prakash, "/alliance agenda migration")
    await expect(answer).to_contain_text("Nothing is on the agenda yet.")
    await prakash.get_by_role("button", name="Propose for the agenda…").click()
    await prakash.get_by_role("textbox", name="What would you like to talk about?").fill("Recruitment fees")
    await prakash.get_by_test_id("modal-submit").click()
    await expect(prakash.get_by_test_id("modal")).to_contain_text("Your point is on the agenda.")
    await prakash.keyboard.press("Escape")


async def _write_minutes(james: Page, folder: Path) -> None:
    notes = folder / "notes.txt"
    notes.write_text("What was said, at length.", encoding="utf-8")
    await ask(james, "/alliance minutes migration")
    await james.get_by_role("button", name="Write the minutes…").click()
    form = james.get_by_test_id("modal")
    await form.get_by_label("What was said").fill("We spoke of recruitment fees.")
    await form.get_by_test_id("action-attached").set_input_files(notes)
    await expect(form.get_by_test_id("chosen-files")).to_contain_text("notes.txt")
    await form.get_by_label("Decisions").fill("A survey in three languages")
    await form.get_by_label("New action items").fill("@prakash send the survey by 14 May\nprint posters")
    await james.get_by_test_id("modal-submit").click()
    await expect(form).to_contain_text("Line 2: Please type @ and choose who does it.")
    await form.get_by_label("New action items").fill("@prakash send the survey by 14 May\n@lan print posters by 14 May")
    await james.get_by_test_id("modal-submit").click()
    await expect(form).to_contain_text("Saved.")
    await james.keyboard.press("Escape")


async def _asked_in_may(workspace: Workspace, prakash: Page) -> None:
    """Both are asked on the day; Lan is done at once, Prakash is asked three times, and no fourth time."""
    at(workspace, "2019-05-14T07:00:30+00:00")
    await _reminded(workspace, 2)
    await _asked(workspace, "U0PRAKASH", 1)
    await _asked(workspace, "U0LAN", 1)
    done = _button(_nudges(workspace, "U0LAN")[0], "Done")
    assert (await workspace.click("U0LAN", "D0LAN", *done)).ok
    at(workspace, "2019-05-17T04:00:00+00:00")
    await _asked(workspace, "U0PRAKASH", 2)
    answer = await ask(prakash, "/alliance agenda migration")
    await expect(answer).to_contain_text("send the survey")
    await expect(answer).not_to_contain_text("print posters")
    at(workspace, "2019-05-20T07:00:30+00:00")
    assert "send the survey" in str((await _reminded(workspace, 3))["blocks"])
    at(workspace, "2019-05-24T04:00:00+00:00")
    await _asked(workspace, "U0PRAKASH", 3)
    at(workspace, "2019-07-08T07:00:30+00:00")
    await _reminded(workspace, 4)
    assert (len(_nudges(workspace, "U0PRAKASH")), len(_nudges(workspace, "U0LAN"))) == (3, 1)
    await ask(prakash, "/alliance actions")
    await prakash.get_by_role("button", name="Done").last.click()
    await expect(prakash.get_by_test_id("message-content").last).to_contain_text("Nothing is open.")
    answer = await ask(prakash, "/alliance agenda migration")
    await expect(answer).to_contain_text("Nothing is on the agenda yet.")


async def _reminded(workspace: Workspace, times: int) -> dict[str, Any]:
    """Until the group was reminded of its meetings so often; the last reminder."""

    def posts() -> list[dict[str, Any]]:
        return [message for message in workspace.messages(MIGRATION) if message.get("bot_id")]

    await until(lambda: len(posts()) == times)
    return posts()[-1]


async def _asked(workspace: Workspace, user: str, times: int) -> None:
    """Until they have been asked so often."""
    await until(lambda: len(_nudges(workspace, user)) == times)


def _nudges(workspace: Workspace, user: str) -> list[dict[str, Any]]:
    asked = ("This is due today.", "Is this done?")
    return [message for message in workspace.messages(user) if str(message["text"]).startswith(asked)]


def _button(message: dict[str, Any], words: str) -> tuple[str, str, str]:
    """The message's ts, and the action id and value of its button."""
    elements = [e for block in message["blocks"] if block["type"] == "actions" for e in block["elements"]]
    found = next(element for element in elements if element["text"]["text"] == words)
    return message["ts"], found["action_id"], found["value"]
