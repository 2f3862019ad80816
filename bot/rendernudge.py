"""What the owner of an action item or activity is told, and the agenda in a reminder: from the facts of the moment."""

import re
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from alliance.activities import ActivityState
from alliance.leadtimes import MORNING
from alliance.when import instant
from bot.nights import put_off
from bot.posting import Message, Postpone, Rendered, Skip
from handlers.answers import Answer
from handlers.meetings import agenda_of, has_agenda
from handlers.tongue import Tongue
from handlers.views import activities as activityviews
from handlers.views.actionitems import nudge as view
from handlers.views.agenda import in_reminder
from storage import actionitems, activities, events
from storage.actionitems import REF
from storage.library import Library
from storage.store import Store
from storage.values import DeliveryRow, EventDetail

_SUBJECT: Final = re.compile(re.escape(REF) + r"(\d{1,9})")
_ACTIVITY: Final = re.compile(re.escape(activities.REF) + r"(\d{1,9})")


async def with_agenda(store: Store, answer: Answer, detail: EventDetail, now: datetime, t: Tongue) -> Answer:
    """The reminder of a meeting of an action group with its agenda, as it is at this moment; others as they are."""
    if not has_agenda(detail):
        return answer
    today = now.astimezone(ZoneInfo(t.zone)).date()
    return in_reminder(answer, detail.row, await agenda_of(store, detail), t, today)


async def of_activity(store: Store, row: DeliveryRow, now: datetime, t: Tongue) -> Rendered:
    """What is due and how far it is; Skip where that is no longer so, Postpone where it is night."""
    named = _ACTIVITY.fullmatch(row.subject)
    activity = await activities.get(store, int(named[1])) if named else None
    if activity is None or activity.work.owner != row.target:
        return Skip("removed, or somebody else's")
    if activity.work.state is ActivityState.PUBLISHED:
        return Skip("published")
    if activity.work.due_on != date.fromisoformat(row.detail.partition(" ")[2]):
        return Skip("due on another day")
    if wait := put_off(row, row.due_at, now, t.zone):
        return wait
    today = now.astimezone(ZoneInfo(t.zone)).date()
    detail = await events.detail(store, activity.work.occurrence) if activity.work.occurrence else None
    names = {activity.work.occurrence: t.text(detail.row.title)} if detail else {}
    answer = activityviews.reminder(activity, names, t, today)
    return Message(answer.text, answer.blocks)


async def nudge(store: Store, library: Library, row: DeliveryRow, now: datetime, t: Tongue) -> Rendered:
    """The question; Skip where there is nothing to ask any more, Postpone where its day was moved, or it is night."""
    named = _SUBJECT.fullmatch(row.subject)
    item = await actionitems.get(store, int(named[1])) if named else None
    if item is None or not item.open or item.owner != row.target:
        return Skip("done or dropped")
    if item.due_on is None:
        return Skip("no longer due on a day")
    due_at = instant(item.due_on, MORNING, t.zone)
    if due_at > now:
        return Postpone(due_at)
    if wait := put_off(row, row.due_at, now, t.zone):
        return wait
    group = library.groups.get(item.group)
    answer = view(
        item,
        t.text(group.name.model_dump()) if group else "",
        int(row.detail),
        t,
        now.astimezone(ZoneInfo(t.zone)).date(),
    )
    return Message(answer.text, answer.blocks)
