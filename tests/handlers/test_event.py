"""`/alliance event NAME` and its buttons."""

from datetime import UTC, date, datetime, time

import pytest
from icalendar import Calendar

from alliance.when import When
from handlers.ics import calendar_file
from handlers.tongue import Tongue
from storage import deliveries
from storage.values import EventDetail, EventRow
from tests.handlers.desk import Desk, buttons, options, shown


async def test_an_event_is_shown_with_everything_that_is_known_of_it(desk: Desk) -> None:
    lines = shown(await desk.type("event gcg 5")).splitlines()

    assert lines[:4] == [
        "5th meeting of the Global Coordinating Group",
        "When: 17 July 2019, morning session (to be confirmed)",
        "Where: New York",
        "Kind: Meeting",
    ]
    assert "Nobody is reminded of it before its day is certain." in lines
    assert "Source: VIII. Closing remarks, any other business and Chair handover" in lines


@pytest.mark.parametrize(
    "words",
    [
        "World Day against Child Labour",
        "world day AGAINST child labor",
        "journée mondiale contre le travail des enfants",
    ],
)
async def test_names_match_without_accents_case_or_exact_spelling(desk: Desk, words: str) -> None:
    lines = shown(await desk.type(f"event {words}")).splitlines()

    assert lines[:2] == ["World Day against Child Labour", "When: 12 June 2019"]
    assert any(
        line.startswith("Official names: Journée mondiale contre le travail des enfants (French)") for line in lines
    )
    assert "Reminders: 30 days before, 7 days before and on the day. See /alliance reminders." in lines


async def test_a_name_of_several_offers_them(desk: Desk) -> None:
    message = await desk.type("event child labour")

    assert shown(message).splitlines()[0] == "Which event do you mean by “child labour”?"
    chosen = (await desk.click(*buttons(message)["World Day against Child Labour"])).respond
    assert chosen is not None
    assert shown(chosen).splitlines()[0] == "World Day against Child Labour"


async def test_where_more_events_have_the_name_the_answer_says_how_to_narrow_it(desk: Desk) -> None:
    lines = shown(await desk.type("event workshop")).splitlines()
    assert len(lines) == 1 + 5 + 1 + 1
    assert lines[-1] == "More events than these have that name. Add another word of it, such as the country."

    narrowed = shown(await desk.type("event workshop nepal")).splitlines()
    assert narrowed[0] == "Pathfinder Country Strategic Workshop: Nepal"


async def test_a_name_of_nothing_leads_to_the_list(desk: Desk) -> None:
    message = await desk.type("event qqqqzzzz")

    assert shown(message).splitlines() == ["I know no event that is called “qqqqzzzz”.", "[All coming events]"]


async def test_from_the_list_to_the_event_and_back(desk: Desk) -> None:
    africa = await desk.type("events africa")
    value = next(iter(options(africa).values()))

    opened = (await desk.click("ask.open:menu", value, chosen=True)).respond
    assert opened is not None
    assert opened["replace_original"] is True
    back = (await desk.click(*buttons(opened)["Back to the list"])).respond

    assert back is not None
    assert back["blocks"] == africa["blocks"]


async def test_a_certain_day_goes_into_the_members_calendar_as_a_whole_day(desk: Desk) -> None:
    event = await desk.type("event albania")
    reply = (await desk.click(*buttons(event)["Add to my calendar"])).respond
    await desk.settle()

    assert reply is not None
    assert (reply["replace_original"], reply["response_type"]) == (False, "ephemeral")
    ((user, name, content, _comment),) = desk.slack.files
    assert (user, name) == ("U0LAN", "albania-workshop.ics")
    assert b"DTSTART;VALUE=DATE:20190412" in content
    (entry,) = Calendar.from_ical(content).walk("VEVENT")
    assert (entry["UID"], entry.decoded("DTSTART"), entry.decoded("DTEND")) == (
        "albania-workshop@2019-04-12.alliance-bot",
        date(2019, 4, 12),
        date(2019, 4, 13),
    )


@pytest.mark.parametrize("name", ["fiji", "gcg 5", "nepal"])
async def test_an_uncertain_or_past_day_has_no_calendar_button(desk: Desk, name: str) -> None:
    assert "Add to my calendar" not in buttons(await desk.type(f"event {name}"))


