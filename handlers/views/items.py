"""One action item as a line, and a list of some: what, who, until when."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from handlers.tongue import Tongue
from handlers.views import kit, parts
from storage.actionitems import Item, ItemState

LONGEST: Final = 160
"""Characters of an item in a list among other things; `/alliance actions` shows all of it."""


def item_elements(item: Item, t: Tongue, today: date, *, named: bool = True, longest: int = 500) -> list[kit.Element]:
    """ "Send the survey · @Amina · due 14 May 2019". Not `named`: without the owner, whom a mention would ring."""
    made = [kit.text(kit.clip(item.text, longest))]
    if named:
        made += [kit.text(" · "), parts.user_mention(item.owner)]
    if words := until(item, t, today):
        made += [kit.text(" · "), kit.text(words, bold=item.open and overdue(item, today))]
    return made


def until(item: Item, t: Tongue, today: date) -> str:
    """How it stands: done, dropped, due by a day, overdue since one, or without a day."""
    if item.state is ItemState.DONE:
        return t._("done")
    if item.state is ItemState.DROPPED:
        return t._("dropped")
    if item.due_on is None:
        return t._("no date yet")
    if overdue(item, today):
        return t._("was due on {day}", day=t.day(item.due_on))
    return t._("due on {day}", day=t.day(item.due_on))


def overdue(item: Item, today: date) -> bool:
    """Whether its day is over."""
    return item.due_on is not None and item.due_on < today


def listed(items: Sequence[Item], t: Tongue, today: date, most: int, *, named: bool = True) -> list[kit.Element]:
    """A list of the first `most`, and how many there are beyond; nothing where there are none."""
    if not items:
        return []
    lines = [item_elements(item, t, today, named=named, longest=LONGEST) for item in items[:most]]
    return [kit.bullets(lines), *beyond(len(items) - most, t)]


def beyond(more: int, t: Tongue) -> list[kit.Element]:
    """A line that says how many are not shown."""
    if more <= 0:
        return []
    return [kit.paragraph(kit.text(t.n("and {count} more", "and {count} more", more), italic=True))]
