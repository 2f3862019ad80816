"""Members join action groups and leave them; chairs and leads decide where one asks first."""

import asyncio
from datetime import timedelta

from alliance.delivery import State
from storage import audit, channels, deliveries, groupmembers, members
from storage.groupmembers import Belonging, Joining
from storage.values import ChannelSettings
from tests.handlers.desk import Desk, buttons, shown

LAN, PRAKASH, AWA = "U0LAN", "U0PRAKASH", "U0AWA"
CHANNEL = ChannelSettings("C0MIGRATION", "ag-migration", "en", "Europe/Zurich", group="migration")


async def with_leads(desk: Desk, *, joining: Joining = Joining.OPEN) -> Desk:
    """The desk, with a Migration group that two people lead, in a channel where the bot is."""
    await channels.save(desk.store, CHANNEL)
    await members.set_leads(desk.store, "migration", [PRAKASH, AWA])
    await groupmembers.set_joining(desk.store, PRAKASH, "migration", joining, desk.now)
    return desk


async def press(desk: Desk, button: str, user: str = LAN) -> str:
    """What the group's page says after a click on one of its buttons."""
    page = await desk.type("group migration", user=user)
    reply = await desk.click(*buttons(page)[button], user=user)
    assert reply.respond is not None
    return shown(reply.respond)


async def notices(desk: Desk) -> list[tuple[str, str, str]]:
    """To whom, about whom, what: the notices that are planned."""
    rows = await deliveries.recent(desk.store, State.PLANNED, 100)
    found = [row for row in rows if row.kind == "joining"]
    return sorted((row.target, row.subject, row.detail.partition("/")[0]) for row in found)


async def is_now(desk: Desk, user: str = LAN) -> Belonging | None:
    return await groupmembers.belonging(desk.store, "migration", user)


async def post(desk: Desk) -> None:
    """Every planned notice is posted, as the sender does it."""
    rows = [row.id for row in await deliveries.recent(desk.store, State.PLANNED, 100) if row.kind == "joining"]
    await deliveries.claim(desk.store, rows, "sender", desk.now, desk.now + timedelta(minutes=1))
    for row in rows:
        await deliveries.sent(desk.store, row, "sender", "D0LEAD", f"{row}.1", desk.now)


async def test_an_open_group_is_joined_at_once_with_its_channel_and_its_leads_are_told(desk: Desk) -> None:
    await with_leads(desk)
    lines = (await press(desk, "Join the group")).split("\n")
    assert lines[0] == "You are a member now, and in its channel."
    assert "Members here: 1. You are a member." in lines
    assert desk.slack.invited == [("C0MIGRATION", LAN)]
    assert await notices(desk) == [
        (AWA, "migration/U0LAN", "joined"),
        (PRAKASH, "migration/U0LAN", "joined"),
    ]


async def test_a_click_that_slack_delivers_again_joins_once_even_after_leaving(desk: Desk) -> None:
    await with_leads(desk)
    for trigger in ("first", "first"):
        await desk.click("groups.join", "migration", trigger=trigger)
    assert len(await notices(desk)) == 2
    await desk.click("groups.leave", "migration")
    await desk.click("groups.join", "migration", trigger="first")
    assert await is_now(desk) is None


async def test_who_leaves_stays_in_the_channel_and_the_leads_are_told(desk: Desk) -> None:
    await with_leads(desk)
    await press(desk, "Join the group")
    lines = (await press(desk, "Leave the group")).split("\n")
    assert lines[0] == "You have left the group. You stay in its channel until you leave it in Slack."
    assert (AWA, "migration/U0LAN", "left") in await notices(desk)
    assert [line.detail for line in await audit.everything(desk.store) if line.actor == LAN] == [
        {"change": "left"},
        {"change": "joined"},
    ]


async def test_a_channel_that_slack_does_not_open_is_said_and_can_be_tried_again(desk: Desk) -> None:
    await with_leads(desk)
    await desk.type("group migration")
    desk.slack.refuses = True
    said = await press(desk, "Join the group")
    assert said.startswith("You are a member now. Slack did not let me bring you into its channel: open the channel")
    desk.slack.refuses = False
    assert await press(desk, "Bring me into its channel") == "You are a member now, and in its channel."


