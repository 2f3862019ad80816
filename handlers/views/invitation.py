"""'Coming?': who comes in figures and by name, what a member said, and the buttons with which they say it."""

from collections.abc import Sequence
from datetime import datetime

from alliance.coming import NOT_INVITED_TO, Answer, Attendance
from alliance.leadtimes import DEFAULTS, due_times, leads_for
from handlers import answers
from handlers.answers import Block
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import open_button
from handlers.views.dates import when_elements
from handlers.views.event import ICS
from handlers.views.reminders import lead_words
from storage.values import EventDetail, EventRow

ANSWER, REMIND, WHO = "rsvp.answer", "rsvp.remind", "rsvp.who"
ON_PAGE = "page"
"""Where a click was: on the event's page, which is then shown again."""

MOST_NAMES = 200
"""So many names of a list are shown."""


def open_to_answers(row: EventRow, now: datetime, t: Tongue) -> bool:
    """Whether one can still say that one comes: to something on a certain day that is neither over nor cancelled."""
    return (
        row.kind not in NOT_INVITED_TO and row.when.day_exact and not row.cancelled and now < row.when.ends_at(t.zone)
    )


def figures(there: Attendance, t: Tongue) -> kit.Element:
    """How many come, wait, may and don't, in one line."""
    came = len(there.coming)
    said = str(came) if there.capacity is None else t._("{count} of {places}", count=came, places=there.capacity)
    counted = [
        (t._("waiting list: {count}"), len(there.waiting)),
        (t._("maybe: {count}"), len(there.maybe)),
        (t._("no: {count}"), len(there.declined)),
    ]
    words = " · ".join([said, *(label.format(count=count) for label, count in counted if count)])
    return parts.fact(t._("Coming:"), kit.text(words))


def buttons(ref: str, t: Tongue, chosen: Answer | None = None, where: str = "") -> list[kit.Element]:
    """Yes, maybe, no; what was chosen stands out."""
    words = {Answer.YES: t._("I’m coming"), Answer.MAYBE: t._("Maybe"), Answer.NO: t._("Not coming")}
    return [
        kit.button(label, f"{ANSWER}:{said.value}", f"{said.value}|{ref}|{where}", primary=said is chosen)
        for said, label in words.items()
    ]


def status(there: Attendance, user_id: str, t: Tongue) -> str:
    """What this member said, and what became of it; "" where they said nothing."""
    turn = there.turn_of(user_id)
    if turn:
        named = {
            1: t._("You are first on the waiting list."),
            2: t._("You are second on the waiting list."),
            3: t._("You are third on the waiting list."),
        }
        return named.get(turn) or t._("You are number {turn} on the waiting list.", turn=turn)
    said = {Answer.YES: t._("You said yes."), Answer.MAYBE: t._("You said maybe."), Answer.NO: t._("You said no.")}
    answer = there.answer_of(user_id)
    return said[answer] if answer else ""


def answered(
    detail: EventDetail, there: Attendance, user_id: str, now: datetime, t: Tongue, *, may_see: bool
) -> answers.Answer:
    """What a member is told after their answer, for them alone."""
    row = detail.row
    title, (when, fallback) = t.text(row.title), when_elements(row.when, t)
    sentence = status(there, user_id, t)
    more = _what_follows(detail, there, user_id, now, t)
    blocks = [
        kit.rich(kit.paragraph(kit.text(title, bold=True)), parts.fact(t._("When:"), *when)),
        kit.say(" ".join((sentence, *more))),
        kit.actions(*buttons(row.ref, t, there.answer_of(user_id))),
        kit.actions(
            *_remind_button(row, there, user_id, now, t),
            open_button(t._("Details"), Ask("event", row.ref), "details"),
            *who_button(row.ref, t, may_see=may_see),
        ),
    ]
    return answers.Answer(f"{title}, {fallback}. {sentence}", blocks, title=t._("Event"))


def on_page(
    detail: EventDetail, there: Attendance, user_id: str, now: datetime, t: Tongue, *, may_see: bool
) -> list[Block]:
    """The same on the event's page. `user_id` is "" where everybody may read it."""
    row = detail.row
    said = status(there, user_id, t)
    lines = [figures(there, t), *([kit.paragraph(kit.text(said, bold=True))] if said else [])]
    made = [
        *buttons(row.ref, t, there.answer_of(user_id), ON_PAGE),
        *_remind_button(row, there, user_id, now, t, ON_PAGE),
        *who_button(row.ref, t, may_see=may_see),
    ]
    return [kit.rich(*lines), kit.actions(*made)]


def in_reminder(row: EventRow, there: Attendance, user_id: str, t: Tongue) -> list[Block]:
    """The question, in a reminder; for a member (`user_id`) with what they said so far."""
    said = status(there, user_id, t) if user_id else ""
    chosen = there.answer_of(user_id) if user_id else None
    return [*([kit.say(said)] if said else []), kit.actions(*buttons(row.ref, t, chosen))]


