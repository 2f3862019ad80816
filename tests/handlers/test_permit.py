"""Whether somebody may: asked when they do it, refused where nobody knows, and locking out no ordinary member."""

from alliance.roles import Permission, Role
from handlers.answers import Answer
from handlers.call import Call, Deps
from handlers.permit import require
from handlers.router import Router
from handlers.subject import Subject
from handlers.views import kit
from storage import members, roles
from tests.handlers.desk import Desk

SLACK_SILENT = "Slack does not answer at present whether you may do this. Please try again in a minute."
FOR_MEMBERS = (
    "This is for: the secretariat, chairs of the group, leads of the group, members of the Steering Committee, "
    "focal points of organisations and members of the community. Please ask one of them, or the secretariat, "
    "to do it for you."
)


async def propose(call: Call, deps: Deps) -> Answer:
    member = await require(call, deps, Permission(call.words or "propose_agenda"), call.value or None)
    done = f"done by {member.user_id}"
    return Answer(done, [kit.say(done)])


DOING = Subject(("do",), lambda _t: "", lambda _t: (), propose)


def at(desk: Desk) -> Desk:
    """The desk, with a subject that needs a permission."""
    desk.router = Router(desk.deps, (DOING,))
    return desk


async def test_a_member_may_what_members_may(desk: Desk) -> None:
    assert (await at(desk).type("do"))["text"] == "done by U0LAN"


async def test_a_guest_is_told_who_may(desk: Desk) -> None:
    desk.slack.guests = frozenset({"U0LAN"})
    assert (await at(desk).type("do"))["text"] == FOR_MEMBERS


async def test_while_slack_says_nothing_of_somebody_they_are_refused_and_told_to_try_again(desk: Desk) -> None:
    desk.slack.refuses = True
    assert (await at(desk).type("do"))["text"] == SLACK_SILENT
    desk.slack.refuses = False
    assert (await desk.type("do"))["text"] == "done by U0LAN"


async def test_a_guest_does_not_get_in_because_slack_was_silent_before(desk: Desk) -> None:
    desk.slack.refuses, desk.slack.guests = True, frozenset({"U0LAN"})
    assert (await at(desk).type("do"))["text"] == SLACK_SILENT
    desk.slack.refuses = False
    assert (await desk.type("do"))["text"] == FOR_MEMBERS


async def test_what_slack_once_said_stands_when_a_later_question_fails(desk: Desk) -> None:
    await at(desk).type("do")
    desk.slack.refuses = True
    desk.now = desk.now.replace(day=20)
    assert (await desk.type("do"))["text"] == "done by U0LAN"
    await desk.settle()
    assert (await desk.type("do"))["text"] == "done by U0LAN"


async def test_a_role_that_was_given_needs_no_answer_of_slack_and_ends_when_it_is_taken(desk: Desk) -> None:
    desk.slack.refuses = True
    await members.appoint_secretariat(desk.store, ["U0CLAIRE", "U0LAN"])
    assert (await at(desk).type("do appoint"))["text"] == "done by U0LAN"
    await roles.change(desk.store, "U0CLAIRE", desk.now, Role.SECRETARIAT, "", take=["U0LAN"])
    assert (await desk.type("do appoint"))["text"] == (
        "This is for: the secretariat. Please ask one of them, or the secretariat, to do it for you."
    )
