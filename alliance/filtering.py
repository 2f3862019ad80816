"""Filters as people type them: plain words in any order and in any of the three languages, into a Filter.

"events migration africa july 2019", "eventos en junio", "événements des 3 prochains mois": names are found by the
longest phrase, without accents, case or exact spelling; what remains is returned as unknown, with the nearest words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from alliance import periods
from alliance.filters import Filter
from alliance.names import plain
from alliance.periods import Period
from alliance.phrases import MOST_GUESSES, PLACES, Item, recognised
from alliance.vocabulary import Vocabulary
from alliance.words import Meaning

MARKS: Final = frozenset({"from", "after", "until", "before"})


@dataclass(frozen=True, slots=True)
class Understood:
    """What the words mean.

    `topics` holds places, matters and kinds in their order ("region", "africa"). `unknown` are the words that mean
    nothing here, `suggestions` the nearest meanings for each. `canonical` says the same as the words did, with days
    instead of 'next month', so that another page tomorrow shows the same list.
    """

    filter: Filter
    topics: tuple[Meaning, ...] = ()
    unknown: tuple[str, ...] = ()
    suggestions: dict[str, tuple[Meaning, ...]] = field(default_factory=dict)
    canonical: str = ""


def parse(words: str, vocabulary: Vocabulary, today: date) -> Understood:
    """Read a filter. `today` is the reader's day: it gives months without a year, and 'next week', their meaning."""
    if not words:
        return Understood(Filter())
    items = recognised(words, vocabulary)
    reading = _Reading(items, today)
    reading.read()
    unknown = _joined(words, reading.unknown)
    filter = reading.filter()
    return Understood(
        filter,
        tuple(reading.topics),
        unknown,
        {word: vocabulary.suggest(plain(word)) for word in unknown[:MOST_GUESSES]},
        " ".join([*_canonical_period(filter), *reading.phrases]),
    )


