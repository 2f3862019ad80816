"""`/alliance minutes [GROUP or EVENT]`: what a meeting said, decided and promised; written by who leads the group."""

import json
import re
from collections.abc import Sequence
from typing import Any, Final

import structlog

from alliance.actionlines import read_item
from alliance.roles import Permission
from alliance.saiddates import NoSuchDay
from handlers.acquainting import acquaint
from handlers.actionitems import in_time
from handlers.answers import Answer, FieldErrors, View
from handlers.call import Call, Deps, FormFile, SlackRefused, StaleValue, UserMistake
from handlers.fresh import fresh
from handlers.meetings import groups_of, may, meant, of_value, require
from handlers.payloads import cleaned
from handlers.subject import Subject
from handlers.views import minutes as views
from storage import actionitems, meetings
from storage.actionitems import Agreed
from storage.eventedits import Editor
from storage.meetings import Changed, File, Written
from storage.values import EventDetail

_FILE_ID: Final = re.compile(r"F[A-Z0-9]{2,19}")

log = structlog.get_logger("handlers.minutes")


async def show(call: Call, deps: Deps) -> View:
    """The minutes of the last meeting that the words mean."""
    found = await meant(call.words, call, deps, over=True)
    return found if isinstance(found, Answer) else await _page(found, call, deps)


async def edit(call: Call, deps: Deps) -> View:
    """The form."""
    detail = await of_value(call.value, deps)
    await _may_write(detail, call, deps)
    record = await record_of(detail, deps)
    seen = record.minutes.id if record.minutes else 0
    return views.form(detail, record, json.dumps([detail.row.ref, seen]), call.t)


async def save(call: Call, deps: Deps) -> View:
    """Keep what the form says, or name the fields that cannot be kept; nothing is saved by halves."""
    ref, seen = _remembered(call.memory)
    detail = await of_value(ref, deps)
    group = await _may_write(detail, call, deps)
    before = await meetings.minutes(deps.store, ref)
    try:
        written = _written(ref, group, seen, before.file if before else None, call)
    except _Unfit as unfit:
        return FieldErrors(unfit.errors)
    try:
        await meetings.record(deps.store, Editor(call.member.user_id, call.now), written)
    except Changed as changed:
        return views.overtaken(changed.minutes, call.t)
    deps.later(acquaint((item.owner for item in written.items), deps, call.now))
    return await _page(detail, call, deps, call.t._("Saved."))


async def send_file(call: Call, deps: Deps) -> View:
    """Hand the attached file to the member, in their direct messages."""
    detail = await of_value(call.value, deps)
    minutes = await meetings.minutes(deps.store, detail.row.ref)
    if minutes is None or minutes.file is None:
        raise UserMistake(call.t._("There is no file any more."))
    comment = call.t._("Minutes: {event}", event=call.t.text(detail.row.title))
    deps.later(_forward(minutes.file.id, comment, call, deps))
    return views.on_its_way(call.t)


async def record_of(detail: EventDetail, deps: Deps) -> views.Record:
    """What is known of a meeting afterwards."""
    ref = detail.row.ref
    return views.Record(await meetings.minutes(deps.store, ref), await actionitems.of_meeting(deps.store, ref))


