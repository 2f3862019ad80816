"""What the owners of action items and activities are asked when: planned like reminders, run twice, same rows."""

from datetime import datetime, timedelta
from typing import Final

from alliance.activities import reminders
from alliance.delivery import Kind, Planned
from alliance.nudges import nudges
from storage import actionitems, activities, deliveries, nudged
from storage.store import Store

AHEAD: Final = timedelta(days=60)
"""So far ahead the ledger shows what will be asked."""

BACK: Final = timedelta(days=30)
"""What was due longer ago has had its three nudges."""

A_NIGHT: Final = timedelta(hours=15)
"""A late nudge is put off until the morning, which is no farther than this."""

NO_ZONE: Final = "UTC"

Times = tuple[datetime, datetime | None]
"""When it is due, and until when it is of use."""


async def plan(store: Store, now: datetime) -> tuple[int, int]:
    """Bring the ledger in line with the open action items and activities; how many were written and withdrawn."""
    wanted = await wanted_nudges(store, now) | await wanted_of_activities(store, now)
    there = await nudged.planned(store)
    new = [item for key, item in wanted.items() if _differs(there.get(key), item, now)]
    gone = [key for key in there if key not in wanted]
    return await deliveries.plan(store, new), await deliveries.withdraw(store, gone)


async def wanted_nudges(store: Store, now: datetime) -> dict[str, Planned]:
    """Every nudge of every open action item that is still to be posted, by key."""
    items = await actionitems.due_between(store, (now - BACK).date(), (now + AHEAD).date())
    used = await nudged.used(store, {item.ref for item in items})
    zones = await nudged.zones(store, {item.owner for item in items})
    wanted: dict[str, Planned] = {}
    for item in items:
        assert item.due_on is not None
        zone = zones.get(item.owner, NO_ZONE)
        for nudge in nudges(item.due_on, zone, item.written_at, used.get(item.ref, {})):
            planned = Planned(Kind.NUDGE, item.owner, item.ref, str(nudge.number), nudge.at, nudge.useful_until)
            wanted[planned.key] = planned
    return wanted


async def wanted_of_activities(store: Store, now: datetime) -> dict[str, Planned]:
    """What the owner of every activity that is not published is still to be reminded of, by key.

    The detail is the due day: where it is moved, the reminders of the new day are others than those of the old one.
    """
    due = await activities.unpublished(store, (now - BACK).date(), (now + AHEAD).date())
    zones = await nudged.zones(store, {activity.work.owner for activity in due})
    wanted: dict[str, Planned] = {}
    for activity in due:
        work = activity.work
        for one in reminders(work.due_on, zones.get(work.owner, NO_ZONE), activity.written_at):
            detail = f"{one.lead} {work.due_on.isoformat()}"
            planned = Planned(Kind.ACTIVITY, work.owner, activity.ref, detail, one.at, one.useful_until)
            wanted[planned.key] = planned
    return wanted


def _differs(there: Times | None, item: Planned, now: datetime) -> bool:
    """Whether the ledger must change. One that is overdue either way, or that waits for the morning, stays."""
    if there is None:
        return item.useful_until is None or item.useful_until > now
    due_at, useful_until = there
    if (due_at, useful_until) == (item.due_at, item.useful_until):
        return False
    outlived = useful_until is not None and item.useful_until is not None and useful_until < item.useful_until
    return item.due_at > now or due_at > now + A_NIGHT or outlived
