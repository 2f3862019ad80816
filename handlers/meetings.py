"""Which meeting somebody means, to whose groups it belongs, and what its agenda holds."""

from collections.abc import Iterable

from alliance.delivery import parse_occurrence_ref
from alliance.filters import Filter
from alliance.roles import Permission, Standing
from handlers import permit
from handlers.answers import Answer
from handlers.call import Call, Deps, StaleValue
from handlers.fresh import fresh
from handlers.views import event as event_views
from handlers.views import meetings as views
from handlers.views.agenda import Agenda
from storage import actionitems, channels, events, meetings
from storage.actionitems import EVERYBODY
from storage.store import Store
from storage.values import EventDetail, EventRow

MEETING = "meeting"
LOOK = 20
"""Among so many of its next or last events is the meeting of a group."""


async def meant(words: str, call: Call, deps: Deps, *, over: bool) -> EventDetail | Answer:
    """The next meeting that the words mean, or with `over` the last one that has begun; else an answer that asks.

    The words are an occurrence, a group or an event; without words it is the group of the channel, or the member's own.
    """
    if detail := await events.detail(deps.store, words):
        return detail
    if _is_occurrence(words):
        return event_views.gone(call.t)
    names = deps.library.names("group")
    slug = words if words in deps.library.groups else names.exact(words)
    if not words:
        slug = await _own_group(call, deps)
    if slug:
        return await _of_group(slug, call, deps, over=over) or views.none_of_group(deps.library.groups[slug], call.t)
    if not words:
        return views.which_group(list(deps.library.groups.values()), call.t, over=over)
    found = await events.find(deps.store, words, call.today)
    if found.slug:
        last = await events.last_of(deps.store, found.slug, call.today) if over else None
        if detail := last or await events.next_of(deps.store, found.slug, call.today):
            return detail
    if slug := names.find(words):
        return await _of_group(slug, call, deps, over=over) or views.none_of_group(deps.library.groups[slug], call.t)
    return event_views.which(words, [(slug, call.t.text(title)) for slug, title in found.near], call.t, more=found.more)


async def group_here(call: Call, deps: Deps) -> str | None:
    """The group whose channel the command was typed in."""
    channel = await channels.get(deps.store, call.channel_id) if call.channel_id else None
    return channel.group if channel and channel.group in deps.library.groups else None


async def next_meeting(store: Store, group: str, call: Call) -> EventRow | None:
    """The next meeting of a group; an event of another kind where it has no meeting."""
    coming = await events.upcoming_for(store, frozenset({f"group:{group}"}), call.today, LOOK)
    return _meeting_of(row for row in coming if not row.cancelled and row.when.ends_at(call.t.zone) > call.now)


async def past_meetings(store: Store, group: str, call: Call) -> tuple[EventRow, ...]:
    """What the group had lately, the last first, what is under way included."""
    topics = frozenset({f"group:{group}"})
    running = await events.upcoming_for(store, topics, call.today, LOOK)
    page = await events.page(store, Filter(past=True, topics=(topics,)), call.today, 0, LOOK)
    begun = [row for row in reversed(running) if row.when.begins_at(call.t.zone) <= call.now]
    return tuple(row for row in (*begun, *page.rows) if not row.cancelled)


async def of_value(value: str, deps: Deps) -> EventDetail:
    """The occurrence that a button or form names. Raises StaleValue where it is gone."""
    detail = await events.detail(deps.store, value)
    if detail is None or detail.row.kind == "observance":
        raise StaleValue(value)
    return detail


def groups_of(detail: EventDetail, deps: Deps) -> tuple[str, ...]:
    """The action groups that hold it; EVERYBODY alone where none does."""
    return tuple(slug for slug in detail.document.get("groups") or () if slug in deps.library.groups) or (EVERYBODY,)


async def require(
    call: Call, deps: Deps, permission: Permission, groups: Iterable[str], *, author: bool = False
) -> str:
    """The first of these groups in which the member may do this. Raises UserMistake where there is none."""
    standing, named = (await fresh(call, deps)).standing, tuple(groups)
    for group in named:
        if may(standing, permission, [group], author=author):
            return group
    await permit.require(call, deps, permission, named[0] or None, author=author)
    return named[0]


def may(standing: Standing, permission: Permission, groups: Iterable[str], *, author: bool = False) -> bool:
    """Whether to offer it: who presses the button is asked again."""
    return any(standing.may(permission, group or None, author=author) for group in groups)


def has_agenda(detail: EventDetail) -> bool:
    """Whether it is a meeting of an action group."""
    return detail.row.kind == MEETING and bool(detail.document.get("groups"))


async def agenda_of(store: Store, detail: EventDetail) -> Agenda:
    """What is proposed for a meeting, and what its groups have not done yet."""
    groups = detail.document.get("groups") or ()
    carried = await actionitems.of_groups(store, groups) if groups else ()
    points = await meetings.points(store, detail.row.ref)
    return Agenda(points, tuple(item for item in carried if item.occurrence != detail.row.ref))


async def _own_group(call: Call, deps: Deps) -> str | None:
    if here := await group_here(call, deps):
        return here
    own = [slug for slug in (await fresh(call, deps)).groups if slug in deps.library.groups]
    return own[0] if len(own) == 1 else None


async def _of_group(slug: str, call: Call, deps: Deps, *, over: bool) -> EventDetail | None:
    if over:
        row = _meeting_of(await past_meetings(deps.store, slug, call))
    else:
        row = await next_meeting(deps.store, slug, call)
    return await events.detail(deps.store, row.ref) if row else None


def _meeting_of(rows: Iterable[EventRow]) -> EventRow | None:
    found = [row for row in rows if row.kind != "observance"]
    return next((row for row in found if row.kind == MEETING), found[0] if found else None)


def _is_occurrence(words: str) -> bool:
    try:
        parse_occurrence_ref(words)
    except ValueError:
        return False
    return True
