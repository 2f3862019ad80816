"""The secretariat gives roles and takes them, in Slack; nobody else does."""

import json

from alliance.roles import Role
from handlers.replies import Json
from storage import audit, members, roles
from storage.roles import Grant
from tests.handlers.desk import Desk, buttons, shown
from tests.handlers.forms import chosen, initial, written
from tests.handlers.forms import members as people

CLAIRE, LAN, PRAKASH = "U0CLAIRE", "U0LAN", "U0PRAKASH"
REFUSED = "This is for: the secretariat. Please ask one of them, or the secretariat, to do it for you."


async def office(desk: Desk, *others: str) -> Desk:
    """The desk, with Claire in the secretariat."""
    await members.appoint_secretariat(desk.store, [CLAIRE, *others])
    return desk


async def form_of(desk: Desk, role: str) -> Json:
    """The form behind the button of a role."""
    page = await desk.type("roles", user=CLAIRE)
    form = (await desk.click(*buttons(page)[role], user=CLAIRE)).open_view
    assert form is not None
    return form


async def send(desk: Desk, form: Json, user: str = CLAIRE, **fields: Json) -> Json:
    """What the form gets when it is submitted."""
    reply = await desk.submit(form["callback_id"], fields, form["private_metadata"], user)
    assert reply.ack is not None
    return reply.ack


async def test_who_has_which_role_by_group_and_organization(desk: Desk) -> None:
    await office(desk)
    for role, scope, user in (
        (Role.CHAIR, "migration", PRAKASH),
        (Role.GROUP_LEAD, "supply-chains", LAN),
        (Role.FOCAL_POINT, "A Union", LAN),
    ):
        await roles.change(desk.store, CLAIRE, desk.now, role, scope, give=[user])
    assert shown(await desk.type("roles", user=CLAIRE)).split("\n") == [
        "Roles",
        "Secretariat",
        "U0CLAIRE",
        "Steering Committee",
        "Nobody yet.",
        "Chairs of action groups",
        "- Migration: U0PRAKASH",
        "Leads of action groups",
        "- Supply Chains: U0LAN",
        "Focal points of organizations",
        "- A Union: U0LAN",
        "Send breaking news alone",
        "Nobody yet.",
        "[Secretariat…]",
        "[Steering Committee…]",
        "[Chairs of action groups…]",
        "[Leads of action groups…]",
        "[Focal points of organizations…]",
        "[Send breaking news alone…]",
        "[What was done]",
    ]


async def test_a_chair_is_named_for_a_group_and_every_change_is_in_the_log(desk: Desk) -> None:
    await office(desk)
    which = await form_of(desk, "Chairs of action groups…")
    who = (await send(desk, which, group=chosen("migration")))["view"]
    assert initial(who) == {"holders": ""}
    page = (await send(desk, who, holders=people(PRAKASH)))["view"]
    assert shown(page).split("\n")[0] == "Saved: given to 1 person."
    assert "- Migration: U0PRAKASH" in shown(page).split("\n")

    again = (await send(desk, which, group=chosen("migration")))["view"]
    assert initial(again) == {"holders": [PRAKASH]}
    assert shown((await send(desk, again, holders=people()))["view"]).startswith("Saved: taken from 1 person.")
    assert [(line.actor, line.subject, line.detail["change"]) for line in await audit.everything(desk.store)] == [
        (CLAIRE, PRAKASH, "taken"),
        (CLAIRE, PRAKASH, "given"),
    ]


async def test_a_form_that_is_sent_twice_changes_things_once(desk: Desk) -> None:
    await office(desk)
    form = await form_of(desk, "Steering Committee…")
    for said in ("Saved: given to 1 person.", "Nothing was to change."):
        assert shown((await send(desk, form, holders=people(LAN)))["view"]).split("\n")[0] == said
    assert len(await audit.everything(desk.store)) == 1


