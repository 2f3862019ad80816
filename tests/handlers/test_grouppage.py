"""`/alliance group migration` on 3 April 2019: next meeting, work plan with status, what is open, what was decided."""

from datetime import date

from storage import actionitems, meetings
from storage.actionitems import Agreed
from storage.eventedits import Editor
from storage.meetings import Written
from tests.handlers.desk import Desk, buttons, shown
from tests.handlers.meetingroom import APRIL, LEAD, MARCH, furnish


async def test_a_group_shows_its_work_and_leads_to_agenda_minutes_and_actions(desk: Desk) -> None:
    await furnish(desk)
    editor = Editor(LEAD, desk.now)
    survey, posters = Agreed("U0LAN", "Send the survey", date(2019, 4, 1)), Agreed("U0LAN", "Print posters", None)
    minutes = Written(MARCH, "migration", 0, "We met.", None, ("A survey", "In three languages"), (survey, posters))
    await meetings.record(desk.store, editor, minutes)
    page = await desk.type("group migration")
    lines = shown(page).splitlines()
    start = lines.index("Next meeting: 9 April 2019, 13:00 (15:00–16:00 Geneva) · Migration group call")
    assert [name for name in lines[start:] if name in ("Progress so far", "Work plan", "Next steps")]
    assert lines[lines.index("Open action items") :][:3] == [
        "Open action items",
        "- Send the survey · U0LAN · was due on 1 April 2019",
        "- Print posters · U0LAN · no date yet",
    ]
    assert lines[lines.index("Recent minutes and decisions") :][:4] == [
        "Recent minutes and decisions",
        "12 March 2019, 14:00 (15:00–16:00 Geneva) · Migration group call",
        "- A survey",
        "- In three languages",
    ]
    for label, heading in (
        ("Agenda", "Agenda: Migration group call"),
        ("Minutes", "Minutes: Migration group call"),
        ("Action items", "Action items: Migration"),
    ):
        opened = (await desk.click(*buttons(page)[label])).respond
        assert opened is not None
        assert shown(opened).splitlines()[0] == heading
    assert buttons(page)["Agenda"][1] == f"agenda|{APRIL}|"


async def test_minutes_without_decisions_show_how_they_begin_and_done_items_are_not_open(desk: Desk) -> None:
    await furnish(desk)
    editor = Editor(LEAD, desk.now)
    written = Written(
        MARCH, "migration", 0, "We spoke of fees.\nAt length.", None, (), (Agreed("U0LAN", "Call", None),)
    )
    await meetings.record(desk.store, editor, written)
    [item] = await actionitems.of_groups(desk.store, ["migration"])
    await actionitems.close(desk.store, editor, item.id, 1, actionitems.ItemState.DONE)
    lines = shown(await desk.type("group migration")).splitlines()
    assert lines[lines.index("Open action items") + 1] == "Nothing is open."
    assert lines[lines.index("Recent minutes and decisions") + 2] == "- We spoke of fees."
