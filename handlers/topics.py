"""The names of what a filter understood, in the reader's language."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from alliance.filtering import Understood
from alliance.names import plain
from alliance.phrases import MATTERS, PLACES
from alliance.words import Meaning
from handlers.tongue import Tongue
from handlers.views.dates import period
from handlers.views.kinds import kind_names
from storage.entries import Entry
from storage.library import Library


def name_of(meaning: Meaning, library: Library, t: Tongue) -> str:
    """What one meaning is called: "Nepal", "Workshops", "June"."""
    kind, slug = meaning
    entry: Entry | None = None
    match kind:
        case "country":
            entry = library.countries.get(slug)
        case "region":
            entry = library.regions.get(slug)
        case "group":
            entry = library.groups.get(slug)
        case "theme":
            entry = library.themes.get(slug)
        case "kind":
            return kind_names(slug, t)
        case "month":
            return t.day(date(2000, int(slug), 1), "MMMM")
    return t.text(entry.name.model_dump()) if entry else slug


FIELDS: Final = {"country": "countries", "region": "regions", "group": "groups", "theme": "themes"}


def names_in(document: Mapping[str, Any], kind: str, library: Library, t: Tongue) -> list[str]:
    """The names of what an event's entry stands under; themes with the SDG targets that they serve."""
    slugs = document.get(FIELDS[kind]) or ()
    if kind != "theme":
        return [name_of((kind, slug), library, t) for slug in slugs]
    return [f"{name_of((kind, slug), library, t)}{_targets(slug, library, t)}" for slug in slugs]


def _targets(slug: str, library: Library, t: Tongue) -> str:
    theme = library.themes.get(slug)
    if theme is None or not theme.targets:
        return ""
    targets = t._("SDG {targets}", targets=", ".join(theme.targets))
    return f" ({targets})"


def in_words(understood: Understood, library: Library, t: Tongue) -> str:
    """What a filter lets through: "Workshops, Nepal or Chile, July 2019"; "" for everything."""
    filter = understood.filter
    said = [
        t.listed(names([topic for topic in understood.topics if topic[0] in kinds], library, t), "or")
        for kinds in (frozenset({"kind"}), MATTERS, PLACES)
        if any(kind in kinds for kind, _slug in understood.topics)
    ]
    return ", ".join([*said, *filter_period(filter.first, filter.last, t)])


def filter_period(first: date | None, last: date | None, t: Tongue) -> list[str]:
    """The period of a filter, where it has one."""
    words = period(first, last, t)
    return [words] if words else []


def names(meanings: Iterable[Meaning], library: Library, t: Tongue) -> tuple[str, ...]:
    """What they are called, each name once: a group and a theme may share theirs."""
    once: dict[str, str] = {}
    for meaning in meanings:
        name = name_of(meaning, library, t)
        once.setdefault(plain(name), name)
    return tuple(once.values())
