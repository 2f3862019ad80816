"""`/alliance actions [GROUP]`: who has promised what until when; done, dropped or given another day by a button."""

import re
from datetime import date, timedelta
from typing import Final

from alliance.roles import Permission
from handlers.acquainting import acquaint
from handlers.answers import Answer, FieldErrors, View
from handlers.call import Call, Deps, StaleValue
from handlers.fresh import fresh
from handlers.meetings import may, require
from handlers.payloads import cleaned
from handlers.subject import Subject
from handlers.views import actionitems as views
from handlers.views.parts import no_such_name
from storage import actionitems
from storage.actionitems import Agreed, Changed, Item, ItemState
from storage.entries import Group
from storage.eventedits import Editor

LONGEST: Final = timedelta(days=731)
"""Nothing is due later than this."""

_VALUE: Final = re.compile(r"(\d{1,9}):(\d{1,9}):([a-z0-9-]{1,80})")
"""What a button carries: the item, its revision, and the list in which it stands."""


async def show(call: Call, deps: Deps) -> View:
    """The member's own, or those of the group that the words name."""
    if call.words in ("", views.MINE):
        return await _mine(call, deps)
    names = deps.library.names("group")
    slug = call.words if call.words in deps.library.groups else names.find(call.words)
    if slug is None:
        groups = deps.library.groups
        near = [(near, call.t.text(groups[near].name.model_dump())) for near in names.suggest(call.words)]
        return no_such_name("actions", call.words, near, call.t)
    return await _of_group(deps.library.groups[slug], call, deps)


async def done(call: Call, deps: Deps) -> View:
    """Mark an item as done."""
    return await _close(ItemState.DONE, call, deps)


async def drop(call: Call, deps: Deps) -> View:
    """Mark an item as dropped."""
    return await _close(ItemState.DROPPED, call, deps)


async def redate(call: Call, deps: Deps) -> View:
    """The form for another day."""
    item, _seen, _place = await _named(call.value, deps)
    await _may_close(item, call, deps)
    if not item.open:
        return views.overtaken(item, call.t)
    return views.date_form(item, call.value, call.today, call.t)


async def save_date(call: Call, deps: Deps) -> View:
    """Give the item the day that the form says."""
    item, seen, place = await _named(call.memory, deps)
    await _may_close(item, call, deps)
    day = _day(call)
    if day is None or not in_time(day, call.today):
        return FieldErrors({views.DAY: views.not_in_time(call.t)})
    try:
        item = await actionitems.move(deps.store, Editor(call.member.user_id, call.now), item.id, seen, day)
    except Changed as changed:
        return views.overtaken(changed.item, call.t)
    return await _after(item, place, call, deps)


async def add_form(call: Call, deps: Deps) -> View:
    """The form for a new item of a group."""
    group = _group(call.value, deps)
    await require(call, deps, Permission.MANAGE_ACTION_ITEMS, [group.slug])
    return views.add_form(group, call.t)


async def save(call: Call, deps: Deps) -> View:
    """Keep a new item."""
    group = _group(call.memory, deps)
    await require(call, deps, Permission.MANAGE_ACTION_ITEMS, [group.slug])
    text, owner, day = (
        cleaned(str(call.state.get(views.TEXT) or "")),
        str(call.state.get(views.OWNER) or ""),
        _day(call),
    )
    errors = {}
    if not text:
        errors[views.TEXT] = call.t._("Please write what is to be done.")
    if not owner:
        errors[views.OWNER] = call.t._("Please choose who does it.")
    if day is not None and not in_time(day, call.today):
        errors[views.DAY] = views.not_in_time(call.t)
    if errors:
        return FieldErrors(errors)
    agreed = Agreed(owner, text[: views.LONGEST], day)
    await actionitems.add(deps.store, Editor(call.member.user_id, call.now), group.slug, None, agreed)
    deps.later(acquaint([owner], deps, call.now))
    return await _of_group(group, call, deps, call.t._("Saved."))


def in_time(day: date, today: date) -> bool:
    """Whether something can be due on that day: not in the past, and within two years."""
    return today <= day <= today + LONGEST


async def _close(state: ItemState, call: Call, deps: Deps) -> View:
    item, seen, place = await _named(call.value, deps)
    await _may_close(item, call, deps)
    try:
        item = await actionitems.close(deps.store, Editor(call.member.user_id, call.now), item.id, seen, state)
    except Changed as changed:
        return views.overtaken(changed.item, call.t)
    return await _after(item, place, call, deps)


async def _after(item: Item, place: str, call: Call, deps: Deps) -> View:
    """The list in which the button stood, as it is now; from a nudge, a sentence below it."""
    if place in deps.library.groups:
        return await _of_group(deps.library.groups[place], call, deps, views.said(item, call.t))
    if place == views.MINE:
        return await _mine(call, deps, views.said(item, call.t))
    return views.done(item, call.t)


async def _mine(call: Call, deps: Deps, notice: str = "") -> Answer:
    items = await actionitems.of_owner(deps.store, call.member.user_id)
    listing = views.Listing(items, None, {item.id for item in items}, may_add=False, notice=notice)
    return views.page(listing, call.t, call.today)


async def _of_group(group: Group, call: Call, deps: Deps, notice: str = "") -> Answer:
    standing = (await fresh(call, deps)).standing
    items = await actionitems.of_groups(deps.store, [group.slug])
    closable = {
        item.id
        for item in items
        if may(standing, Permission.CLOSE_ACTION_ITEM, [group.slug], author=item.owner == call.member.user_id)
    }
    may_add = may(standing, Permission.MANAGE_ACTION_ITEMS, [group.slug])
    return views.page(views.Listing(items, group, closable, may_add, notice), call.t, call.today)


async def _may_close(item: Item, call: Call, deps: Deps) -> None:
    author = item.owner == call.member.user_id
    await require(call, deps, Permission.CLOSE_ACTION_ITEM, [item.group], author=author)


async def _named(value: str, deps: Deps) -> tuple[Item, int, str]:
    """The item that a button names, the revision that it showed, and where it stood. Raises StaleValue."""
    found = _VALUE.fullmatch(value)
    item = await actionitems.get(deps.store, int(found[1])) if found else None
    if found is None or item is None:
        raise StaleValue(value)
    return item, int(found[2]), found[3]


def _group(slug: str, deps: Deps) -> Group:
    if slug not in deps.library.groups:
        raise StaleValue(slug)
    return deps.library.groups[slug]


def _day(call: Call) -> date | None:
    """The day that was chosen; None for none."""
    try:
        return date.fromisoformat(str(call.state.get(views.DAY) or ""))
    except ValueError:
        return None


SUBJECT = Subject(
    words=("actions", "action", "tâches", "acciones", "tareas"),
    help_line=lambda t: t._("Action items: mine, or a group’s; mark them as done, drop them, change their date"),
    examples=lambda t: (t._("actions"), t._("actions migration")),
    command=show,
    actions={views.DONE: done, views.DROP: drop, views.REDATE: redate, views.ADD: add_form},
    submissions={views.SAVE_DATE: save_date, views.SAVE: save},
)
