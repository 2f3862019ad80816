"""What stands in the fields of the form of an event: from an event, a draft or a message."""

from collections.abc import Mapping
from typing import Any, Final

from alliance.languages import LANGUAGES, Language
from alliance.oneline import Draft
from alliance.when import Precision, When
from handlers import zones
from handlers.tongue import Tongue
from handlers.views import eventform as form
from handlers.views.dates import written
from handlers.views.rhythm import said
from storage.entries import Entry, Event
from storage.library import Library

LISTS: Final = (form.GROUPS, form.COUNTRIES, form.REGIONS, form.THEMES)


def choices(library: Library, t: Tongue) -> form.Choices:
    """What the menus offer."""
    named: dict[str, Mapping[str, Entry]] = {
        form.GROUPS: library.groups,
        form.COUNTRIES: library.countries,
        form.REGIONS: library.regions,
        form.THEMES: library.themes,
    }
    return form.Choices(
        {
            name: [(slug, t.text(entry.name.model_dump())) for slug, entry in entries.items()]
            for name, entries in named.items()
        }
    )


def of_entry(entry: Event, language: Language, t: Tongue) -> dict[str, Any]:
    """The fields of an event whose own words are in `language`."""
    names, summaries = entry.name.model_dump(), entry.summary.model_dump() if entry.summary else {}
    values: dict[str, Any] = of_when(entry.when, entry.rule, t)
    values |= {name: list(getattr(entry, name)) for name in (*LISTS, form.SPOKEN)}
    values |= {
        form.TITLE: names.get(language, ""),
        form.KIND: entry.kind,
        form.PLACE: in_own_words(entry.place.model_dump() if entry.place else {}, language),
        form.LINK: entry.link or "",
        form.CAPACITY: str(entry.capacity or ""),
        form.SUMMARY: summaries.get(language, ""),
    }
    for other in LANGUAGES:
        if other != language:
            values[form.translated(form.TITLE, other)] = names.get(other, "")
            values[form.translated(form.SUMMARY, other)] = summaries.get(other, "")
    return values


def of_draft(draft: Draft, t: Tongue) -> dict[str, Any]:
    """The fields of what a line says, whether or not it is complete."""
    values: dict[str, Any] = of_when(draft.when, draft.rule, t)
    topics = {form.GROUPS: "group", form.COUNTRIES: "country", form.REGIONS: "region", form.THEMES: "theme"}
    values |= {name: list(draft.slugs(kind)) for name, kind in topics.items()}
    return values | {
        form.TITLE: draft.title,
        form.KIND: draft.kind,
        form.PLACE: draft.place,
        form.LINK: draft.link,
    }


def of_when(when: When | None, rule: str | None, t: Tongue) -> dict[str, str]:
    """The fields of a date, as they are read again."""
    values = {form.ZONE: city((when.zone if when else None) or t.zone, t), form.RHYTHM: _rhythm_words(rule, t)}
    if when is None:
        return values
    certain = When(when.start, when.end, when.precision)
    single = when.precision is not Precision.DAY or when.start == when.end
    return values | {
        form.FIRST: written(certain, t) if single else t.day(when.start),
        form.LAST: "" if single else t.day(when.end),
        form.CERTAIN: form.YES if when.confirmed else form.NO,
        form.STARTS: f"{when.starts:%H:%M}" if when.starts else "",
        form.ENDS: f"{when.ends:%H:%M}" if when.ends else "",
    }


def city(zone: str, t: Tongue) -> str:
    """A zone as it is written in a form: its city, where that is enough to find it again."""
    name = t.city(zone)
    return name if zones.exactly(name) == zone else zone


def in_own_words(texts: Mapping[str, str], language: Language) -> str:
    """The text in the language of the event, else as it is."""
    return texts.get(language) or next(iter(texts.values()), "")


def _rhythm_words(rule: str | None, t: Tongue) -> str:
    """How often, as it is read again: in words where there are such words."""
    if not rule:
        return ""
    words = said(rule, t)
    return rule if rule in words else words