class _Reading:
    """Reads the items from left to right: periods and dates first, then topics and directions."""

    def __init__(self, items: Sequence[Item], today: date) -> None:
        self._items, self._today = items, today
        self._past = any("past" in item.meanings for item in items)
        self._mark = ""
        self._firsts: list[date] = []
        self._lasts: list[date] = []
        self.topics: list[Meaning] = []
        self._places: set[str] = set()
        self._matters: set[str] = set()
        self._kinds: set[str] = set()
        self.phrases: list[str] = []
        self.unknown: list[Item] = []

    def read(self) -> None:
        at = 0
        while at < len(self._items):
            at += self._relative(at) or self._dated(at) or self._single(self._items[at])

    def filter(self) -> Filter:
        first, last = min(self._firsts, default=None), max(self._lasts, default=None)
        if first and last and first > last:
            first, last = last, first
        over = last is not None and first is None and last < self._today
        topics = tuple(frozenset(found) for found in (self._places, self._matters) if found)
        return Filter(first, last, self._past or over, topics, frozenset(self._kinds))

    def _relative(self, at: int) -> int:
        """'next 3 months', 'mois prochain', '3 próximos días': a unit with a number or a direction, in any order."""
        found: dict[str, str] = {}
        used = 0
        for item in self._items[at : at + 3]:
            part = next((kind for kind in ("unit", "past", "next", "this", "number") if kind in item.meanings), None)
            role = "direction" if part in ("past", "next", "this") else part
            if role is None or part is None or role in found:
                break
            found[role] = part if role == "direction" else item.meanings[part]
            used += 1
        if "unit" not in found:
            return 0
        direction, unit = found.get("direction"), found["unit"]
        if "number" in found:
            count = int(found["number"])
            within = periods.gone if direction == "past" else periods.coming
            self._add(within(count, unit, self._today))
        elif direction:
            self._add(periods.whole(unit, self._today, {"past": -1, "this": 0, "next": 1}[direction]))
        return used

    def _dated(self, at: int) -> int:
        """A date or month: its parts in any of the usual orders. One that does not exist is unknown."""
        following = self._items[at : at + 4]
        for pattern in _DATE_PATTERNS:
            if len(following) >= len(pattern) and all(
                part in item.meanings for part, item in zip(pattern, following, strict=False)
            ):
                parts = [item.meanings[part] for part, item in zip(pattern, following, strict=False)]
                if period := self._period(pattern, parts):
                    self._add(period)
                else:
                    self.unknown.extend(following[: len(pattern)])
                return len(pattern)
        return 0

    def _period(self, pattern: tuple[str, ...], parts: list[str]) -> Period | None:
        if pattern == ("date",):
            return _iso(parts[0])
        known = dict(zip(pattern, (int(part) for part in parts), strict=True))
        days = [int(part) for kind, part in zip(pattern, parts, strict=True) if kind == "day"]
        month, year = known.get("month"), known.get("year")
        if month is None:
            return periods.year_of(known["year"])
        if not days:
            return periods.month_of(year, month) if year else periods.near_month(month, self._anchor(), past=self._past)
        found = [
            periods.single_day(year, month, day)
            if year
            else periods.near_day(month, day, self._anchor(), past=self._past)
            for day in days
        ]
        ends = [period for period in found if period]
        return Period(ends[0].first, ends[-1].last) if len(ends) == len(found) else None

    def _anchor(self) -> date:
        """A month without a year comes after the date before it: 'from november to february'."""
        return max(self._firsts[-1], self._today) if self._firsts and not self._past else self._today

    def _single(self, item: Item) -> int:
        """A topic, a direction, or an unknown word."""
        if item.topics:
            self.phrases.append(item.phrase)
            for kind, slug in item.topics:
                if (kind, slug) not in self.topics:
                    self.topics.append((kind, slug))
                if kind == "kind":
                    self._kinds.add(slug)
                else:
                    (self._places if kind in PLACES else self._matters).add(f"{kind}:{slug}")
        elif mark := next((kind for kind in MARKS if kind in item.meanings), None):
            self._mark = mark
        elif "today" in item.meanings or "tomorrow" in item.meanings:
            self._add(periods.whole("day", self._today, 0 if "today" in item.meanings else 1))
        elif not item.meanings or item.meanings.keys() & {"number", "day"}:
            self.unknown.append(item)
        return 1

    def _add(self, period: Period) -> None:
        first, last = period.first, period.last
        if self._mark == "from":
            last = None
        elif self._mark == "after":
            first, last = last + timedelta(days=1) if last else first, None
        elif self._mark == "until":
            first = None
        elif self._mark == "before":
            first, last = None, first - timedelta(days=1) if first else last
        self._mark = ""
        self._firsts += [first] if first else []
        self._lasts += [last] if last else []


_DATE_PATTERNS: Final = (
    ("day", "day", "month", "year"),
    ("day", "month", "year"),
    ("month", "day", "year"),
    ("day", "day", "month"),
    ("month", "year"),
    ("year", "month"),
    ("day", "month"),
    ("month", "day"),
    ("date",),
    ("month",),
    ("year",),
)


def _iso(text: str) -> Period | None:
    """2019-06 or 2019-06-12; None where it does not exist."""
    year, month, *day = (int(part) for part in text.split("-"))
    if day:
        return periods.single_day(year, month, day[0])
    return periods.month_of(year, month) if year in periods.YEARS and 1 <= month <= 12 else None


def _joined(words: str, unknown: Sequence[Item]) -> tuple[str, ...]:
    """Unknown words as they were typed, neighbours together."""
    found: list[tuple[int, int]] = []
    for item in unknown:
        if found and not re.search(r"[^\s'’,.;:-]", words[found[-1][1] : item.start]):
            found[-1] = (found[-1][0], max(found[-1][1], item.end))
        else:
            found.append((item.start, item.end))
    return tuple(dict.fromkeys(words[start:end] for start, end in found))


def _canonical_period(filter: Filter) -> list[str]:
    """The period as any language reads it."""
    said = ["past"] if filter.past else []
    first, last = filter.first, filter.last
    if first and last and first == last:
        said.append(first.isoformat())
    elif first and last and Period(first, last) == periods.month_of(first.year, first.month):
        said.append(f"{first:%Y-%m}")
    elif first and last and Period(first, last) == periods.year_of(first.year):
        said.append(str(first.year))
    else:
        said += [f"from {first}"] if first else []
        said += [f"until {last}"] if last else []
    return said
