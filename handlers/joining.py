"""Joining and leaving an action group, and what its chairs and leads decide on that; on the page of the group."""

import asyncio
from collections.abc import Mapping
from typing import Final

import structlog

from alliance.roles import Permission
from handlers.answers import Answer, Nothing, View
from handlers.call import SLACK_PATIENCE, Call, Deps, SlackRefused
from handlers.fresh import fresh
from handlers.grouppage import channel_of, named, page, usually
from handlers.permit import require
from handlers.sharing import is_new
from handlers.subject import Handler
from handlers.tongue import Tongue
from handlers.views import joining as views
from storage import groupmembers, members
from storage.entries import Group
from storage.groupmembers import Belonging, Happened, Joining
from storage.values import Member

log = structlog.get_logger(__name__)


async def join(call: Call, deps: Deps) -> View:
    """Join, or ask to; a click that Slack delivers again shows the group as it is."""
    group = named(call.value, deps)
    member = await require(call, deps, Permission.JOIN_GROUP, group.slug)
    if not await is_new(call, deps):
        return await page(group, member, call, deps)
    decides = member.standing.may(Permission.DECIDE_JOINING, group.slug)
    now_is = await groupmembers.join(deps.store, member.user_id, group.slug, call.now, usually(group), decides=decides)
    if now_is is Belonging.ASKED:
        return await page(group, member, call, deps, call.t._("Your request is sent. You will get a message."))
    return await page(group, member, call, deps, await _brought(group, member.user_id, call, deps))


async def leave(call: Call, deps: Deps) -> View:
    """Leave, or withdraw the request; whoever is in it may always leave."""
    group = named(call.value, deps)
    member = await fresh(call, deps)
    if not await is_new(call, deps):
        return await page(group, member, call, deps)
    was = await groupmembers.leave(deps.store, member.user_id, group.slug, call.now)
    if was is Belonging.ASKED:
        deps.later(_settle(None, group, member.user_id, "", deps))
        return await page(group, member, call, deps, call.t._("Your request is withdrawn."))
    said = call.t._("You have left the group. You stay in its channel until you leave it in Slack.") if was else ""
    return await page(group, member, call, deps, said)


async def invite(call: Call, deps: Deps) -> View:
    """Bring a member of the group into its channel, should the first invitation have failed."""
    group = named(call.value, deps)
    if await groupmembers.belonging(deps.store, group.slug, call.member.user_id) is not Belonging.MEMBER:
        return _said(call.t._("You are not a member of this group any more. You can join it again on its page."), call)
    return _said(await _brought(group, call.member.user_id, call, deps), call)


async def accept(call: Call, deps: Deps) -> View:
    """Take in somebody who asked."""
    return await _decide(call, deps, accepted=True)


async def decline(call: Call, deps: Deps) -> View:
    """Do not take them in."""
    return await _decide(call, deps, accepted=False)


async def requests(call: Call, deps: Deps) -> View:
    """Who asks to join."""
    group = named(call.value, deps)
    await require(call, deps, Permission.DECIDE_JOINING, group.slug)
    return await _requests(group, call, deps)


async def to_all(call: Call, deps: Deps) -> View:
    """Everybody can join the group from now on."""
    done = call.t._("Everybody in the community can join now. Who has asked before still waits for your decision.")
    return await _set(Joining.OPEN, done, call, deps)


async def by_request(call: Call, deps: Deps) -> View:
    """From now on one asks to join the group."""
    done = call.t._("Whoever wants to join asks from now on, and you get a message. Members stay members.")
    return await _set(Joining.REQUEST, done, call, deps)


async def _set(joining: Joining, done: str, call: Call, deps: Deps) -> View:
    group = named(call.value, deps)
    member = await require(call, deps, Permission.DECIDE_JOINING, group.slug)
    await groupmembers.set_joining(deps.store, member.user_id, group.slug, joining, call.now)
    return await page(group, member, call, deps, done)


