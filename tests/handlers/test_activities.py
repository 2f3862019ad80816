"""`/alliance activities` on 3 April 2019: who publishes what around World Day against Child Labour."""

from datetime import date, timedelta

import pytest

from alliance.roles import Role
from handlers.replies import Json
from storage import activities, members, roles
from tests.handlers.desk import Desk, buttons, shown
from tests.handlers.forms import chosen
from tests.handlers.meetingroom import day, who, written

CLAIRE, LAN, PRAKASH = "U0CLAIRE", "U0LAN", "U0PRAKASH"
WORLD_DAY = "world-day-against-child-labour@2019-06-12"
END = date(2019, 12, 31)
POST = "A post on hazardous work | 12 June 2019 · Post"
EMPTY = [
    "Communications activities: June 2019",
    "No activity is planned for this time yet.",
    "[Plan an activity…]",
    "[My activities]",
    "[Calendar]",
]


def filled(**changes: Json) -> dict[str, Json]:
    return {
        "title": written("A post on hazardous work"), "kind": chosen("post"), "observance": chosen(WORLD_DAY),
        "due": day("2019-06-12"), "owner": who(LAN), "organisation": written("ILO"), "language": chosen("en"),
        "state": chosen("planned"),
    } | changes  # fmt: skip


@pytest.fixture
async def office(desk: Desk) -> Desk:
    """Claire is of the secretariat; Lan speaks for the ILO."""
    await members.appoint_secretariat(desk.store, [CLAIRE])
    return desk


async def plan(desk: Desk, user: str = CLAIRE, /, **changes: Json) -> Json:
    """Plan one from the list of June; the list after it."""
    page = await desk.type("activities june 2019", user)
    form = (await desk.click(*buttons(page)["Plan an activity…"], user)).open_view
    assert form is not None
    reply = await desk.submit("activities.save", filled(**changes), form["private_metadata"], user)
    assert reply.ack is not None
    return reply.ack


def lines(view: Json | None) -> list[str]:
    assert view is not None
    return shown(view).splitlines()


async def test_an_activity_is_planned_moved_on_and_removed(office: Desk) -> None:
    assert lines(await office.type("activities june 2019", CLAIRE)) == EMPTY
    saved = lines((await plan(office))["view"])
    assert saved == [
        "Saved.",
        "Communications activities: June 2019",
        "June 2019",
        f"{POST} · planned · English | ILO · U0LAN · World Day against Child Labour",
        "[It is drafted]",
        "[Edit…]",
        "[Remove…]",
        "[Plan an activity…]",
        "[My activities]",
        "[Calendar]",
    ]
    page = await office.type("activities june 2019", CLAIRE)
    moved = (await office.click(*buttons(page)["It is drafted"], CLAIRE)).respond
    assert moved is not None
    assert "12 June 2019 · Post · drafted · English" in shown(moved)
    removed = (await office.click(*buttons(moved)["Remove…"], CLAIRE)).respond
    assert lines(removed) == ["Removed: “A post on hazardous work”.", *EMPTY]


async def test_organisations_that_publish_on_one_day_are_named(office: Desk) -> None:
    for name in ("UNICEF", "ILO", "IOM"):
        await plan(office, organisation=written(name))
    await plan(office, organisation=written("FAO"), kind=chosen("translation"))
    await members.choose_language(office.store, "U0AMINA", "fr")
    page = lines(await office.type("activités juin 2019", "U0AMINA"))
    assert "- 12 juin 2019\u00a0: ILO, IOM et UNICEF publient le même jour" in page


async def test_what_cannot_be_kept_is_named_at_its_field_and_nothing_is_saved(office: Desk) -> None:
    wrong = {
        "title": written(" "), "owner": {"type": "users_select", "selected_user": None}, "organisation": written(""),
        "due": day("2019-04-02"), "observance": chosen("no-such-day@2019-06-12"),
    }  # fmt: skip
    assert await plan(office, **wrong) == {
        "response_action": "errors",
        "errors": {
            "title": "Please write what it is.",
            "owner": "Please choose who does it.",
            "organisation": "Please write which organisation publishes it.",
            "due": "Please choose a day between 3 April 2019 and 3 April 2021.",
            "observance": "This day is no longer in the calendar. Please choose another.",
        },
    }
    assert lines(await office.type("activities june 2019", CLAIRE)) == EMPTY


