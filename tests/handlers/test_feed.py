"""`/alliance feed`: an address for one's own calendar program, and another one when the first got about."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.replies import Json
from handlers.router import Router
from storage import feeds, members
from tests.handlers.desk import Desk, buttons, shown

AT = "https://bot.example.org/feeds/"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """With a bot that can be reached from outside."""
    desk.router = Router(replace(desk.deps, feeds_at=AT))
    return desk


def address(message: Json) -> str:
    return next(line for line in shown(message).splitlines() if "https://" in line).partition("https://")[2]


async def test_an_address_and_how_to_subscribe(desk: Desk) -> None:
    answer = await desk.type("feed")
    token = (await feeds.address(desk.store, "U0LAN", desk.now)).token
    assert shown(answer).splitlines() == [
        "My calendar feed",
        "The events of my groups and of the whole community, and the international days.",
        f"Address: {AT}{token}.ics",
        "How to subscribe",
        "- Google Calendar: on a computer, “Other calendars”, “+”, “From URL”, and paste the address.",
        "- Outlook: “Add calendar”, “Subscribe from web”, and paste the address.",
        "- Apple Calendar: “File”, “New Calendar Subscription”, and paste the address.",
        "Whoever has the address can read this calendar: keep it to yourself. A new address makes this one useless.",
        "[New address]",
    ]
    assert answer["response_type"] == "ephemeral"
    assert address(await desk.type("flux")) == address(answer)


async def test_a_new_address_replaces_the_old_one_and_a_double_click_does_no_more(desk: Desk) -> None:
    first = await desk.type("feed")
    desk.now += timedelta(minutes=5)
    once, twice = [(await desk.click(*buttons(first)["New address"])).respond for _click in range(2)]
    assert once is not None
    assert twice is not None
    assert shown(once).startswith("This is the new address. The old one leads nowhere any more.")
    assert address(first) != address(once) == address(twice)


async def test_a_lead_has_the_address_of_the_group(desk: Desk) -> None:
    await members.save_slack_facts(desk.store, "U0LAN", "en-GB", "UTC", desk.now)
    refused = "This is for: the secretariat, chair of the group, lead of the group."
    assert shown(await desk.type("feed migration")).startswith(refused[:12])
    await members.set_leads(desk.store, "migration", ["U0LAN"])
    name = next(name for name in buttons(await desk.type("feed")) if name.startswith("Feed of"))
    opened = (await desk.click(*buttons(await desk.type("feed"))[name])).respond
    assert opened is not None
    token = (await feeds.address(desk.store, "group:migration", desk.now)).token
    assert f"Address: {AT}{token}.ics" in shown(opened)
    await members.set_leads(desk.store, "migration", [])
    denied = (await desk.click(*buttons(opened)["New address"])).respond
    assert denied is not None
    assert shown(denied).startswith("This is for:")
    assert (await feeds.address(desk.store, "group:migration", desk.now)).token == token


async def test_nobody_renews_the_feed_of_somebody_else(desk: Desk) -> None:
    made = await feeds.address(desk.store, "U0AMINA", desk.now)
    await desk.click("feed.renew", f"U0AMINA|{made.made_at.isoformat()}")
    assert await feeds.address(desk.store, "U0AMINA", desk.now) == made


async def test_without_a_web_address_there_is_no_feed(desk: Desk) -> None:
    desk.router = Router(desk.deps)
    assert "Calendar feeds need a web address of the bot" in shown(await desk.type("feed"))
