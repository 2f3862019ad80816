"""`/alliance import` on 3 April 2019: what would be added, changed or refused, and why; then all of it, or nothing."""

import time
from datetime import UTC, datetime

import pytest

from alliance.languages import Language
from handlers.importreading import MOST_EVENTS, Refused, read
from handlers.replies import Json, Reply
from handlers.tongue import Tongue
from handlers.views.importing import PREVIEW, SAVE
from storage import eventedits, imported, members
from storage.eventedits import Editor
from tests.handlers.desk import Desk, buttons, shown

LEAD = "U0AMINA"
NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
HEAD = "title,date,start,end,zone,place\n"
TABLE = (
    HEAD + "Group call,2019-05-14,15:00,16:00,Europe/Zurich,Geneva\nForum,2019-06-12..2019-06-13\nNever,2019-02-30\n"
)


def vevent(*lines: str, uid: str = "one@example") -> str:
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", "SUMMARY:Call", *lines, "END:VEVENT"))


def calendar(*events: str) -> str:
    return "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR"))


@pytest.fixture
async def desk(desk: Desk) -> Desk:
    """Amina leads the group Migration."""
    await members.set_leads(desk.store, "migration", [LEAD])
    return desk


async def look(desk: Desk, text: str, user: str = LEAD, group: str = "migration") -> Reply:
    state = {"group": {"type": "static_select", "selected_option": {"value": group}}}
    return await desk.submit(PREVIEW, state | {"text": {"type": "plain_text_input", "value": text}}, "", user)


def view(reply: Reply) -> Json:
    assert reply.ack is not None
    made: Json = reply.ack["view"]
    return made


async def test_a_table_is_looked_at_and_then_kept(desk: Desk) -> None:
    page = await desk.type("import", LEAD)
    assert (await desk.click(*buttons(page)["Choose a file…"], LEAD)).open_view is not None
    seen = view(await look(desk, TABLE))
    assert shown(seen).splitlines() == [
        "2 events would be added",
        "- Line 2: Group call, 14 May 2019, 13:00 (15:00–16:00 Geneva)",
        "- Line 3: Forum, 12–13 June 2019",
        "1 entry is refused",
        "- Line 4: Never: Its dates cannot be: write for example 2019-05-14, and an end after the start.",
    ]
    assert await imported.by_uid(desk.store) == {}
    kept = await desk.submit(SAVE, {}, seen["private_metadata"], LEAD)
    assert shown(view(kept)) == "Import events\n2 events were added. 0 events were changed."
    entry = (await imported.by_uid(desk.store))["Group call 2019-05-14"].entry
    assert (entry.groups, entry.place and entry.place.en, entry.zone) == (("migration",), "Geneva", "Europe/Zurich")


async def choose(desk: Desk, content: bytes) -> Reply:
    desk.slack.put["F0FILE"] = content
    state: Json = {"group": {"type": "static_select", "selected_option": {"value": "migration"}}}
    state |= {"file": {"type": "file_input", "files": [{"id": "F0FILE", "name": "calls.csv"}]}}
    return await desk.submit(PREVIEW, state, "", LEAD)


async def test_a_file_is_read_again_when_it_is_saved(desk: Desk) -> None:
    seen = view(await choose(desk, TABLE.encode()))
    assert shown(seen).startswith("2 events would be added")
    assert len(seen["private_metadata"]) < 100
    await desk.submit(SAVE, {}, seen["private_metadata"], LEAD)
    assert len(await imported.by_uid(desk.store)) == 2


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"x" * 3_000_000, "The file is larger than 1 MB. Please import it in parts."),
        ("título,fecha".encode("latin-1"), "The file is not a text in UTF-8. Please save it as UTF-8 and try again."),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_at_its_field(desk: Desk, content: bytes, problem: str) -> None:
    ack = (await choose(desk, content)).ack
    assert ack == {"response_action": "errors", "errors": {"file": problem}}


