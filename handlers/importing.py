"""`/alliance import`: bring in events from another calendar. All of them are kept in one transaction, or none is."""

import asyncio
import json

from alliance.roles import Permission
from handlers import permit
from handlers.answers import FieldErrors, View
from handlers.call import Call, Deps, FormFile, StaleValue, UserMistake
from handlers.files import Unreadable, read_text
from handlers.fresh import fresh
from handlers.importreading import Refused, read
from handlers.subject import Subject
from handlers.views import importing as views
from storage import eventedits, imported
from storage.entries import Event
from storage.eventedits import Changed, Editor, Gone, Stored

LONGEST_MEMORY = 3_000
MOST_BYTES = 1_000_000
FROM_FILE = ("name", "dates", "starts", "ends", "zone", "rule", "place", "summary", "link", "confirmed", "cancelled")
"""What a file says of an event; all else of one that is here already stays."""


async def show(call: Call, deps: Deps) -> View:
    """What it is for."""
    await _choices(call, deps)
    return views.start(call.t)


async def edit(call: Call, deps: Deps) -> View:
    """The form."""
    return views.form(await _choices(call, deps), call.t)


async def preview(call: Call, deps: Deps) -> View:
    """What would become of each entry; nothing is saved yet."""
    group, text = str(call.state.get(views.GROUP) or ""), str(call.state.get(views.TEXT) or "")
    file = next((one.id for one in call.state.get(views.FILE) or [] if isinstance(one, FormFile)), "")
    if not file and not text.strip():
        return FieldErrors({views.FILE: call.t._("Please choose a file, or paste its text.")})
    memory = json.dumps([group, "" if file else text, file], ensure_ascii=False)
    if len(memory) > LONGEST_MEMORY:
        return FieldErrors({views.TEXT: call.t._("This is too long. Please import it as a file, or in parts.")})
    try:
        plan = await _plan(group, text, file, call, deps)
    except Refused as refused:
        return FieldErrors({views.FILE if file else views.TEXT: str(refused)})
    return views.preview(plan, memory, call.t)


async def save(call: Call, deps: Deps) -> View:
    """Keep it, after looking again at what is there by now."""
    group, text, file = _remembered(call.memory)
    try:
        plan = await _plan(group, text, file, call, deps)
    except Refused as refused:
        raise UserMistake(str(refused)) from refused
    editor = Editor(call.member.user_id, call.now)
    new = [entry for _read, entry in plan.new]
    try:
        await eventedits.save_all(deps.store, editor, new, [(seen, entry) for _read, seen, entry in plan.changed])
    except (Changed, Gone):
        notice = call.t._(
            "Somebody has changed one of these events in the meantime. Nothing was saved: look at it again."
        )
        return views.preview(await _plan(group, text, file, call, deps), call.memory, call.t, notice)
    deps.events_changed()
    return views.done(len(new), len(plan.changed), call.t)


async def _choices(call: Call, deps: Deps) -> list[tuple[str, str]]:
    """For whom the member may import. Raises UserMistake where for nobody."""
    standing = (await fresh(call, deps)).standing
    made = [(views.EVERYBODY, call.t._("The whole community"))] if standing.may(Permission.IMPORT_EVENTS) else []
    for slug, group in deps.library.groups.items():
        if standing.may(Permission.IMPORT_EVENTS, slug):
            made.append((slug, call.t.text(group.name.model_dump())))
    if not made:
        await permit.require(call, deps, Permission.IMPORT_EVENTS)
    return made


async def _plan(chosen: str, text: str, file: str, call: Call, deps: Deps) -> views.Plan:
    """What is new, different, the same and refused. Raises Refused, or UserMistake for who may not."""
    group = None if chosen == views.EVERYBODY else chosen
    if group is not None and group not in deps.library.groups:
        raise UserMistake(call.t._("This group is no longer there. Please choose another one."))
    await permit.require(call, deps, Permission.IMPORT_EVENTS, group)
    groups = (group,) if group else ()
    if file:
        too_large = call.t._("The file is larger than 1 MB. Please import it in parts.")
        try:
            text = await read_text(call, deps, file, MOST_BYTES, too_large)
        except Unreadable as error:
            raise Refused(str(error)) from error
    found = await asyncio.to_thread(read, text, groups, call.now, call.t)
    known = await imported.by_uid(deps.store)
    new, changed, refused, same = [], [], [one for one in found if one.entry is None], 0
    for one in found:
        if one.entry is None:
            continue
        there = known.get(one.entry.imported_as or "")
        if there is None:
            new.append((one, one.entry))
        elif there.entry.groups != groups:
            problem = call.t._("It is here already, for another group.")
            refused.append(type(one)(one.line, one.title, problem=problem))
        elif (after := _after(there, one.entry)) == there.entry:
            same += 1
        else:
            changed.append((one, there.revision, after))
    return views.Plan(new, changed, same, sorted(refused, key=lambda one: one.line))


def _after(there: Stored, said: Event) -> Event:
    """The event as the file has it. In which language it was written before stays beside it."""
    before = there.entry
    values = {name: getattr(said, name) for name in FROM_FILE}
    for name in ("name", "place", "summary"):
        was, now = getattr(before, name), getattr(said, name)
        values[name] = was.model_copy(update=now.model_dump()) if was and now else now
    return before.model_copy(update=values)


def _remembered(memory: str) -> tuple[str, str, str]:
    try:
        group, text, file = json.loads(memory)
    except (ValueError, TypeError) as error:
        raise StaleValue(memory) from error
    return str(group), str(text), str(file)


SUBJECT = Subject(
    words=("import", "importer", "importar"),
    help_line=lambda t: t._("Bring in events from another calendar"),
    examples=lambda t: (t._("import"),),
    command=show,
    actions={views.EDIT: edit},
    submissions={views.PREVIEW: preview, views.SAVE: save},
    needs=Permission.IMPORT_EVENTS,
)
