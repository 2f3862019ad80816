"""Adding, editing and duplicating an event by a form: fill in, see how it was understood, save.

Nothing is kept before the last step. Each step asks the database again what the member may do and what the event is.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from alliance.languages import Language, first_known
from alliance.oneline import Draft
from handlers.answers import FieldErrors, Modal, View
from handlers.call import Call, Deps, StaleValue, UserMistake
from handlers.eventreading import Unfit, entered
from handlers.eventrights import may_add, may_change, may_save, stored_of
from handlers.eventsaved import conflict, review_of, saved
from handlers.eventvalues import choices, of_draft, of_entry, of_when
from handlers.packing import packed, unpacked
from handlers.views import event as views
from handlers.views import eventform as form
from handlers.views import eventreview as reviews
from storage import channels, eventedits
from storage.entries import Event
from storage.eventedits import Changed, Editor, Gone, NotPossible, Stored

ENTERED: Final = (
    "name", "kind", "summary", "place", "link", "capacity", "spoken", "groups", "countries", "regions", "themes",
    "dates", "confirmed", "starts", "ends", "zone", "rule", "written_in",
)  # fmt: skip
"""What the form says of an event."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a form remembers: which event at which revision ("" for a new one), its language, and whether it has dates.

    `entry`: what was entered, once it was understood.
    """

    slug: str
    seen: int
    language: Language
    dated: bool = True
    entry: Mapping[str, Any] | None = None

    def __str__(self) -> str:
        return json.dumps([self.slug, self.seen, self.language, self.dated])


def parse_step(memory: str) -> Step:
    """Read what the form remembers. Raises StaleValue for anything else."""
    try:
        slug, seen, language, dated = json.loads(memory)
        return Step(str(slug), int(seen), first_known(language), bool(dated))
    except (ValueError, TypeError) as error:
        raise StaleValue(memory) from error


async def open_form(call: Call, deps: Deps, draft: Draft | None) -> View:
    """The form of a new event, filled in with what a line says, or with the group of the channel."""
    await may_add(call, deps, ())
    if draft is None:
        values = await _empty(call, deps)
    else:
        values = of_draft(draft, call.t)
    return _new(values, call, deps)


async def from_shortcut(call: Call, deps: Deps) -> View:
    """The form of a new event; from a message, its first line is the title and the whole the text."""
    await may_add(call, deps, ())
    values = await _empty(call, deps)
    if call.words:
        title = call.words.splitlines()[0]
        values[form.TITLE] = title[: form.LONGEST_TITLE]
        values[form.SUMMARY] = call.words if call.words != title or len(title) > form.LONGEST_TITLE else ""
    return _new(values, call, deps)


async def add(call: Call, deps: Deps) -> View:
    """The empty form of a new event, from a button."""
    await may_add(call, deps, ())
    return replace(_new(await _empty(call, deps), call, deps), replace=call.where == "modal")


async def edit(call: Call, deps: Deps) -> View:
    """The form of an event that is there."""
    stored = await stored_of(call, deps)
    await may_change(call, deps, stored)
    entry = stored.entry
    step = Step(entry.slug, stored.revision, language_of(entry, call), dated=not _has_begun(entry, call.today))
    return _filled(of_entry(entry, step.language, call.t), step, call, deps, replace_modal=True)


async def copy(call: Call, deps: Deps) -> View:
    """The form of a new event that says what another one says, but for its day."""
    stored = await stored_of(call, deps)
    await may_add(call, deps, ())
    step = Step("", 0, language_of(stored.entry, call))
    values = of_entry(stored.entry, step.language, call.t) | {form.FIRST: "", form.LAST: ""}
    return _filled(values, step, call, deps, replace_modal=True)


async def check(call: Call, deps: Deps) -> View:
    """What was entered, as it was understood; or what is wrong, at the field."""
    step = parse_step(call.memory)
    try:
        return await _checked(step, call, deps)
    except Unfit as unfit:
        return FieldErrors({form.block_of(name, step.seen): words for name, words in unfit.errors.items()})


async def _checked(step: Step, call: Call, deps: Deps) -> View:
    stored = await eventedits.get(deps.store, step.slug) if step.slug else None
    if step.slug and stored is None:
        raise Unfit({form.TITLE: call.t._("This event is no longer in the calendar, so nothing was saved.")})
    base, offered = stored.entry if stored else None, choices(deps.library, call.t)
    entry = entered(call.state, offered, step.language, call.today, call.t, base, dated=step.dated)
    try:
        eventedits.check(entry, call.now)
    except NotPossible as error:
        name = form.RHYTHM if step.dated and call.state.get(form.RHYTHM) else form.FIRST
        raise Unfit({name: not_possible(call)}) from error
    try:
        await may_save(call, deps, stored, entry)
    except UserMistake as refused:
        raise Unfit({form.GROUPS: str(refused)}) from refused
    return await reviewed(step, entry, stored, call, deps)


async def reviewed(step: Step, entry: Event, stored: Stored | None, call: Call, deps: Deps) -> View:
    """What is to be saved, unless somebody else was faster. Raises Unfit for what does not fit into a form."""
    if stored and stored.revision != step.seen:
        return await conflict(call, deps, step.slug, step.seen, entry)
    memory = packed({"step": str(step), "entry": entered_fields(entry, stored)})
    if memory is None:
        raise Unfit({form.SUMMARY: call.t._("Together the texts are too long. Please shorten them.")})
    return reviews.review(await review_of(entry, stored, call, deps), memory, call.t)


async def back(call: Call, deps: Deps) -> View:
    """The form again, with what was entered."""
    step = _carried(call.memory)
    stored = await eventedits.get(deps.store, step.slug) if step.slug else None
    if step.slug and stored is None:
        return reviews.gone(call.t)
    entry = merged(stored, step.entry or {})
    return _filled(of_entry(entry, step.language, call.t), step, call, deps, replace_modal=True)


async def save(call: Call, deps: Deps) -> View:
    """Keep it; pressed twice, once."""
    step = _carried(call.memory)
    stored = await eventedits.get(deps.store, step.slug) if step.slug else None
    if step.slug and stored is None:
        return reviews.gone(call.t)
    entry = merged(stored, step.entry or {})
    await may_save(call, deps, stored, entry)
    editor = Editor(call.member.user_id, call.now)
    try:
        if stored:
            kept = await eventedits.change(deps.store, editor, step.seen, entry)
        else:
            kept = await eventedits.add(deps.store, editor, entry)
    except Changed:
        return await conflict(call, deps, step.slug, step.seen, entry)
    except Gone:
        return reviews.gone(call.t)
    return await saved(call, deps, kept, new=stored is None)


def _new(values: Mapping[str, Any], call: Call, deps: Deps) -> Modal:
    return _filled(values, Step("", 0, call.t.language), call, deps)


def _filled(values: Mapping[str, Any], step: Step, call: Call, deps: Deps, *, replace_modal: bool = False) -> Modal:
    offered = choices(deps.library, call.t)
    made = form.form(values, offered, step.language, step.seen, str(step), call.t, dated=step.dated)
    return replace(made, replace=replace_modal)


def _carried(memory: str) -> Step:
    values = unpacked(memory)
    try:
        return replace(parse_step(values["step"]), entry=dict(values["entry"]))
    except (KeyError, TypeError, ValueError) as error:
        raise StaleValue(memory) from error


def entered_fields(entry: Event, stored: Stored | None) -> dict[str, Any]:
    """What the form says of it, as far as that is new: to be carried to the next step."""
    values, before = entry.model_dump(mode="json"), stored.entry.model_dump(mode="json") if stored else {}
    return {name: values[name] for name in ENTERED if name not in before or values[name] != before[name]}


def merged(stored: Stored | None, entered: Mapping[str, Any]) -> Event:
    """The event with what was carried. Raises StaleValue for what was not written by this version."""
    base = stored.entry.model_dump(mode="json") if stored else {"slug": "new", "section": eventedits.SECTION}
    try:
        return Event.model_validate(base | dict(entered))
    except ValueError as error:
        raise StaleValue("entry") from error


def language_of(entry: Event, call: Call) -> Language:
    """The language of the event's own words; for the content, which has all, the reader's."""
    names = entry.name.model_dump()
    return entry.written_in or (call.t.language if call.t.language in names else first_known(*names))


def _has_begun(entry: Event, today: date) -> bool:
    """Whether meetings of a series have taken place: their days are history, which editing would rewrite."""
    return entry.rule is not None and entry.when.start < today


async def _empty(call: Call, deps: Deps) -> dict[str, Any]:
    """A meeting of the group whose channel this is."""
    channel = await channels.get(deps.store, call.channel_id) if call.channel_id else None
    groups = [channel.group] if channel and channel.group in deps.library.groups else []
    return of_when(None, None, call.t) | {form.KIND: "meeting", form.GROUPS: groups}


def not_possible(call: Call) -> str:
    """What is said of a series that runs away, or never happens."""
    return call.t._("This cannot be kept: it has too many days, or none before the next five years are over.")


ACTIONS: Final = {views.ADD: add, views.EDIT: edit, views.COPY: copy, reviews.BACK: back}
SUBMISSIONS: Final = {form.SUBMIT: check, reviews.SAVE: save}
SHORTCUTS: Final = {"event.new": from_shortcut, "event.from_message": from_shortcut}
