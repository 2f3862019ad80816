"""Writing a newsletter: title and readers, sections in three languages, a Markdown file, a message as a beginning."""

from collections.abc import Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from alliance.edition import LONGEST_BODY, LONGEST_TITLE, Edition, Section, from_markdown
from alliance.languages import LANGUAGES, first_known
from alliance.newsletters import Content, Stage
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
from handlers.newsletterpage import as_it_stands, may_write, named, numbers, page
from handlers.newsletterreading import section_of, with_section, with_settings
from handlers.subject import Handler
from handlers.views import newsletterforms as forms
from handlers.views import newsletters as views
from storage import channels, newsletters
from storage.eventedits import Editor
from storage.newsletters import Newsletter, OnItsWay

MOST_BYTES: Final = 200_000


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


@as_it_stands
async def save_settings(call: Call, deps: Deps) -> View:
    """Keep title, kind, languages, readers and time."""
    await may_write(call, deps)
    number, seen = numbers(call.memory)
    before = (await named(call.memory, call, deps)).content if number else Content(original=call.t.language)
    content = with_settings(before, call)
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
        section = section_of(newsletter.content, one, number)
        values |= {f"heading_{one}": section.heading, f"body_{one}": section.body, f"alt_{one}": section.alt}
    shown = (section_of(newsletter.content, one, number).picture for one in LANGUAGES)
    values[forms.PICTURE] = next(filter(None, shown), "")
    return forms.section(values, f"{newsletter.id}:{newsletter.revision}|{number}", number, call.t)


@as_it_stands
async def save_section(call: Call, deps: Deps) -> View:
    """Keep a section in all languages; one that is empty goes."""
    await may_write(call, deps)
    memory, _, position = call.memory.partition("|")
    number, seen = numbers(memory)
    if not position.isdecimal() or not 0 < int(position) < 100:
        raise StaleValue(call.memory)
    content = (await named(memory, call, deps)).content
    picture = str(call.state.get(forms.PICTURE) or "").strip()
    if picture and picture not in {section_of(content, one, int(position)).picture for one in LANGUAGES}:
        trouble = await deps.look_at(picture) if picture.startswith("https://") else PictureTrouble.UNREACHABLE
        if trouble:
            return FieldErrors({forms.PICTURE: forms.picture_trouble(trouble, call.t)})
    return await _keep(number, seen, with_section(content, int(position), call.state), call, deps)


@as_it_stands
async def discard(call: Call, deps: Deps) -> View:
    """Throw a draft away."""
    await may_write(call, deps)
    number, seen = numbers(call.value)
    try:
        await newsletters.discard(deps.store, Editor(call.member.user_id, call.now), number, seen)
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
