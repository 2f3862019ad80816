"""What stands on the page of an action group, gathered from the calendar, the agendas and the minutes."""

from typing import Final

from handlers.call import Call, Deps
from handlers.events import AHEAD
from handlers.meetings import next_meeting, past_meetings
from handlers.views.groupwork import Work
from storage import actionitems, events, meetings
from storage.values import EventRow

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