async def test_by_request_the_leads_are_asked_and_one_accepts(desk: Desk) -> None:
    await with_leads(desk, joining=Joining.REQUEST)
    lines = (await press(desk, "Ask to join")).split("\n")
    assert lines[0] == "Your request is sent. You will get a message."
    assert "Members here: 0. You have asked to join. You will get a message when it is decided." in lines
    assert await notices(desk) == [(AWA, "migration/U0LAN", "asked"), (PRAKASH, "migration/U0LAN", "asked")]
    assert (await is_now(desk), desk.slack.invited) == (Belonging.ASKED, [])

    await post(desk)
    answer = (await desk.click("groups.accept:U0LAN", "migration/U0LAN", user=AWA, ephemeral=False)).respond
    await desk.settle()
    assert answer is not None
    assert (shown(answer), answer["replace_original"]) == ("U0LAN is in the group now, and gets a message.", False)
    assert (await is_now(desk), desk.slack.invited) == (Belonging.MEMBER, [("C0MIGRATION", LAN)])
    assert await notices(desk) == [(LAN, "migration/U0LAN", "accepted")]
    assert [(target, shown(message)) for target, _ts, message in sorted(desk.slack.revised, key=lambda r: r[0])] == [
        (AWA, "U0LAN asked to join the group “Migration”. Accepted by U0AWA."),
        (PRAKASH, "U0LAN asked to join the group “Migration”. Accepted by U0AWA."),
    ]


async def test_two_leads_who_click_at_once_decide_once(desk: Desk) -> None:
    await with_leads(desk, joining=Joining.REQUEST)
    await press(desk, "Ask to join")
    replies = await asyncio.gather(
        desk.click("groups.accept:U0LAN", "migration/U0LAN", user=AWA, ephemeral=False),
        desk.click("groups.decline:U0LAN", "migration/U0LAN", user=PRAKASH, ephemeral=False),
    )
    decisions = [line for line in await audit.everything(desk.store) if "member" in line.detail]
    assert len(decisions) == 1
    accepted = decisions[0].detail["change"] == "accepted"
    assert await is_now(desk) is (Belonging.MEMBER if accepted else None)
    assert [what for target, _about, what in await notices(desk) if target == LAN] == [decisions[0].detail["change"]]
    said = [shown(reply.respond) for reply in replies if reply.respond]
    late = said[1] if accepted else said[0]
    assert late == (
        "U0LAN is in the group already."
        if accepted
        else "There is no request of U0LAN any more: it was declined or withdrawn."
    )


async def test_a_decision_that_slack_delivers_again_says_nothing_twice(desk: Desk) -> None:
    await with_leads(desk, joining=Joining.REQUEST)
    await press(desk, "Ask to join")
    first, again = [
        await desk.click("groups.decline:U0LAN", "migration/U0LAN", user=AWA, ephemeral=False, trigger="one")
        for _delivery in range(2)
    ]
    assert first.respond is not None
    assert shown(first.respond) == "U0LAN is not taken in, and gets a message."
    assert again.respond is None
    assert [what for target, _about, what in await notices(desk) if target == LAN] == ["declined"]


async def test_who_withdraws_is_not_taken_in_by_a_late_click(desk: Desk) -> None:
    await with_leads(desk, joining=Joining.REQUEST)
    await press(desk, "Ask to join")
    await post(desk)
    assert (await press(desk, "Withdraw my request")).startswith("Your request is withdrawn.")
    await desk.settle()
    assert shown(desk.slack.revised[0][2]) == (
        "U0LAN asked to join the group “Migration”, and has withdrawn the request."
    )
    late = (await desk.click("groups.accept:U0LAN", "migration/U0LAN", user=AWA, ephemeral=False)).respond
    assert late is not None
    assert shown(late) == "There is no request of U0LAN any more: it was declined or withdrawn."
    assert await is_now(desk) is None


