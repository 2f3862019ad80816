"""What chairs, leads and askers are told of who joins a group: once, in their language, and only while it is so."""

from alliance.delivery import State
from alliance.roles import Role
from bot.slack import SlackDoor
from storage import groupmembers, roles
from storage.groupmembers import Joining
from tests.bot.office import MIGRATION, Office
from tests.handlers.desk import buttons, shown

LAN, PRAKASH, FATOU = "U0LAN", "U0PRAKASH", "U0FATOU"
GROUP = "migration"


async def ready(office: Office) -> Office:
    """Two lead the group, one of them reads French; nobody is reminded of anything."""
    await office.only(MIGRATION)
    now = office.workspace.clock.now()
    await roles.change(office.store, "U0JAMES", now, Role.GROUP_LEAD, GROUP, give=[PRAKASH, FATOU])
    return office


def told(office: Office, user: str) -> list[str]:
    return [shown(post) for post in office.posts(user)]


async def skipped(office: Office) -> list[str | None]:
    return [row.reason for row in await office.has(State.SKIPPED)]


async def test_each_lead_is_asked_in_their_own_language_and_the_asker_gets_the_decision(office: Office) -> None:
    await ready(office)
    now = office.workspace.clock.now
    await groupmembers.join(office.store, LAN, GROUP, now(), Joining.REQUEST)
    await office.post()
    [request] = office.posts(PRAKASH)
    assert shown(request).split("\n")[0] == "U0LAN asks to join the group “Migration”."
    assert buttons(request)["Accept"] == ("groups.accept:U0LAN", "migration/U0LAN")
    [demande] = told(office, FATOU)
    assert demande.split("\n")[0].startswith("U0LAN demande à rejoindre le groupe «\u202f")

    await groupmembers.decide(office.store, FATOU, GROUP, LAN, now(), accept=True)
    await office.post()
    assert [text.split("\n")[:2] for text in told(office, LAN)] == [
        ["You are now a member of the group “Migration”.", f"Channel: {MIGRATION}"]
    ]
    assert await skipped(office) == []


async def test_what_is_over_before_it_is_posted_is_not_posted(office: Office) -> None:
    await ready(office)
    now = office.workspace.clock.now()
    await groupmembers.join(office.store, LAN, GROUP, now, Joining.OPEN)
    await groupmembers.leave(office.store, LAN, GROUP, now)
    await office.post()
    assert [text.split("\n")[0] for text in told(office, PRAKASH)] == ["U0LAN has left the group “Migration”."]
    assert await skipped(office) == ["no longer so"] * 2


async def test_who_leads_the_group_no_longer_is_not_asked(office: Office) -> None:
    await ready(office)
    now = office.workspace.clock.now()
    await groupmembers.join(office.store, LAN, GROUP, now, Joining.REQUEST)
    await roles.change(office.store, "U0JAMES", now, Role.GROUP_LEAD, GROUP, take=[PRAKASH])
    await office.post()
    assert (told(office, PRAKASH), len(told(office, FATOU))) == ([], 1)


async def test_a_decided_request_loses_its_buttons_and_is_still_found_in_history(office: Office) -> None:
    await ready(office)
    await groupmembers.join(office.store, LAN, GROUP, office.workspace.clock.now(), Joining.REQUEST)
    await office.post()
    [posted] = [one for one in await groupmembers.requests_posted(office.store, GROUP, LAN) if one.target == PRAKASH]
    blocks = [{"type": "section", "text": {"type": "plain_text", "text": "Decided."}}]
    await office.slack.revise(posted, "Decided.", blocks)
    [message] = office.posts(PRAKASH)
    assert (message["text"], message["metadata"]["event_payload"]) == ("Decided.", {"id": posted.id, "key": posted.key})


async def test_a_member_is_brought_into_a_channel_once(office: Office) -> None:
    door: SlackDoor = office.slack
    office.workspace.team.channels[MIGRATION].members.discard(LAN)
    for _time in range(2):
        await door.invite(MIGRATION, LAN)
    joins = [post for post in office.workspace.messages(MIGRATION) if post.get("subtype") == "channel_join"]
    assert [post["user"] for post in joins] == [LAN]
