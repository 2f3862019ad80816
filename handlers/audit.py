"""`/alliance audit`, for the secretariat: who did what that not everybody may do, to read and to export."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from alliance.roles import Permission
from handlers import files
from handlers.answers import Answer, View
from handlers.call import Call, Deps
from handlers.payloads import cleaned
from handlers.permit import require
from handlers.subject import Subject
from handlers.views import audit as views
from storage import audit
from storage.audit import Entry, Wanted

PAGE: Final = 15
DEEPEST: Final = 1000
BY, ACTION = "by:", "action:"
"""How a filter is written in the words of the command, and on the buttons that lead to the next page."""

FILE: Final = "alliance-audit-log.csv"
COLUMNS: Final = ("at_utc", "actor", "action", "subject", "detail")


async def show(call: Call, deps: Deps) -> View:
    """A page of the log, of what the words name."""
    await require(call, deps, Permission.READ_AUDIT)
    number = int(call.value) if call.value.isascii() and call.value.isdigit() and len(call.value) < 6 else 1
    return await _page(_read(call.words, deps), max(1, min(number, DEEPEST)), call, deps)


async def choose_filter(call: Call, deps: Deps) -> View:
    """The form with which the lines are chosen."""
    await require(call, deps, Permission.READ_AUDIT)
    return views.filter_form(_read(call.value, deps), call.t)


async def filtered(call: Call, deps: Deps) -> View:
    """The first page of what the form names."""
    await require(call, deps, Permission.READ_AUDIT)
    action = str(call.state.get(views.ACTION) or "")
    wanted = Wanted(
        person=str(call.state.get(views.PERSON) or ""),
        action="" if action == views.ANY else action,
        words=cleaned(str(call.state.get(views.SUBJECT_WORDS) or "")),
    )
    return await _page(_read(_written(wanted), deps), 1, call, deps)


async def export(call: Call, deps: Deps) -> View:
    """The same lines as a file, in the direct messages of who asks."""
    await require(call, deps, Permission.READ_AUDIT)
    wanted = _read(call.value, deps)
    content = as_csv(await audit.everything(deps.store, wanted))
    deps.later(files.send(call, deps, FILE, content, call.t._("The audit log. Times are UTC.")))
    shown = await _page(wanted, 1, call, deps)
    return replace(shown, blocks=[*views.on_its_way(call.t), *shown.blocks])


async def _page(wanted: Wanted, number: int, call: Call, deps: Deps) -> Answer:
    entries, more = await audit.page(deps.store, wanted, number - 1, PAGE)
    page = views.LogPage(entries, wanted, _written(wanted), number, more and number < DEEPEST)
    return views.log(page, deps.library.groups, call.t)


def as_csv(entries: Iterable[Entry]) -> bytes:
    """The lines as spreadsheets read them: UTF-8 with its mark, and nothing that they would take for a formula."""
    written = io.StringIO(newline="")
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    for entry in entries:
        detail = json.dumps(dict(entry.detail), ensure_ascii=False, sort_keys=True)
        at = entry.at.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
        rows.writerow([at, *map(_harmless, (entry.actor, entry.action, entry.subject, detail))])
    return written.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    """A cell that begins like a formula gets an apostrophe before it (OWASP, CSV injection)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _read(words: str, deps: Deps) -> Wanted:
    """ "by:U0LAN action:appoint migration"; the name of a group stands for its slug."""
    rest, person, action = [], "", ""
    for word in words.split():
        if word.startswith(BY):
            person = word.removeprefix(BY)[:20]
        elif word.startswith(ACTION):
            action = word.removeprefix(ACTION)[:40]
        else:
            rest.append(word)
    about = " ".join(rest)[:80]
    return Wanted(person, action, (about and deps.library.names("group").exact(about)) or about)


def _written(wanted: Wanted) -> str:
    named = (BY + wanted.person if wanted.person else "", ACTION + wanted.action if wanted.action else "")
    return " ".join(part for part in (*named, wanted.words) if part)


SUBJECT = Subject(
    words=("audit", "log", "journal", "registro"),
    help_line=lambda t: t._("For the secretariat: who did what, to read and to export"),
    examples=lambda t: (t._("audit"), t._("audit migration")),
    command=show,
    actions={views.FILTER: choose_filter, views.EXPORT: export},
    submissions={views.SHOW: filtered},
    reads_only=True,
    needs=Permission.READ_AUDIT,
)
