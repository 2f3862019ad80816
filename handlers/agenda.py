"""`/alliance agenda [GROUP or EVENT]`: what a meeting will talk about; members propose points, withdraw their own."""

import re
from typing import Final

from alliance.roles import Permission
from handlers.answers import Answer, FieldErrors, View
from handlers.call import Call, Deps, StaleValue, UserMistake
from handlers.meetings import agenda_of, groups_of, meant, of_value, require
from handlers.payloads import cleaned
from handlers.subject import Subject
from handlers.views import agenda as views
from storage import meetings
from storage.eventedits import Editor
from storage.meetings import Full
from storage.values import EventDetail

_COLON: Final = re.compile(r"\s*:\s+|\s+:\s*")
"""Between the meeting and a point, in one line: not the colon of "15:00"."""

_NUMBER: Final = re.compile(r"\d{1,9}")


async def show(call: Call, deps: Deps) -> View:
    """The agenda; with "NAME: POINT", after that point was proposed."""
    name, colon, point = _split(call.words)
    found = await meant(name, call, deps, over=False)
    if isinstance(found, Answer):
        return found
    if not colon:
        return await _page(found, call, deps)
    await _may_propose(found, call, deps)
    if not point or len(point) > views.LONGEST:
        raise UserMistake(_too_long(call, views.LONGEST))
    return await _propose(found, point, call, deps)


async def propose(call: Call, deps: Deps) -> View:
    """The form for a point."""
    detail = await of_value(call.value, deps)
    await _may_propose(detail, call, deps)
    return views.form(detail, call.t)


async def save(call: Call, deps: Deps) -> View:
    """Keep the point that the form says."""
    detail = await of_value(call.memory, deps)
    await _may_propose(detail, call, deps)
    text = cleaned(str(call.state.get(views.TEXT) or ""))
    if not text or len(text) > views.LONGEST:
        return FieldErrors({views.TEXT: _too_long(call, views.LONGEST)})
    return await _propose(detail, text, call, deps)


async def withdraw(call: Call, deps: Deps) -> View:
    """Take back a point of one's own. Twice is once."""
    point = await meetings.point(deps.store, int(call.value)) if _NUMBER.fullmatch(call.value) else None
    if point is None:
        raise UserMistake(call.t._("This point is no longer on the agenda."))
    if point.proposed_by != call.member.user_id:
        raise UserMistake(call.t._("Only who proposed a point can withdraw it."))
    detail = await of_value(point.occurrence, deps)
    await meetings.withdraw(deps.store, Editor(call.member.user_id, call.now), point)
    return await _page(detail, call, deps, call.t._("Withdrawn."))


async def _propose(detail: EventDetail, text: str, call: Call, deps: Deps) -> View:
    try:
        await meetings.propose(deps.store, Editor(call.member.user_id, call.now), detail.row.ref, text)
    except Full as full:
        raise UserMistake(
            call.t._("This agenda is full. Please speak to the lead of the group about your point.")
        ) from full
    notice = call.t._("Your point is on the agenda. The reminders of this meeting show it.")
    return await _page(detail, call, deps, notice)


async def _page(detail: EventDetail, call: Call, deps: Deps, notice: str = "") -> Answer:
    agenda = await agenda_of(deps.store, detail)
    coming = _is_coming(detail, call)
    return views.page(detail, agenda, call.member.user_id, call.t, call.today, call.where, coming=coming, notice=notice)


async def _may_propose(detail: EventDetail, call: Call, deps: Deps) -> None:
    await require(call, deps, Permission.PROPOSE_AGENDA, groups_of(detail, deps))
    if detail.row.kind == "observance":
        raise StaleValue(detail.row.ref)
    if not _is_coming(detail, call):
        raise UserMistake(call.t._("This meeting is over or cancelled. Propose your point for the next one."))


def _is_coming(detail: EventDetail, call: Call) -> bool:
    row = detail.row
    return row.kind != "observance" and not row.cancelled and row.when.ends_at(call.t.zone) > call.now


def _split(words: str) -> tuple[str, bool, str]:
    parts = _COLON.split(words, maxsplit=1)
    return (parts[0].strip(), True, parts[1].strip()) if len(parts) == 2 else (words, False, "")


def _too_long(call: Call, most: int) -> str:
    return call.t._("Please write your point in 1 to {count} characters.", count=most)


SUBJECT = Subject(
    words=("agenda", "ordre-du-jour", "orden-del-día"),
    help_line=lambda t: t._("The agenda of a group’s next meeting; propose a point for it"),
    examples=lambda t: (t._("agenda migration"), t._("agenda migration: Recruitment fees")),
    command=show,
    actions={views.PROPOSE: propose, views.WITHDRAW: withdraw},
    submissions={views.SAVE: save},
)