class _Unfit(Exception):
    """Fields that cannot be kept, with what is wrong with them."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


def _written(ref: str, group: str, seen: int, kept: File | None, call: Call) -> Written:
    """What the form says. Raises _Unfit."""
    errors: dict[str, str] = {}
    text = str(call.state.get(views.TEXT) or "").strip()
    file = _file(call.state.get(views.ATTACHED), errors, call) or kept
    decisions = _lines(views.DECISIONS, errors, call)
    items = _items(_lines(views.ITEMS, errors, call), errors, call)
    if not errors and not (text or file or decisions or items):
        errors[views.TEXT] = call.t._("Please write something, or attach a file.")
    if errors:
        raise _Unfit(errors)
    return Written(ref, group, seen, text[: views.LONGEST], file, decisions, items)


def _lines(name: str, errors: dict[str, str], call: Call) -> tuple[str, ...]:
    """What stands on the lines of a field, without the empty ones, each once."""
    found = (cleaned(line).lstrip("-•*– ") for line in str(call.state.get(name) or "").splitlines())
    lines = tuple(dict.fromkeys(line for line in found if line))
    if len(lines) > views.MOST_LINES:
        errors[name] = call.t._("At most {count} lines, please.", count=views.MOST_LINES)
    elif any(len(line) > views.LONGEST_LINE for line in lines):
        errors[name] = call.t._("At most {count} characters on a line, please.", count=views.LONGEST_LINE)
    return lines


def _items(lines: Sequence[str], errors: dict[str, str], call: Call) -> tuple[Agreed, ...]:
    made = []
    for number, line in enumerate(lines, 1):
        try:
            said = read_item(line, call.today)
        except NoSuchDay as wrong:
            problem = call.t._("“{day}” is no day of the calendar.", day=wrong.part)
        else:
            if said.owner and said.text and (said.due_on is None or in_time(said.due_on, call.today)):
                made.append(Agreed(said.owner, said.text, said.due_on))
                continue
            problem = call.t._("Please write what is to be done.")
            if not said.owner:
                problem = call.t._("Please type @ and choose who does it.")
            elif said.text:
                problem = call.t._("Its date must lie ahead, within the next two years.")
        errors.setdefault(views.ITEMS, call.t._("Line {number}: {problem}", number=number, problem=problem))
    return tuple(made)


def _file(given: Any, errors: dict[str, str], call: Call) -> File | None:
    files = [one for one in given or [] if isinstance(one, FormFile)]
    if not files:
        return None
    if len(files) > 1 or not _FILE_ID.fullmatch(files[0].id):
        errors[views.ATTACHED] = call.t._("Please choose one file.")
        return None
    return File(files[0].id, cleaned(files[0].name)[:200] or files[0].id)


async def _page(detail: EventDetail, call: Call, deps: Deps, notice: str = "") -> Answer:
    record = await record_of(detail, deps)
    standing = (await fresh(call, deps)).standing
    groups = groups_of(detail, deps)
    may_write = _has_begun(detail, call) and may(standing, Permission.WRITE_MINUTES, groups)
    return views.page(detail, record, call.t, call.today, call.where, may_write=may_write, notice=notice)


async def _may_write(detail: EventDetail, call: Call, deps: Deps) -> str:
    """The group for which the member may write. Raises UserMistake."""
    group = await require(call, deps, Permission.WRITE_MINUTES, groups_of(detail, deps))
    if not _has_begun(detail, call):
        raise UserMistake(call.t._("This meeting has not begun yet. Its minutes can be written afterwards."))
    return group


def _has_begun(detail: EventDetail, call: Call) -> bool:
    return detail.row.kind != "observance" and detail.row.when.begins_at(call.t.zone) <= call.now


def _remembered(memory: str) -> tuple[str, int]:
    try:
        ref, seen = json.loads(memory)
        return str(ref), int(seen)
    except (ValueError, TypeError) as error:
        raise StaleValue(memory) from error


async def _forward(file_id: str, comment: str, call: Call, deps: Deps) -> None:
    try:
        await deps.slack.forward_file(file_id, call.member.user_id, comment)
    except SlackRefused as refused:
        log.warning("minutes_file_refused", reason=str(refused))


SUBJECT = Subject(
    words=("minutes", "compte-rendu", "acta", "actas"),
    help_line=lambda t: t._("The minutes of a group’s last meeting: decisions and action items"),
    examples=lambda t: (t._("minutes migration"),),
    command=show,
    actions={views.EDIT: edit, views.FILE: send_file},
    submissions={views.SAVE: save},
)
