"""What the announcement of an event says, and the notice of its change, from the facts of the moment."""

from datetime import datetime
from zoneinfo import ZoneInfo

from alliance.delivery import parse_occurrence_ref
from bot.posting import Message, Rendered, Skip
from handlers.answers import Answer
from handlers.reminders import organisers
from handlers.tongue import Tongue
from handlers.views import announcement as views
from handlers.views.eventchanges import differences
from storage import coming, eventedits, events
from storage.library import Library
from storage.store import Store
from storage.values import DeliveryRow, EventDetail


async def announcement(store: Store, library: Library, subject: str, now: datetime, t: Tongue) -> Answer | None:
    """The event as it is now, also where it was cancelled or removed; None where there never was such an event."""
    slug, _day = parse_occurrence_ref(subject)
    since = await eventedits.since(store, slug, 0)
    if since is None:
        return None
    if since.removed:
        return views.removed(since.now, t)
    detail = await _next(store, slug, now, t)
    if detail is None:
        return None
    followed = await eventedits.since(store, since.now.follows, 0) if since.now.follows else None
    before = followed.now.name.model_dump() if followed else None
    there = await coming.of(store, detail.row.ref, detail.document.get("capacity"))
    return views.announcement(detail, before, now, t, organisers(detail, library), there)


async def first(store: Store, library: Library, row: DeliveryRow, now: datetime, t: Tongue) -> Rendered:
    """The announcement as it is posted: nothing of what was cancelled, removed or over before it could be."""
    slug, _day = parse_occurrence_ref(row.subject)
    detail = await _next(store, slug, now, t)
    if detail is None:
        return Skip("no longer in the calendar")
    if detail.row.cancelled:
        return Skip("cancelled")
    if detail.row.when.ends_at(t.zone) <= now:
        return Skip("over")
    answer = await announcement(store, library, row.subject, now, t)
    return Message(answer.text, answer.blocks) if answer else Skip("no longer in the calendar")


async def change(store: Store, row: DeliveryRow, now: datetime, t: Tongue) -> Rendered:
    """What is different from what people knew, all changes since together; nothing where all is as it was."""
    slug, _day = parse_occurrence_ref(row.subject)
    since = await eventedits.since(store, slug, int(row.detail.removeprefix("r")))
    if since is None:
        return Skip("no longer in the calendar")
    if since.removed:
        answer = views.removed(since.now, t)
        return Message(answer.text, answer.blocks)
    detail = await _next(store, slug, now, t)
    lines = differences(since.before, since.now, since.reworded, t)
    if not lines or detail is None:
        return Skip("changed back")
    answer = views.change(since.now, lines, detail.row.ref, since.by, t)
    return Message(answer.text, answer.blocks)


async def _next(store: Store, slug: str, now: datetime, t: Tongue) -> EventDetail | None:
    return await events.next_of(store, slug, now.astimezone(ZoneInfo(t.zone)).date())
