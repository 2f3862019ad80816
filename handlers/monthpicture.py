"""'As a picture': a month of the communications calendar, drawn and sent to who asks for it."""

import asyncio
from datetime import date
from typing import Final

from dateutil.relativedelta import relativedelta

from handlers import files
from handlers.answers import View
from handlers.call import Call, Deps, StaleValue
from handlers.views import calendar as views
from handlers.views.monthpicture import Entry, Look, described, drawn, title
from storage import activities, events
from storage.activities import Activity
from storage.values import EventRow

MOST: Final = 500


async def picture(call: Call, deps: Deps) -> View:
    """Send the month that the button names to the member's direct messages."""
    try:
        month = date.fromisoformat(f"{call.value}-01")
    except ValueError as error:
        raise StaleValue(call.value) from error
    deps.later(_send(month, call, deps))
    return views.on_its_way(call.t)


async def entries_of(month: date, call: Call, deps: Deps) -> list[Entry]:
    """What the picture of the month shows: international days first, then events, then activities."""
    last = month + relativedelta(months=1, days=-1)
    rows = await events.between(deps.store, month, last, limit=MOST)
    due = await activities.between(deps.store, month, last)
    shown = [_of_event(row, call) for row in rows if row.when.day_exact and not row.cancelled]
    shown.sort(key=lambda entry: (entry.look is not Look.OBSERVANCE, entry.first))
    return [*shown, *(_of_activity(one) for one in due)]


def _of_event(row: EventRow, call: Call) -> Entry:
    look = Look.OBSERVANCE if row.kind == "observance" else Look.EVENT
    return Entry(row.when.start, row.when.end, look, call.t.text(row.title))


def _of_activity(activity: Activity) -> Entry:
    work = activity.work
    words = f"{work.organisation}: {work.title}" if work.organisation else work.title
    return Entry(work.due_on, work.due_on, Look.ACTIVITY, words)


async def _send(month: date, call: Call, deps: Deps) -> None:
    entries = await entries_of(month, call, deps)
    content = await asyncio.to_thread(drawn, month, entries, call.t)
    alt = described(month, sorted(entries, key=lambda entry: entry.first), call.t)
    name = f"calendar-{month:%Y-%m}.png"
    await files.send(call, deps, name, content, title(month, call.t), alt, refused="month_picture_refused")
