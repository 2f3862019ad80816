"""An event before and after it is saved: what will be kept and who is told, what was kept, or who was faster."""

from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Final

from alliance.recurrence import occurrences
from handlers.answers import Answer, Modal, View
from handlers.asking import Ask
from handlers.call import Call, Deps
from handlers.eventpage import page
from handlers.invited import invited
from handlers.topics import FIELDS, name_of
from handlers.views import eventreview as reviews
from handlers.views.eventchanges import differences
from storage import announcements, eventedits, events
from storage.entries import Event
from storage.eventedits import Stored

NEXT_DAYS: Final = 3


async def saved(call: Call, deps: Deps, kept: Stored, *, new: bool = False, ref: str = "", told: bool = True) -> View:
    """The event as it is now (one meeting of it with `ref`), and that it was saved."""
    deps.events_changed()
    detail = await events.detail(deps.store, ref) if ref else None
    detail = detail or await events.next_of(deps.store, kept.entry.slug, call.today)
    if detail is None:
        return reviews.gone(call.t)
    where = await announcements.channels_of(deps.store, kept.entry.groups)
    over = detail.row.when.ends_at(call.t.zone) <= call.now
    answer = await page(detail, replace(call, value=str(Ask("events"))), deps)
    note = reviews.saved_note(where, call.t, new=new, told=told and not over)
    return replace(answer, blocks=[note, *answer.blocks])


async def conflict(call: Call, deps: Deps, slug: str, seen: int, mine: Event) -> Modal | Answer:
    """Somebody was faster: what they changed, and what was not saved."""
    since = await eventedits.since(deps.store, slug, seen)
    if since is None or since.removed:
        return reviews.gone(call.t)
    theirs = differences(since.before, since.now, since.reworded, call.t)
    ref = announcements.ref_of(since.now)
    return reviews.conflict(since.by, theirs, differences(since.now, mine, (), call.t), ref, call.t)


async def review_of(entry: Event, stored: Stored | None, call: Call, deps: Deps) -> reviews.Review:
    """What is shown before it is saved; `stored` is the event that is changed, None for a new one."""
    labels = {
        "group": call.t._("Group:"),
        "country": call.t._("Countries:"),
        "region": call.t._("Regions:"),
        "theme": call.t._("Themes:"),
    }
    topics = [(kind, slug) for kind in labels for slug in getattr(entry, FIELDS[kind])]
    named = [
        (label, [name_of(topic, deps.library, call.t) for topic in topics if topic[0] == kind])
        for kind, label in labels.items()
    ]
    days: list[date] = []
    if entry.rule:
        series = occurrences(entry.when, entry.rule, entry.when.start, date(call.now.year + 50, 1, 1))
        days = [when.start for when in islice(series, NEXT_DAYS)]
    return reviews.Review(
        entry,
        named,
        invited(topics, deps.library, call.t),
        await announcements.channels_of(deps.store, entry.groups),
        days,
        differences(stored.entry, entry, (), call.t) if stored else (),
        new=stored is None,
        over=not entry.rule and entry.when.ends_at(call.t.zone) <= call.now,
    )
