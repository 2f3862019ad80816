"""`/alliance events add …` on 3 April 2019: the line comes back as it was understood, and is kept once it is right."""

import pytest

from handlers.views.adding import DISCARD, EDIT, SAVE
from storage import channels, events, members
from storage.values import ChannelSettings
from tests.handlers.desk import Desk, buttons, shown
from tests.handlers.forms import initial

LINE = "Migration group call, 14 May 2019 15:00 Geneva, 1h"


@pytest.fixture
async def lead(desk: Desk) -> str:
    """Somebody in Nairobi who leads the group Migration."""
    desk.speaks("U0AMINA", "en-GB", "Africa/Nairobi")
    await members.set_leads(desk.store, "migration", ["U0AMINA"])
    return "U0AMINA"


async def test_a_line_comes_back_as_it_was_understood_with_everybodys_time(desk: Desk, lead: str) -> None:
    message = await desk.type(f"events add {LINE}", lead)

    assert message["response_type"] == "ephemeral"
    assert shown(message).splitlines() == [
        "Is this right?",
        "Title: Migration group call",
        "Kind: Meeting",
        "When: 14 May 2019, 16:00 (15:00–16:00 Geneva)",
        "Group: Migration",
        "- I took the group from the title.",
        "What time it is there",
        "- Africa: 13:00 Dakar, 14:00 Lagos, 16:00 Nairobi",
        "- Americas: 08:00 Mexico City, 08:00 Lima, 09:00 Santiago",
        "- Asia and the Pacific: 18:45 Kathmandu, 20:00 Ho Chi Minh, 01:00 Fiji on 15 May (night)",
        "- Europe and Central Asia: 15:00 Geneva, 19:00 Almaty",
        "[Save]",
        "[Edit in a form…]",
        "[Discard]",
    ]
    assert (await events.find(desk.store, "Migration group call", desk.now.date())).slug is None


async def test_without_a_line_one_learns_how_to_write_it_or_opens_the_form(desk: Desk, lead: str) -> None:
    message = await desk.type("events add", lead)

    assert shown(message).splitlines() == [
        "New event",
        "Write it in one line: the title, then date, time and city, length, how often, group, place.",
        "/alliance events add Migration group call, 14 May 2019 15:00 Geneva, 1h",
        "[Open the form…]",
    ]
    await members.appoint_secretariat(desk.store, [lead])
    assert (await desk.click(EDIT, buttons(message)["Open the form…"][1], lead)).open_view is not None


async def test_saving_puts_it_into_the_calendar_once_however_often_it_is_clicked(desk: Desk, lead: str) -> None:
    value = buttons(await desk.type(f"events add {LINE}", lead))["Save"][1]

    replies = [await desk.click(SAVE, value, lead) for _click in range(2)]

    for reply in replies:
        assert reply.respond is not None
        assert shown(reply.respond).splitlines()[:3] == [
            "Saved.",
            "Migration group call",
            "When: 14 May 2019, 16:00 (15:00–16:00 Geneva)",
        ]
    listed = await desk.type("events migration may", lead)
    assert shown(listed).count("Migration group call") == 1
    page = shown(await desk.type("event migration group call", lead))
    assert "14 May 2019" in page


async def test_a_day_later_the_button_still_means_the_day_that_was_shown(desk: Desk, lead: str) -> None:
    value = buttons(await desk.type("events add Migration group call, tomorrow 15:00 Geneva", lead))["Save"][1]
    desk.now = desk.now.replace(day=4)

    await desk.click(SAVE, value, lead)

    found = await events.next_of(desk.store, "migration-group-call", desk.now.date())
    assert found is not None
    assert found.row.when.start.isoformat() == "2019-04-04"


