"""What every step of a newsletter needs: the one that a button names, who may do what, and its page."""

from functools import wraps

from alliance.roles import Permission
from handlers import permit
from handlers.answers import Answer, View
from handlers.call import Call, Deps, StaleValue, UserMistake
from handlers.fresh import fresh
from handlers.subject import Handler
from handlers.views import newsletters as views
from storage import newsletters
from storage.newsletters import Changed, Newsletter
from storage.values import Member

GROUP = "communications"
"""The action group whose chairs and leads write newsletters beside the secretariat."""


async def may_write(call: Call, deps: Deps) -> Member:
    """Raises UserMistake for who may not write newsletters."""
    return await permit.require(call, deps, Permission.WRITE_NEWSLETTER, GROUP)


async def may_approve(call: Call, deps: Deps) -> Member:
    """Raises UserMistake for who may not approve any."""
    return await permit.require(call, deps, Permission.APPROVE_NEWSLETTER)


async def named(value: str, call: Call, deps: Deps) -> Newsletter:
    """The newsletter whose number the value begins with. Raises StaleValue, or UserMistake where it is gone."""
    found = await newsletters.get(deps.store, numbers(value)[0])
    if found is None:
        raise UserMistake(call.t._("This newsletter is not there any more."))
    return found


def numbers(value: str) -> tuple[int, int]:
    """ "12:3" as 12 and 3; the second is 0 where there is none. Raises StaleValue for anything else."""
    first, _, second = value.partition(":")
    if not (first.isdecimal() and len(first) < 9 and (second or "0").isdecimal() and len(second) < 9):
        raise StaleValue(value)
    return int(first), int(second or 0)


async def rights(newsletter: Newsletter | None, call: Call, deps: Deps) -> views.Rights:
    """What to offer; each step asks again."""
    standing = (await fresh(call, deps)).standing
    return views.Rights(
        write=standing.may(Permission.WRITE_NEWSLETTER, GROUP),
        approve=standing.may(Permission.APPROVE_NEWSLETTER),
        own=newsletter is not None and call.member.user_id in newsletter.writers,
    )


async def page(newsletter: Newsletter, call: Call, deps: Deps, notice: str = "") -> Answer:
    """The newsletter as it stands."""
    way = await newsletters.way(deps.store, newsletter.ref)
    allowed = await rights(newsletter, call, deps)
    return views.page(views.Facts(newsletter, way, deps.library.groups, allowed, notice), call.t)


def as_it_stands(handler: Handler) -> Handler:
    """The handler; where somebody else was faster (Changed), how it stands now, and nothing was overwritten."""

    @wraps(handler)
    async def guarded(call: Call, deps: Deps) -> View:
        try:
            return await handler(call, deps)
        except Changed as changed:
            notice = call.t._(
                "It has changed since it was shown to you, and nothing was done. It stands like this now."
            )
            return await page(changed.newsletter, call, deps, notice)

    return guarded
