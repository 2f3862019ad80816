"""Each time that an event takes place: from what the content says to rows of `occurrence` and `occurrence_topic`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Final

from alliance.recurrence import occurrences, yearly
from alliance.when import Precision, When, parse_when
from storage.entries import Change, Event, Observance

SPANS: Final = (1, 2, 3, 5, 7, 14, 31, 92, 366)
"""Lengths in days. A query for a day looks back, among occurrences of at most that length, so many days and no more.
Finer than need be for a few hundred events, so that of a million only those that are still running are looked at."""

EARLIEST: Final = date(2015, 1, 1)
"""Series are kept from here on (the Sustainable Development Goals were adopted in 2015)."""

LONGEST: Final = SPANS[-1]

COMMON: Final = "common"
"""The topic of events that belong to no action group: those of the whole Alliance."""


@dataclass(frozen=True, slots=True)
class Taking:
    """One time that an event takes place; `original_day`, with the event, is its lasting name."""

    original_day: date
    when: When
    cancelled: bool = False

    def values(self) -> dict[str, Any]:
        """As the columns of `occurrence` keep it."""
        return {
            "original_day": self.original_day,
            "starts_on": self.when.start,
            "ends_on": self.when.end,
            "precision": self.when.precision.value,
            "confirmed": self.when.confirmed,
            "starts": _clock_text(self.when.starts),
            "ends": _clock_text(self.when.ends),
            "zone": self.when.zone,
            "cancelled": self.cancelled,
            "sort_key": self.when.sort_key,
        }


def takings(entry: Event | Observance, horizon: date) -> list[Taking]:
    """Every time that it takes place: a single event once, a series from its first day to `horizon`."""
    if isinstance(entry, Observance):
        return list(_observed(entry, horizon))
    if entry.rule is None:
        return [Taking(entry.lasting_day, entry.when, entry.cancelled)]
    changes = {change.day: change for change in entry.changes}
    return [
        _changed(when, changes.get(when.start), entry.cancelled)
        for when in occurrences(entry.when, entry.rule, max(entry.when.start, EARLIEST), horizon)
    ]


def topics(entry: Event | Observance, regions_of: Mapping[str, str]) -> frozenset[str]:
    """What it is listed under; `regions_of` gives the region of each country.

    A member's event may name a country that the content has no longer: it is then listed under that country alone.
    """
    countries = entry.countries if isinstance(entry, Event) else ()
    regions = {*entry.regions, *(regions_of[country] for country in countries if country in regions_of)}
    kind, listed = kind_of(entry), is_listed(entry)
    return frozenset(
        {f"kind:{kind}", "listed" if listed else "unlisted"}
        | ({COMMON} if isinstance(entry, Event) and not entry.groups else set())
        | {f"country:{slug}" for slug in countries}
        | {f"region:{slug}" for slug in regions}
        | {f"group:{slug}" for slug in entry.groups}
        | {f"theme:{slug}" for slug in entry.themes}
    )


def kind_of(entry: Event | Observance) -> str:
    """The kind of the event, or "observance"."""
    return entry.kind if isinstance(entry, Event) else "observance"


def is_listed(entry: Event | Observance) -> bool:
    """Whether `/alliance events` lists it."""
    return isinstance(entry, Event) or entry.listed


def span_of(starts_on: date, ends_on: date) -> int:
    """Its length in days, rounded up to one of SPANS. Raises ValueError for more than 366 days."""
    days = (ends_on - starts_on).days + 1
    for span in SPANS:
        if days <= span:
            return span
    raise ValueError(f"{starts_on}..{ends_on} is longer than {LONGEST} days")


def _observed(entry: Observance, horizon: date) -> Iterator[Taking]:
    for year in range(max(entry.since, EARLIEST.year), horizon.year + 1):
        when = yearly(entry.month, entry.day, year)
        if when.start <= horizon:
            yield Taking(when.start, when)


def _changed(when: When, change: Change | None, cancelled: bool) -> Taking:
    if change is None:
        return Taking(when.start, when, cancelled)
    moved = when
    if change.moved_to:
        to = parse_when(change.moved_to)
        moved = replace(when, start=to.start, end=to.end, precision=to.precision)
    if change.starts:
        moved = replace(moved, starts=change.starts, ends=change.ends)
    if moved.precision is not Precision.DAY:
        moved = replace(moved, starts=None, ends=None)
    return Taking(when.start, moved, cancelled or change.cancelled)


def _clock_text(at: time | None) -> str | None:
    return f"{at:%H:%M}" if at else None
