"""`/alliance events [filters]`: what is coming, or over, under any filter in plain words."""

from dataclasses import replace

from dateutil.relativedelta import relativedelta

from alliance.filtering import Understood, parse
from alliance.filters import Filter
from alliance.names import plain
from handlers import adding, topics
from handlers.answers import View
from handlers.asking import Ask
from handlers.call import Call, Deps, StaleValue
from handlers.subject import Subject
from handlers.views import events as views
from storage import events

MOST_PAGES = 10_000

AHEAD = relativedelta(years=1)
"""Without a period of its own a list reaches so far, lest a yearly observance fill it for years to come."""


async def upcoming(call: Call, deps: Deps) -> View:
    """A page of the events that the words ask for; Call.value is the page, counted from 1.

    Where a topic has nothing to come, what is over under it is shown instead, and the answer says so. Words that begin
    with 'add' are no filter but a new event.
    """
    if (line := adding.asks_to_add(call.words)) is not None:
        return await adding.add(replace(call, words=line), deps)
    page = page_number(call.value)
    understood = parse(call.words, deps.library.vocabulary, call.today)
    year_ahead = understood.filter.open_ended
    horizon = call.today + AHEAD
    wanted = replace(understood.filter, last=horizon) if year_ahead else understood.filter
    found = await events.page(deps.store, wanted, call.today, page - 1)
    only_past = False
    if not found.rows and page == 1 and _could_be_over(understood.filter):
        past = replace(understood.filter, past=True)
        found = await events.page(deps.store, past, call.today, 0)
        only_past = bool(found.rows)
        if only_past:
            understood = replace(understood, filter=past, canonical=f"past {understood.canonical}")
    listing = views.Listing(
        Ask("events", understood.canonical),
        topics.in_words(understood, deps.library, call.t),
        found.rows,
        page,
        found.more,
        past=understood.filter.past,
        only_past=only_past,
        later=str(horizon.year) if year_ahead and not (found.more or understood.canonical) else "",
    )
    return views.listing(listing, await not_understood(call, deps, understood), call.t, call.where)


def _could_be_over(filter: Filter) -> bool:
    """Whether only topics were asked for, no period and no direction."""
    return filter.open_ended and bool(filter.topics or filter.kinds)


async def not_understood(call: Call, deps: Deps, understood: Understood) -> views.NotUnderstood | None:
    """The words that mean nothing here, with the nearest that do, and the events that are called so."""
    if not understood.unknown:
        return None
    near = [meaning for word in understood.unknown for meaning in understood.suggestions.get(word, ())]
    return views.NotUnderstood(
        understood.unknown,
        topics.names(near, deps.library, call.t)[: views.MOST_NEAREST],
        topics.in_words(understood, deps.library, call.t),
        await _called(" ".join(understood.unknown), call, deps),
    )


async def _called(words: str, call: Call, deps: Deps) -> tuple[tuple[str, str], ...]:
    """The events (slug and title) of this name: somebody may type 'events advisory board' and mean one of them."""
    found = await events.find(deps.store, words, call.today)
    if found.slug and (detail := await events.next_of(deps.store, found.slug, call.today)):
        return ((found.slug, call.t.text(detail.row.title)),)
    wanted = plain(words)
    return tuple(
        (slug, call.t.text(title))
        for slug, title in found.near
        if wanted and any(wanted in plain(text) for text in title.values())
    )


def page_number(value: str) -> int:
    """The page that a button carries, 1 for none. Raises StaleValue for anything else."""
    if not value:
        return 1
    if not (value.isascii() and value.isdecimal()) or not 1 <= int(value) <= MOST_PAGES:
        raise StaleValue(value)
    return int(value)


SUBJECT = Subject(
    words=("events", "événements", "eventos"),
    help_line=lambda t: t._("Events, meetings and launches: by period, country, region, group or theme"),
    examples=lambda t: (
        t._("events"),
        t._("events next 3 months"),
        t._("events africa july"),
        t._("events migration"),
        t._("events past"),
        t._("events add Migration group call, 14 May 2019 15:00 Geneva, 1h"),
    ),
    command=upcoming,
    reads_only=True,
)
