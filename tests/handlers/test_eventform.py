"""Adding, editing and duplicating an event by a form: what is understood, refused at the field, and kept."""

from datetime import date
from typing import Any

import pytest

from handlers.replies import Json
from storage import channels, eventedits, events, members
from storage.values import ChannelSettings
from tests.handlers.desk import Desk, buttons, shown
from tests.handlers.eventforms import errors, submit, then
from tests.handlers.forms import initial

LEAD = "U0PRAKASH"
CALL: dict[str, Any] = {
    "title": "Fair recruitment call",
    "first": "14 May 2019",
    "starts": "15:00",
    "ends": "16:30",
    "zone": "Genève",
    "groups": ["migration"],
    "summary": "What employers can do.",
}


@pytest.fixture
async def lead(desk: Desk) -> str:
    """Prakash in Kathmandu, who leads the group Migration, in whose channel the bot is."""
    desk.speaks(LEAD, "en-GB", "Asia/Kathmandu")
    await channels.save(
        desk.store, ChannelSettings("C0MIGRATION", "ag-migration", "en", "Europe/Zurich", group="migration")
    )
    await members.set_leads(desk.store, "migration", [LEAD])
    return LEAD


async def added(desk: Desk, user: str = LEAD, **entered: Any) -> Json:
    """The page of an event that was added by the form."""
    form = await desk.shortcut("event.new", user)
    review = then(await submit(desk, form, user, **(CALL | entered)))
    return then(await submit(desk, review, user))


async def opened(desk: Desk, button: str, name: str = "fair recruitment call", user: str = LEAD) -> Json:
    """The form that a button of an event's page opens."""
    action, value = buttons(await desk.type(f"event {name}", user))[button]
    form = (await desk.click(action, value, user)).open_view
    assert form is not None
    return form


async def test_an_event_is_shown_as_it_was_understood_before_it_is_kept(desk: Desk, lead: str) -> None:
    form = await desk.shortcut("event.new", lead)
    assert (initial(form)["zone"], initial(form)["certain"]) == ("Kathmandu", "yes")
    review = then(await submit(desk, form, lead, **CALL))
    assert shown(review).splitlines() == [
        "Title: Fair recruitment call",
        "Kind: Meeting",
        "When: 14 May 2019, 18:45 (15:00–16:30 Geneva)",
        "Group: Migration",
        "What employers can do.",
        "What time it is there",
        "- Africa: 13:00 Dakar, 14:00 Lagos, 16:00 Nairobi",
        "- Americas: 08:00 Mexico City, 08:00 Lima, 09:00 Santiago",
        "- Asia and the Pacific: 18:45 Kathmandu, 20:00 Ho Chi Minh, 01:00 Fiji on 15 May (night)",
        "- Europe and Central Asia: 15:00 Geneva, 19:00 Almaty",
        "It will be announced in C0MIGRATION.",
        "[Change something]",
    ]
    assert (await events.find(desk.store, "Fair recruitment call", date(2019, 4, 3))).slug is None
    page = then(await submit(desk, review, lead))
    assert shown(page).startswith("Saved. It is announced in C0MIGRATION.\nFair recruitment call\n")
    again = then(await submit(desk, review, lead))
    assert shown(again) == shown(page)
    listed = shown(await desk.type("events migration", lead))
    assert listed.count("Fair recruitment call") == 1


async def test_going_back_keeps_what_was_entered(desk: Desk, lead: str) -> None:
    form = await desk.shortcut("event.new", lead)
    entered = CALL | {"title_fr": "Appel sur le recrutement", "rhythm": "second Tuesday every month", "capacity": "25"}
    review = then(await submit(desk, form, lead, **entered))
    assert (
        "Repeats: every month on the second Tuesday\nThe first days: 14 May 2019, 11 June 2019 and 9 July 2019"
        in shown(review)
    )
    back = (await desk.click("event.back", user=lead, view=review)).update_view
    assert back is not None
    assert initial(back) == initial(form) | entered | {"zone": "Geneva", "rhythm": "every month on the second Tuesday"}


