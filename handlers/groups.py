"""`/alliance groups` and `/alliance group NAME`: what the action groups do, and which of them a member follows."""

from dataclasses import replace

from handlers import joining
from handlers.answers import View
from handlers.call import Call, Deps
from handlers.fresh import fresh
from handlers.grouppage import named, page
from handlers.overview import republish
from handlers.subject import Subject
from handlers.views import groups as views
from handlers.views.parts import no_such_name
from storage import members


async def show(call: Call, deps: Deps) -> View:
    """The list without words, else the group that they name."""
    groups = deps.library.groups
    if not call.words:
        return views.listing(list(groups.values()), call.member.groups, call.t)
    names = deps.library.names("group")
    slug = call.words if call.words in groups else names.find(call.words)
    if slug is None:
        near = [(near, call.t.text(groups[near].name.model_dump())) for near in names.suggest(call.words)]
        return no_such_name("groups", call.words, near, call.t)
    return await page(groups[slug], await fresh(call, deps), call, deps)


async def follow(call: Call, deps: Deps) -> View:
    """Put a group among the member's own."""
    return await _set_followed(call, deps, followed=True)


async def unfollow(call: Call, deps: Deps) -> View:
    """Take a group from the member's own."""
    return await _set_followed(call, deps, followed=False)


async def _set_followed(call: Call, deps: Deps, *, followed: bool) -> View:
    group = named(call.value, deps)
    member = await fresh(call, deps)
    others = [slug for slug in member.groups if slug != group.slug]
    member = replace(member, groups=(*others, group.slug) if followed else tuple(others))
    await members.set_groups(deps.store, member.user_id, member.groups)
    deps.later(republish(replace(call, member=member), deps))
    notice = (
        call.t._("You follow this group now: its next events stand in your overview. For reminders, see settings.")
        if followed
        else call.t._("You do not follow this group any more.")
    )
    return await page(group, member, call, deps, notice)


SUBJECT = Subject(
    words=("groups", "group", "groupes", "groupe", "grupos", "grupo"),
    help_line=lambda t: t._("The action groups: who leads them, work plan, next steps and meetings"),
    examples=lambda t: (t._("groups"), t._("group migration")),
    command=show,
    reads_only=True,
    actions={views.FOLLOW: follow, views.UNFOLLOW: unfollow, **joining.ACTIONS},
)
