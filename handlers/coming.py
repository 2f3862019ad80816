"""The next reminders of a target, worked out from the calendar as the planner does, so that a change shows at once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from alliance.leadtimes import LeadTime
from handlers.views.reminders import Coming
from storage import subjects as reminded
from storage.store import Store

AHEAD = timedelta(days=32)
"""What is due within a month stands here for certain."""

MOST = 200
"""Occurrences of one subject that are looked at; the next five reminders are among the first of them."""


async def next_reminders(
    store: Store, subjects: Iterable[str], leads: reminded.Leads, zone: str, now: datetime, limit: int = 5
) -> list[Coming]:
    """The next reminders of these subjects for a target in `zone` with these own lead times by kind, soonest first."""
    found: dict[tuple[str, LeadTime], Coming] = {}
    for subject in subjects:
        rows = await reminded.occurrences_of(store, subject, now, now + AHEAD, MOST)
        for row, due in reminded.due_of(rows, leads, zone):
            if due.at > now:
                found[row.ref, due.lead] = Coming(due.at, row, due.lead)
    return sorted(found.values(), key=lambda coming: (coming.at, coming.row.ref))[:limit]