TOO_LONG = "“{}” goes on for too long: at most 50 years and 2,000 times. Without an end it is fine."
WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"first": "30 February 2019"}, "first", "“30 February 2019” is not a day of the calendar."),
    (
        {"first": "Monday 14 May 2019"},
        "first",
        "“Monday 14 May 2019”: 14 May 2019 is a Tuesday. Please write the day that you mean.",
    ),
    ({"first": "soon"}, "first", "I do not understand this date. Write for example 14 May 2019 or July 2019."),
    ({"last": "13 May 2019"}, "last", "It would end on 13 May 2019, before it begins on 14 May 2019."),
    (
        {"last": "14 June 2020"},
        "last",
        "From 14 May 2019 to 14 June 2020 is more than a year. Please shorten it.",
    ),
    ({"ends": "14:00"}, "ends", "It would end before it begins, at 15:00."),
    ({"starts": "25:00"}, "starts", "This is not a time of day. Write for example 15:00."),
    ({"starts": ""}, "ends", "Please write when it begins as well."),
    ({"first": "July 2019"}, "starts", "A time of day (15:00) needs a certain day."),
    (
        {"zone": "Atlantis"},
        "zone",
        "I know no city or time zone “Atlantis”. Write Geneva, Nairobi or Asia/Kathmandu.",
    ),
    ({"zone": ""}, "zone", "Please write the city whose time this is."),
    (
        {"link": "javascript:alert(1)"},
        "link",
        "“javascript:alert(1)” cannot be the link: it needs to begin with https://, and there can be one.",
    ),
    ({"capacity": "many"}, "capacity", "Please write a whole number, such as 25."),
    (
        {"rhythm": "now and then"},
        "rhythm",
        "This does not say how often. Write for example: every month on the second Tuesday.",
    ),
    ({"rhythm": "every day for 60 years"}, "rhythm", TOO_LONG.format("60 years")),
    ({"rhythm": "FREQ=DAILY;COUNT=5000"}, "rhythm", TOO_LONG.format("FREQ=DAILY;COUNT=5000")),
    ({"rhythm": "FREQ=SECONDLY"}, "rhythm", "This is not a rule (RRULE) of days, weeks, months or years."),
    ({"rhythm": "every Tuesday", "certain": "no"}, "certain", "A series needs a first day that is certain."),
    ({"title": "\u200b"}, "title", "Please write a title."),
    (
        {"groups": ["supply-chains"]},
        "groups",
        "This is for: the secretariat, chairs of the group, leads of the group, members of the Steering Committee and "
        "focal points of organisations. Please ask one of them, or the secretariat, to do it for you.",
    ),
]


@pytest.mark.parametrize(("entered", "field", "words"), WRONG)
async def test_what_is_wrong_is_said_at_the_field(
    desk: Desk, lead: str, entered: dict[str, Any], field: str, words: str
) -> None:
    form = await desk.shortcut("event.new", lead)
    assert errors(await submit(desk, form, lead, **(CALL | entered))) == {field: words}


async def test_a_month_and_an_uncertain_day_are_kept_as_what_they_are(desk: Desk, lead: str) -> None:
    month = await added(desk, first="July 2019", starts="", ends="", certain="no")
    assert "When: July 2019 (to be confirmed)" in shown(month)
    days = await added(desk, title="Workshop", first="20-21 March 2020", starts="", ends="")
    assert "When: 20–21 March 2020" in shown(days)


async def test_markup_in_a_title_stays_text(desk: Desk, lead: str) -> None:
    page = await added(desk, title="*Free* <!channel> & <b>all</b>")
    assert "*Free* <!channel> & <b>all</b>" in shown(page)
    assert page["blocks"][1]["text"] == {"type": "plain_text", "text": "*Free* <!channel> & <b>all</b>", "emoji": False}