async def test_requests_are_also_decided_in_a_list_on_the_page(desk: Desk) -> None:
    await with_leads(desk, joining=Joining.REQUEST)
    for user in (LAN, "U0MARIA"):
        await press(desk, "Ask to join", user)
    page = await desk.type("group migration", user=AWA)
    listed = (await desk.click(*buttons(page)["2 requests…"], user=AWA)).respond
    assert listed is not None
    assert shown(listed).split("\n")[:3] == ["Requests to join: Migration", "U0LAN", "[Accept]"]
    after = (await desk.click("groups.accept:U0LAN", "migration/U0LAN", user=AWA)).respond
    assert after is not None
    assert shown(after).split("\n")[:3] == [
        "A member is in the group now, and gets a message.",
        "Requests to join: Migration",
        "U0MARIA",
    ]


async def test_leads_open_the_group_and_let_people_ask_first(desk: Desk) -> None:
    await with_leads(desk)
    assert (await press(desk, "Let people ask first", AWA)).startswith("Whoever wants to join asks from now on")
    assert "Ask to join" in buttons(await desk.type("group migration"))
    await press(desk, "Open it to everybody", AWA)
    assert "Join the group" in buttons(await desk.type("group migration"))


async def test_a_lead_of_the_group_joins_at_once_and_a_group_that_nobody_leads_asks_the_secretariat(
    desk: Desk,
) -> None:
    await with_leads(desk, joining=Joining.REQUEST)
    assert (await press(desk, "Join the group", AWA)).startswith("You are a member now")
    await members.appoint_secretariat(desk.store, ["U0CLAIRE"])
    page = await desk.type("group ceag-sc")
    await desk.click(*buttons(page)["Ask to join"])
    assert ("U0CLAIRE", "ceag-steering-committee/U0LAN", "asked") in await notices(desk)


async def test_guests_do_not_join_and_leads_of_another_group_do_not_decide(desk: Desk) -> None:
    await with_leads(desk, joining=Joining.REQUEST)
    desk.slack.guests = frozenset({"U0GUEST"})
    assert "Ask to join" not in buttons(await desk.type("group migration", user="U0GUEST"))
    refused = (await desk.click("groups.join", "migration", user="U0GUEST")).respond
    assert refused is not None
    assert shown(refused).startswith("This is for: the secretariat, chairs of the group, ")
    await press(desk, "Ask to join")
    await members.set_leads(desk.store, "supply-chains", ["U0JAMES"])
    for action in ("accept", "decline", "requests", "to_all"):
        value = "migration" if action in ("requests", "to_all") else "migration/U0LAN"
        answer = (await desk.click(f"groups.{action}", value, user="U0JAMES")).respond
        assert answer is not None
        assert shown(answer).startswith("This is for: the secretariat, chairs of the group and leads of the group.")
    assert await is_now(desk) is Belonging.ASKED


async def test_a_lead_who_lost_the_role_decides_nothing_with_the_message_they_have(desk: Desk) -> None:
    await with_leads(desk, joining=Joining.REQUEST)
    await press(desk, "Ask to join")
    await members.set_leads(desk.store, "migration", [PRAKASH])
    await desk.click("groups.accept:U0LAN", "migration/U0LAN", user=AWA, ephemeral=False)
    assert await is_now(desk) is Belonging.ASKED


async def test_a_button_for_a_group_that_is_gone_says_so(desk: Desk) -> None:
    for action, value in (("join", "gone"), ("leave", "gone"), ("accept", "gone/U0LAN"), ("requests", "")):
        answer = (await desk.click(f"groups.{action}", value)).respond
        assert answer is not None
        assert shown(answer).startswith("This button is too old")


async def test_joining_in_french_and_spanish(desk: Desk) -> None:
    await with_leads(desk)
    desk.speaks(LAN, "fr-FR")
    assert (await press(desk, "Rejoindre le groupe")).startswith("Vous êtes maintenant membre, et dans son canal.")
    desk.speaks("U0MARIA", "es-LA")
    assert (await press(desk, "Unirme al grupo", "U0MARIA")).startswith("Ya es miembro y está en su canal.")
