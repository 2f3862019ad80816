"""Who may add and change events: asked of the database at each step, for the groups that an event belongs to."""

from alliance.roles import Permission
from handlers import permit
from handlers.call import Call, Deps, UserMistake
from handlers.fresh import fresh
from storage import eventedits
from storage.entries import Event
from storage.eventedits import Stored


async def stored_of(call: Call, deps: Deps) -> Stored:
    """The event that a button names. Raises UserMistake where it is gone."""
    slug = call.value.rpartition("@")[0] or call.value
    stored = await eventedits.get(deps.store, slug)
    if stored is None:
        raise UserMistake(call.t._("This event is no longer in the calendar."))
    return stored


async def may_add(call: Call, deps: Deps, groups: tuple[str, ...]) -> None:
    """Raises UserMistake for who may not add an event to each of these groups; without groups, to any at all."""
    if groups:
        for group in groups:
            await permit.require(call, deps, Permission.ADD_EVENT, group)
        return
    standing = (await fresh(call, deps)).standing
    if not any(standing.may(Permission.ADD_EVENT, group) for group in (None, *standing.leads, *standing.chairs)):
        await permit.require(call, deps, Permission.ADD_EVENT)


async def may_change(call: Call, deps: Deps, stored: Stored) -> None:
    """Raises UserMistake for who may change this event for none of its groups."""
    author = stored.written_by == call.member.user_id
    standing = (await fresh(call, deps)).standing
    groups = stored.entry.groups or (None,)
    if not any(standing.may(Permission.CHANGE_EVENT, group, author=author) for group in groups):
        await permit.require(call, deps, Permission.CHANGE_EVENT, groups[0], author=author)


async def may_save(call: Call, deps: Deps, stored: Stored | None, entry: Event) -> None:
    """Raises UserMistake for who may not keep this: a new event, or a change that may give it to other groups."""
    if stored is None:
        for group in entry.groups or (None,):
            await permit.require(call, deps, Permission.ADD_EVENT, group)
        return
    await may_change(call, deps, stored)
    added = tuple(group for group in entry.groups if group not in stored.entry.groups)
    if added:
        await may_add(call, deps, added)
