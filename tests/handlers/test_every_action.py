"""Every action with every role, through the router: who may not is refused, and nothing changes.

`tests/alliance/test_roles.py` holds the table itself; here stands what asks the table, and that it does.
"""

from collections.abc import Mapping
from typing import Final

import pytest

from alliance.roles import Permission
from handlers import SUBJECTS
from handlers.replies import Json, Reply
from tests.handlers.desk import Desk
from tests.handlers.everyaction import OWN, PEOPLE, Person, everything, forms, furnished, offered, said

GROUP, COMMUNICATIONS = OWN
ANYWHERE, NO_GROUP = "*", ""
"""A right in any group at all is enough; a right that belongs to no group."""

NEEDS: Final[Mapping[str, tuple[Permission, str]]] = {
    "actions.add": (Permission.MANAGE_ACTION_ITEMS, GROUP),
    "actions.done": (Permission.CLOSE_ACTION_ITEM, GROUP),
    "actions.drop": (Permission.CLOSE_ACTION_ITEM, GROUP),
    "actions.redate": (Permission.CLOSE_ACTION_ITEM, GROUP),
    "actions.save": (Permission.MANAGE_ACTION_ITEMS, GROUP),
    "actions.save_date": (Permission.CLOSE_ACTION_ITEM, GROUP),
    "activities.plan": (Permission.PLAN_ACTIVITY, ANYWHERE),
    "activities.edit": (Permission.CHANGE_ACTIVITY, COMMUNICATIONS),
    "activities.next": (Permission.CHANGE_ACTIVITY, COMMUNICATIONS),
    "activities.remove": (Permission.CHANGE_ACTIVITY, COMMUNICATIONS),
    "activities.save": (Permission.CHANGE_ACTIVITY, COMMUNICATIONS),
    "add.edit": (Permission.ADD_EVENT, ANYWHERE),
    "add.save": (Permission.ADD_EVENT, GROUP),
    "agenda.propose": (Permission.PROPOSE_AGENDA, GROUP),
    "agenda.save": (Permission.PROPOSE_AGENDA, GROUP),
    "audit.export": (Permission.READ_AUDIT, NO_GROUP),
    "audit.filter": (Permission.READ_AUDIT, NO_GROUP),
    "audit.show": (Permission.READ_AUDIT, NO_GROUP),
    "deliveries.pause": (Permission.RULE_DELIVERIES, NO_GROUP),
    "deliveries.resume": (Permission.RULE_DELIVERIES, NO_GROUP),
    "deliveries.retry": (Permission.RULE_DELIVERIES, NO_GROUP),
    "deliveries.run_pause": (Permission.RULE_DELIVERIES, NO_GROUP),
    "deliveries.run_resume": (Permission.RULE_DELIVERIES, NO_GROUP),
    "event.add": (Permission.ADD_EVENT, ANYWHERE),
    "event.new": (Permission.ADD_EVENT, ANYWHERE),
    "event.from_message": (Permission.ADD_EVENT, ANYWHERE),
    "event.copy": (Permission.ADD_EVENT, ANYWHERE),
    "event.cancel": (Permission.CHANGE_EVENT, GROUP),
    "event.edit": (Permission.CHANGE_EVENT, GROUP),
    "event.move": (Permission.CHANGE_EVENT, GROUP),
    "event.check": (Permission.CHANGE_EVENT, GROUP),
    "event.save": (Permission.CHANGE_EVENT, GROUP),
    "event.cancel_save": (Permission.CHANGE_EVENT, GROUP),
    "event.move_check": (Permission.CHANGE_EVENT, GROUP),
    "event.move_one": (Permission.CHANGE_EVENT, GROUP),
    "event.move_following": (Permission.CHANGE_EVENT, GROUP),
    "feed.renew": (Permission.RENEW_GROUP_FEED, GROUP),
    "find.make": (Permission.ADD_EVENT, GROUP),
    "groups.accept": (Permission.DECIDE_JOINING, GROUP),
    "groups.decline": (Permission.DECIDE_JOINING, GROUP),
    "groups.requests": (Permission.DECIDE_JOINING, GROUP),
    "groups.by_request": (Permission.DECIDE_JOINING, GROUP),
    "groups.to_all": (Permission.DECIDE_JOINING, GROUP),
    "groups.join": (Permission.JOIN_GROUP, GROUP),
    "import.edit": (Permission.IMPORT_EVENTS, ANYWHERE),
    "import.preview": (Permission.IMPORT_EVENTS, GROUP),
    "import.save": (Permission.IMPORT_EVENTS, GROUP),
    "minutes.edit": (Permission.WRITE_MINUTES, GROUP),
    "minutes.save": (Permission.WRITE_MINUTES, GROUP),
    "newsletter.breaking": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.save_breaking": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.numbers": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.numbers_picture": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.digest": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.save_digest": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.addresses": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.discard": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.save_addresses": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.new": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.file": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.from_message": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.settings": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.section": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.add_section": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.save_settings": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.save_section": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.save_file": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.preview": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.as_mail": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.trial": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.dry_run": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.submit": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.stop": (Permission.WRITE_NEWSLETTER, COMMUNICATIONS),
    "newsletter.approve": (Permission.APPROVE_NEWSLETTER, NO_GROUP),
    "newsletter.send_back": (Permission.APPROVE_NEWSLETTER, NO_GROUP),
    "newsletter.take_back": (Permission.APPROVE_NEWSLETTER, NO_GROUP),
    "newsletter.retry": (Permission.APPROVE_NEWSLETTER, NO_GROUP),
    "reminders.edit": (Permission.CHANGE_CHANNEL_REMINDERS, GROUP),
    "reminders.save": (Permission.CHANGE_CHANNEL_REMINDERS, GROUP),
    "roles.edit": (Permission.APPOINT, NO_GROUP),
    "roles.choose": (Permission.APPOINT, NO_GROUP),
    "roles.save": (Permission.APPOINT, NO_GROUP),
    "rsvp.answer": (Permission.ANSWER_INVITATION, GROUP),
    "rsvp.remind": (Permission.ANSWER_INVITATION, GROUP),
    "rsvp.who": (Permission.SEE_WHO_COMES, GROUP),
    "toolkit.back": (Permission.EDIT_TOOLKIT, COMMUNICATIONS),
    "toolkit.edit": (Permission.EDIT_TOOLKIT, COMMUNICATIONS),
    "toolkit.save": (Permission.EDIT_TOOLKIT, COMMUNICATIONS),
}
"""What each asks for, and of which group what it is pressed for here is."""

