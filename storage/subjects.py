"""What one may be reminded of, and the reminders that follow from it: one rule for the planner and for answers."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

import structlog

from alliance.filters import Filter
from alliance.leadtimes import Due, LeadTime, due_times, leads_for, parse_leads
from storage import events
from storage.entries import EVENT_KINDS
from storage.occurrences import COMMON
from storage.store import Store
from storage.values import EventRow

__all__ = ["COMMON", "EVENTS", "GROUP", "OBSERVANCES", "Leads", "due_of", "is_known", "leads_of", "occurrences_of"]

OBSERVANCES: Final = "observances"
"""The international days."""

EVENTS: Final = "events"
"""Every meeting, workshop, launch, … ; COMMON are those among them that belong to no action group."""

GROUP: Final = "group:"
"""Begins the subject of one group: its meetings and other events, without the international days."""

LONGEST_LEAD: Final = timedelta(days=368)
"""A lead time is at most 366 days, and a day lasts longer than 24 hours over all zones."""

Leads = Mapping[str, tuple[LeadTime, ...]]
"""A target's own lead times by kind; the defaults hold for kinds that are not among them."""

log = structlog.get_logger(__name__)


def is_known(subject: str, groups: Collection[str]) -> bool:
    """Whether one may be reminded of it; `groups` are the slugs of the groups that there are."""
    return subject in (OBSERVANCES, EVENTS, COMMON) or (
        subject.startswith(GROUP) and subject.removeprefix(GROUP) in groups
    )


def leads_of(lead_times: Mapping[str, str]) -> Leads:
    """Lead times by kind, read from how they are stored. What cannot be read is left out: the defaults hold then."""
    read: dict[str, tuple[LeadTime, ...]] = {}
    for kind, text in lead_times.items():
        try:
            read[kind] = parse_leads(text)
        except ValueError:
            log.warning("lead_times_unreadable", kind=kind)
    return read


async def occurrences_of(
    store: Store, subject: str, first: datetime, last: datetime, most: int
) -> tuple[EventRow, ...]:
    """What a subject stands for, in order: at most so many occurrences that can have reminders due in that time."""
    begin, end = (first - timedelta(days=2)).date(), (last + LONGEST_LEAD).date()
    if subject == OBSERVANCES:
        return await events.between(store, begin, end, frozenset({"observance"}), most)
    if subject == EVENTS:
        return await events.between(store, begin, end, frozenset(EVENT_KINDS), most)
    wanted = Filter(begin, end, topics=(frozenset({subject}),), kinds=frozenset(EVENT_KINDS))
    return (await events.page(store, wanted, begin, 0, size=most, listed_only=False)).rows


def due_of(rows: Iterable[EventRow], leads: Leads, zone: str) -> Iterator[tuple[EventRow, Due]]:
    """The reminders of these occurrences for a target in `zone` (IANA); nothing of a cancelled one."""
    for row in rows:
        if not row.cancelled:
            for due in due_times(row.when, leads_for(row.kind, leads), zone):
                yield row, due
