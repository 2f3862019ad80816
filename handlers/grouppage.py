"""The page of an action group, gathered from the calendar, the agendas, the minutes and who is in it."""

from typing import Final

from alliance.roles import Permission
from handlers.answers import Answer
from handlers.call import Call, Deps, StaleValue
from handlers.events import AHEAD
from handlers.meetings import next_meeting, past_meetings
from handlers.views import groups as views
from handlers.views.groupwork import Work
from handlers.views.joining import Place
from storage import actionitems, channels, events, groupmembers, meetings, roles
from storage.entries import Group
from storage.groupmembers import Joining
from storage.values import EventRow, Member

MEETINGS: Final = 5
"""So many of its next meetings and events stand on a group's page."""

MINUTES: Final = 3
"""And the minutes of so many of its last meetings."""


async def coming(slug: str, call: Call, deps: Deps) -> list[EventRow]:
    """Its next meetings and events."""
    found = await events.upcoming_for(deps.store, frozenset({f"group:{slug}"}), call.today, MEETINGS)
    return [row for row in found if row.when.start <= call.today + AHEAD]


async def work_of(slug: str, call: Call, deps: Deps) -> Work:
    """Its next meeting, its open action items and its last minutes."""
    past = {row.ref: row for row in await past_meetings(deps.store, slug, call)}
    written = {found.occurrence: found for found in await meetings.of_meetings(deps.store, past)}
    recent = [(row, written[ref]) for ref, row in past.items() if ref in written]
    return Work(
        meeting=await next_meeting(deps.store, slug, call),
        items=await actionitems.of_groups(deps.store, [slug]),
        minutes=recent[:MINUTES],
    )


async def page(group: Group, member: Member, call: Call, deps: Deps, notice: str = "") -> Answer:
    """Everything of a group, as this member may see and use it; `notice` is what has just been done."""
    channel_id = await channel_of(group.slug, deps)
    shown = views.GroupPage(
        meetings=await coming(group.slug, call, deps),
        work=await work_of(group.slug, call, deps),
        channel_id=channel_id,
        leads=await roles.leaders_of(deps.store, group.slug),
        followed=group.slug in member.groups,
        may_appoint=member.standing.may(Permission.APPOINT),
        place=await _place(group, member, channel_id, deps),
        notice=notice,
    )
    return views.one(group, shown, call.t, call.today, call.where)


async def channel_of(slug: str, deps: Deps) -> str | None:
    """The channel of a group that the bot is in."""
    present = await channels.all_present(deps.store)
    return next((channel.channel_id for channel in present if channel.group == slug), None)


def named(slug: str, deps: Deps) -> Group:
    """The group that a button names. Raises StaleValue where it is gone."""
    if slug not in deps.library.groups:
        raise StaleValue(slug)
    return deps.library.groups[slug]


def usually(group: Group) -> Joining:
    """How it is joined until its leads say so: the content tells of some groups that not everybody may."""
    return Joining.REQUEST if group.open_to else Joining.OPEN


async def _place(group: Group, member: Member, channel_id: str | None, deps: Deps) -> Place:
    """Somebody of whom Slack has not said whether they are a guest sees the button: who presses it is asked about."""
    return Place(
        people=await groupmembers.people(deps.store, group.slug, member.user_id, usually(group)),
        may_join=member.refreshed_at is None or member.standing.may(Permission.JOIN_GROUP, group.slug),
        may_decide=member.standing.may(Permission.DECIDE_JOINING, group.slug),
        channel_id=channel_id,
    )