async def test_everybody_reads_them_and_only_some_plan_and_change_them(office: Desk) -> None:
    await plan(office)
    page = await office.type("activities june 2019", PRAKASH)
    assert lines(page)[-1] == "[Calendar]"
    assert set(buttons(page)) & {"Plan an activity…", "Edit…", "It is drafted", "Remove…"} == set()
    for action, value in (("activities.plan", ""), ("activities.edit", "1:1:"), ("activities.next", "1:1:")):
        reply = await office.click(action, value, PRAKASH)
        assert lines(reply.respond)[0].startswith("This is for:")
    refused = await office.submit("activities.save", filled(title=written("Mine")), "1:1:", PRAKASH)
    assert refused.ack is not None
    assert "This is for:" in shown(refused.ack["view"])
    assert [one.work.title for one in await activities.between(office.store, office.now.date(), END)] == [
        "A post on hazardous work"
    ]
    assert "Edit…" in buttons(await office.type("activities june 2019", LAN))


async def test_a_focal_point_plans_for_their_organisation_and_who_lost_the_role_saves_nothing(office: Desk) -> None:
    await roles.change(office.store, CLAIRE, office.now, Role.FOCAL_POINT, "ILO", give=[PRAKASH])
    page = await office.type("activities june 2019", PRAKASH)
    form = (await office.click(*buttons(page)["Plan an activity…"], PRAKASH)).open_view
    assert form is not None
    [name] = [b["element"] for b in form["blocks"] if b.get("block_id") == "organisation"]
    assert name["initial_value"] == "ILO"
    await roles.change(office.store, CLAIRE, office.now, Role.FOCAL_POINT, "ILO", take=[PRAKASH])
    reply = await office.submit("activities.save", filled(), form["private_metadata"], PRAKASH)
    assert reply.ack is not None
    assert "This is for:" in shown(reply.ack["view"])
    assert await activities.between(office.store, office.now.date(), END) == ()


async def test_the_second_of_two_editors_sees_what_changed_and_a_removed_one_is_said_to_be_gone(office: Desk) -> None:
    await plan(office)
    page = await office.type("activities june 2019", CLAIRE)
    form = (await office.click(*buttons(page)["Edit…"], CLAIRE)).open_view
    assert form is not None
    await office.click(*buttons(page)["It is drafted"], LAN)
    late = await office.submit("activities.save", filled(title=written("Other")), form["private_metadata"], CLAIRE)
    assert late.ack is not None
    assert lines(late.ack["view"]) == [
        "Somebody changed this activity in the meantime. It stands like this now:",
        f"{POST} · drafted · English | ILO · U0LAN",
    ]
    await office.click(*buttons(await office.type("activities june 2019", CLAIRE))["Remove…"], CLAIRE)
    gone = await office.submit("activities.save", filled(), form["private_metadata"], CLAIRE)
    assert gone.ack is not None
    assert "This activity is no longer in the calendar." in shown(gone.ack["view"])


async def test_a_list_is_narrowed_by_who_does_it_how_far_it_is_and_who_publishes(office: Desk) -> None:
    await plan(office)
    await plan(office, title=written("A film"), organisation=written("African Union"), state=chosen("drafted"))
    await plan(office, title=written("A march"), owner=who(PRAKASH), state=chosen("idea"), due=day("2019-07-01"))

    async def titles(words: str, user: str = LAN) -> list[str]:
        return [line.partition(" | ")[0] for line in lines(await office.type(words, user)) if " | " in line]

    assert await titles("activities") == ["A post on hazardous work", "A film", "A march"]
    assert await titles("activities mine") == ["A post on hazardous work", "A film"]
    assert await titles("actividades mías redactadas") == ["A film"]
    assert await titles("activités african union juin 2019") == ["A film"]
    assert await titles("activities ilo idea planned") == ["A post on hazardous work", "A march"]
    assert await titles("activities mine", PRAKASH) == ["A march"]
    mine = await office.type("activities mine drafted june 2019", LAN)
    assert lines(mine)[0] == "Communications activities: mine, drafted, June 2019"
    moved = (await office.click(*buttons(mine)["It is ready"], LAN)).respond
    assert lines(moved)[:2] == ["Saved.", "Communications activities: mine, drafted, June 2019"]


async def test_what_should_have_been_published_stays_in_sight_for_two_months(office: Desk) -> None:
    await plan(office, due=day("2019-04-04"))
    await plan(office, due=day("2019-04-04"), title=written("Out"), state=chosen("published"))
    office.now += timedelta(days=30)
    assert lines(await office.type("activities", LAN))[2] == (
        "A post on hazardous work | 4 April 2019 · Post · planned · English | "
        "ILO · U0LAN · World Day against Child Labour | Not published yet"
    )
    assert "Out" not in shown(await office.type("activities"))
    office.now += timedelta(days=32)
    assert lines(await office.type("activities"))[1] == "No activity is planned for this time yet."


async def test_other_words_are_answered_with_an_example(office: Desk) -> None:
    assert lines(await office.type("activities purple")) == [
        "After “activities” you can write a period, a state, an organisation or “mine”, for example: "
        "activities june 2019, or activities mine drafted."
    ]
