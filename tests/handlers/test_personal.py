"""`/alliance my data`: a member sees what the bot holds about them, and erases what is theirs alone."""

from datetime import date

from alliance.coming import Answer
from alliance.newsletters import Choice, Issue
from storage import actionitems, channels, coming, groupmembers, members, personal, readers, roles
from storage.actionitems import Agreed
from storage.eventedits import Editor
from storage.groupmembers import Joining
from tests.handlers.desk import Desk, buttons, shown
from tests.handlers.meetingroom import APRIL, MARCH, MAY, furnish

LAN = "U0LAN"


async def with_a_past(desk: Desk) -> Desk:
    """Lan answered an invitation, joined a group, follows days, owns an action item, and declined breaking news."""
    await furnish(desk)
    await members.save_slack_facts(desk.store, LAN, "en-GB", "Europe/Zurich", desk.now)
    await groupmembers.join(desk.store, LAN, "migration", desk.now, Joining.OPEN, decides=False)
    for ref in (APRIL, MAY):
        await coming.answer(desk.store, ref, LAN, Answer.YES, desk.now)
    await channels.subscribe(desk.store, LAN, "observances", desk.now)
    agreed = Agreed(LAN, "Send the survey", date(2019, 5, 14))
    await actionitems.add(desk.store, Editor("U0AMINA", desk.now), "migration", MARCH, agreed)
    await readers.choose(desk.store, LAN, {Issue.NEWSLETTER: Choice.SLACK, Issue.BREAKING: Choice.NONE})
    return desk


async def test_a_member_sees_it_all_erases_what_is_theirs_and_is_told_what_is_kept(desk: Desk) -> None:
    await with_a_past(desk)
    page = await desk.type("my data")
    assert shown(page).splitlines() == [
        "What I hold about you",
        "You can erase this",
        "- your language, time zone and the groups that you follow",
        "- 1 thing that you are reminded of",
        "- 2 answers to invitations",
        "- 1 membership of an action group",
        "This is kept",
        "- 1 action item that is yours",
        "- 1 line of the log of who did what",
        "- 1 kind of newsletter that you do not want",
        "[Erase what is mine…]",
        "Your name, language and time zone come from Slack and are read from there again when you write to me.",
    ]
    for _twice in range(2):
        reply = await desk.click(*buttons(page)["Erase what is mine…"])
        assert reply.respond is not None
        assert shown(reply.respond).splitlines()[:3] == [
            "It is erased.",
            "What I hold about you",
            "There is nothing that is yours alone.",
        ]
    left = await personal.held(desk.store, LAN)
    assert (left.answers, left.groups, left.subscriptions, left.action_items, left.declined) == (0, 0, 0, 1, 1)
    assert (await coming.of(desk.store, APRIL, None)).coming == ()
    assert (await readers.choices(desk.store, LAN))[Issue.BREAKING] is Choice.NONE


async def test_roles_stay_and_the_secretariat_cannot_erase_itself(desk: Desk) -> None:
    await members.appoint_secretariat(desk.store, [LAN])
    await desk.click("data.erase")
    assert [grant.user_id for grant in await roles.everyone(desk.store)] == [LAN]


async def test_it_is_asked_for_in_french_and_spanish(desk: Desk) -> None:
    desk.speaks("U0AMINA", "fr-FR")
    desk.speaks("U0LUIS", "es-LA")
    assert shown(await desk.type("mes données", "U0AMINA")).startswith("Ce que je détiens sur vous")
    assert shown(await desk.type("mis datos", "U0LUIS")).startswith("Lo que tengo sobre usted")
