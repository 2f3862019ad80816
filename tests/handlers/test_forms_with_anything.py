"""Whatever a form or a button carries, the answer is one that Slack takes, and nothing is half-saved."""

from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from alliance.leadtimes import parse_leads
from handlers import SUBJECTS
from storage import channels, members
from storage.entryfields import ZONES
from storage.values import ChannelSettings
from tests.handlers.desk import Desk, shown
from tests.handlers.eventforms import submit, then
from tests.handlers.forms import chosen, several, written

ANYTHING = st.text(max_size=120) | st.sampled_from(
    ["30d", "7d, 1d", "2h 15m", "Nairobi", "Genève", "slack", "fr", "events"]
)
FIELDS = ("subjects", "language", "zone", "city", "observance", "workshop", "meeting")
FREELY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def form(values: list[str]) -> dict[str, Any]:
    """All fields of the reminders form, with these values."""
    made: dict[str, Any] = {name: written(value) for name, value in zip(FIELDS, values, strict=True)}
    return made | {"subjects": several(values[0]), "language": chosen(values[1]), "zone": chosen(values[2])}


@FREELY
@given(values=st.lists(ANYTHING, min_size=len(FIELDS), max_size=len(FIELDS)))
async def test_anything_in_the_forms_is_saved_whole_or_refused_by_field(desk: Desk, values: list[str]) -> None:
    await channels.save(desk.store, ChannelSettings("C0COMMUNITY", "community", "en", "Europe/Zurich"))
    await members.appoint_secretariat(desk.store, ["U0CLAIRE"])
    for callback, memory in (("reminders.save", "C0COMMUNITY"), ("settings.save", "")):
        reply = await desk.submit(callback, form(values), memory, "U0CLAIRE")
        assert reply.ack is not None
        assert reply.ack["response_action"] in ("errors", "update")
        assert "Something went wrong" not in str(reply.ack)
    channel = await channels.get(desk.store, "C0COMMUNITY")
    assert channel is not None
    assert channel.zone in ZONES
    assert all(parse_leads(text) is not None for text in channel.lead_times.values())


ODD_DAYS = ("31.12.9999", "1 January 0001", "14 May 2019 - 20 May 2021", "30 February 2019", "before July 2019", "")
ODD_RHYTHMS = ("FREQ=", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;COUNT=x", "every second Tuesday", "x")
RHYTHMS = ("", "", "every Tuesday", "second Tuesday every month at 15:00 Geneva", "FREQ=DAILY", "every year",
           "RRULE:FREQ=WEEKLY;UNTIL=20490101T000000Z", "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU")  # fmt: skip


def mostly(good: tuple[Any, ...], odd: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    """What can be kept, nine times of ten, so that not everything is refused for some field."""
    other = st.sampled_from(odd) | st.text(max_size=30)
    return st.integers(0, 9).flatmap(lambda number: st.sampled_from(good) if number else other)


EVENT = {
    "title": mostly(("Call", "*bold* & <b>", "Réunion n° 3", "\u202e evil"), ("", " ")),
    "first": mostly(("14 May 2019", "2019-05-14", "29 February 2020", "tomorrow", "20-21 March 2020"), ODD_DAYS),
    "last": mostly(("",), ("20 May 2019", "31 April 2020", "1 May 2019")),
    "starts": mostly(("", "15:00", "3 p.m.", "noon", "9:00-10:30"), ("24:00", "25:00")),
    "ends": mostly(("",), ("16:00", "9:00-10:30")),
    "zone": mostly(("Geneva", "Asia/Kathmandu", "UTC"), ("", "Atlantis")),
    "rhythm": mostly(RHYTHMS, ODD_RHYTHMS),
    "place": st.text(max_size=60),
    "link": mostly(("", "https://example.org"), ("https://example.org/\u202e", "http://x")),
    "capacity": mostly(("", "25"), ("0", "9999999999", "²")),
    "summary": st.text(max_size=200),
    "title_fr": st.text(max_size=60),
    "certain": mostly(("yes",), ("no",)),
    "groups": st.sampled_from(([], ["migration"], ["migration", "no-such-group"])),
}


@FREELY
@given(entered=st.fixed_dictionaries(EVENT))
async def test_anything_in_the_form_of_an_event_is_kept_whole_or_refused_by_field(
    desk: Desk, entered: dict[str, Any]
) -> None:
    await members.appoint_secretariat(desk.store, ["U0CLAIRE"])
    form = await desk.shortcut("event.new", "U0CLAIRE")
    reply = await submit(desk, form, "U0CLAIRE", **entered)
    assert "Something went wrong" not in str(reply.ack)
    blocks = {block["block_id"] for block in form["blocks"] if block["type"] == "input"}
    if reply.ack and reply.ack["response_action"] == "errors":
        assert set(reply.ack["errors"]) <= blocks
        return
    event("saved")
    saved = then(await submit(desk, then(reply), "U0CLAIRE"))
    assert shown(saved).startswith("Saved.")


@FREELY
@given(value=st.text(max_size=200), action=st.sampled_from([a for s in SUBJECTS for a in s.actions]))
async def test_any_value_on_any_button_gets_a_clear_answer(desk: Desk, value: str, action: str) -> None:
    reply = await desk.click(action, value)
    answered = reply.respond or reply.open_view
    assert answered is not None
    assert "Something went wrong" not in shown(answered)
