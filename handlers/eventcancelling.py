"""Calling an event off: the whole, one meeting of a series, or all that follow; or bringing it back."""

from typing import Final

from handlers.answers import View
from handlers.call import Call, Deps, StaleValue
from handlers.eventrights import Meeting, may_change, meeting_of, parse_meeting, stored_of
from handlers.eventsaved import conflict, saved
from handlers.views import event as views
from handlers.views import eventmoving as moving
from handlers.views import eventreview as reviews
from handlers.views.dates import written
from storage import announcements, eventedits
from storage.entries import Change
from storage.eventedits import Changed, Editor, Gone, NotPossible, Stored


async def cancel(call: Call, deps: Deps) -> View:
    """What exactly?"""
    stored = await stored_of(call, deps)
    await may_change(call, deps, stored)
    row = await meeting_of(call, deps)
    where = await announcements.channels_of(deps.store, stored.entry.groups)
    over = row.when.ends_at(call.t.zone) <= call.now
    return moving.cancel(
        call.t.text(row.title),
        written(row.when, call.t),
        str(Meeting(row.slug, stored.revision, row.original_day)),
        reviews.told(where, call.t, new=False, over=over),
        call.t,
        series=stored.entry.rule is not None,
        cancelled=row.cancelled,
    )


async def save(call: Call, deps: Deps) -> View:
    """Do it; pressed twice, once."""
    meeting = parse_meeting(call.memory)
    stored = await eventedits.get(deps.store, meeting.slug)
    if stored is None:
        return reviews.gone(call.t)
    await may_change(call, deps, stored)
    try:
        if call.state.get(moving.SCOPE) == moving.REMOVE:
            await eventedits.remove(deps.store, Editor(call.member.user_id, call.now), meeting.slug, meeting.seen)
            deps.events_changed()
            return reviews.removed(call.t)
        return await saved(call, deps, await _kept(call, deps, meeting, stored), ref=meeting.ref)
    except Changed:
        return await conflict(call, deps, meeting.slug, meeting.seen, stored.entry)
    except Gone:
        return reviews.gone(call.t)
    except NotPossible as error:
        raise StaleValue(call.memory) from error


async def _kept(call: Call, deps: Deps, meeting: Meeting, stored: Stored) -> Stored:
    store, editor = deps.store, Editor(call.member.user_id, call.now)
    match call.state.get(moving.SCOPE):
        case moving.ONE:
            return await eventedits.cancel_occurrence(store, editor, meeting.slug, meeting.seen, meeting.day)
        case moving.FOLLOWING:
            return await eventedits.cancel_following(store, editor, meeting.slug, meeting.seen, meeting.day)
        case moving.ALL:
            return await eventedits.cancel(store, editor, meeting.slug, meeting.seen)
        case moving.RESTORE:
            if stored.entry.cancelled:
                entry = stored.entry.model_copy(update={"cancelled": False})
                return await eventedits.change(store, editor, meeting.seen, entry)
            change = Change(day=meeting.day)
            return await eventedits.move_occurrence(store, editor, meeting.slug, meeting.seen, change)
        case other:
            raise StaleValue(str(other))


ACTIONS: Final = {views.CANCEL: cancel}
SUBMISSIONS: Final = {moving.CANCEL_SAVE: save}