ONLY_ITS_AUTHOR: Final = frozenset({"agenda.withdraw"})
OPEN: Final = frozenset(
    {
        "add.discard", "calendar.picture", "event.again", "event.back", "event.ics", "groups.follow", "groups.unfollow",
        "groups.invite", "groups.leave", "minutes.file", "newsletter.choose",
        "newsletter.save_choices", "data.erase", "settings.edit", "settings.save",
    }
)  # fmt: skip
"""What everybody may: it shows what all may read, or is about the member alone."""

LATER: Final = (
    "newsletter.take_back", "event.cancel_save", "event.move_one", "event.move_following", "activities.remove",
    "actions.done",
)  # fmt: skip
"""What ends the thing that others are about comes last."""

REFUSALS: Final = (
    "This is for: ",
    "Only the secretariat can see and change what is delivered.",
    "Only the secretariat and the leads of the channel’s group can change its reminders.",
    "Only who proposed a point can withdraw it.",
)

ACTIONS: Final = {name for subject in SUBJECTS for name in subject.actions}
SUBMISSIONS: Final = {name for subject in SUBJECTS for name in subject.submissions}
SHORTCUTS: Final = {name for subject in SUBJECTS for name in subject.shortcuts}


def test_nothing_is_left_out() -> None:
    every = sorted(ACTIONS | SUBMISSIONS | SHORTCUTS)
    assert sorted([*NEEDS, *OPEN, *ONLY_ITS_AUTHOR]) == every


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name.replace(" ", "-"))
async def test_every_action(desk: Desk, person: Person) -> None:
    desk = await furnished(desk)
    pressed = await offered(desk)
    filled = await forms(desk, pressed)
    assert (ACTIONS - set(pressed), SUBMISSIONS - set(filled)) == ({"event.back"}, set())
    done = {}
    now = await everything(desk)
    for name in sorted(NEEDS.keys() | OPEN | ONLY_ITS_AUTHOR, key=lambda name: (name in LATER, name)):
        before = now
        reply = await _try(desk, name, person.user_id, pressed, filled)
        if reply is None:
            continue
        now = await everything(desk)
        done[name] = "refused" if any(words in said(reply) for words in REFUSALS) else "let through"
        if done[name] == "refused":
            assert now == before, name
    assert done == {name: "let through" if _may(person, name) else "refused" for name in done}
    assert len(done) == len(ACTIONS | SUBMISSIONS | SHORTCUTS) - 1


def _may(person: Person, name: str) -> bool:
    if name in OPEN:
        return True
    if name in ONLY_ITS_AUTHOR:
        return person.author
    permission, group = NEEDS[name]
    if group == ANYWHERE:
        return person.standing.may_somewhere(permission)
    return person.standing.may(permission, group or None, author=person.author)


async def _try(
    desk: Desk,
    name: str,
    user: str,
    pressed: Mapping[str, tuple[str, str, bool]],
    filled: Mapping[str, tuple[dict[str, Json], str]],
) -> Reply | None:
    """What they get; None for the one action that only goes back from a form to the form before."""
    if name in SHORTCUTS:
        message = "Migration group call, 14 May 2019 15:00 Geneva" if name == "event.from_message" else ""
        return Reply(open_view=await desk.shortcut(name, user, message, "C0COMMUNITY"))
    if name in SUBMISSIONS:
        fields, memory = filled[name]
        return await desk.submit(name, fields, memory, user)
    if name not in pressed:
        return None
    action, value, menu = pressed[name]
    return await desk.click(action, value, user, chosen=menu)