def who_button(ref: str, t: Tongue, *, may_see: bool) -> list[kit.Element]:
    """The way to the names, for who may see them."""
    return [kit.button(t._("Who is coming"), WHO, ref)] if may_see else []


def who(detail: EventDetail, there: Attendance, t: Tongue) -> answers.Answer:
    """The names by answer, in the order in which they were given."""
    title = t.text(detail.row.title)
    when, fallback = when_elements(detail.row.when, t)
    named = [
        (t._("Coming"), there.coming),
        (t._("Waiting list"), there.waiting),
        (t._("Maybe"), there.maybe),
        (t._("Won’t come"), there.declined),
    ]
    blocks: list[Block] = [
        kit.header(t._("Who is coming: {event}", event=title)),
        kit.rich(parts.fact(t._("When:"), *when), figures(there, t)),
        *(block for label, users in named if users for block in _names(label, users, t)),
    ]
    if there.nobody:
        blocks.append(kit.say(t._("Nobody has answered yet.")))
    return answers.Answer(f"{title}, {fallback}", blocks, title=t._("Who is coming"), replace=False)


def place(detail: EventDetail, there: Attendance, user_id: str, now: datetime, t: Tongue) -> answers.Answer:
    """The waiting list has moved: this member has a place now, or waits since there are fewer places."""
    row = detail.row
    title, (when, fallback) = t.text(row.title), when_elements(row.when, t)
    has_place = not there.turn_of(user_id)
    headline = t._("You have a place: {event}", event=title) if has_place else t._("Fewer places: {event}", event=title)
    sentence = (
        t._("A place has become free, and it is yours. If you cannot come, say so: the next in line gets it.")
        if has_place
        else " ".join((status(there, user_id, t), t._("There are fewer places than before.")))
    )
    made = [*_remind_button(row, there, user_id, now, t), open_button(t._("Details"), Ask("event", row.ref), "details")]
    if has_place:
        made.append(kit.button(t._("Add to my calendar"), ICS, row.ref))
    blocks = [
        kit.header(headline),
        kit.rich(parts.fact(t._("When:"), *when), *parts.said(t._("Where:"), t.text(row.place))),
        kit.say(sentence),
        kit.actions(*buttons(row.ref, t, there.answer_of(user_id))),
        kit.actions(*made),
    ]
    return answers.Answer(f"{headline}. {fallback}", blocks, title=t._("Event"))


def mine(rows: Sequence[tuple[EventRow, Answer]], t: Tongue) -> answers.Answer:
    """The coming events that a member answered."""
    headline = t._("Your answers")
    if not rows:
        sentence = t._("You have not said yet that you come to an event. Open one and choose.")
        button = open_button(t._("All coming events"), Ask("events"), "all")
        return answers.Answer(sentence, [kit.header(headline), kit.say(sentence), kit.actions(button)], title=headline)
    words = {Answer.YES: t._("yes"), Answer.MAYBE: t._("maybe"), Answer.NO: t._("no")}
    lines = [[kit.text(parts.menu_words(row, t)), kit.text(f" · {words[said]}", bold=True)] for row, said in rows]
    blocks = [
        kit.header(headline),
        kit.rich(kit.bullets(lines)),
        kit.actions(*parts.event_menu([row for row, _said in rows], t)),
    ]
    return answers.Answer(headline, blocks, title=headline)


def _names(label: str, users: Sequence[str], t: Tongue) -> list[Block]:
    shown = [[parts.user_mention(user)] for user in users[:MOST_NAMES]]
    hidden = len(users) - len(shown)
    name = kit.paragraph(kit.text(f"{label} ({len(users)})", bold=True))
    blocks: list[Block] = [kit.rich(name, kit.bullets(shown, ordered=True))]
    if hidden:
        blocks.append(kit.context(t.n("and {count} more", "and {count} more", hidden)))
    return blocks


def _what_follows(detail: EventDetail, there: Attendance, user_id: str, now: datetime, t: Tongue) -> list[str]:
    """What the bot will do by itself."""
    if there.turn_of(user_id):
        return [t._("I will tell you when a place becomes free.")]
    leads = _leads_ahead(detail.row, now, t)
    if user_id not in there.wishes or not leads:
        return []
    return [t._("I will remind you: {leads}.", leads=t.listed(leads))]


def _remind_button(
    row: EventRow, there: Attendance, user_id: str, now: datetime, t: Tongue, where: str = ""
) -> list[kit.Element]:
    """Asks for reminders, or for none, while there are any to come; for who comes or may."""
    if user_id not in there.coming + there.maybe or not _leads_ahead(row, now, t):
        return []
    if user_id in there.wishes:
        return [kit.button(t._("Don’t remind me"), f"{REMIND}:off", f"off|{row.ref}|{where}")]
    return [kit.button(t._("Remind me"), f"{REMIND}:on", f"on|{row.ref}|{where}")]


def _leads_ahead(row: EventRow, now: datetime, t: Tongue) -> list[str]:
    """The reminders that are still to come, in words."""
    dues = due_times(row.when, leads_for(row.kind, DEFAULTS), t.zone)
    return [lead_words(due.lead, t) for due in dues if due.at > now]
