"""`/alliance actions` on 3 April 2019: who has promised what until when."""

from datetime import date

import pytest

from handlers.replies import Json
from handlers.views.actionitems import ADD, DONE, DROP, REDATE, SAVE, SAVE_DATE
from storage import actionitems, members
from storage.actionitems import Agreed, Item, ItemState
from storage.eventedits import Editor
from tests.handlers.desk import Desk, buttons, shown
from tests.handlers.meetingroom import LEAD, day, who, written


@pytest.fixture
async def item(desk: Desk) -> Item:
    """Lan is to send the survey by 14 May; Amina leads the group."""
    await members.set_leads(desk.store, "migration", [LEAD])
    agreed = Agreed("U0LAN", "Send the survey", date(2019, 5, 14))
    return await actionitems.add(desk.store, Editor(LEAD, desk.now), "migration", None, agreed)


async def now(desk: Desk, item: Item) -> Item:
    found = await actionitems.get(desk.store, item.id)
    assert found is not None
    return found


def answer(view: Json | None) -> list[str]:
    assert view is not None
    return shown(view).splitlines()


async def test_my_action_items_with_buttons_to_close_them(desk: Desk, item: Item) -> None:
    page = await desk.type("actions")
    assert shown(page).splitlines() == [
        "My action items",
        "Send the survey · due on 14 May 2019",
        "[Done]",
        "[Drop…]",
        "[New date…]",
        "[All action groups]",
    ]
    assert answer((await desk.click(*buttons(page)["Done"])).respond)[:3] == [
        "Done: “Send the survey”.",
        "My action items",
        "Nothing is open.",
    ]
    assert (await now(desk, item)).state is ItemState.DONE


async def test_of_a_group_everybody_reads_them_and_only_some_close_them(desk: Desk, item: Item) -> None:
    lines = shown(await desk.type("actions migration", "U0PRAKASH")).splitlines()
    assert lines == [
        "Action items: Migration",
        "Send the survey · U0LAN · due on 14 May 2019",
        "[The group]",
        "[My action items]",
    ]
    refused = answer((await desk.click(DONE, f"{item.id}:1:migration", "U0PRAKASH")).respond)
    assert refused[0].startswith("This is for:")
    assert "[Add an action item…]" in shown(await desk.type("actions migration", LEAD)).splitlines()
    dropped = answer((await desk.click(DROP, f"{item.id}:1:migration", LEAD)).respond)
    assert dropped[:3] == ["Dropped: “Send the survey”.", "Action items: Migration", "Nothing is open."]


async def test_a_click_that_comes_twice_acts_once_and_the_second_of_two_people_is_told(desk: Desk, item: Item) -> None:
    value = f"{item.id}:1:me"
    first = (await desk.click(DONE, value)).respond
    assert (await desk.click(DONE, value)).respond == first
    assert (await now(desk, item)).revision == 2
    assert answer((await desk.click(DROP, value, LEAD)).respond) == [
        "Somebody marked this action item as done in the meantime:",
        "Send the survey · U0LAN",
    ]


async def test_a_new_date_from_a_nudge(desk: Desk, item: Item) -> None:
    value = f"{item.id}:1:nudge"
    form = (await desk.click(REDATE, value, ephemeral=False)).open_view
    assert form is not None
    assert [b["element"]["initial_date"] for b in form["blocks"] if b["type"] == "input"] == ["2019-05-14"]
    for wrong in ("2019-04-02", "2031-01-01", ""):
        reply = await desk.submit(SAVE_DATE, {"day": day(wrong)}, value)
        assert reply.ack == {
            "response_action": "errors",
            "errors": {"day": "Please choose a day from today on, within the next two years."},
        }
    saved = await desk.submit(SAVE_DATE, {"day": day("2019-06-03")}, value)
    assert saved.ack is not None
    assert shown(saved.ack["view"]).splitlines()[0] == "“Send the survey” is now due on 3 June 2019."
    assert (await now(desk, item)).due_on == date(2019, 6, 3)
    stale = answer((await desk.click(DONE, value, ephemeral=False)).respond)
    assert stale[1] == "Send the survey · due on 3 June 2019"


async def test_one_more_item_by_form(desk: Desk, item: Item) -> None:
    assert answer((await desk.click(ADD, "migration")).respond)[0].startswith("This is for:")
    assert (await desk.click(ADD, "migration", LEAD)).open_view is not None
    empty = await desk.submit(SAVE, {"text": written(), "owner": who(), "day": day("2019-04-01")}, "migration", LEAD)
    assert empty.ack is not None
    assert sorted(empty.ack["errors"]) == ["day", "owner", "text"]
    fields = {"text": written("Print posters"), "owner": who("U0PRAKASH"), "day": day("2019-04-20")}
    for _ in range(2):
        saved = await desk.submit(SAVE, fields, "migration", LEAD)
        assert saved.ack is not None
    items = await actionitems.of_groups(desk.store, ["migration"])
    assert [(one.text, one.owner) for one in items] == [("Print posters", "U0PRAKASH"), ("Send the survey", "U0LAN")]


async def test_forty_items_fit_into_an_answer(desk: Desk, item: Item) -> None:
    for number in range(39):
        agreed = Agreed("U0LAN", f"Task {number} " + "x" * 280, None)
        await actionitems.add(desk.store, Editor(LEAD, desk.now), "migration", None, agreed)
    assert "and 25 more" in shown(await desk.type("actions")).splitlines()
    assert "and 25 more" in shown(await desk.type("actions migration", LEAD)).splitlines()
