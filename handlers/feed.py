"""`/alliance feed [GROUP]`: the address at which a calendar program reads my events, or those of a group I lead."""

from datetime import datetime

from alliance.roles import Permission
from handlers import permit
from handlers.answers import Answer, View
from handlers.call import Call, Deps, StaleValue
from handlers.fresh import fresh
from handlers.subject import Subject
from handlers.views import feed as views
from handlers.views.parts import no_such_name
from storage import feeds
from storage.entries import Group
from storage.feeds import Address


async def show(call: Call, deps: Deps) -> View:
    """The member's own feed, made where there is none yet; with words, that of a group."""
    if not deps.feeds_at:
        return views.nowhere(call.t)
    owner = call.member.user_id
    if call.words:
        groups, names = deps.library.groups, deps.library.names("group")
        slug = call.words if call.words in groups else names.find(call.words)
        if slug is None:
            near = [(near, call.t.text(groups[near].name.model_dump())) for near in names.suggest(call.words)]
            return no_such_name("feed", call.words, near, call.t)
        await permit.require(call, deps, Permission.RENEW_GROUP_FEED, slug)
        owner = feeds.of_group(slug)
    return await _page(await feeds.address(deps.store, owner, call.now), call, deps)


async def renew(call: Call, deps: Deps) -> View:
    """Another address in place of the one that the button stood below."""
    if not deps.feeds_at:
        return views.nowhere(call.t)
    owner, _, seen = call.value.partition("|")
    try:
        made_at = datetime.fromisoformat(seen)
    except ValueError as error:
        raise StaleValue(call.value) from error
    if owner.startswith(feeds.GROUP):
        slug = owner.removeprefix(feeds.GROUP)
        if slug not in deps.library.groups:
            raise StaleValue(call.value)
        await permit.require(call, deps, Permission.RENEW_GROUP_FEED, slug)
    elif owner != call.member.user_id:
        raise StaleValue(call.value)
    await feeds.address(deps.store, owner, call.now)
    address = await feeds.renew(deps.store, owner, made_at, call.member.user_id, call.now)
    return await _page(address, call, deps, call.t._("This is the new address. The old one leads nowhere any more."))


async def _page(address: Address, call: Call, deps: Deps, notice: str = "") -> Answer:
    groups = deps.library.groups
    url = f"{deps.feeds_at}{address.token}.ics"
    if address.owner.startswith(feeds.GROUP):
        return views.page(address, url, groups[address.owner.removeprefix(feeds.GROUP)], (), call.t, notice)
    standing = (await fresh(call, deps)).standing
    leads: list[Group] = [g for g in groups.values() if standing.may(Permission.RENEW_GROUP_FEED, g.slug)]
    return views.page(address, url, None, leads, call.t, notice)


SUBJECT = Subject(
    words=("feed", "feeds", "flux", "suscripción", "subscribe"),
    help_line=lambda t: t._("My events in my own calendar program: Google, Outlook, Apple"),
    examples=lambda t: (t._("feed"), t._("feed migration")),
    command=show,
    actions={views.RENEW: renew},
)
