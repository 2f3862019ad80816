"""Moving an event: the whole, one meeting of a series, or all that follow."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from alliance.when import Precision, When
from handlers.answers import FieldErrors, View
from handlers.call import Call, Deps, StaleValue, UserMistake
from handlers.drafting import dates_text
from handlers.eventform import Step, entered_fields, language_of, merged, not_possible, reviewed
from handlers.eventreading import Unfit, entered_when
from handlers.eventrights import Meeting, may_change, meeting_of, parse_meeting, stored_of
from handlers.eventsaved import conflict, review_of, saved
from handlers.eventvalues import of_when
from handlers.invited import invited
from handlers.packing import packed, unpacked
from handlers.topics import FIELDS
from handlers.views import event as views
from handlers.views import eventform as form
from handlers.views import eventmoving as moving
from handlers.views import eventreview as reviews
from handlers.views.dates import written
from handlers.views.eventchanges import moved, occurrence_words
from storage import announcements, eventedits
from storage.entries import Change, Event
from storage.eventedits import Changed, Editor, Gone, NotPossible, Stored


async def move(call: Call, deps: Deps) -> View:
    """The form for another day or time."""
    stored = await stored_of(call, deps)
    await may_change(call, deps, stored)
    row = await meeting_of(call, deps)
    series = stored.entry.rule is not None
    values = of_when(row.when, stored.entry.rule, call.t)
    memory = str(Meeting(row.slug, stored.revision, row.original_day))
    return moving.move(values, written(row.when, call.t), memory, call.t, series=series)


async def check(call: Call, deps: Deps) -> View:
    """When it will take place, as it was understood; or what is wrong, at the field."""
    meeting = parse_meeting(call.memory)
    stored = await eventedits.get(deps.store, meeting.slug)
    if stored is None:
        return FieldErrors({form.FIRST: call.t._("This event is no longer in the calendar, so nothing was saved.")})
    try:
        await may_change(call, deps, stored)
        if stored.entry.rule is None:
            return await _whole(call, deps, meeting, stored)
        if call.state.get(moving.SCOPE) == moving.FOLLOWING:
            return await _following(call, deps, meeting, stored)
        return await _one(call, deps, meeting, stored)
    except Unfit as unfit:
        return FieldErrors(unfit.errors)
    except UserMistake as refused:
        return FieldErrors({form.FIRST: str(refused)})
    except NotPossible:
        return FieldErrors({form.RHYTHM if stored.entry.rule else form.FIRST: not_possible(call)})


async def save_one(call: Call, deps: Deps) -> View:
    """Move one meeting; pressed twice, once."""
    values = unpacked(call.memory)
    meeting = parse_meeting(str(values.get("meeting")))
    try:
        change = Change.model_validate(values.get("change"))
    except ValueError as error:
        raise StaleValue("change") from error
    return await _kept(call, deps, meeting, change, None)


async def save_following(call: Call, deps: Deps) -> View:
    """Move this meeting and all that follow; pressed twice, once."""
    values = unpacked(call.memory)
    meeting = parse_meeting(str(values.get("meeting")))
    return await _kept(call, deps, meeting, None, dict(values.get("entry") or {}))


async def _whole(call: Call, deps: Deps, meeting: Meeting, stored: Stored) -> View:
    entry = entered_when(call.state, call.today, call.t, stored.entry)
    eventedits.check(entry, call.now)
    return await reviewed(Step(meeting.slug, meeting.seen, language_of(entry, call)), entry, stored, call, deps)


async def _one(call: Call, deps: Deps, meeting: Meeting, stored: Stored) -> View:
    base = stored.entry
    when = entered_when({**call.state, form.RHYTHM: ""}, call.today, call.t, base).when
    if not when.day_exact:
        name = form.FIRST if when.confirmed else form.CERTAIN
        raise Unfit({name: call.t._("One meeting of a series can only move to a day that is certain.")})
    if when.starts and base.zone is None:
        raise Unfit({form.STARTS: call.t._("This series has no times of day. Move all that follow to give them one.")})
    change = _change(when, base, meeting.day)
    if stored.revision != meeting.seen:
        return await conflict(call, deps, meeting.slug, meeting.seen, base)
    memory = packed({"meeting": str(meeting), "change": change.model_dump(mode="json", exclude_defaults=True)})
    usual = base.when.on(meeting.day)
    return moving.review_one(
        occurrence_words(usual, change, call.t),
        moved(usual, change),
        invited([(kind, slug) for kind, name in FIELDS.items() for slug in getattr(base, name)], deps.library, call.t),
        reviews.told(await announcements.channels_of(deps.store, base.groups), call.t, new=False, over=False),
        memory or "",
        call.t,
    )


async def _following(call: Call, deps: Deps, meeting: Meeting, stored: Stored) -> View:
    base = stored.entry
    entry = entered_when(call.state, call.today, call.t, base.model_copy(update={"changes": ()}))
    if entry.rule is None:
        raise Unfit({form.RHYTHM: call.t._("Please write how often it will take place from then on.")})
    eventedits.check(entry, call.now)
    if meeting.day == base.when.start:
        return await reviewed(Step(meeting.slug, meeting.seen, language_of(entry, call)), entry, stored, call, deps)
    if stored.revision != meeting.seen:
        return await conflict(call, deps, meeting.slug, meeting.seen, entry)
    memory = packed({"meeting": str(meeting), "entry": entered_fields(entry, stored)}) or ""
    was = replace(stored, entry=base.model_copy(update={"dates": dates_text(base.when.on(meeting.day))}))
    shown = replace(await review_of(entry, was, call, deps), back=False)
    return replace(reviews.review(shown, memory, call.t), callback=moving.MOVE_FOLLOWING)


async def _kept(
    call: Call, deps: Deps, meeting: Meeting, change: Change | None, entered: dict[str, Any] | None
) -> View:
    """Keep the change of one meeting, or what was entered for all that follow."""
    stored = await eventedits.get(deps.store, meeting.slug)
    if stored is None:
        return reviews.gone(call.t)
    await may_change(call, deps, stored)
    editor = Editor(call.member.user_id, call.now)
    try:
        if change:
            kept = await eventedits.move_occurrence(deps.store, editor, meeting.slug, meeting.seen, change)
            return await saved(call, deps, kept, ref=meeting.ref)
        entry = merged(stored, {"slug": "new", "changes": [], "named_on": None, **(entered or {})})
        kept = await eventedits.move_following(deps.store, editor, meeting.slug, meeting.seen, meeting.day, entry)
        return await saved(call, deps, kept, new=True)
    except Changed:
        return await conflict(call, deps, meeting.slug, meeting.seen, stored.entry)
    except Gone:
        return reviews.gone(call.t)
    except NotPossible as error:
        raise StaleValue(call.memory) from error


def _change(when: When, base: Event, day: date) -> Change:
    """What the series keeps of this meeting, in its own time zone; nothing where it is as its rule says."""
    if not when.starts or not base.zone:
        changed = Change(day=day, moved_to=dates_text(when))
        return changed if (when.start, when.end) != _days(base.when.on(day)) else Change(day=day)
    begins, ends = _here(when.begins_at(), base.zone), _here(when.ends_at(), base.zone)
    last = ends.date() if when.ends else begins.date()
    at = When(begins.date(), last, Precision.DAY)
    usual = base.when.on(day)
    if (at.start, at.end, begins.time(), ends.time() if when.ends else None) == (
        *_days(usual),
        usual.starts,
        usual.ends,
    ):
        return Change(day=day)
    return Change(day=day, moved_to=dates_text(at), starts=begins.time(), ends=ends.time() if when.ends else None)


def _days(when: When) -> tuple[date, date]:
    return when.start, when.end


def _here(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


ACTIONS: Final = {views.MOVE: move}
SUBMISSIONS: Final = {moving.MOVE_CHECK: check, moving.MOVE_ONE: save_one, moving.MOVE_FOLLOWING: save_following}