async def _decide(call: Call, deps: Deps, *, accepted: bool) -> View:
    slug, user_id = groupmembers.parse_subject(call.value)
    group = named(slug, deps)
    member = await require(call, deps, Permission.DECIDE_JOINING, slug)
    if not await is_new(call, deps):
        return Nothing()
    decided = await groupmembers.decide(deps.store, member.user_id, slug, user_id, call.now, accept=accepted)
    if decided:
        happened = Happened.ACCEPTED if accepted else Happened.DECLINED
        deps.later(_settle(happened, group, user_id, member.user_id, deps))
    sentence = await _what_is_so(group, user_id, call, deps, accepted=accepted, decided=decided)
    if accepted and decided:
        deps.later(_bring_quietly(group, user_id, deps))
    if call.message_private:
        return await _requests(group, call, deps, sentence.replace("{member}", call.t._("A member")))
    return views.done(sentence, user_id, call.t._("Requests"), call.t)


async def _what_is_so(group: Group, user_id: str, call: Call, deps: Deps, *, accepted: bool, decided: bool) -> str:
    """In words, also where somebody else was faster."""
    if decided:
        return (
            call.t._("{member} is in the group now, and gets a message.")
            if accepted
            else call.t._("{member} is not taken in, and gets a message.")
        )
    if await groupmembers.belonging(deps.store, group.slug, user_id) is Belonging.MEMBER:
        return call.t._("{member} is in the group already.")
    return call.t._("There is no request of {member} any more: it was declined or withdrawn.")


async def _requests(group: Group, call: Call, deps: Deps, notice: str = "") -> Answer:
    found = await groupmembers.people(deps.store, group.slug, call.member.user_id, usually(group))
    return views.requests(group, found.asking, call.t, notice)


async def _brought(group: Group, user_id: str, call: Call, deps: Deps) -> str:
    """Bring them into the channel of the group; in words, what came of it."""
    channel_id = await channel_of(group.slug, deps)
    if channel_id is None:
        return call.t._("You are a member now. The bot is not in the channel of the group: look for it in Slack.")
    try:
        async with asyncio.timeout(SLACK_PATIENCE):
            await deps.slack.invite(channel_id, user_id)
    except (TimeoutError, SlackRefused) as error:
        log.warning("invitation_failed", reason=str(error) or "timeout")
        return call.t._(
            "You are a member now. Slack did not let me bring you into its channel: "
            "open the channel above, or ask a lead to invite you."
        )
    return call.t._("You are a member now, and in its channel.")


async def _bring_quietly(group: Group, user_id: str, deps: Deps) -> None:
    """The same for somebody who is told by a message, which has a button to try again."""
    channel_id = await channel_of(group.slug, deps)
    if channel_id:
        try:
            await deps.slack.invite(channel_id, user_id)
        except SlackRefused as refused:
            log.warning("invitation_failed", reason=str(refused))


async def _settle(happened: Happened | None, group: Group, user_id: str, by: str, deps: Deps) -> None:
    """Take the buttons off the messages with the request, each in the language of its reader."""
    for posted in await groupmembers.requests_posted(deps.store, group.slug, user_id):
        reader = await members.get(deps.store, posted.target) or Member(posted.target)
        t = Tongue(reader.language(deps.community_language), reader.zone)
        answer = views.settled(happened, group, user_id, by, t)
        try:
            await deps.slack.revise(posted, answer.text, answer.blocks)
        except SlackRefused as refused:
            log.warning("request_not_updated", delivery=posted.id, reason=str(refused))


def _said(sentence: str, call: Call) -> Answer:
    return views.done(sentence, call.member.user_id, call.t._("Action group"), call.t)


ACTIONS: Final[Mapping[str, Handler]] = {
    views.JOIN: join,
    views.LEAVE: leave,
    views.INVITE: invite,
    views.ACCEPT: accept,
    views.DECLINE: decline,
    views.REQUESTS: requests,
    views.TO_ALL: to_all,
    views.BY_REQUEST: by_request,
}
"""They belong to the subject of groups."""
