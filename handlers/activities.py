"""`/alliance activities [month or year]`: who publishes what, for which day, and how far it is."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from alliance.activities import ActivityKind, ActivityState, conflicts
from alliance.activitywords import Asked, asked
from alliance.filtering import parse
from alliance.languages import first_known
from alliance.roles import Permission
from handlers import permit, topics
from handlers.acquainting import acquaint
from handlers.answers import Answer, FieldErrors, View
from handlers.call import Call, Deps, StaleValue, UserMistake
from handlers.fresh import fresh
from handlers.payloads import cleaned
from handlers.subject import Subject
from handlers.views import activities as views
from handlers.views.fields import LANGUAGE_FIELD
from storage import activities, events
from storage.activities import Activity, Changed, Gone, Work
from storage.eventedits import Editor
from storage.values import EventRow, Member

GROUP: Final = "communications"
"""The action group whose chairs and leads may change every activity."""

AHEAD, LONGEST = timedelta(days=365), timedelta(days=731)
OVERDUE: Final = timedelta(days=60)
"""So far back a list without a period shows what should have been published."""

OBSERVANCE: Final = frozenset({"observance"})
MOST_DAYS: Final = 99
"""International days in the menu, beside "None": Slack takes a hundred."""

NEW: Final = "new"


async def show(call: Call, deps: Deps) -> View:
    """What is due in the period that the words name, of whom, and how far; without a period, the year ahead."""
    return await _page(call.words, call, deps)


async def plan(call: Call, deps: Deps) -> View:
    """The empty form."""
    member = await _may_plan(call, deps)
    values = {
        views.TITLE: "", views.KIND: ActivityKind.POST.value, views.FOR: views.NONE, views.OWNER: member.user_id,
        views.ORGANISATION: next(iter(sorted(member.standing.speaks_for)), ""), LANGUAGE_FIELD: call.t.language,
        views.STATE: ActivityState.PLANNED.value,
    }  # fmt: skip
    return views.form(values, await _days(call, deps), f"{NEW}:0:{call.value}", call.t, new=True)


async def edit(call: Call, deps: Deps) -> View:
    """The form of an activity that is there."""
    activity, _seen, words = await _named(call.value, call, deps)
    await _may_change(activity, call, deps)
    work = activity.work
    values = {
        views.TITLE: work.title, views.KIND: work.kind.value, views.FOR: work.occurrence, views.OWNER: work.owner,
        views.ORGANISATION: work.organisation, views.DUE: work.due_on.isoformat(), LANGUAGE_FIELD: work.language,
        views.STATE: work.state.value,
    }  # fmt: skip
    memory = f"{activity.id}:{activity.revision}:{words}"
    return views.form(values, await _days(call, deps, work.due_on), memory, call.t, new=False)


async def save(call: Call, deps: Deps) -> View:
    """Keep what the form says, or name the fields that cannot be kept."""
    editor = Editor(call.member.user_id, call.now)
    named, _, rest = call.memory.partition(":")
    if named == NEW:
        await _may_plan(call, deps)
        words = rest.partition(":")[2]
        work = await _read(call, deps)
        if isinstance(work, FieldErrors):
            return work
        await activities.add(deps.store, editor, work)
    else:
        activity, seen, words = await _named(call.memory, call, deps)
        await _may_change(activity, call, deps)
        work = await _read(call, deps, activity.work)
        if isinstance(work, FieldErrors):
            return work
        try:
            await activities.change(deps.store, editor, activity.id, seen, work)
        except Changed as changed:
            return views.overtaken(changed.activity, call.t)
        except Gone as gone:
            raise UserMistake(views.gone(call.t)) from gone
    deps.later(acquaint([work.owner], deps, call.now))
    return await _page(words, call, deps, call.t._("Saved."))


async def advance(call: Call, deps: Deps) -> View:
    """One step on."""
    activity, seen, words = await _named(call.value, call, deps)
    await _may_change(activity, call, deps)
    step = activity.work.state.next if activity.revision == seen else activity.work.state
    if step is None:
        return await _page(words, call, deps)
    try:
        await activities.advance(deps.store, Editor(call.member.user_id, call.now), activity.id, seen, step)
    except Changed as changed:
        return views.overtaken(changed.activity, call.t)
    return await _page(words, call, deps, call.t._("Saved."))


async def remove(call: Call, deps: Deps) -> View:
    """Take it out of the calendar."""
    activity, seen, words = await _named(call.value, call, deps)
    await _may_change(activity, call, deps)
    try:
        await activities.remove(deps.store, Editor(call.member.user_id, call.now), activity.id, seen)
    except Changed as changed:
        return views.overtaken(changed.activity, call.t)
    return await _page(words, call, deps, call.t._("Removed: “{title}”.", title=activity.work.title[:100]))


async def _page(words: str, call: Call, deps: Deps, notice: str = "") -> Answer:
    wanted = asked(words, await activities.organisations(deps.store))
    understood = parse(wanted.rest, deps.library.vocabulary, call.today)
    if understood.unknown or understood.topics:
        raise UserMistake(views.not_understood(call.t))
    period = understood.filter
    first = period.first or call.today - OVERDUE
    last = period.last or max(first, call.today) + AHEAD
    due = await activities.between(deps.store, first, last)
    found = [one for one in due if _is_wanted(one, wanted, call) and (period.first or _still_matters(one, call.today))]
    member = await fresh(call, deps)
    listing = views.Listing(
        filter=views.asked_in_words(wanted, topics.in_words(understood, deps.library, call.t), call.t),
        ask=views.asked_again(wanted, understood.canonical),
        period=understood.canonical,
        activities=found,
        conflicts=conflicts(activity.plan for activity in due),
        names=await names_of(found, call, deps),
        changeable={one.id for one in found if _may(member, one)},
        may_plan=member.standing.may_somewhere(Permission.PLAN_ACTIVITY),
        mine=wanted.mine,
        notice=notice,
    )
    return views.page(listing, call.t, call.today)


def _is_wanted(activity: Activity, wanted: Asked, call: Call) -> bool:
    work = activity.work
    return (
        (not wanted.mine or call.member.user_id in (work.owner, activity.written_by))
        and (not wanted.states or work.state in wanted.states)
        and (not wanted.organisations or work.organisation in wanted.organisations)
    )


def _still_matters(activity: Activity, today: date) -> bool:
    """Whether a list without a period shows it: what is past only where it is not published yet."""
    return activity.work.due_on >= today or activity.work.state is not ActivityState.PUBLISHED


async def names_of(found: Sequence[Activity], call: Call, deps: Deps) -> dict[str, str]:
    """What the observances are called, by reference."""
    refs = sorted({activity.work.occurrence for activity in found if activity.work.occurrence})
    details = {ref: await events.detail(deps.store, ref) for ref in refs}
    return {ref: call.t.text(detail.row.title) for ref, detail in details.items() if detail}


async def _days(call: Call, deps: Deps, around: date | None = None) -> tuple[EventRow, ...]:
    """The international days of the year ahead, and of the month before the activity's own day."""
    first = min(call.today, around - timedelta(days=31)) if around else call.today
    return await events.between(deps.store, first, first + AHEAD, OBSERVANCE, MOST_DAYS)


