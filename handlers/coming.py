"""The next reminders of a target, worked out from the calendar as the planner does, so that a change shows at once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from alliance.filters import Filter
from alliance.leadtimes import LeadTime, due_times, leads_for, parse_leads
from handlers.views.reminders import Coming
from storage import events
from storage.entries import EVENT_KINDS
from storage.store import Store
from storage.values import EventRow

AHEAD = timedelta(days=400)
"""A lead time is at most 366 days, so what is due within a month stands here."""

MOST = 200
"""Occurrences of one subject that are looked at; the next five reminders are among the first of them."""


async def next_reminders(
    store: Store,
    subjects: Iterable[str],
    leads: Mapping[str, Sequence[LeadTime]],
    zone: str,
    now: datetime,
    limit: int = 5,
) -> list[Coming]:
    """The next reminders of these subjects for a target in `zone` with these own lead times by kind, soonest first."""
    found: dict[tuple[str, LeadTime], Coming] = {}
    for subject in subjects:
        for row in await _occurrences(store, subject, now):
            if row.cancelled:
                continue
            for due in due_times(row.when, leads_for(row.kind, leads), zone):
                if due.at > now:
                    found[row.ref, due.lead] = Coming(due.at, row, due.lead)
    return sorted(found.values(), key=lambda coming: (coming.at, coming.row.ref))[:limit]


def own_leads(lead_times: Mapping[str, str]) -> dict[str, tuple[LeadTime, ...]]:
    """A channel's own lead times by kind, read from how they are stored."""
    return {kind: parse_leads(text) for kind, text in lead_times.items()}


async def _occurrences(store: Store, subject: str, now: datetime) -> Sequence[EventRow]:
    first, last = (now - timedelta(days=1)).date(), (now + AHEAD).date()
    if subject.startswith("group:"):
        wanted = Filter(first=first, last=last, topics=(frozenset({subject}),))
        return (await events.page(store, wanted, first, 0, size=MOST, listed_only=False)).rows
    kinds = frozenset({"observance"}) if subject == "observances" else frozenset(EVENT_KINDS)
    return await events.between(store, first, last, kinds, MOST)
