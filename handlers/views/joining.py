"""Joining an action group: what stands on its page, and what chairs, leads and askers are told."""

from dataclasses import dataclass
from typing import Final

from handlers.answers import Answer
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import open_button
from storage.entries import Group
from storage.groupmembers import Belonging, Happened, Joining, People

JOIN, LEAVE, INVITE = "groups.join", "groups.leave", "groups.invite"
ACCEPT, DECLINE, REQUESTS = "groups.accept", "groups.decline", "groups.requests"
TO_ALL, BY_REQUEST = "groups.to_all", "groups.by_request"

MOST_REQUESTS: Final = 15
"""So many stand in one list; when these are decided, the others follow."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a member sees of joining: the people of the group, and what they may."""

    people: People
    may_join: bool
    may_decide: bool
    channel_id: str | None


def facts(place: Place, t: Tongue) -> list[kit.Element]:
    """How many are in it, how one joins, and what the reader is to it."""
    count = place.people.count
    how = {
        Joining.OPEN: t._("Everybody in the community can join."),
        Joining.REQUEST: t._("To join, you ask: its chairs and leads decide."),
    }[place.people.joining]
    own = {
        None: how,
        Belonging.MEMBER: t._("You are a member."),
        Belonging.ASKED: t._("You have asked to join. You will get a message when it is decided."),
    }[place.people.own]
    return [parts.fact(t._("Members here:"), kit.text(f"{count}. {own}"))]


def buttons(slug: str, place: Place, t: Tongue) -> list[kit.Element]:
    """Join or leave; for chairs and leads the requests and how the group is joined."""
    own, joining = place.people.own, place.people.joining
    made = []
    if own is None and place.may_join:
        opened = joining is Joining.OPEN or place.may_decide
        made.append(kit.button(t._("Join the group") if opened else t._("Ask to join"), JOIN, slug))
    elif own is Belonging.ASKED:
        made.append(kit.button(t._("Withdraw my request"), LEAVE, slug))
    elif own is Belonging.MEMBER:
        if place.channel_id:
            made.append(kit.button(t._("Bring me into its channel"), INVITE, slug))
        made.append(_leave_button(slug, t))
    if place.may_decide:
        if place.people.asking:
            words = t.n("{count} request…", "{count} requests…", len(place.people.asking))
            made.append(kit.button(words, REQUESTS, slug, primary=True))
        made.append(
            kit.button(t._("Let people ask first"), BY_REQUEST, slug)
            if joining is Joining.OPEN
            else kit.button(t._("Open it to everybody"), TO_ALL, slug)
        )
    return made


def _leave_button(slug: str, t: Tongue) -> kit.Element:
    return kit.confirmed(
        kit.button(t._("Leave the group"), LEAVE, slug),
        t._("Leave the group?"),
        t._("Its chairs and leads are told. You stay in its channel until you leave it in Slack."),
        t._("Leave"),
        t._("Cancel"),
    )


def requests(group: Group, asking: tuple[str, ...], t: Tongue, notice: str = "") -> Answer:
    """Who asks to join, each with the two buttons."""
    title = t._("Requests to join: {group}", group=t.text(group.name.model_dump()))
    blocks = [kit.context(notice)] if notice else []
    blocks.append(kit.header(title))
    for user_id in asking[:MOST_REQUESTS]:
        blocks += [kit.rich(kit.paragraph(parts.user_mention(user_id))), kit.actions(*_decisions(group, user_id, t))]
    if not asking:
        blocks.append(kit.say(t._("There are none at present.")))
    if len(asking) > MOST_REQUESTS:
        blocks.append(kit.context(t._("More requests follow when these are decided.")))
    back = open_button(t._("Back to the group"), Ask("groups", group.slug), "back")
    return Answer(title, [*blocks, kit.actions(back)], title=t._("Requests"))


def told(happened: Happened, group: Group, user_id: str, channel_id: str | None, t: Tongue) -> Answer:
    """The message for chairs and leads, or for who asked."""
    name = t.text(group.name.model_dump())
    sentence = {
        Happened.JOINED: t._("{member} has joined the group “{group}”.", member="{member}", group=name),
        Happened.LEFT: t._("{member} has left the group “{group}”.", member="{member}", group=name),
        Happened.ASKED: t._("{member} asks to join the group “{group}”.", member="{member}", group=name),
        Happened.ACCEPTED: t._("You are now a member of the group “{group}”.", group=name),
        Happened.DECLINED: t._(
            "Your request to join the group “{group}” was not accepted. Its chairs and leads can tell you why.",
            group=name,
        ),
    }[happened]
    blocks = [kit.rich(kit.paragraph(*with_member(sentence, user_id)))]
    page = open_button(t._("Open the group"), Ask("groups", group.slug), "group")
    if happened is Happened.ASKED:
        blocks.append(kit.actions(*_decisions(group, user_id, t), page))
    elif happened is Happened.ACCEPTED and channel_id:
        blocks.append(kit.rich(parts.fact(t._("Channel:"), parts.channel_mention(channel_id))))
        blocks.append(kit.actions(kit.button(t._("Bring me into its channel"), INVITE, group.slug), page))
    else:
        blocks.append(kit.actions(page))
    return Answer(sentence.replace("{member}", t._("A member")), blocks)


def settled(happened: Happened | None, group: Group, user_id: str, by: str, t: Tongue) -> Answer:
    """What the message with a request says once it is decided, or withdrawn (None)."""
    name = t.text(group.name.model_dump())
    sentence = {
        Happened.ACCEPTED: t._("{member} asked to join the group “{group}”. Accepted by {lead}."),
        Happened.DECLINED: t._("{member} asked to join the group “{group}”. Declined by {lead}."),
        None: t._("{member} asked to join the group “{group}”, and has withdrawn the request."),
    }[happened]
    sentence = sentence.replace("{group}", name)
    before, lead, after = sentence.partition("{lead}")
    paragraph = with_member(before, user_id)
    if lead:
        paragraph += [parts.user_mention(by), kit.text(after)]
    shown = sentence.replace("{member}", t._("A member")).replace("{lead}", t._("a lead"))
    return Answer(shown, [kit.rich(kit.paragraph(*paragraph))])


def with_member(sentence: str, user_id: str) -> list[kit.Element]:
    """The sentence with the person's mention in place of {member}."""
    before, found, after = sentence.partition("{member}")
    return [kit.text(before), parts.user_mention(user_id), kit.text(after)] if found else [kit.text(sentence)]


def done(sentence: str, user_id: str, title: str, t: Tongue) -> Answer:
    """What a click has done, or that there was nothing to do any more; below the clicked message."""
    shown = kit.rich(kit.paragraph(*with_member(sentence, user_id)))
    return Answer(sentence.replace("{member}", t._("A member")), [shown], title=title, replace=False)


def _decisions(group: Group, user_id: str, t: Tongue) -> list[kit.Element]:
    value = f"{group.slug}/{user_id}"
    return [
        kit.button(t._("Accept"), f"{ACCEPT}:{user_id}", value, primary=True),
        kit.button(t._("Decline"), f"{DECLINE}:{user_id}", value),
    ]
