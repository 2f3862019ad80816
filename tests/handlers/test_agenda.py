"""`/alliance agenda` on 3 April 2019: members propose points for a meeting, and withdraw their own."""

from datetime import date

import pytest

from handlers.views.agenda import PROPOSE, SAVE, WITHDRAW
from storage import actionitems, channels, eventedits, meetings, members
from storage.actionitems import Agreed
from storage.eventedits import Editor
from storage.values import ChannelSettings
from tests.handlers.desk import Desk, buttons, options, shown
from tests.handlers.meetingroom import APRIL, LEAD, MARCH, MAY, furnish, written


@pytest.fixture
async def desk(desk: Desk) -> Desk:
    """With the monthly calls of the group Migration."""
    await furnish(desk)
    return desk


async def test_a_point_is_proposed_in_a_form_and_stands_on_the_agenda(desk: Desk) -> None:
    page = await desk.type("agenda migration")
    assert shown(page).splitlines() == [
        "Agenda: Migration group call",
        "When: 9 April 2019, 13:00 (15:00–16:00 Geneva)",
        "Nothing is on the agenda yet.",
        "[Propose for the agenda…]",
        "[The event]",
        "[Share in this channel]",
    ]
    form = (await desk.click(*buttons(page)["Propose for the agenda…"])).open_view
    assert form is not None
    reply = await desk.submit(SAVE, {"point": written("  Recruitment fees  ")}, APRIL)
    assert reply.ack is not None
    assert shown(reply.ack["view"]).splitlines()[:5] == [
        "Your point is on the agenda. The reminders of this meeting show it.",
        "Agenda: Migration group call",
        "When: 9 April 2019, 13:00 (15:00–16:00 Geneva)",
        "Proposed by members",
        "- Recruitment fees · U0LAN",
    ]


async def test_a_point_in_one_line_and_the_same_line_again_is_one_point(desk: Desk) -> None:
    for _ in range(2):
        page = await desk.type("agenda migration: Visas at 15:00 *bold* <!channel> & more")
    assert "- Visas at 15:00 *bold* <!channel> & more · U0LAN" in shown(page).splitlines()
    assert len(await meetings.points(desk.store, APRIL)) == 1


async def test_open_action_items_of_the_group_are_carried_to_its_next_agenda(desk: Desk) -> None:
    editor = Editor(LEAD, desk.now)
    for text, day in (("Send the survey", date(2019, 4, 1)), ("Print posters", date(2019, 5, 2)), ("Call", None)):
        await actionitems.add(desk.store, editor, "migration", MARCH, Agreed("U0LAN", text, day))
    assert shown(await desk.type("agenda migration")).splitlines()[2:6] == [
        "Action items that are still open",
        "- Send the survey · U0LAN · was due on 1 April 2019",
        "- Print posters · U0LAN · due on 2 May 2019",
        "- Call · U0LAN · no date yet",
    ]


async def test_who_proposed_a_point_withdraws_it_and_nobody_else_can(desk: Desk) -> None:
    await desk.type("agenda migration: Visas", "U0PRAKASH")
    page = await desk.type("agenda migration: Fees")
    [(text, number)] = options(page).items()
    assert text == "Fees"
    [others, own] = await meetings.points(desk.store, APRIL)
    assert number == str(own.id)
    refused = (await desk.click(WITHDRAW, str(others.id), chosen=True)).respond
    assert refused is not None
    assert shown(refused) == "Only who proposed a point can withdraw it."
    done = (await desk.click(WITHDRAW, number, chosen=True)).respond
    assert done is not None
    assert shown(done).splitlines()[0] == "Withdrawn."
    assert await meetings.points(desk.store, APRIL) == (others,)
    again = (await desk.click(WITHDRAW, number, chosen=True)).respond
    assert again is not None
    assert shown(again) == "This point is no longer on the agenda."


async def test_an_event_a_later_meeting_and_the_channel_of_a_group_have_their_agenda(desk: Desk) -> None:
    await channels.save(
        desk.store, ChannelSettings("C0MIGRATION", "ag-migration", "en", "Europe/Zurich", group="migration")
    )
    here = await desk.type("agenda", channel="C0MIGRATION")
    assert here == await desk.type("agenda migration group call")
    assert shown(await desk.type(f"agenda {MAY}")).splitlines()[1] == "When: 14 May 2019, 13:00 (15:00–16:00 Geneva)"
    assert shown(await desk.type("agenda research advisory board")).splitlines()[0].startswith("Agenda: ")


