"""'Coming?': a member says yes, maybe or no, asks for reminders, sees what they said; who may sees who comes."""

from alliance.coming import Answer, Attendance
from alliance.delivery import parse_occurrence_ref
from alliance.roles import Permission
from handlers import permit
from handlers.answers import View
from handlers.call import Call, Deps, StaleValue, UserMistake
from handlers.event import show as show_event
from handlers.eventpage import may_see, page
from handlers.fresh import fresh
from handlers.subject import Subject
from handlers.views import invitation as views
from storage import coming, countmarks, events, once
from storage.eventstate import Gone
from storage.values import EventDetail, EventRow

MOST_ANSWERS = 100
MOST_SHOWN = 20


async def mine(call: Call, deps: Deps) -> View:
    """The coming events that the member answered; with words, the event that they name."""
    if call.words:
        return await show_event(call, deps)
    found: list[tuple[EventRow, Answer]] = []
    for ref, said in await coming.answers_of(deps.store, call.member.user_id, MOST_ANSWERS):
        detail = await events.detail(deps.store, ref)
        if detail and views.open_to_answers(detail.row, call.now, call.t):
            found.append((detail.row, said))
    return views.mine(sorted(found, key=lambda one: one[0].when.sort_key)[:MOST_SHOWN], call.t)


async def answer(call: Call, deps: Deps) -> View:
    """Keep what was said. A click that Slack delivers again changes nothing, also where another answer came since."""
    word, detail, where = await _clicked(call, deps)
    if word not in set(Answer):
        raise StaleValue(call.value)
    ref, user_id = detail.row.ref, call.member.user_id
    if await once.first(deps.store, f"coming|{user_id}|{call.trigger_id}|{call.value}", call.now):
        try:
            await coming.answer(deps.store, ref, user_id, Answer(word), call.now)
        except (Gone, coming.Cancelled) as error:
            raise UserMistake(_cancelled(detail, call)) from error
    return await _shown(call, deps, detail, where)


async def remind(call: Call, deps: Deps) -> View:
    """Whether they want to be reminded of it: for who said yes or maybe."""
    word, detail, where = await _clicked(call, deps)
    if word not in ("on", "off"):
        raise StaleValue(call.value)
    await coming.remind(deps.store, detail.row.ref, call.member.user_id, wished=word == "on")
    return await _shown(call, deps, detail, where)


async def who(call: Call, deps: Deps) -> View:
    """The names, for who may see them."""
    detail = await events.detail(deps.store, call.value)
    if detail is None:
        raise StaleValue(call.value)
    if not may_see(detail, await fresh(call, deps)):
        groups = detail.document.get("groups") or (None,)
        await permit.require(call, deps, Permission.SEE_WHO_COMES, groups[0])
    return views.who(detail, await _there(deps, detail), call.t)


async def _clicked(call: Call, deps: Deps) -> tuple[str, EventDetail, str]:
    """What the button says, of which occurrence, and where it was. Raises UserMistake for what cannot be answered."""
    await permit.require(call, deps, Permission.ANSWER_INVITATION)
    try:
        word, ref, where = call.value.split("|")
        slug, _day = parse_occurrence_ref(ref)
    except ValueError as error:
        raise StaleValue(call.value) from error
    detail = await events.detail(deps.store, ref)
    if detail is None:
        raise UserMistake(call.t._("This event is no longer in the calendar."))
    if not views.open_to_answers(detail.row, call.now, call.t):
        await countmarks.mark(deps.store, slug, call.now)
        raise UserMistake(_closed(detail, call))
    return word, detail, where


def _closed(detail: EventDetail, call: Call) -> str:
    row, title = detail.row, call.t.text(detail.row.title)
    if row.cancelled:
        return _cancelled(detail, call)
    if row.when.ends_at(call.t.zone) <= call.now:
        return call.t._("“{event}” is over, so there is nothing to answer any more.", event=title)
    return call.t._("The day of “{event}” is not certain yet. You can answer once it is.", event=title)


def _cancelled(detail: EventDetail, call: Call) -> str:
    title = call.t.text(detail.row.title)
    return call.t._("“{event}” is cancelled, so nobody needs to answer any more.", event=title)


async def _shown(call: Call, deps: Deps, detail: EventDetail, where: str) -> View:
    """The page where the click was on it, else what became of the answer."""
    if where == views.ON_PAGE and call.message_private:
        return await page(detail, call, deps)
    there = await _there(deps, detail)
    seen = may_see(detail, call.member)
    return views.answered(detail, there, call.member.user_id, call.now, call.t, may_see=seen)


async def _there(deps: Deps, detail: EventDetail) -> Attendance:
    return await coming.of(deps.store, detail.row.ref, detail.document.get("capacity"))


SUBJECT = Subject(
    words=("rsvp", "participation", "asistencia"),
    help_line=lambda t: t._("The events to which you said yes, maybe or no"),
    examples=lambda t: (t._("rsvp"),),
    command=mine,
    actions={views.ANSWER: answer, views.REMIND: remind, views.WHO: who},
)
