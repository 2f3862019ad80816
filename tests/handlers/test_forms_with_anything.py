"""Whatever a form or a button carries, the answer is one that Slack takes, and nothing is half-saved."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliance.leadtimes import parse_leads
from handlers import SUBJECTS
from storage import channels, members
from storage.entries import ZONES
from storage.values import ChannelSettings
from tests.handlers.desk import Desk, shown
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


@FREELY
@given(value=st.text(max_size=200), action=st.sampled_from([a for s in SUBJECTS for a in s.actions]))
async def test_any_value_on_any_button_gets_a_clear_answer(desk: Desk, value: str, action: str) -> None:
    reply = await desk.click(action, value)
    answered = reply.respond or reply.open_view
    assert answered is not None
    assert "Something went wrong" not in shown(answered)
