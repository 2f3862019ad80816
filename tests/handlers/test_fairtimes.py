"""`/alliance find a time …` on Wednesday 3 April 2019, for a group with members in Geneva, Kathmandu and Lima."""

import pytest
from sqlalchemy import insert

from handlers.views.adding import SAVE
from handlers.views.fairtimes import MAKE
from storage import channels, members
from storage.membermodels import GroupMember
from storage.values import ChannelSettings
from tests.handlers.desk import Desk, buttons, shown
from tests.handlers.forms import initial

PEOPLE = {"U0EVA": "Europe/Zurich", "U0SITA": "Asia/Kathmandu", "U0LUIS": "America/Lima"}


@pytest.fixture
async def group(desk: Desk) -> None:
    """Three members of the group Migration on three continents; Eva leads it."""
    for user, zone in PEOPLE.items():
        await members.save_slack_facts(desk.store, user, "en-GB", zone, desk.now)
    await members.set_leads(desk.store, "migration", ["U0EVA"])
    async with desk.store.write() as session:
        values = [{"group": "migration", "user_id": user, "state": "member", "since": desk.now} for user in PEOPLE]
        await session.execute(insert(GroupMember), values)


@pytest.mark.usefixtures("group")
async def test_five_times_next_week_with_everybodys_clock_and_who_would_be_up_at_night(desk: Desk) -> None:
    message = await desk.type("find a time migration 1h next week", "U0EVA")

    lines = shown(message).splitlines()
    assert lines[:3] == ["Times for Migration", "8–14 April 2019, 1 h", "3 members · 3 time zones"]
    assert [line[:2] for line in lines if line[:1].isdigit() and line[1] == "."] == ["1.", "2.", "3.", "4.", "5."]
    assert lines[3:9] == [
        "1. Monday 8 April, 14:00 Geneva",
        "- 07:00 Lima · 1 member",
        "- 14:00 Geneva · 1 member",
        "- 17:45 Kathmandu · 1 member",
        "Nobody at night; 2 outside working hours.",
        "[Make it a meeting…]",
    ]


@pytest.mark.usefixtures("group")
async def test_who_would_be_up_at_night_is_warned_of(desk: Desk) -> None:
    await members.choose_zone(desk.store, "U0SITA", "Pacific/Fiji")

    lines = shown(await desk.type("find a time migration 2h 9 april", "U0EVA")).splitlines()

    assert lines[1] == "9 April 2019, 2 h"
    assert any(line.startswith("Up at night: U0") for line in lines)


@pytest.mark.usefixtures("group")
async def test_whoever_got_up_last_time_sleeps_next_time(desk: Desk) -> None:
    before = shown(await desk.type("find a time migration 1h 9 april", "U0EVA")).splitlines()
    line = "Migration group call, 2 April 2019 10:00 Geneva, 1h"
    await desk.click(SAVE, buttons(await desk.type(f"add {line}", "U0EVA"))["Save"][1], "U0EVA")

    after = shown(await desk.type("find a time migration 1h 9 april", "U0EVA")).splitlines()

    assert before[3:7] == [
        "1. Tuesday 9 April, 14:00 Geneva",
        "- 07:00 Lima · 1 member",
        "- 14:00 Geneva · 1 member",
        "- 17:45 Kathmandu · 1 member",
    ]
    assert after[3:8] == [
        "1 past meeting counts here; Lima carried most.",
        "1. Tuesday 9 April, 16:00 Geneva",
        "- 09:00 Lima · 1 member",
        "- 16:00 Geneva · 1 member",
        "- 19:45 Kathmandu · 1 member",
    ]


@pytest.mark.usefixtures("group")
async def test_in_spanish_it_reads_as_spanish(desk: Desk) -> None:
    await members.choose_language(desk.store, "U0LUIS", "es")
    lines = shown(await desk.type("encontrar un horario migración 1h próxima semana", "U0LUIS")).splitlines()
    assert lines[:4] == [
        "Horarios para Migración",
        "8–14 de abril de 2019, 1 h",
        "3 miembros · 3 zonas horarias",
        "1. Lunes 8 de abril, 07:00 Lima",
    ]