async def _read(call: Call, deps: Deps, before: Work | None = None) -> Work | FieldErrors:
    """What the form says. `before`: what it was, for a day that is over by now may stay."""
    state, t = call.state, call.t
    title, owner = cleaned(str(state.get(views.TITLE) or "")), str(state.get(views.OWNER) or "")
    organisation, due = cleaned(str(state.get(views.ORGANISATION) or "")), _day(state.get(views.DUE))
    errors = {}
    if not title:
        errors[views.TITLE] = t._("Please write what it is.")
    if not owner:
        errors[views.OWNER] = t._("Please choose who does it.")
    if not organisation:
        errors[views.ORGANISATION] = t._("Please write which organisation publishes it.")
    first, last = call.today, call.today + LONGEST
    if due is None or not (first <= due <= last or (before and due == before.due_on)):
        errors[views.DUE] = views.not_in_time(first, last, t)
    occurrence = str(state.get(views.FOR) or "")
    if occurrence not in ("", views.NONE) and await events.detail(deps.store, occurrence) is None:
        errors[views.FOR] = t._("This day is no longer in the calendar. Please choose another.")
    if errors or due is None:
        return FieldErrors(errors)
    try:
        kind, step = ActivityKind(str(state.get(views.KIND))), ActivityState(str(state.get(views.STATE)))
    except ValueError as error:
        raise StaleValue(views.STATE) from error
    return Work(
        title[: views.LONGEST_TITLE], kind, "" if occurrence == views.NONE else occurrence, owner,
        organisation[: views.LONGEST_NAME], due, step, first_known(str(state.get(LANGUAGE_FIELD)), t.language),
    )  # fmt: skip


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value or ""))
    except ValueError:
        return None


async def _may_plan(call: Call, deps: Deps) -> Member:
    """Raises UserMistake for who may not plan activities, of whichever group they are."""
    member = await fresh(call, deps)
    if member.standing.may_somewhere(Permission.PLAN_ACTIVITY):
        return member
    return await permit.require(call, deps, Permission.PLAN_ACTIVITY)


async def _may_change(activity: Activity, call: Call, deps: Deps) -> None:
    mine = call.member.user_id in (activity.written_by, activity.work.owner)
    await permit.require(call, deps, Permission.CHANGE_ACTIVITY, GROUP, author=mine)


def _may(member: Member, activity: Activity) -> bool:
    mine = member.user_id in (activity.written_by, activity.work.owner)
    return member.standing.may(Permission.CHANGE_ACTIVITY, GROUP, author=mine)


async def _named(value: str, call: Call, deps: Deps) -> tuple[Activity, int, str]:
    """The activity that a button or a form names, the revision that it showed, and the words of the list."""
    number, _, rest = value.partition(":")
    seen, _, words = rest.partition(":")
    if not (number.isdecimal() and seen.isdecimal() and len(number) < 10 and len(seen) < 10):
        raise StaleValue(value)
    activity = await activities.get(deps.store, int(number))
    if activity is None:
        raise UserMistake(views.gone(call.t))
    return activity, int(seen), words


SUBJECT = Subject(
    words=("activities", "activity", "activités", "activité", "actividades", "actividad"),
    help_line=lambda t: t._("Communications activities: who publishes what for which day, and how far it is"),
    examples=lambda t: (t._("activities"), t._("activities june 2019"), t._("activities mine")),
    command=show,
    actions={views.PLAN: plan, views.EDIT: edit, views.NEXT: advance, views.REMOVE: remove},
    submissions={views.SAVE: save},
)
