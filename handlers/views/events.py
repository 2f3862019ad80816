"""Lists of events, by month, in pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from handlers.answers import Answer, Block
from handlers.asking import OPEN, Ask
from handlers.call import Where
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import ask_option, open_button, page_buttons, share_button
from handlers.views.dates import heading, line_elements, month_heading
from storage.values import EventRow

MOST_NEAREST = 5
SHOWN_WORDS = 3
LONGEST_WORD, LONGEST_TITLE, LONGEST_PLACE = 60, 160, 80


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list. `ask` makes it again; `filter` says in words what is listed ("" for everything)."""

    ask: Ask
    filter: str
    rows: tuple[EventRow, ...]
    page: int
    more: bool
    past: bool = False
    only_past: bool = False
    """What is coming was asked for, but all of it is over."""
    later: str = ""
    """The list ends after a year; this year is an example of a later one to ask for."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Words that mean nothing here, as typed; the nearest names that do; events (slug, title) of that name.

    `understood` is what the other words mean ("" for nothing).
    """

    words: Sequence[str]
    nearest: Sequence[str]
    understood: str
    events: Sequence[tuple[str, str]] = ()


def listing(listing: Listing, trouble: NotUnderstood | None, t: Tongue, where: Where) -> Answer:
    """The page: what is listed, the events under their months, and where to go from here."""
    return _page(listing, trouble, t, where) if trouble else _usual(listing, t, where)


@lru_cache(maxsize=256)
def _usual(listing: Listing, t: Tongue, where: Where) -> Answer:
    """Remembered, since many ask for the same list on the same day. Nobody changes an answer once it is made."""
    return _page(listing, None, t, where)


def _page(listing: Listing, trouble: NotUnderstood | None, t: Tongue, where: Where) -> Answer:
    title = title_of(listing, t)
    blocks = [kit.header(title), *(not_understood(trouble, t) if trouble else ())]
    if listing.only_past:
        blocks.append(kit.say(t._("Nothing is coming for this. This is what is over:")))
    if not listing.rows:
        return Answer(title, [*blocks, *nothing(listing, t)], title=t._("Events"))
    blocks.append(kit.rich(*by_month(listing.rows, t)))
    if listing.later:
        command = " ".join(("/alliance", t._("events"), listing.later))
        blocks.append(kit.context(t._("This is the year ahead. For later events, type {command}.", command=command)))
    blocks += ways_on(listing, t, where)
    return Answer(title, blocks, title=t._("Events"))


def ways_on(listing: Listing, t: Tongue, where: Where) -> list[Block]:
    """Below a list: a menu that opens one of its events, the pages before and after, and sharing."""
    this_page = Ask(listing.ask.subject, listing.ask.words, str(listing.page))
    options = [ask_option(parts.menu_words(row, t), Ask("event", row.ref, str(this_page))) for row in listing.rows]
    buttons = [
        *page_buttons(t, listing.ask, listing.page, more=listing.more),
        *share_button(t, this_page, where),
    ]
    menu = kit.actions(kit.menu(t._("Open an event…"), f"{OPEN}:menu", options))
    return [menu, *([kit.actions(*buttons)] if buttons else [])]


def title_of(listing: Listing, t: Tongue) -> str:
    """What is listed, in words: "Coming events: Africa, July 2019", "Past events (page 2)"."""
    if listing.filter:
        pattern = t._("Past events: {filter}") if listing.past else t._("Events: {filter}")
        title = pattern.format(filter=listing.filter)
    else:
        title = t._("Past events") if listing.past else t._("Coming events")
    if listing.page > 1:
        return t._("{title} (page {page})", title=kit.clip(title, 130), page=listing.page)
    return title


def by_month(rows: Sequence[EventRow], t: Tongue) -> Iterator[kit.Element]:
    """The rows, each month (or year) under its name."""
    for month, of_month in groupby(rows, key=lambda row: heading(row.when)):
        yield kit.paragraph(kit.text(month_heading(month, t), bold=True))
        yield kit.bullets([row_elements(row, t) for row in of_month])


def row_elements(row: EventRow, t: Tongue) -> list[kit.Element]:
    """One event: its name, when, where, and whether it is cancelled."""
    only = t.only_in(row.title)
    made = [
        kit.text(kit.clip(t.text(row.title), LONGEST_TITLE), bold=True),
        kit.text(f" ({only})\n" if only else "\n"),
        *line_elements(row.when, t),
    ]
    if row.place:
        made.append(kit.text(f" · {kit.clip(t.text(row.place), LONGEST_PLACE)}"))
    if row.cancelled:
        made.append(kit.text(" · " + t._("cancelled"), italic=True))
    return made


def not_understood(trouble: NotUnderstood, t: Tongue) -> list[Block]:
    """What was not understood, what the nearest words are, and what is shown instead."""
    words = [t._("“{word}”", word=kit.clip(word, LONGEST_WORD)) for word in trouble.words[:SHOWN_WORDS]]
    said = [kit.text(t._("I did not understand {words}.", words=t.listed(words, "or")))]
    if trouble.nearest:
        said.append(kit.text(" " + t._("Did you mean {words}?", words=t.listed(trouble.nearest, "or"))))
    understood = t._("I understood: {filter}.", filter=trouble.understood)
    said.append(kit.text(" " + (understood if trouble.understood else t._("I show you everything."))))
    if not trouble.events:
        return [kit.rich(kit.paragraph(*said))]
    said.append(kit.text(" " + t._("These events have that name:")))
    buttons = [open_button(title, Ask("event", slug), slug) for slug, title in trouble.events]
    return [kit.rich(kit.paragraph(*said)), kit.actions(*buttons)]


def nothing(listing: Listing, t: Tongue) -> list[Block]:
    """Nothing found, and what to try next."""
    buttons = [open_button(t._("All coming events"), Ask("events"), "all")]
    if not listing.past:
        buttons.append(open_button(t._("Past events"), Ask("events", "past"), "past"))
    before, after = t._("Nothing is known for this. Try {command}, or one of these:").split("{command}")
    example = "/alliance " + t._("events next 3 months")
    return [kit.rich(kit.paragraph(kit.text(before), kit.code(example), kit.text(after))), kit.actions(*buttons)]
