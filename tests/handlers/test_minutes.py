"""`/alliance minutes` on 3 April 2019: what the call of 12 March said, decided and promised."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.replies import Json, Reply
from handlers.views.minutes import EDIT, FILE, SAVE
from storage import actionitems, meetings, members
from tests.handlers.desk import Desk, buttons, shown
from tests.handlers.meetingroom import APRIL, LEAD, MARCH, file, furnish, mentions, written


@pytest.fixture
async def desk(desk: Desk) -> Desk:
    """With the monthly calls of the group Migration."""
    await furnish(desk)
    return desk


async def opened(desk: Desk, user: str = LEAD) -> Json:
    """The form, from the page of the last meeting."""
    page = await desk.type("minutes migration", user)
    label = next(name for name in buttons(page) if "minutes…" in name)
    view = (await desk.click(*buttons(page)[label], user)).open_view
    assert view is not None
    return view


async def save(desk: Desk, view: Json, user: str = LEAD, **fields: Json) -> Reply:
    return await send(desk, view, fields, user)


async def send(desk: Desk, view: Json, fields: dict[str, Json], user: str = LEAD) -> Reply:
    state = {"text": written(), "attached": file(), "decisions": written(), "items": mentions()} | fields
    return await desk.submit(SAVE, state, view["private_metadata"], user)


async def test_minutes_with_decisions_and_action_items_one_a_line(desk: Desk) -> None:
    reply = await save(
        desk,
        await opened(desk),
        text=written("We spoke of fees.\n\nThen of visas."),
        decisions=written("- A survey\n\n- In three languages\n- A survey"),
        items=mentions("@U0LAN send the survey by 14 May", "@U0PRAKASH print posters"),
    )
    assert reply.ack is not None
    assert shown(reply.ack["view"]).splitlines() == [
        "Saved.",
        "Minutes: Migration group call",
        "When: 12 March 2019, 14:00 (15:00–16:00 Geneva)",
        "We spoke of fees.",
        "Then of visas.",
        "Decisions",
        "- A survey",
        "- In three languages",
        "Action items",
        "- send the survey · U0LAN · due on 14 May 2019",
        "- print posters · U0PRAKASH · no date yet",
        "Written by U0AMINA, 3 April 2019.",
        "[Change the minutes…]",
        "[The event]",
    ]
    everybody = shown(await desk.type("minutes migration")).splitlines()
    assert everybody[:3] == shown(reply.ack["view"]).splitlines()[1:4]
    assert "[Change the minutes…]" not in everybody


async def test_who_promised_something_is_asked_later_in_their_own_zone(desk: Desk) -> None:
    desk.speaks("U0PRAKASH", "en-US", "Asia/Kathmandu")
    await save(desk, await opened(desk), items=mentions("@U0PRAKASH print posters"))
    await desk.settle()
    prakash = await members.get(desk.store, "U0PRAKASH")
    assert prakash is not None
    assert prakash.zone == "Asia/Kathmandu"


async def test_a_file_is_handed_to_who_asks_for_it(desk: Desk) -> None:
    await save(desk, await opened(desk), attached=file("F0NOTES"))
    page = await desk.type("minutes migration")
    assert "File: notes.pdf" in shown(page).splitlines()
    reply = (await desk.click(*buttons(page)["Send me the file"])).respond
    assert reply is not None
    assert shown(reply) == "The file is on its way to your direct messages."
    await desk.settle()
    assert desk.slack.forwarded == [("F0NOTES", "U0LAN", "Minutes: Migration group call")]
    view = await opened(desk)
    await save(desk, view, text=written("And this."))
    kept = await meetings.minutes(desk.store, MARCH)
    assert kept is not None
    assert (kept.text, kept.file) == ("And this.", meetings.File("F0NOTES", "notes.pdf"))


async def test_the_form_shows_what_was_written_and_adds_to_the_action_items(desk: Desk) -> None:
    await save(desk, await opened(desk), text=written("We met."), items=mentions("@U0LAN the survey, 14 May"))
    view = await opened(desk)
    text = next(b["element"] for b in view["blocks"] if b.get("block_id") == "text")
    assert text["initial_value"] == "We met."
    assert "1 action item stands already." in shown(view)
    await save(desk, view, text=written("We met."), items=mentions("@U0PRAKASH posters"))
    assert [item.text for item in await actionitems.of_meeting(desk.store, MARCH)] == ["the survey", "posters"]


async def test_a_form_that_arrives_twice_is_kept_once(desk: Desk) -> None:
    view = await opened(desk)
    for _ in range(2):
        reply = await save(desk, view, text=written("We met."), items=mentions("@U0LAN the survey"))
        assert reply.ack is not None
        assert "Saved." in shown(reply.ack["view"])
    assert len(await actionitems.of_meeting(desk.store, MARCH)) == 1


async def test_of_two_who_write_at_once_the_second_is_told_and_loses_nothing(desk: Desk) -> None:
    await members.set_leads(desk.store, "migration", [LEAD, "U0LAN"])
    first, second = await opened(desk), await opened(desk, "U0LAN")
    await save(desk, first, text=written("Hers."))
    reply = await save(desk, second, "U0LAN", text=written("His."))
    assert reply.ack is not None
    assert reply.ack["response_action"] == "push"
    assert shown(reply.ack["view"]) == (
        "U0AMINA has written minutes of this meeting in the meantime. Nothing was overwritten: copy what you wrote, "
        "close this form and open it again."
    )
    kept = await meetings.minutes(desk.store, MARCH)
    assert kept is not None
    assert kept.text == "Hers."


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({}, {"text": "Please write something, or attach a file."}),
        ({"items": mentions("send it")}, {"items": "Line 1: Please type @ and choose who does it."}),
        (
            {"items": mentions("@U0LAN a thing", "@U0LAN pay by 30 February")},
            {"items": "Line 2: “30 February” is no day of the calendar."},
        ),
        (
            {"items": mentions("@U0LAN pay by 3 March 2019")},
            {"items": "Line 1: Its date must lie ahead, within the next two years."},
        ),
        ({"items": mentions("@U0LAN by 14 May")}, {"items": "Line 1: Please write what is to be done."}),
        ({"decisions": written("x" * 301)}, {"decisions": "At most 300 characters on a line, please."}),
        ({"decisions": written("\n".join(map(str, range(21))))}, {"decisions": "At most 20 lines, please."}),
        ({"attached": file("not-a-file")}, {"attached": "Please choose one file."}),
    ],
)
async def test_what_cannot_be_kept_is_said_at_its_field_and_nothing_is_half_saved(
    desk: Desk, fields: dict[str, Json], errors: dict[str, str]
) -> None:
    good = {"decisions": written("A survey")} if fields else {}
    reply = await send(desk, await opened(desk), good | fields)
    assert reply.ack == {"response_action": "errors", "errors": errors}
    assert await meetings.minutes(desk.store, MARCH) is None
    assert await actionitems.of_meeting(desk.store, MARCH) == ()


async def test_only_who_leads_the_group_writes_also_when_the_role_is_lost_meanwhile(desk: Desk) -> None:
    assert "[Write the minutes…]" not in shown(await desk.type("minutes migration"))
    refused = (await desk.click(EDIT, MARCH)).respond
    assert refused is not None
    assert shown(refused).startswith("This is for:")
    view = await opened(desk)
    await members.set_leads(desk.store, "migration", [])
    reply = await save(desk, view, text=written("We met."))
    assert reply.ack is not None
    assert shown(reply.ack["view"]).startswith("This is for:")
    assert await meetings.minutes(desk.store, MARCH) is None


async def test_there_are_no_minutes_before_a_meeting(desk: Desk) -> None:
    refused = (await desk.click(EDIT, APRIL, LEAD)).respond
    assert refused is not None
    assert shown(refused) == "This meeting has not begun yet. Its minutes can be written afterwards."
    none = (await desk.click(FILE, APRIL)).respond
    assert none is not None
    assert shown(none) == "There is no file any more."
    desk.now = datetime(2019, 4, 9, 13, 5, tzinfo=UTC)
    assert shown(await desk.type("minutes migration", LEAD)).splitlines()[:3] == [
        "Minutes: Migration group call",
        "When: 9 April 2019, 13:00 (15:00–16:00 Geneva)",
        "There are no minutes yet.",
    ]
    await save(desk, await opened(desk), text=written("Under way."))
    kept = await meetings.minutes(desk.store, APRIL)
    assert kept is not None
    assert kept.written_at.date() == date(2019, 4, 9)


async def test_the_longest_minutes_fit_into_an_answer_and_into_the_form(desk: Desk) -> None:
    lines = [f"{number} ".ljust(285, "é") for number in range(20)]
    reply = await save(
        desk,
        await opened(desk),
        text=written("x" * 3000),
        decisions=written("\n".join(lines[:9])),
        items=mentions(*(f"@U0LAN {line}" for line in lines)),
    )
    assert reply.ack is not None
    assert "Saved." in shown(reply.ack["view"])
    for page in (await desk.type("minutes migration", LEAD), await desk.type(f"event {MARCH}", LEAD)):
        assert "This answer is too long to be shown whole." not in shown(page)
    assert await opened(desk)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80), decisions=st.text(max_size=80), items=st.lists(st.text(max_size=40), max_size=4))
async def test_anything_in_the_form_is_saved_whole_or_refused_by_field(
    desk: Desk, text: str, decisions: str, items: list[str]
) -> None:
    fields = {"text": written(text), "decisions": written(decisions), "items": mentions(*items)}
    reply = await send(desk, await opened(desk), fields)
    assert reply.ack is not None
    assert reply.ack["response_action"] in ("errors", "update")
    assert "Something went wrong" not in str(reply.ack)