async def test_the_same_file_twice_changes_nothing_and_another_one_what_differs(desk: Desk) -> None:
    first = calendar(vevent("DTSTART;TZID=Africa/Nairobi:20190514T150000", "DTEND;TZID=Africa/Nairobi:20190514T160000"))
    for _click in range(2):
        await desk.submit(SAVE, {}, view(await look(desk, first))["private_metadata"], LEAD)
    again = view(await look(desk, first))
    assert (shown(again), "submit" in again) == ("1 event is here already, the same.", False)
    later = first.replace("T15", "T17").replace("T16", "T18")
    seen = view(await look(desk, later))
    assert shown(seen).startswith("1 event would change\n- Line 3: Call, 14 May 2019")
    await desk.submit(SAVE, {}, seen["private_metadata"], LEAD)
    stored = (await imported.by_uid(desk.store))["one@example"]
    assert (str(stored.entry.starts), stored.revision) == ("17:00:00", 2)


async def test_who_lost_the_role_or_never_had_it_saves_nothing(desk: Desk) -> None:
    assert shown(await desk.type("import", "U0LAN")).startswith("This is for:")
    seen = view(await look(desk, TABLE))
    await members.set_leads(desk.store, "migration", [])
    await desk.submit(SAVE, {}, seen["private_metadata"], LEAD)
    assert await imported.by_uid(desk.store) == {}


async def test_an_event_of_another_group_is_left_alone(desk: Desk) -> None:
    await members.set_leads(desk.store, "supply-chains", [LEAD])
    text = calendar(vevent("DTSTART;VALUE=DATE:20190514"))
    await desk.submit(SAVE, {}, view(await look(desk, text))["private_metadata"], LEAD)
    said = shown(view(await look(desk, text, group="supply-chains")))
    assert said.endswith("- Line 3: Call: It is here already, for another group.")
    stored = (await imported.by_uid(desk.store))["one@example"]
    await eventedits.remove(desk.store, Editor(LEAD, desk.now), stored.entry.slug, stored.revision)
    assert shown(view(await look(desk, text))).startswith("1 event would be added")


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART;TZID=Mars/Base:20190514T150000",),
        ("DTSTART:20190230T150000Z",),
        ("DTSTART:20190514T150000Z", "DTEND:20190513T150000Z"),
        ("DTSTART:20190514T150000Z", "RRULE:FREQ=SECONDLY"),
        ("DTSTART:20190514T150000Z", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
        ("DTSTART:19000514T150000Z", "RRULE:FREQ=DAILY"),
        ("DTSTART;VALUE=DATE:20190514", "DTEND;VALUE=DATE:20290514"),
        ("DTSTART:20190514T150000Z", "RECURRENCE-ID:20190514T150000Z"),
        ("SUMMARY:no begin",),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence_and_quickly(lines: tuple[str, ...], language: Language) -> None:
    began = time.perf_counter()
    (found,) = read(calendar(vevent(*lines)), (), NOW, Tongue(language))
    assert (found.entry, found.problem.endswith(".")) == (None, True)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "This is neither a calendar file nor a table"),
        ("Dear all, the call is on Monday", "This is neither a calendar file nor a table"),
        ("BEGIN:VCALENDAR\n" * 5000, "nested too deeply"),
        (calendar(*[vevent("DTSTART;VALUE=DATE:20190514")] * (MOST_EVENTS + 1)), "more than 500 events"),
        (HEAD + "Call,2019-05-14\n" * (MOST_EVENTS + 1), "more than 500 events"),
        (calendar(vevent("DTSTART;VALUE=DATE:20190514"))[:-20], "a part of it is missing"),
        (calendar(), "no event"),
    ],
)
def test_a_text_that_is_no_calendar_is_refused_as_a_whole(text: str, problem: str) -> None:
    with pytest.raises(Refused, match=problem):
        read(text, (), NOW, Tongue("en"))


def test_a_zone_as_outlook_names_it_is_that_zone_all_year() -> None:
    summer = vevent(
        "DTSTART;TZID=Romance Standard Time:20190514T150000", "DTEND;TZID=Romance Standard Time:20190514T160000"
    )
    winter = vevent("DTSTART;TZID=Romance Standard Time:20191214T150000", uid="two@example")
    found = [one.entry for one in read(calendar(summer, winter), (), NOW, Tongue("en"))]
    assert [one and (one.zone, one.when.begins_at().isoformat()) for one in found] == [
        ("Europe/Paris", "2019-05-14T13:00:00+00:00"),
        ("Europe/Paris", "2019-12-14T14:00:00+00:00"),
    ]
