"""Writing a newsletter: title and readers, sections in three languages, a Markdown file, a message as a beginning."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from alliance.edition import LONGEST_BODY, LONGEST_TITLE, Edition, Section, from_markdown
from alliance.languages import LANGUAGES, Language, first_known
from alliance.newsletters import NOBODY, Content, Issue, Plan, Stage, Timing, whole
from handlers.answers import FieldErrors, View
from handlers.call import (
    Call,
    Deps,
    FormFile,
    PictureTrouble,
    StaleValue,
    UserMistake,
)
from handlers.files import Unreadable, read_text
from handlers.newsletterpage import may_write, named, numbers, overtaken, page
from handlers.subject import Handler
from handlers.views import newsletterforms as forms
from handlers.views import newsletters as views
from storage import channels, newsletters
from storage.eventedits import Editor
from storage.newsletters import Changed, Newsletter, OnItsWay

MOST_BYTES: Final = 200_000
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])\s*(?:[:.]\s*([0-5]\d)|[hH]\s*([0-5]\d)?)")
"""15:00, 15.00, 15h, 15 h 30: as it is written in English, French and Spanish."""


async def new(call: Call, deps: Deps) -> View:
    """An empty draft, and its form for title and readers."""
    await may_write(call, deps)
    return await _settings_form(Content(original=call.t.language), "0:0", call, deps)


async def from_message(call: Call, deps: Deps) -> View:
    """A draft from a message of Slack: its first line is the title, the rest the first section."""
    await may_write(call, deps)
    first, _, rest = call.words.partition("\n")
    section = Section("", (rest.strip() or first)[:LONGEST_BODY])
    edition = Edition(call.t.language, first[:LONGEST_TITLE], (section,))
    content = Content(original=call.t.language, editions={call.t.language: edition})
    made = await newsletters.add(deps.store, Editor(call.member.user_id, call.now), content)
    return await _settings_form(made.content, f"{made.id}:{made.revision}", call, deps)


async def edit_settings(call: Call, deps: Deps) -> View:
    """The form for title and readers of one that is there."""
    await may_write(call, deps)
    newsletter = await named(call.value, call, deps)
    return await _settings_form(newsletter.content, f"{newsletter.id}:{newsletter.revision}", call, deps)


async def save_settings(call: Call, deps: Deps) -> View:
    """Keep title, kind, languages, readers and time."""
    await may_write(call, deps)
    number, seen = numbers(call.memory)
    before = (await named(call.memory, call, deps)).content if number else Content(original=call.t.language)
    content = _with_settings(before, call)
    if isinstance(content, FieldErrors):
        return content
    if not number:
        made = await newsletters.add(deps.store, Editor(call.member.user_id, call.now), content)
        return await page(made, call, deps, call.t._("Saved. Now add a section."))
    return await _keep(number, seen, content, call, deps)


async def edit_section(call: Call, deps: Deps) -> View:
    """The form of a section, the languages side by side."""
    await may_write(call, deps)
    newsletter = await named(call.value, call, deps)
    number = numbers(call.value)[1]
    values: dict[str, str] = {}
    for one in LANGUAGES:
        section = _section(newsletter.content, one, number)
        values |= {f"heading_{one}": section.heading, f"body_{one}": section.body, f"alt_{one}": section.alt}
    shown = (_section(newsletter.content, one, number).picture for one in LANGUAGES)
    values[forms.PICTURE] = next(filter(None, shown), "")
    return forms.section(values, f"{newsletter.id}:{newsletter.revision}|{number}", number, call.t)


async def save_section(call: Call, deps: Deps) -> View:
    """Keep a section in all languages; one that is empty goes."""
    await may_write(call, deps)
    memory, _, position = call.memory.partition("|")
    number, seen = numbers(memory)
    if not position.isdecimal() or not 0 < int(position) < 100:
        raise StaleValue(call.memory)
    content = (await named(memory, call, deps)).content
    picture = str(call.state.get(forms.PICTURE) or "").strip()
    if picture and picture not in {_section(content, one, int(position)).picture for one in LANGUAGES}:
        trouble = await deps.look_at(picture) if picture.startswith("https://") else PictureTrouble.UNREACHABLE
        if trouble:
            return FieldErrors({forms.PICTURE: forms.picture_trouble(trouble, call.t)})
    return await _keep(number, seen, _with_section(content, int(position), call.state), call, deps)


async def discard(call: Call, deps: Deps) -> View:
    """Throw a draft away."""
    await may_write(call, deps)
    number, seen = numbers(call.value)
    try:
        await newsletters.discard(deps.store, Editor(call.member.user_id, call.now), number, seen)
    except Changed as changed:
        return await overtaken(changed.newsletter, call, deps)
    except OnItsWay as error:
        raise UserMistake(
            call.t._("Somebody has it already, or is to get it: it can be stopped or taken back.")
        ) from error
    return views.thrown_away(call.t)


async def choose_file(call: Call, deps: Deps) -> View:
    """The form for a Markdown file."""
    await may_write(call, deps)
    return forms.markdown_file(call.t)


async def save_file(call: Call, deps: Deps) -> View:
    """A draft with what the file says."""
    await may_write(call, deps)
    file = next((one.id for one in call.state.get(forms.FILE) or [] if isinstance(one, FormFile)), "")
    too_large = call.t._("The file is larger than 200 kB: a newsletter is a few pages of text.")
    try:
        text = await read_text(call, deps, file, MOST_BYTES, too_large)
    except Unreadable as unreadable:
        return FieldErrors({forms.FILE: str(unreadable)})
    language = first_known(str(call.state.get(forms.ORIGINAL)), call.t.language)
    edition = from_markdown(text, language)
    if not edition.sections:
        return FieldErrors({forms.FILE: call.t._("There is no text in this file.")})
    longest = max(len(one.body) for one in edition.sections)
    if longest > LONGEST_BODY:
        problem = call.t._(
            "A section of it has {count} characters, and {most} is the most. Please divide it with lines that "
            "begin with ##.",
            count=longest,
            most=LONGEST_BODY,
        )
        return FieldErrors({forms.FILE: problem})
    content = Content(original=language, editions={language: edition})
    made = await newsletters.add(deps.store, Editor(call.member.user_id, call.now), content)
    return await page(made, call, deps, call.t._("This is a draft. Nobody gets it before somebody else approves it."))


async def _settings_form(content: Content, memory: str, call: Call, deps: Deps) -> View:
    plan = content.plan
    here = plan.at.astimezone(ZoneInfo(call.t.zone)) if plan.at else None
    day = plan.day or (here.date() if here else None)
    values: dict[str, Any] = {
        f"{forms.TITLE}_{one}": edition.title if (edition := content.editions.get(one)) else "" for one in LANGUAGES
    }
    values |= {
        forms.ISSUE: content.issue.value,
        forms.ORIGINAL: content.original,
        forms.WAIVED: sorted(content.waived),
        forms.CHANNELS: plan.channels,
        forms.MEMBERS: plan.members,
        forms.MAIL: plan.mail,
        "mail_on": deps.mail,
        forms.TIMING: plan.timing.value,
        forms.DAY: day.isoformat() if day else "",
        forms.TIME: f"{here:%H:%M}" if here else "",
    }
    known = await channels.all_present(deps.store)
    return forms.settings(values, known, deps.library.groups, memory, call.t)


async def _keep(number: int, seen: int, content: Content, call: Call, deps: Deps) -> View:
    before = await named(str(number), call, deps)
    try:
        after = await newsletters.change(deps.store, Editor(call.member.user_id, call.now), number, seen, content)
    except Changed as changed:
        return await overtaken(changed.newsletter, call, deps)
    except OnItsWay as error:
        raise UserMistake(
            call.t._("It is just going out. Stop the rest first, or correct it once everybody has it.")
        ) from error
    return await page(after, call, deps, _saved(before, after, call))


def _saved(before: Newsletter, after: Newsletter, call: Call) -> str:
    words = call.t._("Saved.")
    if before.approved and not after.approved:
        words = call.t._("Saved. The approval does not hold any more: it was for the text, readers and time before.")
    elif before.stage is Stage.REVIEW and after.stage is Stage.DRAFT:
        words = call.t._("Saved. It is a draft again: ask for approval once more.")
    if after.writers > before.writers:
        words += " " + call.t._("You are one of its writers now, so somebody else approves it.")
    return words


def _with_settings(before: Content, call: Call) -> Content | FieldErrors:
    state, t = call.state, call.t
    original = first_known(str(state.get(forms.ORIGINAL)), t.language)
    editions: dict[Language, Edition] = {}
    for one in LANGUAGES:
        title = str(state.get(f"{forms.TITLE}_{one}") or "").strip()[:LONGEST_TITLE]
        there = before.editions.get(one)
        if title or (there and there.sections):
            editions[one] = Edition(one, title, there.sections if there else ())
    waived = frozenset(first_known(str(one)) for one in state.get(forms.WAIVED) or [])
    errors = {}
    if not any(edition.title for edition in editions.values()):
        errors[f"{forms.TITLE}_{original}"] = t._("Please write a title, in one language at least.")
    if original in waived:
        errors[forms.WAIVED] = t._("It cannot do without the language in which it is written first.")
    members = str(state.get(forms.MEMBERS) or "")
    plan = Plan(
        tuple(str(one) for one in state.get(forms.CHANNELS) or []),
        NOBODY if members == forms.NONE else members,
        mail=state.get(forms.MAIL) == forms.MAIL,
    )
    timed = _timed(plan, call)
    if isinstance(timed, FieldErrors):
        return FieldErrors(errors | timed.errors)
    if errors:
        return FieldErrors(errors)
    try:
        issue = Issue(str(state.get(forms.ISSUE)))
    except ValueError as error:
        raise StaleValue(forms.ISSUE) from error
    return Content(issue, original, editions, frozenset(one for one in waived if not whole(editions.get(one))), timed)


def _timed(plan: Plan, call: Call) -> Plan | FieldErrors:
    """With the time that the form says."""
    state, t = call.state, call.t
    try:
        timing = Timing(str(state.get(forms.TIMING)))
        day = date.fromisoformat(str(state.get(forms.DAY))) if state.get(forms.DAY) else None
    except ValueError as error:
        raise StaleValue(forms.TIMING) from error
    if timing is Timing.NOW:
        return plan
    if day is None:
        return FieldErrors({forms.DAY: t._("Please choose the day.")})
    if timing is Timing.MORNING:
        if day < call.today:
            return FieldErrors({forms.DAY: t._("This day is over. Please choose another one.")})
        return replace(plan, timing=timing, day=day)
    said = _CLOCK.fullmatch(str(state.get(forms.TIME) or "").strip())
    if said is None:
        return FieldErrors({forms.TIME: t._("Please write the time, for example 15:00.")})
    at = datetime.combine(day, time(int(said[1]), int(said[2] or said[3] or 0)), ZoneInfo(t.zone))
    if at <= call.now:
        return FieldErrors({forms.TIME: t._("This time is over. Please write a later one, or choose another day.")})
    return replace(plan, timing=timing, at=at.astimezone(call.now.tzinfo))


def _section(content: Content, language: Language, number: int) -> Section:
    edition = content.editions.get(language)
    return edition.sections[number - 1] if edition and 0 < number <= len(edition.sections) else Section("", "")


def _with_section(content: Content, number: int, state: Mapping[str, Any]) -> Content:
    """The content with this section as the form has it, in all languages; without it where it is empty in all.

    A language into which somebody writes is not done without any more.
    """
    picture = str(state.get(forms.PICTURE) or "").strip()
    made: dict[Language, Section] = {}
    for one in LANGUAGES:
        said = [str(state.get(f"{name}_{one}") or "").strip() for name in (forms.HEADING, forms.BODY, forms.ALT)]
        made[one] = Section(said[0], said[1], picture if said[0] or said[1] else "", said[2])
    empty = not any(one.heading or one.body for one in made.values())
    editions = {}
    for one in LANGUAGES:
        edition = content.editions.get(one) or Edition(one, "")
        sections = list(edition.sections)
        if empty:
            del sections[number - 1 : number]
        elif made[one].heading or made[one].body or number <= len(sections):
            sections += [Section("", "")] * (number - len(sections))
            sections[number - 1] = made[one]
        if sections or edition.title:
            editions[one] = Edition(one, edition.title, tuple(sections))
    waived = frozenset(one for one in content.waived if not (made[one].heading or made[one].body))
    return replace(content, editions=editions, waived=waived)


ACTIONS: Final[Mapping[str, Handler]] = {
    views.NEW: new,
    views.FROM_FILE: choose_file,
    views.DISCARD: discard,
    views.SETTINGS: edit_settings,
    views.SECTION: edit_section,
    views.ADD_SECTION: edit_section,
}
SUBMISSIONS: Final[Mapping[str, Handler]] = {
    forms.SAVE_SETTINGS: save_settings,
    forms.SAVE_SECTION: save_section,
    forms.SAVE_FILE: save_file,
}
SHORTCUTS: Final[Mapping[str, Handler]] = {"newsletter.from_message": from_message}
