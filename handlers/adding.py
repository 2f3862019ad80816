"""`/alliance events add …`: one line into an event, shown as it was understood before anything is saved."""

from typing import Final

from alliance.names import plain
from handlers.answers import View
from handlers.call import Call, Deps, StaleValue, UserMistake
from handlers.drafting import draft_of, entry_of, parse_written, shown, written_now
from handlers.eventform import open_form
from handlers.eventrights import may_add, may_save
from handlers.eventsaved import saved
from handlers.subject import Subject
from handlers.views import adding as views
from storage import eventedits
from storage.eventedits import Editor, NotPossible

WORDS: Final = ("add", "ajouter", "añadir", "agregar")
"""What people type for adding; the first is the one that help shows."""

_PLAIN: Final = frozenset(plain(word) for word in WORDS)


def asks_to_add(words: str) -> str | None:
    """What follows 'add' where the words begin with it; None for other words."""
    first, _space, rest = words.partition(" ")
    return rest.strip() if plain(first) in _PLAIN else None


async def add(call: Call, deps: Deps) -> View:
    """Show what the line says, to be saved, edited or dropped; without words, how to write one, and the form."""
    written = await written_now(call, deps)
    if not call.words:
        return views.how_to(str(written), call.t)
    draft = await draft_of(written, deps)
    await may_add(call, deps, draft.slugs("group"))
    return views.echo(shown(draft, str(written), call.today, deps.library, call.t), call.t.zone, call.t)


async def save(call: Call, deps: Deps) -> View:
    """Keep the event as it was shown; clicked twice, once."""
    draft = await draft_of(parse_written(call.value), deps)
    if not draft.complete:
        raise StaleValue(call.value)
    entry = entry_of(draft, call.t.language)
    await may_save(call, deps, None, entry)
    try:
        kept = await eventedits.add(deps.store, Editor(call.member.user_id, call.now), entry)
    except NotPossible as error:
        raise UserMistake(
            call.t._("This cannot be kept: it has too many days, or none before the next five years are over.")
        ) from error
    return await saved(call, deps, kept, new=True)


async def edit(call: Call, deps: Deps) -> View:
    """The form of an event, filled in with what was understood; empty where no line was written."""
    written = parse_written(call.value)
    return await open_form(call, deps, await draft_of(written, deps) if written.line else None)


async def discard(call: Call, _deps: Deps) -> View:
    """Drop it; nothing was kept."""
    return views.discarded(call.t)


SUBJECT = Subject(
    words=WORDS,
    help_line=lambda t: t._("Add an event in one line: title, date, time and city, length, how often"),
    examples=lambda t: (t._("add Migration group call, 14 May 2019 15:00 Geneva, 1h"),),
    command=add,
    reads_only=True,
    actions={views.SAVE: save, views.EDIT: edit, views.DISCARD: discard},
)