@pytest.mark.usefixtures("group")
@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("find a time for the migration group 90 min in may", "Times for Migration"),
        ("trouver un créneau pour le groupe migration 1h30 mai", "Times for Migration"),
        ("encontrar un horario para el grupo de migración 1h30 mayo", "Times for Migration"),
    ],
)
async def test_words_in_any_order_and_language(desk: Desk, words: str, title: str) -> None:
    lines = shown(await desk.type(words, "U0EVA")).splitlines()
    assert lines[:2] == [title, "1–31 May 2019, 1 h 30"] or lines[:2] == [title, "May 2019, 1 h 30"]


@pytest.mark.usefixtures("group")
async def test_in_the_channel_of_a_group_it_is_that_group(desk: Desk) -> None:
    channel = ChannelSettings("C0MIGRATION", "ag-migration", "en", "Europe/Zurich", group="migration")
    await channels.save(desk.store, channel)
    message = await desk.type("find a time", "U0EVA", channel="C0MIGRATION")
    assert shown(message).splitlines()[0] == "Times for Migration"


@pytest.mark.usefixtures("group")
async def test_without_a_group_one_chooses(desk: Desk) -> None:
    message = await desk.type("find a time 1h", "U0EVA")
    assert shown(message).splitlines()[0] == "For which group?"
    assert buttons(message)["Migration"][1] == "find|migration a time 1h|"


async def test_a_group_that_nobody_is_in_is_stood_for_by_cities(desk: Desk) -> None:
    await members.set_leads(desk.store, "supply-chains", [])
    await members.appoint_secretariat(desk.store, ["U0LAN"])
    lines = shown(await desk.type("find a time supply chains")).splitlines()
    assert lines[2] == "Nobody of this group is known here yet: cities of every region stand for its members."
    assert any(line.startswith("Up at night: ") for line in lines)


@pytest.mark.usefixtures("group")
async def test_a_proposal_becomes_a_meeting_in_the_form(desk: Desk) -> None:
    message = await desk.type("find a time migration 1h next week", "U0EVA")
    value = next(e["value"] for b in message["blocks"] if b["type"] == "actions" for e in b["elements"])
    assert value == "migration|2019-04-08T12:00|60"

    reply = await desk.click(f"{MAKE}:1", value, "U0EVA")

    assert reply.open_view is not None
    filled = initial(reply.open_view)
    assert [filled[name] for name in ("title", "first", "starts", "ends", "zone", "groups")] == [
        "Meeting of the group Migration",
        "8 April 2019",
        "14:00",
        "15:00",
        "Geneva",
        ["migration"],
    ]


@pytest.mark.usefixtures("group")
@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("find a time migration march 2019", "These days are over."),
        ("find a time migration 30h", "A meeting lasts from 15 minutes to 8 hours; I read “30h”."),
        ("find a time migration 5 min", "A meeting lasts from 15 minutes to 8 hours; I read “5 min”."),
        ("find a time migration 1h with cake", "I did not understand “cake”."),
    ],
)
async def test_what_cannot_be_is_said_with_what_to_type(desk: Desk, words: str, answer: str) -> None:
    assert answer in shown(await desk.type(words, "U0EVA"))


@pytest.mark.usefixtures("group")
@pytest.mark.parametrize(
    "value", ["", "migration", "kitchen|2019-04-08T12:00|60", "migration|noon|60", "migration|2019-04-08T12:00|9"]
)
async def test_a_button_that_carries_nonsense_is_too_old(desk: Desk, value: str) -> None:
    reply = await desk.click(f"{MAKE}:1", value, "U0EVA")
    assert reply.respond is not None
    assert "This button is too old" in shown(reply.respond)
