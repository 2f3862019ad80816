"""`/alliance groups` and `/alliance group NAME`: what the action groups do, and which of them a member follows."""

from dataclasses import replace

from alliance.roles import Permission, Standing
from handlers.answers import Answer, View
from handlers.call import Call, Deps, StaleValue, UserMistake
from handlers.fresh import fresh
from handlers.grouppage import coming, work_of
from handlers.overview import republish
from handlers.subject import Subject
from handlers.tongue import Tongue
from handlers.views import groups as views
from handlers.views.parts import no_such_name
from storage import channels, members
from storage.entries import Group
from storage.values import Member


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
    return await _page(groups[slug], await fresh(call, deps), call, deps)


async def follow(call: Call, deps: Deps) -> View:
    """Put a group among the member's own."""
    return await _set_followed(call, deps, followed=True)


async def unfollow(call: Call, deps: Deps) -> View:
    """Take a group from the member's own."""
    return await _set_followed(call, deps, followed=False)


async def leads_form(call: Call, deps: Deps) -> View:
    """The form with which the secretariat appoints who leads a group in Slack."""
    group = _named(call.value, deps)
    _may_appoint_or_refuse((await fresh(call, deps)).standing, call.t)
    return views.leads_form(group, await members.leads_of(deps.store, group.slug), call.t)


async def save_leads(call: Call, deps: Deps) -> View:
    """Appoint those whom the form names; the others lead the group no longer."""
    group = _named(call.memory, deps)
    member = await fresh(call, deps)
    _may_appoint_or_refuse(member.standing, call.t)
    await members.set_leads(deps.store, group.slug, call.state.get(views.LEADS_FIELD) or [])
    return await _page(group, await fresh(call, deps), call, deps, call.t._("The leads are saved."))


async def _set_followed(call: Call, deps: Deps, *, followed: bool) -> View:
    group = _named(call.value, deps)
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
    return await _page(group, member, call, deps, notice)


async def _page(group: Group, member: Member, call: Call, deps: Deps, notice: str = "") -> Answer:
    present = await channels.all_present(deps.store)
    page = views.GroupPage(
        meetings=await coming(group.slug, call, deps),
        work=await work_of(group.slug, call, deps),
        channel_id=next((channel.channel_id for channel in present if channel.group == group.slug), None),
        leads=tuple(await members.leads_of(deps.store, group.slug)),
        followed=group.slug in member.groups,
        may_appoint=member.standing.may(Permission.APPOINT),
        notice=notice,
    )
    return views.one(group, page, call.t, call.today, call.where)


def _named(slug: str, deps: Deps) -> Group:
    if slug not in deps.library.groups:
        raise StaleValue(slug)
    return deps.library.groups[slug]


def _may_appoint_or_refuse(standing: Standing, t: Tongue) -> None:
    if not standing.may(Permission.APPOINT):
        raise UserMistake(t._("Only the secretariat can appoint the leads of a group. Please ask the secretariat."))


SUBJECT = Subject(
    words=("groups", "group", "groupes", "groupe", "grupos", "grupo"),
    help_line=lambda t: t._("The action groups: who leads them, work plan, next steps and meetings"),
    examples=lambda t: (t._("groups"), t._("group migration")),
    command=show,
    reads_only=True,
    actions={views.FOLLOW: follow, views.UNFOLLOW: unfollow, views.LEADS: leads_form},
    submissions={views.SAVE_LEADS: save_leads},
)
