"""Countries of the pathfinder strategy: the list by region, and one country with everything that is known of it."""

from collections.abc import Sequence

from handlers.answers import Answer
from handlers.asking import OPEN, Ask
from handlers.call import Where
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import ask_option, open_button, share_button
from handlers.views.events import row_elements
from storage.entries import Country, Region
from storage.entryfields import Words
from storage.values import EventRow


def listing(regions: Sequence[tuple[Region, Sequence[Country]]], words: str, t: Tongue, where: Where) -> Answer:
    """Countries under their regions; with `words`, those of one region."""
    title = t._("Countries: {region}", region=t.text(regions[0][0].name.model_dump())) if words else t._("Countries")
    shown = [
        kit.rich(
            kit.paragraph(kit.text(t.text(region.name.model_dump()), bold=True)),
            kit.bullets([_line(country, t) for country in countries]),
        )
        for region, countries in regions
    ]
    options = [
        ask_option(t.text(country.name.model_dump()), Ask("countries", country.slug))
        for _region, countries in regions
        for country in countries
    ]
    buttons = [kit.menu(t._("Open a country…"), f"{OPEN}:country", options)]
    if words:
        buttons.append(open_button(t._("All countries"), Ask("countries"), "back"))
    return Answer(
        title,
        [
            kit.header(title),
            *shown,
            kit.context(t._("Open a country to see its workshops, its priorities and its next steps.")),
            kit.actions(*buttons, *share_button(t, Ask("countries", words), where)),
        ],
        title=t._("Countries"),
    )


def one(country: Country, region: Region, events: Sequence[EventRow], t: Tongue, where: Where) -> Answer:
    """Everything of one country. `events` in order of their dates."""
    name, region_name = t.text(country.name.model_dump()), t.text(region.name.model_dump())
    standing = f"{region_name}. " + t._("Pathfinder country.") if country.pathfinder else f"{region_name}."
    about = [
        kit.paragraph(kit.text(standing, italic=True)),
        kit.paragraph(kit.text(t.text(country.summary.model_dump()))),
    ]
    blocks = [kit.header(name), kit.rich(*about), kit.rich(*_events(events, t))]
    blocks += [kit.rich(*part) for part in _details(country, t) if part]
    if menu := parts.event_menu(events, t):
        blocks.append(kit.actions(*menu))
    blocks.append(
        kit.actions(
            open_button(region_name, Ask("countries", region.slug.replace("-", " ")), "region"),
            open_button(t._("All countries"), Ask("countries"), "back"),
            *share_button(t, Ask("countries", country.slug), where),
        )
    )
    return Answer(f"{name}. {standing}", blocks, title=t._("Country"))


def _line(country: Country, t: Tongue) -> list[kit.Element]:
    line = [kit.text(t.text(country.name.model_dump()))]
    if country.pathfinder:
        line.append(kit.text(" (" + t._("pathfinder country") + ")", italic=True))
    return line


def _events(rows: Sequence[EventRow], t: Tongue) -> list[kit.Element]:
    made = [kit.paragraph(kit.text(t._("Workshops and events"), bold=True))]
    if not rows:
        return [*made, kit.paragraph(kit.text(t._("None is known.")))]
    return [*made, kit.bullets(row_elements(row, t) for row in rows)]


def _details(country: Country, t: Tongue) -> list[list[kit.Element]]:
    return [
        _listed(t._("Who took part"), country.participants, t),
        _listed(t._("Progress so far"), country.progress, t),
        _priorities(country, t),
        _listed(t._("Challenges"), country.challenges, t),
        _listed(t._("Next steps"), country.next_steps, t),
    ]


def _listed(name: str, items: Sequence[Words], t: Tongue) -> list[kit.Element]:
    return parts.named_list(name, [t.text(item.model_dump()) for item in items])


def _priorities(country: Country, t: Tongue) -> list[kit.Element]:
    """Priorities area by area; the content calls an area that covers them all "Priorities"."""
    heading = t._("Priorities")
    made = [kit.paragraph(kit.text(heading, bold=True))] if country.priorities else []
    for part in country.priorities:
        area = t.text(part.area.model_dump())
        if area != heading:
            made.append(kit.paragraph(kit.text(area, italic=True)))
        made.append(kit.bullets([[kit.text(t.text(item.model_dump()))] for item in part.items]))
    return made