async def test_a_calendar_click_for_an_uncertain_day_says_why_not(desk: Desk) -> None:
    reply = await desk.click("event.ics", "fiji-workshop@2019-07-01")

    assert reply.respond is not None
    assert shown(reply.respond) == "This event has no certain day yet, so it cannot go into a calendar."


async def test_remind_me_tomorrow_plans_one_message_at_nine_in_the_members_zone(desk: Desk) -> None:
    desk.speaks("U0PRAKASH", "en-GB", "Asia/Kathmandu")
    event = await desk.type("event albania", "U0PRAKASH")
    for _click in range(2):
        reply = await desk.click(*buttons(event)["Remind me tomorrow"], "U0PRAKASH")

    assert reply.respond is not None
    assert "tomorrow, 4 April 2019, at 09:00" in shown(reply.respond)
    nine_in_kathmandu = datetime(2019, 4, 4, 3, 15, tzinfo=UTC)
    due = await deliveries.due(desk.store, nine_in_kathmandu, 10)
    assert [(row.kind, row.target, row.subject, row.due_at, row.useful_until) for row in due] == [
        (
            "again",
            "U0PRAKASH",
            "albania-workshop@2019-04-12",
            nine_in_kathmandu,
            datetime(2019, 4, 12, 18, 15, tzinfo=UTC),
        )
    ]


async def test_what_is_over_by_tomorrow_is_not_promised(desk: Desk) -> None:
    desk.now = datetime(2019, 4, 12, 20, tzinfo=UTC)
    reply = await desk.click("event.again", "albania-workshop@2019-04-12")

    assert reply.respond is not None
    assert shown(reply.respond) == "It will be over by tomorrow morning, so I cannot remind you again."


@pytest.mark.parametrize(
    "value", ["", "albania-workshop", "albania-workshop@2019-13-45", "nothing@2019-04-12", "\x00", "x" * 2000]
)
@pytest.mark.parametrize("action", ["event.ics", "event.again"])
async def test_a_malformed_value_gets_a_clear_message(desk: Desk, action: str, value: str) -> None:
    reply = await desk.click(action, value)

    assert reply.respond is not None
    assert shown(reply.respond) == "This button is too old to be used. Please type /alliance instead."


async def test_an_event_that_left_the_calendar_says_so(desk: Desk) -> None:
    reply = await desk.click("ask.open:details", "event|gone-workshop@2019-04-12|")

    assert reply.respond is not None
    assert shown(reply.respond).splitlines()[0] == "This event is no longer in the calendar."


def test_a_time_of_day_goes_into_the_calendar_as_an_instant_of_its_own_zone() -> None:
    when = When(date(2019, 7, 17), date(2019, 7, 17), starts=time(15), zone="Europe/Zurich")
    row = EventRow(
        "gcg-call", date(2019, 7, 17), "meeting", {"en": "Call", "fr": "Appel"}, when, {"en": "Online"}, False
    )
    detail = EventDetail(
        row, {"summary": {"en": "A call; bring questions, please."}, "link": "https://example.org/call"}
    )

    content = calendar_file(detail, datetime(2019, 4, 3, 12, tzinfo=UTC), Tongue("fr"))

    assert content.decode().splitlines() == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Alliance 8.7//Alliance bot//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "SUMMARY:Appel",
        "DTSTART:20190717T130000Z",
        "DTEND:20190717T140000Z",
        "DTSTAMP:20190403T120000Z",
        "UID:gcg-call@2019-07-17.alliance-bot",
        "DESCRIPTION:A call\\; bring questions\\, please.",
        "LOCATION:Online",
        "URL:https://example.org/call",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


@pytest.mark.parametrize(
    ("language", "words", "source"),
    [
        (
            "fr",
            "gcg 5",
            "Source\u00a0: rapport de la 4e réunion du Groupe de coordination mondiale (en anglais), partie VIII",
        ),
        ("es", "Día Internacional del Migrante", "Fuente: lista de días internacionales de las Naciones Unidas"),
    ],
)
async def test_french_and_spanish_readers_get_the_source_in_their_language(
    desk: Desk, language: str, words: str, source: str
) -> None:
    desk.speaks("U0LAN", language)

    assert source in shown(await desk.type(f"event {words}")).splitlines()
