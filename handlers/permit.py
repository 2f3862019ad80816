"""Whether somebody may do it, asked of the database at the moment they do it."""

from alliance.roles import ALLOWED, Permission, Role
from handlers.call import Call, Deps, UserMistake
from handlers.fresh import fresh
from handlers.views.roles import role_names
from storage.values import Member


async def require(
    call: Call, deps: Deps, permission: Permission, group: str | None = None, *, author: bool = False
) -> Member:
    """The calling member, read afresh. Raises UserMistake, a sentence that says who may, for everybody else.

    `group`: the slug of the action group that it belongs to; `author`: whether the member wrote it or it is theirs.
    """
    member = await fresh(call, deps)
    if not member.standing.may(permission, group, author=author):
        who = call.t.listed(role_names(_who(permission), call.t))
        raise UserMistake(
            call.t._("This is for: {roles}. Please ask one of them, or the secretariat, to do it for you.", roles=who)
        )
    return member


def _who(permission: Permission) -> list[Role]:
    """The roles that may, in the order of Role."""
    return [role for role in Role if role in ALLOWED.get(permission, frozenset())]
