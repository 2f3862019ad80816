"""Which reminders are due when: what targets subscribe to, times what the calendar holds. Run twice, same rows.

The planner only writes rows to the ledger; what is posted is decided again by bot/render.py at the moment of sending.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import structlog

from alliance.delivery import Kind, Planned, parse_occurrence_ref
from alliance.leadtimes import Due, LeadTime, parse_lead
from bot import nudges
from bot.wishes import wished
from storage import announcements, channels, deliveries, settings, subjects
from storage.store import Store
from storage.values import EventRow, Subscriber

AHEAD: Final = timedelta(days=120)
"""So far ahead the ledger shows what will be posted."""

BACK: Final = timedelta(days=30)
"""So far back, at least, the ledger is compared with the calendar."""

FARTHEST_BACK: Final = timedelta(days=400)
"""And so far at most, after a downtime; what is older is left to the late policy."""

A_NIGHT: Final = timedelta(hours=15)
"""A late reminder that counts in days is put off for no longer than this (alliance.leadtimes.polite)."""

PLANNED_UNTIL: Final = "reminders_planned_until"
"""Setting: up to here everything that was due has been planned, so that a downtime leaves no gap."""

LEAP: Final = timedelta(days=1)
"""If so much less than AHEAD is planned, the clock has leapt: the next regular run need not be waited for."""

MOST: Final = 20_000
"""More occurrences than this in the window are not planned, and logged: a content mistake, not a calendar."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Planning:
    """What one run changed: rows written to the ledger, and rows withdrawn from it."""

    planned: int
    withdrawn: int


async def plan(store: Store, now: datetime) -> Planning:
    """Bring the ledger's planned reminders in line with the calendar and the subscriptions as of `now` (UTC)."""
    covered = await _covered(store, now)
    there = await deliveries.planned_keys(store, frozenset({Kind.REMINDER.value}))
    first, last = max(min(now - BACK, covered, *there.values()), now - FARTHEST_BACK), now + AHEAD
    wanted = await wanted_reminders(store, await channels.subscribers(store), first, last)
    wishes = {key: item for key, item in (await _wished(store, first, last)).items() if key not in wanted}
    wanted |= wishes
    told = await announcements.told_since(store, first)
    new = [
        item
        for key, item in wanted.items()
        if _differs(there.get(key), item, now)
        and not (_useless(item, now) and item.due_at <= covered)
        and not (key not in there and _told_meanwhile(item, told))
        and not (key not in there and key in wishes and item.due_at <= now)
    ]
    gone = [key for key, due_at in there.items() if key not in wanted and first <= due_at <= last]
    planned = await deliveries.plan(store, new)
    withdrawn = await deliveries.withdraw(store, gone)
    await settings.put(store, PLANNED_UNTIL, max(covered, last).isoformat())
    asked, dropped = await nudges.plan(store, now)
    return Planning(planned + asked, withdrawn + dropped)


async def behind(store: Store, now: datetime) -> bool:
    """Whether the ledger reaches less far ahead than it has to, as after a leap of the clock."""
    return await _covered(store, now) < now + AHEAD - LEAP


async def wanted_reminders(
    store: Store, subscribers: Iterable[Subscriber], first: datetime, last: datetime
) -> dict[str, Planned]:
    """Every reminder that falls due from `first` to `last`, by key. Two subscriptions to the same give one."""
    wanted: dict[str, Planned] = {}
    calendar: dict[str, tuple[EventRow, ...]] = {}
    ways: dict[tuple[str, str, str], list[tuple[EventRow, Due]]] = {}
    for subscriber in subscribers:
        leads = subjects.leads_of(subscriber.lead_times)
        way = (subscriber.subject, subscriber.zone, repr(sorted(subscriber.lead_times.items())))
        if subscriber.subject not in calendar:
            calendar[subscriber.subject] = await _occurrences(store, subscriber.subject, first, last)
        if way not in ways:
            dues = subjects.due_of(calendar[subscriber.subject], leads, subscriber.zone)
            ways[way] = [(row, due) for row, due in dues if first <= due.at <= last]
            await asyncio.sleep(0)
        for row, due in ways[way]:
            if due.at >= subscriber.since:
                reminder = _reminder(subscriber.target, row, due)
                wanted[reminder.key] = reminder
    return wanted


async def _wished(store: Store, first: datetime, last: datetime) -> dict[str, Planned]:
    """What members asked for when they said that they come. They get none that fell due before they asked."""
    reminders = [_reminder(user_id, row, due) for user_id, row, due in await wished(store, first, last)]
    return {reminder.key: reminder for reminder in reminders}


def written_detail(lead: LeadTime, row: EventRow) -> str:
    """What the ledger keeps besides the occurrence: the lead time, and the new first day of a moved occurrence.

    So a reminder for the new day is another delivery than the one that was perhaps already posted for the old day.
    """
    return str(lead) if row.when.start == row.original_day else f"{lead} {row.when.start.isoformat()}"


def read_detail(detail: str) -> tuple[LeadTime, date | None]:
    """The lead time, and the day where the occurrence was moved. Raises ValueError."""
    lead, _, day = detail.partition(" ")
    return parse_lead(lead), date.fromisoformat(day) if day else None


def _reminder(target: str, row: EventRow, due: Due) -> Planned:
    return Planned(Kind.REMINDER, target, row.ref, written_detail(due.lead, row), due.at, due.useful_until)


async def _occurrences(store: Store, subject: str, first: datetime, last: datetime) -> tuple[EventRow, ...]:
    rows = await subjects.occurrences_of(store, subject, first, last, MOST)
    if len(rows) >= MOST:
        log.error("calendar_too_full", subject=subject, most=MOST)
    return rows


def _differs(there: datetime | None, item: Planned, now: datetime) -> bool:
    """Whether the ledger must change. A row that is overdue either way, or that waits for the morning, stays."""
    if there is None or there == item.due_at:
        return there is None
    in_days = read_detail(item.detail)[0].days is not None
    return item.due_at > now or there > now + (A_NIGHT if in_days else timedelta())


def _told_meanwhile(item: Planned, told: Mapping[str, datetime]) -> bool:
    """Whether it fell due before a member added or changed the event: people were told then, by another message."""
    slug, _day = parse_occurrence_ref(item.subject)
    return slug in told and item.due_at <= told[slug]


def _useless(item: Planned, now: datetime) -> bool:
    return item.useful_until is not None and item.useful_until <= now


async def _covered(store: Store, now: datetime) -> datetime:
    """Up to when earlier runs planned; at the first run, now."""
    text = await settings.get(store, PLANNED_UNTIL)
    return datetime.fromisoformat(text) if text else now
