"""The overview, as an answer and in App Home."""

import pytest

from storage import members
from tests.handlers.desk import Desk, buttons, shown

NEXT_EVENTS = [
    "Next events",
    "- 4th meeting of the Global Coordinating Group | April 2019",
    "- National Strategic Workshop: Albania | 12 April 2019 · Albania",
    "- National Strategic Workshop: Uganda | 17 April 2019 · Uganda",
    "- Briefing of the Supply Chains Action Group by the Financial Sector Commission | May 2019 (to be confirmed)",
    "- National Strategic Workshop: Nigeria | 9 May 2019 · Nigeria",
]
NEXT_DAY = ["Next international day", "- World Day for Safety and Health at Work | 28 April 2019"]
WAYS = ["[Events]", "[Action groups]", "[Calendar]", "[Countries]", "[My settings]", "[Help]"]


async def test_alliance_alone_shows_what_comes_next(desk: Desk) -> None:
    assert shown(await desk.type("")).split("\n") == [
        "Alliance 8.7",
        *NEXT_EVENTS,
        "My groups",
        "You follow no group yet. Choose one under “Action groups”.",
        *NEXT_DAY,
        *WAYS,
        "Type /alliance help to see everything that you can ask.",
    ]


async def test_it_names_my_groups_with_their_next_events(desk: Desk) -> None:
    await members.set_groups(desk.store, "U0LAN", ["conflict-humanitarian", "migration"])
    lines = shown(await desk.type("")).split("\n")
    at = lines.index("My groups")
    assert lines[at + 1 : at + 3] == [
        "Conflict and Humanitarian Settings and Migration",
        "- UNICEF and the Secretariat on the Conflict and Humanitarian Settings group"
        " | September 2019 (to be confirmed)",
    ]


@pytest.mark.parametrize("way", ["Events", "Action groups", "Calendar", "Countries", "My settings", "Help"])
async def test_each_button_of_app_home_opens_a_modal(desk: Desk, way: str) -> None:
    await desk.router.home("U0LAN")
    home = desk.slack.homes["U0LAN"]
    assert home["type"] == "home"
    reply = await desk.click(*buttons(home)[way], view=home)
    assert reply.open_view is not None
    assert reply.open_view["type"] == "modal"
    assert "Share in this channel" not in buttons(reply.open_view)


async def test_in_a_message_the_answer_takes_the_overviews_place(desk: Desk) -> None:
    reply = await desk.click(*buttons(await desk.type(""))["Action groups"])
    assert reply.respond is not None
    assert reply.respond["replace_original"] is True
    assert shown(reply.respond).split("\n")[0] == "Action groups"


async def test_who_may_add_events_has_a_button_for_it(desk: Desk) -> None:
    await members.appoint_secretariat(desk.store, ["U0CLAIRE"])
    await desk.router.home("U0CLAIRE")
    home = desk.slack.homes["U0CLAIRE"]
    form = await desk.click(*buttons(home)["Add an event…"], user="U0CLAIRE", view=home)
    assert form.open_view is not None
    assert form.open_view["title"]["text"] == "New event"
    refused = await desk.click("event.add", "", user="U0LAN")
    assert refused.open_view is None
    assert "Add an event…" not in buttons(await desk.type("", "U0LAN"))
