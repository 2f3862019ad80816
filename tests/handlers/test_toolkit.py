"""`/alliance toolkit` on 3 April 2019: what partners may use for World Day against Child Labour."""

import pytest

from handlers.replies import Json
from storage import members, toolkits
from tests.handlers.desk import Desk, buttons, shown
from tests.handlers.meetingroom import written

CLAIRE, LAN, AMINA = "U0CLAIRE", "U0LAN", "U0AMINA"
DAY = "world-day-against-child-labour"
TITLE = "Toolkit: World Day against Child Labour"
FIRST = {
    "messages": written("Children shouldn’t work in fields, but on dreams."),
    "hashtags": written("#NoChildLabour"),
    "logos": written(),
    "links": written("The day: https://www.ilo.org/wdacl and more"),
}


@pytest.fixture
async def office(desk: Desk) -> Desk:
    """Lan leads Communications and Engagement; Amina reads French."""
    await members.set_leads(desk.store, "communications", [LAN])
    await members.choose_language(desk.store, AMINA, "fr")
    return desk


async def write(desk: Desk, language: str, fields: dict[str, Json], user: str = LAN) -> Json:
    """Write a version; what the form is answered with."""
    form = (await desk.click(f"toolkit.edit:{language}", f"{DAY}:{language}", user)).open_view
    assert form is not None
    reply = await desk.submit("toolkit.save", fields, form["private_metadata"], user)
    assert reply.ack is not None
    return reply.ack


def lines(view: Json | None) -> list[str]:
    assert view is not None
    return shown(view).splitlines()


async def test_it_is_one_click_away_from_the_day_and_says_who_may_write_it(office: Desk) -> None:
    day = await office.type("event world day against child labour", AMINA)
    page = (await office.click(*buttons(day)["Boîte à outils"], AMINA)).respond
    assert lines(page)[:3] == [
        "Boîte à outils\u00a0: Journée mondiale contre le travail des enfants",
        "Il n’y a pas encore de boîte à outils pour cette journée.",
        "Les responsables du groupe Communication et mobilisation et le secrétariat peuvent la rédiger.",
    ]


async def test_a_version_is_read_in_its_language_and_the_original_where_there_is_no_other(office: Desk) -> None:
    await write(office, "en", FIRST)
    page = lines(await office.type("toolkit child labour", "U0PRAKASH"))
    assert page == [
        TITLE,
        "Key messages",
        "Children shouldn’t work in fields, but on dreams.",
        "Hashtags",
        "#NoChildLabour",
        "Links",
        "The day: https://www.ilo.org/wdacl and more",
        "Version 1, by U0LAN, 3 April 2019, 12:00",
        "[About this day]",
    ]
    assert lines(await office.type("outils travail des enfants", AMINA))[1] == (
        "Seulement en anglais pour l’instant\u00a0: voici l’original."
    )
    await write(office, "fr", FIRST | {"hashtags": written("#NonAuTravailDesEnfants")})
    french = await office.type("outils travail des enfants", AMINA)
    assert "#NonAuTravailDesEnfants" in lines(french)
    english = (await office.click(*buttons(french)["anglais"], AMINA)).respond
    assert "#NoChildLabour" in lines(english)


async def test_every_version_stays_and_an_old_one_is_brought_back_as_a_new_one(office: Desk) -> None:
    await write(office, "en", FIRST)
    await write(office, "en", FIRST | {"hashtags": written("#EndChildLabour")})
    page = await office.type("toolkit child labour", LAN)
    before = (await office.click(*buttons(page)["Version before"], LAN)).respond
    assert before is not None
    assert "#NoChildLabour" in lines(before)
    back = (await office.click(*buttons(before)["Bring this version back"], LAN)).respond
    assert lines(back)[:2] == ["Saved.", TITLE]
    newest = await toolkits.versions(office.store, DAY, "en")
    assert [(kit.version, kit.contents.hashtags) for kit in newest] == [
        (3, "#NoChildLabour"), (2, "#EndChildLabour"), (1, "#NoChildLabour"),
    ]  # fmt: skip


async def test_only_some_write_it_nothing_empty_is_kept_and_the_second_of_two_is_told(office: Desk) -> None:
    refused = await office.click("toolkit.edit:en", f"{DAY}:en", AMINA)
    assert refused.open_view is None
    late = await office.submit("toolkit.save", FIRST, f"{DAY}:en:0", "U0PRAKASH")
    assert late.ack is not None
    assert "This is for:" in shown(late.ack["view"])
    empty = await office.submit("toolkit.save", dict.fromkeys(FIRST, written()), f"{DAY}:en:0", LAN)
    assert empty.ack == {
        "response_action": "errors",
        "errors": {"messages": "Please write something in one of these fields."},
    }
    assert await toolkits.newest(office.store, DAY) == {}
    await write(office, "en", FIRST)
    other = await office.submit("toolkit.save", FIRST | {"links": written("Mine")}, f"{DAY}:en:0", LAN)
    assert other.ack is not None
    assert lines(other.ack["view"])[0] == "Somebody saved another version in the meantime. It says this now:"


async def test_without_a_name_it_lists_what_there_is(office: Desk) -> None:
    await write(office, "en", FIRST)
    assert lines(await office.type("toolkit")) == [
        "Toolkits",
        "Write the name of an international day after it: /alliance toolkit child labour.",
        "[World Day against Child Labour]",
    ]