async def test_a_reader_of_another_language_sees_the_original_and_is_told_so(desk: Desk, lead: str) -> None:
    desk.speaks("U0CLAIRE", "fr-FR", "Europe/Paris")
    await added(desk, title_es="Llamada sobre contratación equitativa")
    page = shown(await desk.type("événement fair recruitment", "U0CLAIRE"))
    assert "Fair recruitment call" in page
    assert "(uniquement en anglais)" in page
    listed = shown(await desk.type("événements migration", "U0CLAIRE"))
    assert "- Fair recruitment call (uniquement en anglais) | " in listed


async def test_a_change_shows_what_will_be_different_and_keeps_the_rest(desk: Desk, lead: str) -> None:
    await added(desk, title_fr="Appel")
    form = await opened(desk, "Edit…")
    review = then(await submit(desk, form, lead, first="16 May 2019", place="Online"))
    assert shown(review).splitlines()[:3] == [
        "What changes",
        "- When: 16 May 2019, 18:45 (15:00–16:30 Geneva) (was: 14 May 2019, 18:45 (15:00–16:30 Geneva))",
        "- Where: Online",
    ]
    page = then(await submit(desk, review, lead))
    assert shown(page).splitlines()[0] == "Saved. In C0MIGRATION people are told."
    stored = await eventedits.get(desk.store, "fair-recruitment-call")
    assert stored is not None
    assert (stored.ref, stored.entry.dates, stored.revision) == ("fair-recruitment-call@2019-05-14", "2019-05-16", 2)
    assert stored.entry.name.model_dump() == {"en": "Fair recruitment call", "fr": "Appel"}


async def test_an_event_of_the_content_keeps_what_has_no_field(desk: Desk) -> None:
    await members.appoint_secretariat(desk.store, ["U0CLAIRE"])
    before = await eventedits.get(desk.store, "albania-workshop")
    assert before is not None
    form = await opened(desk, "Edit…", "albania-workshop", "U0CLAIRE")
    assert initial(form)["title_fr"] == before.entry.name.fr
    review = then(await submit(desk, form, "U0CLAIRE", capacity="40"))
    then(await submit(desk, review, "U0CLAIRE"))
    after = await eventedits.get(desk.store, "albania-workshop")
    assert after is not None
    assert after.entry == before.entry.model_copy(update={"capacity": 40, "written_in": "en"})


async def test_the_second_of_two_editors_sees_what_the_first_changed_and_looks_again(desk: Desk, lead: str) -> None:
    await members.appoint_secretariat(desk.store, ["U0CLAIRE"])
    await added(desk)
    first, second = await opened(desk, "Edit…"), await opened(desk, "Edit…", user="U0CLAIRE")
    also = then(await submit(desk, second, "U0CLAIRE", link="https://example.org/call"))
    then(await submit(desk, then(await submit(desk, first, lead, first="16 May 2019")), lead))
    expected = [
        "U0PRAKASH changed this event while you had it open. Nothing was overwritten.",
        "What is different now",
        "- When: 16 May 2019, 13:00 (15:00–16:30 Geneva) (was: 14 May 2019, 13:00 (15:00–16:30 Geneva))",
        "What you entered, which is not saved",
    ]
    late = then(await submit(desk, second, "U0CLAIRE", link="https://example.org/call"))
    later = then(await submit(desk, also, "U0CLAIRE"))
    assert shown(late).splitlines()[:4] == shown(later).splitlines()[:4] == expected
    action, value = buttons(late)["Look again"]
    again = (await desk.click(action, value, "U0CLAIRE", view=late)).update_view
    assert again is not None
    assert (initial(again)["first"], initial(again)["link"]) == ("16 May 2019", "")


async def test_who_lost_the_role_meanwhile_saves_nothing(desk: Desk, lead: str) -> None:
    form = await desk.shortcut("event.new", lead)
    review = then(await submit(desk, form, lead, **CALL))
    await members.set_leads(desk.store, "migration", [])
    assert list(errors(await submit(desk, form, lead, **CALL))) == ["groups"]
    refused = await submit(desk, review, lead)
    assert refused.ack is not None
    assert refused.ack["response_action"] == "push"
    assert (await events.find(desk.store, "Fair recruitment call", date(2019, 4, 3))).slug is None