async def test_two_who_edit_at_once_do_not_undo_each_other(desk: Desk) -> None:
    await office(desk)
    await roles.change(desk.store, CLAIRE, desk.now, Role.STEERING_COMMITTEE, "", give=[LAN])
    form = await form_of(desk, "Steering Committee…")
    await roles.change(desk.store, "U0OTHER", desk.now, Role.STEERING_COMMITTEE, "", give=[PRAKASH])
    await send(desk, form, holders=people(LAN, "U0MARIA"))
    assert await roles.of(desk.store, Role.STEERING_COMMITTEE, "") == {LAN, PRAKASH, "U0MARIA"}


async def test_an_organization_is_chosen_or_written_and_is_one_however_it_is_written(desk: Desk) -> None:
    await office(desk)
    first = await form_of(desk, "Focal points of organizations…")
    who = (await send(desk, first, new=written("Union des employeurs")))["view"]
    await send(desk, who, holders=people(LAN))

    which = await form_of(desk, "Focal points of organizations…")
    nothing = await send(desk, which, known=chosen(""), new=written())
    both = await send(desk, which, known=chosen("Union des employeurs"), new=written("Another"))
    assert [list(answer["errors"]) for answer in (nothing, both)] == [["new"], ["new"]]
    again = (await send(desk, which, new=written("UNION DES EMPLOYEURS")))["view"]
    assert initial(again) == {"holders": [LAN]}


async def test_the_last_of_the_secretariat_cannot_remove_themselves(desk: Desk) -> None:
    await office(desk)
    form = await form_of(desk, "Secretariat…")
    refused = await send(desk, form, holders=people())
    assert refused["errors"] == {
        "holders": "Somebody has to stay in the secretariat: nobody could give roles any more."
    }
    assert await roles.everyone(desk.store) == [Grant(Role.SECRETARIAT, "", CLAIRE)]


async def test_nobody_else_sees_or_changes_roles(desk: Desk) -> None:
    await office(desk)
    await roles.change(desk.store, CLAIRE, desk.now, Role.GROUP_LEAD, "migration", give=[PRAKASH])
    assert shown(await desk.type("roles", user=PRAKASH)) == REFUSED
    refused = await desk.click("roles.edit", "secretariat", user=PRAKASH)
    assert refused.respond is not None
    assert shown(refused.respond) == REFUSED


async def test_who_loses_the_role_between_opening_and_submitting_changes_nothing(desk: Desk) -> None:
    await office(desk, LAN)
    form = await form_of(desk, "Secretariat…")
    await roles.change(desk.store, LAN, desk.now, Role.SECRETARIAT, "", take=[CLAIRE])
    answer = await send(desk, form, holders=people(CLAIRE, PRAKASH))
    assert (answer["response_action"], shown(answer["view"])) == ("push", REFUSED)
    assert await roles.of(desk.store, Role.SECRETARIAT, "") == {LAN}


async def test_what_no_form_of_this_version_carries_is_too_old(desk: Desk) -> None:
    await office(desk)
    for memory in ("", "[]", json.dumps(["king", "", []]), json.dumps(["chair", "no-such-group", []]), "{"):
        answer = await desk.submit("roles.save", {"holders": people(LAN)}, memory, CLAIRE)
        assert answer.ack is not None
        assert shown(answer.ack["view"]).startswith("This button is too old")
    assert await roles.everyone(desk.store) == [Grant(Role.SECRETARIAT, "", CLAIRE)]


async def test_roles_in_french_and_spanish(desk: Desk) -> None:
    await office(desk)
    desk.speaks(CLAIRE, "fr-FR")
    assert shown(await desk.type("rôles", user=CLAIRE)).split("\n")[:2] == ["Rôles", "Secrétariat"]
    await members.appoint_secretariat(desk.store, ["U0MARIA"])
    desk.speaks("U0MARIA", "es-LA")
    assert shown(await desk.type("roles", user="U0MARIA")).split("\n")[:2] == ["Funciones", "Secretaría"]
