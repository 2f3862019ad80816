"""Whether somebody may do it, asked of the database at the moment they do it."""

import asyncio

import structlog

from alliance.roles import ALLOWED, Permission, Role
from handlers.call import SLACK_PATIENCE, Call, Deps, SlackRefused, UserMistake
from handlers.fresh import fresh
from handlers.views.roles import role_names
from storage import members
from storage.values import Member

log = structlog.get_logger(__name__)


async def require(
    call: Call, deps: Deps, permission: Permission, group: str | None = None, *, author: bool = False
) -> Member:
    """The calling member, read afresh. Raises UserMistake, a sentence that says who may, for everybody else.

    `group`: the slug of the action group that it belongs to; `author`: whether the member wrote it or it is theirs.

    Of somebody of whom Slack has never said whether they are a guest, this asks Slack once more, for as long as an
    answer may wait, and refuses if Slack stays silent: a guest must not get in because users.info failed. That locks
    nobody out for longer than Slack is silent. What Slack once said is kept and stands when a later question fails;
    and roles that the secretariat gave are in the database, so that their holders never depend on Slack's answer.
    """
    member = await fresh(call, deps)
    if member.refreshed_at is None and not member.standing.may(permission, group, author=author):
        member = await _as_slack_says(member, permission, call, deps)
    if not member.standing.may(permission, group, author=author):
        who = call.t.listed(role_names(_who(permission), call.t))
        raise UserMistake(
            call.t._("This is for: {roles}. Please ask one of them, or the secretariat, to do it for you.", roles=who)
        )
    return member


async def _as_slack_says(member: Member, permission: Permission, call: Call, deps: Deps) -> Member:
    """The same member once Slack has said whether they are a guest, where that matters. Raises UserMistake."""
    if Role.MEMBER not in ALLOWED.get(permission, frozenset()):
        return member
    try:
        async with asyncio.timeout(SLACK_PATIENCE):
            facts = await deps.slack.member_facts(member.user_id)
    except (TimeoutError, SlackRefused) as error:
        log.warning("member_facts_missing", reason=str(error) or "timeout")
        raise UserMistake(
            call.t._("Slack does not answer at present whether you may do this. Please try again in a minute.")
        ) from error
    return await members.save_slack_facts(
        deps.store, member.user_id, facts.locale, facts.zone, call.now, guest=facts.guest
    )


def _who(permission: Permission) -> list[Role]:
    """The roles that may, in the order of Role."""
    return [role for role in Role if role in ALLOWED.get(permission, frozenset())]
