"""Who may add and change events, and which: asked of the database at each step."""

from dataclasses import dataclass
from datetime import date

from alliance.delivery import occurrence_ref, parse_occurrence_ref
from alliance.roles import Permission
from handlers import permit
from handlers.call import Call, Deps, StaleValue, UserMistake
from handlers.fresh import fresh
from storage import eventedits, events
from storage.entries import Event
from storage.eventedits import Stored
from storage.values import EventRow


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
    if not (await fresh(call, deps)).standing.may_somewhere(Permission.ADD_EVENT):
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


@dataclass(frozen=True, slots=True)
class Meeting:
    """One time that an event takes place, as a form remembers it: at which revision, and by its lasting day."""

    slug: str
    seen: int
    day: date

    @property
    def ref(self) -> str:
        """Its name."""
        return occurrence_ref(self.slug, self.day)

    def __str__(self) -> str:
        return f"{self.seen}|{self.ref}"


def parse_meeting(memory: str) -> Meeting:
    """Read what a form remembers. Raises StaleValue for anything else."""
    seen, _, ref = memory.partition("|")
    try:
        slug, day = parse_occurrence_ref(ref)
        return Meeting(slug, int(seen), day)
    except ValueError as error:
        raise StaleValue(memory) from error


async def meeting_of(call: Call, deps: Deps) -> EventRow:
    """The time that a button names. Raises UserMistake where it is gone."""
    detail = await events.detail(deps.store, call.value)
    if detail is None:
        raise UserMistake(call.t._("This event is no longer in the calendar."))
    return detail.row