async def test_an_event_that_was_removed_meanwhile_is_not_brought_back(desk: Desk, lead: str) -> None:
    await added(desk)
    form = await opened(desk, "Edit…")
    review = then(await submit(desk, form, lead, first="16 May 2019"))
    await eventedits.remove(desk.store, eventedits.Editor(lead, desk.now), "fair-recruitment-call", 1)
    gone = "This event is no longer in the calendar, so nothing was saved."
    assert errors(await submit(desk, form, lead, first="17 May 2019")) == {"title": gone}
    assert shown(then(await submit(desk, review, lead))).startswith(gone)


async def test_a_duplicate_asks_for_its_own_day(desk: Desk, lead: str) -> None:
    await added(desk)
    form = await opened(desk, "Duplicate…")
    assert initial(form) == initial(form) | {"title": "Fair recruitment call", "first": "", "starts": "15:00"}
    then(await submit(desk, then(await submit(desk, form, lead, first="21 May 2019")), lead))
    assert shown(await desk.type("events migration may 2019", lead)).count("Fair recruitment call") == 2


async def test_members_see_no_buttons_to_change_an_event_and_a_forged_click_is_refused(desk: Desk, lead: str) -> None:
    await added(desk)
    page = await desk.type("event fair recruitment", "U0LAN")
    assert not {"Edit…", "Move…", "Cancel it…"} & set(buttons(page))
    reply = await desk.click("event.edit", "fair-recruitment-call@2019-05-14", "U0LAN")
    assert reply.respond is not None
    assert "This is for:" in shown(reply.respond)
    refused = await desk.shortcut("event.new", "U0LAN")
    assert "This is for:" in shown(refused)


async def test_a_message_becomes_an_event_with_its_text(desk: Desk, lead: str) -> None:
    words = "<@U0LAN> call on *recruitment*\nTuesday at 15:00 &amp; later, see <https://example.org|the note>"
    form = await desk.shortcut("event.from_message", lead, words, "C0MIGRATION")
    assert initial(form) == initial(form) | {
        "title": "call on *recruitment*",
        "groups": ["migration"],
        "summary": "call on *recruitment*\nTuesday at 15:00 & later, see the note",
    }


async def test_french_dates_come_back_as_they_are_written(desk: Desk) -> None:
    desk.speaks("U0CLAIRE", "fr-FR", "Europe/Paris")
    await members.appoint_secretariat(desk.store, ["U0CLAIRE"])
    for day in ("1er juillet 2019", "juillet 2019", "14 août 2019"):
        form = await desk.shortcut("event.new", "U0CLAIRE")
        review = then(await submit(desk, form, "U0CLAIRE", title=f"Réunion du {day}", first=day))
        then(await submit(desk, review, "U0CLAIRE"))
        action, value = buttons(await desk.type(f"événement réunion du {day}", "U0CLAIRE"))["Modifier…"]
        again = (await desk.click(action, value, "U0CLAIRE")).open_view
        assert again is not None
        assert initial(again)["first"] == day


async def test_a_series_that_has_begun_keeps_its_history(desk: Desk, lead: str) -> None:
    await added(desk, rhythm="every Tuesday", first="2 April 2019")
    form = await opened(desk, "Edit…")
    assert "first" not in initial(form)
    assert "To change when it takes place, press Move." in shown(form)
    review = then(await submit(desk, form, lead, title="Weekly recruitment call"))
    assert shown(review).splitlines()[:2] == ["What changes", "- Title: Weekly recruitment call"]


async def test_texts_that_do_not_fit_into_the_form_are_named(desk: Desk, lead: str) -> None:
    form = await desk.shortcut("event.new", lead)
    long = "".join(chr(0x4E00 + (number * 7919) % 20000) for number in range(1000))
    wrong = errors(await submit(desk, form, lead, **(CALL | {"summary": long, "summary_fr": long[::-1]})))
    assert wrong == {"summary": "Together the texts are too long. Please shorten them."}