async def test_a_series_in_french_is_kept_as_a_rule(desk: Desk) -> None:
    desk.speaks("U0AWA", "fr-FR", "Africa/Dakar")
    await members.set_leads(desk.store, "migration", ["U0AWA"])
    line = "Réunion du groupe Migration, chaque deuxième mardi du mois à 15h Genève, 1h30, en ligne"
    message = await desk.type(f"événements ajouter {line}", "U0AWA")

    assert shown(message).splitlines()[3:7] == [
        "Quand\u00a0: 9 avril 2019, 13:00 (15:00–16:30 Genève)",
        "Se répète\u00a0: chaque mois, le deuxième mardi",
        "Les premiers jours\u00a0: 9 avril 2019, 14 mai 2019 et 11 juin 2019",
        "Où\u00a0: en ligne",
    ]
    await desk.click(SAVE, buttons(message)["Enregistrer"][1], "U0AWA")
    found = await events.next_of(desk.store, "reunion-du-groupe-migration", desk.now.date())
    assert found is not None
    assert (found.document["rule"], found.document["name"]) == (
        "FREQ=MONTHLY;BYDAY=2TU",
        {"fr": "Réunion du groupe Migration"},
    )


async def test_what_is_wrong_is_said_and_cannot_be_saved(desk: Desk, lead: str) -> None:
    message = await desk.type("events add Migration group call, Monday 14 May 2019 25:00 Geneva", lead)

    assert shown(message).splitlines()[:3] == [
        "Not yet: please look at this",
        "- “Monday 14 May 2019”: 14 May 2019 is a Tuesday. Please write the day that you mean.",
        "- “25:00” is not a time of day or a length. Write 15:00 or 1h30.",
    ]
    assert list(buttons(message)) == ["Edit in a form…", "Discard"]
    value = buttons(message)["Edit in a form…"][1]
    reply = await desk.click(SAVE, value, lead)
    assert reply.respond is not None
    assert "This button is too old" in shown(reply.respond)


async def test_what_was_taken_for_granted_or_not_understood_is_said(desk: Desk, lead: str) -> None:
    message = await desk.type("events add Migration group call, 2 April, 15:00, bring cake", lead)

    assert [line for line in shown(message).splitlines() if line.startswith("- ")][:4] == [
        "- You gave no year: I took the next such day.",
        "- You named no city for the time: I took your own time zone, Nairobi.",
        "- I took the group from the title.",
        "- I did not understand “bring cake”, so it is left out. For a place, write “at” before it.",
    ]


async def test_in_the_channel_of_a_group_it_is_for_that_group(desk: Desk, lead: str) -> None:
    await channels.save(desk.store, ChannelSettings("C0M", "ag-migration", "en", "Europe/Zurich", group="migration"))

    message = await desk.type("events add Planning call, 14 May 2019", lead, channel="C0M")

    assert shown(message).splitlines()[1:6] == [
        "Title: Planning call",
        "Kind: Meeting",
        "When: 14 May 2019",
        "Group: Migration",
        "- You named no group: I took that of this channel.",
    ]


async def test_discarding_keeps_nothing(desk: Desk, lead: str) -> None:
    reply = await desk.click(DISCARD, "discard", lead)
    assert reply.respond is not None
    assert shown(reply.respond) == "Nothing was saved."


async def test_who_may_not_add_events_is_told_who_may_also_when_the_role_was_lost_in_between(
    desk: Desk, lead: str
) -> None:
    refused = shown(await desk.type("events add Supply chains group call, 14 May 2019", lead))
    assert refused.startswith("This is for: ")
    value = buttons(await desk.type(f"events add {LINE}", lead))["Save"][1]
    await members.set_leads(desk.store, "migration", [])

    reply = await desk.click(SAVE, value, lead)

    assert reply.respond is not None
    assert shown(reply.respond).startswith("This is for: ")
    assert (await events.find(desk.store, "Migration group call", desk.now.date())).slug is None


async def test_the_form_opens_with_what_was_understood(desk: Desk, lead: str) -> None:
    value = buttons(await desk.type(f"events add {LINE}", lead))["Edit in a form…"][1]

    reply = await desk.click(EDIT, value, lead)

    assert reply.open_view is not None
    filled = initial(reply.open_view)
    assert [filled[name] for name in ("title", "first", "starts", "ends", "zone", "groups")] == [
        "Migration group call",
        "14 May 2019",
        "15:00",
        "16:00",
        "Geneva",
        ["migration"],
    ]


@pytest.mark.parametrize("value", ["", "2019-04-03|Mars/Olympus||x", "yesterday|UTC||x", "2019-04-03"])
async def test_a_button_that_carries_nonsense_is_too_old(desk: Desk, lead: str, value: str) -> None:
    reply = await desk.click(SAVE, value, lead)
    assert reply.respond is not None
    assert "This button is too old" in shown(reply.respond)
