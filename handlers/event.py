"""`/alliance event NAME`: everything of one event, 'add to my calendar', and 'remind me again tomorrow'."""

from datetime import timedelta

import structlog

from alliance.delivery import Kind, Planned, parse_occurrence_ref
from alliance.leadtimes import MORNING
from alliance.when import instant
from handlers import eventcancelling, eventform, eventmoving, files
from handlers.answers import Answer, View
from handlers.call import Call, Deps, StaleValue, UserMistake
from handlers.eventpage import page
from handlers.events import upcoming
from handlers.ics import calendar_file
from handlers.meetingpage import with_meeting
from handlers.subject import Subject
from handlers.views import event as views
from storage import deliveries, events
from storage.values import EventDetail

log = structlog.get_logger("handlers.event")


async def show(call: Call, deps: Deps) -> View:
    """The event that the words name, or the nearest ones; the list without words.

    The words may be an occurrence ("albania-workshop@2019-04-12"); Call.value is then the list to go back to.
    """
    if not call.words:
        return await upcoming(call, deps)
    if _is_occurrence(call.words):
        detail = await events.detail(deps.store, call.words)
        return await _page(detail, call, deps) if detail else views.gone(call.t)
    found = await events.find(deps.store, call.words, call.today)
    if found.slug and (detail := await events.next_of(deps.store, found.slug, call.today)):
        return await _page(detail, call, deps)
    near = [(slug, call.t.text(title)) for slug, title in found.near]
    return views.which(call.words, near, call.t, more=found.more)


async def add_to_calendar(call: Call, deps: Deps) -> View:
    """Send the event as an .ics file to the member's direct messages."""
    detail = await _occurrence(call, deps)
    if not detail.row.when.day_exact or detail.row.cancelled:
        raise UserMistake(call.t._("This event has no certain day yet, so it cannot go into a calendar."))
    content = calendar_file(detail, call.now, call.t)
    title = call.t.text(detail.row.title)
    deps.later(
        files.send(
            call,
            deps,
            f"{detail.row.slug}.ics",
            content,
            call.t._("For your calendar: {event}", event=title),
            refused="calendar_file_refused",
        )
    )
    return views.done(
        call.t._("The calendar file is on its way to your direct messages: open it to add the event."), call.t
    )


async def again(call: Call, deps: Deps) -> View:
    """Remind the member once more, tomorrow morning in their zone; asked for twice on a day, once."""
    detail = await _occurrence(call, deps)
    tomorrow = call.today + timedelta(days=1)
    due_at = instant(tomorrow, MORNING, call.t.zone)
    over = detail.row.when.ends_at(call.t.zone)
    if detail.row.cancelled or due_at >= over:
        raise UserMistake(call.t._("It will be over by tomorrow morning, so I cannot remind you again."))
    reminder = Planned(Kind.AGAIN, call.member.user_id, detail.row.ref, tomorrow.isoformat(), due_at, over)
    await deliveries.plan(deps.store, [reminder])
    return views.done(
        call.t._(
            "I will remind you of “{event}” tomorrow, {day}, at {time}.",
            event=call.t.text(detail.row.title),
            day=call.t.day(tomorrow),
            time=call.t.clock_time(due_at, call.t.zone),
        ),
        call.t,
    )


async def _page(detail: EventDetail, call: Call, deps: Deps) -> Answer:
    return await with_meeting(await page(detail, call, deps), detail, call, deps)


async def _occurrence(call: Call, deps: Deps) -> EventDetail:
    detail = await events.detail(deps.store, call.value)
    if detail is None:
        raise StaleValue(call.value)
    return detail


def _is_occurrence(words: str) -> bool:
    try:
        parse_occurrence_ref(words)
    except ValueError:
        return False
    return True


SUBJECT = Subject(
    words=("event", "événement", "evento"),
    help_line=lambda t: t._("One event, by its name: when, where, who takes part, what to do"),
    examples=lambda t: (t._("event albania"), t._("event world day against child labour")),
    command=show,
    actions={
        views.ICS: add_to_calendar,
        views.AGAIN: again,
        **eventform.ACTIONS,
        **eventmoving.ACTIONS,
        **eventcancelling.ACTIONS,
    },
    submissions={**eventform.SUBMISSIONS, **eventmoving.SUBMISSIONS, **eventcancelling.SUBMISSIONS},
    shortcuts=eventform.SHORTCUTS,
    reads_only=True,
)
