"""`/alliance countries [region]` and `/alliance country NAME`: the pathfinder countries and their workshops."""

from collections.abc import Sequence

from alliance.filters import Filter
from handlers.answers import View
from handlers.call import Call, Deps
from handlers.subject import Subject
from handlers.views import countries as views
from handlers.views.parts import no_such_name
from storage import events
from storage.entries import Country, Region
from storage.library import Library
from storage.values import EventRow

MOST_EVENTS = 10
"""So many coming and so many past events stand on a country's page."""


async def show(call: Call, deps: Deps) -> View:
    """All countries without words; those of a region, or one country, that the words name."""
    library, words = deps.library, call.words
    if not words:
        return views.listing(_by_region(library), "", call.t, call.where)
    regions, countries = library.names("region"), library.names("country")
    if country := (words if words in library.countries else countries.exact(words)):
        return await _one(library.countries[country], call, deps)
    if region := (regions.exact(words) or (None if countries.find(words) else regions.find(words))):
        chosen = [(entry, found) for entry, found in _by_region(library) if entry.slug == region]
        if chosen:
            return views.listing(chosen, words, call.t, call.where)
    if country := countries.find(words):
        return await _one(library.countries[country], call, deps)
    near = [(slug, call.t.text(library.countries[slug].name.model_dump())) for slug in countries.suggest(words)]
    return no_such_name("countries", words, near, call.t)


async def _one(country: Country, call: Call, deps: Deps) -> View:
    rows = await _events(country, call, deps)
    return views.one(country, deps.library.regions[country.region], rows, call.t, call.where)


async def _events(country: Country, call: Call, deps: Deps) -> Sequence[EventRow]:
    """The latest past ones and the next ones, in order of their dates."""
    topic, today = frozenset({f"country:{country.slug}"}), call.today
    past = await events.page(deps.store, Filter(past=True, topics=(topic,)), today, 0, size=MOST_EVENTS)
    coming = await events.upcoming_for(deps.store, topic, today, MOST_EVENTS)
    return [*reversed(past.rows), *coming]


def _by_region(library: Library) -> list[tuple[Region, list[Country]]]:
    """Regions that have countries, in the order of the content, each with its countries."""
    grouped = [
        (region, [country for country in library.countries.values() if country.region == region.slug])
        for region in library.regions.values()
    ]
    return [(region, countries) for region, countries in grouped if countries]


SUBJECT = Subject(
    words=("countries", "country", "pays", "países", "país"),
    help_line=lambda t: t._("Pathfinder countries and their workshops: who took part, priorities, next steps"),
    examples=lambda t: (t._("countries"), t._("countries africa"), t._("country nepal")),
    command=show,
    reads_only=True,
)
