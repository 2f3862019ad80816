"""`/alliance toolkit [DAY]`: what partners may use around an international day, by language, with its versions."""

from collections.abc import Collection
from typing import Final

from alliance.languages import LANGUAGES, Language
from alliance.roles import Permission
from handlers import permit
from handlers.activities import GROUP
from handlers.answers import Answer, FieldErrors, View
from handlers.call import Call, Deps, StaleValue, UserMistake
from handlers.fresh import fresh
from handlers.subject import Subject
from handlers.views import toolkit as views
from storage import events, toolkits
from storage.eventedits import Editor
from storage.toolkits import Changed, Contents
from storage.values import EventRow

NEWEST: Final = 0
"""The number by which buttons mean the newest version."""


async def show(call: Call, deps: Deps) -> View:
    """The toolkit of the day that the words name; Call.value may name a language and a version, "fr:3"."""
    if not call.words:
        return await _choices(call, deps)
    found = await events.find(deps.store, call.words, call.today)
    slugs = [found.slug] if found.slug else [slug for slug, _title in found.near]
    days = [row for slug in slugs if (row := await _day(slug, call, deps))]
    if len(days) != 1:
        return views.which(call.words, {row.slug: call.t.text(row.title) for row in days}, call.t)
    language, number = _asked(call.value)
    return await _page(days[0], call, deps, language, number)


async def edit(call: Call, deps: Deps) -> View:
    """The form of the newest version in a language."""
    await permit.require(call, deps, Permission.EDIT_TOOLKIT, GROUP)
    row, language, _number = await _named(call.value, call, deps)
    newest = (await toolkits.newest(deps.store, row.slug)).get(language)
    contents, seen = (newest.contents, newest.version) if newest else (Contents(), 0)
    return views.form(call.t.text(row.title), language, contents, f"{row.slug}:{language}:{seen}", call.t)


async def save(call: Call, deps: Deps) -> View:
    """Add what the form says as the next version."""
    await permit.require(call, deps, Permission.EDIT_TOOLKIT, GROUP)
    row, language, seen = await _named(call.memory, call, deps)
    texts = {name: str(call.state.get(name) or "").strip()[:limit] for name, limit in views.LONGEST.items()}
    if not any(texts.values()):
        return FieldErrors({views.MESSAGES: call.t._("Please write something in one of these fields.")})
    return await _keep(row, language, seen, Contents(**texts), call, deps)


async def bring_back(call: Call, deps: Deps) -> View:
    """Add an earlier version as the next one."""
    await permit.require(call, deps, Permission.EDIT_TOOLKIT, GROUP)
    row, language, number = await _named(call.value, call, deps)
    earlier = await toolkits.version(deps.store, row.slug, language, number)
    newest = (await toolkits.newest(deps.store, row.slug)).get(language)
    if earlier is None or newest is None:
        raise StaleValue(call.value)
    return await _keep(row, language, newest.version, earlier.contents, call, deps)


async def _keep(
    row: EventRow, language: Language, seen: int, contents: Contents, call: Call, deps: Deps
) -> Answer:  # fmt: skip
    editor = Editor(call.member.user_id, call.now)
    try:
        await toolkits.save(deps.store, editor, row.slug, language, seen, contents)
    except Changed as changed:
        return views.overtaken(changed.toolkit, call.t)
    return await _page(row, call, deps, language, NEWEST, call.t._("Saved."))


async def _page(
    row: EventRow, call: Call, deps: Deps, language: Language | None, number: int, notice: str = ""
) -> Answer:  # fmt: skip
    newest = await toolkits.newest(deps.store, row.slug)
    chosen = _readable(newest, language or call.t.language)
    shown = newest.get(chosen) if chosen else None
    if shown and number and number != shown.version:
        shown = await toolkits.version(deps.store, row.slug, shown.language, number) or shown
    facts = views.Page(
        slug=row.slug,
        name=call.t.text(row.title),
        shown=shown,
        newest=shown is None or shown == newest[shown.language],
        there=[one for one in LANGUAGES if one in newest],
        may_edit=(await fresh(call, deps)).standing.may(Permission.EDIT_TOOLKIT, GROUP),
        notice=notice,
    )
    return views.page(facts, call.t)


def _readable(there: Collection[Language], wanted: Language) -> Language | None:
    """The language to show: the wanted one, else the first that there is."""
    return wanted if wanted in there else next((one for one in LANGUAGES if one in there), None)


async def _choices(call: Call, deps: Deps) -> Answer:
    rows = [await events.next_of(deps.store, slug, call.today) for slug in await toolkits.slugs(deps.store)]
    return views.choices({detail.row.slug: call.t.text(detail.row.title) for detail in rows if detail}, call.t)


async def _day(slug: str, call: Call, deps: Deps) -> EventRow | None:
    """The next time that this international day comes; None for any other event."""
    detail = await events.next_of(deps.store, slug, call.today)
    return detail.row if detail and detail.row.kind == "observance" else None


async def _named(value: str, call: Call, deps: Deps) -> tuple[EventRow, Language, int]:
    """What a button or a form names: "slug:language" and perhaps ":version". Raises UserMistake or StaleValue."""
    slug, _, rest = value.partition(":")
    language, number = _asked(rest)
    if language is None:
        raise StaleValue(value)
    row = await _day(slug, call, deps)
    if row is None:
        raise UserMistake(call.t._("This day is no longer in the calendar. Please choose another."))
    return row, language, number


def _asked(value: str) -> tuple[Language | None, int]:
    """A language and a version; None and NEWEST where the value names none."""
    name, _, number = value.partition(":")
    language = next((one for one in LANGUAGES if one == name), None)
    return language, int(number) if number.isdecimal() and len(number) < 7 else NEWEST


SUBJECT = Subject(
    words=("toolkit", "toolkits", "outils", "boîte", "herramientas", "kit"),
    help_line=lambda t: t._("The toolkit of an international day: key messages, hashtags, logos, links"),
    examples=lambda t: (t._("toolkit child labour"),),
    command=show,
    actions={views.EDIT: edit, views.BACK: bring_back},
    submissions={views.SAVE: save},
)