async def test_without_a_group_one_is_asked_which_and_a_group_without_meetings_says_so(desk: Desk) -> None:
    page = await desk.type("agenda")
    assert shown(page).splitlines()[1] == "Of which action group?"
    opened = (await desk.click(*buttons(page)["Migration"])).respond
    assert opened is not None
    assert shown(opened).splitlines()[0] == "Agenda: Migration group call"
    none = await desk.type("agenda CEAG Steering Committee (CEAG-SC)")
    assert shown(none).splitlines()[1].startswith("The calendar has no such meeting of the group")
    await members.set_groups(desk.store, "U0LAN", ["migration"])
    assert shown(await desk.type("agenda")).splitlines()[0] == "Agenda: Migration group call"


async def test_nothing_is_proposed_for_a_meeting_that_is_over_cancelled_or_gone(desk: Desk) -> None:
    closed = "This meeting is over or cancelled. Propose your point for the next one."
    for over in (MARCH, "world-day-against-child-labour@2019-06-12"):
        reply = (await desk.click(PROPOSE, over)).respond
        assert reply is not None
        assert "over or cancelled" in shown(reply) or "too old" in shown(reply)
    assert shown(await desk.type(f"agenda {MARCH}: Too late")) == closed
    stored = await eventedits.get(desk.store, "migration-group-call")
    assert stored is not None
    await eventedits.remove(desk.store, Editor(LEAD, desk.now), "migration-group-call", stored.revision)
    saved = await desk.submit(SAVE, {"point": written("Fees")}, APRIL)
    assert saved.ack is not None
    assert "too old" in shown(saved.ack["view"])
    assert await meetings.points(desk.store, APRIL) == ()


async def test_an_empty_point_is_refused_at_the_field_and_guests_are_told_who_may(desk: Desk) -> None:
    reply = await desk.submit(SAVE, {"point": written("   ")}, APRIL)
    assert reply.ack == {
        "response_action": "errors",
        "errors": {"point": "Please write your point in 1 to 200 characters."},
    }
    desk.slack.guests = frozenset({"U0GUEST"})
    refused = await desk.type("agenda migration: Fees", "U0GUEST")
    assert shown(refused).startswith("This is for:")
    assert await meetings.points(desk.store, APRIL) == ()


async def test_the_page_of_a_meeting_has_its_agenda_before_and_its_minutes_after(desk: Desk) -> None:
    await desk.type("agenda migration: Visas")
    lines = shown(await desk.type("event migration group call")).splitlines()
    at = lines.index("Proposed by members")
    assert lines[at - 1 :] == [
        "Agenda",
        "Proposed by members",
        "- Visas · U0LAN",
        "[Propose for the agenda…]",
        "[Agenda]",
    ]
    assert "[Minutes]" not in shown(await desk.type(f"event {MARCH}")).splitlines()
    assert shown(await desk.type(f"event {MARCH}", LEAD)).splitlines()[-1] == "[Minutes]"
    minutes = meetings.Written(MARCH, "migration", 0, "We met.", None, ("A survey",))
    await meetings.record(desk.store, Editor(LEAD, desk.now), minutes)
    assert shown(await desk.type(f"event {MARCH}")).splitlines()[-6:] == [
        "Minutes",
        "We met.",
        "Decisions",
        "- A survey",
        "Written by U0AMINA, 3 April 2019.",
        "[Minutes]",
    ]


async def test_a_french_reader_sees_the_agenda_in_french_and_that_the_title_is_not(desk: Desk) -> None:
    desk.speaks("U0AYA", "fr-FR", "Africa/Dakar")
    lines = shown(await desk.type("agenda migration", "U0AYA")).splitlines()
    assert lines == [
        "Ordre du jour\u00a0: Migration group call",
        "(uniquement en anglais)",
        "Quand\u00a0: 9 avril 2019, 13:00 (15:00–16:00 Genève)",
        "Rien n’est encore à l’ordre du jour.",
        "[Proposer un point…]",
        "[L’événement]",
        "[Partager dans ce canal]",
    ]


async def test_the_longest_agenda_fits_and_can_still_be_worked_with(desk: Desk) -> None:
    editor = Editor("U0LAN", desk.now)
    for number in range(meetings.MOST_POINTS):
        await meetings.propose(desk.store, editor, APRIL, f"{number} ".ljust(200, "é"))
        agreed = Agreed("U0LAN", f"{number} ".ljust(300, "é"), date(2019, 5, 2))
        await actionitems.add(desk.store, editor, "migration", MARCH, agreed)
    page = await desk.type("agenda migration")
    assert "and 20 more" in shown(page).splitlines()
    assert "[The event]" in shown(page).splitlines()
    assert shown(await desk.type("agenda migration: One more")) == (
        "This agenda is full. Please speak to the lead of the group about your point."
    )
