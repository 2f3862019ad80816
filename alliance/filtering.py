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
from alliance.vocabulary import Vocabulary
from alliance.words import Meaning

PLACES: Final = frozenset({"country", "region"})
MATTERS: Final = frozenset({"group", "theme"})
MOST_WORDS = 40
MOST_GUESSES = 6
"""So many words that are not in the vocabulary are looked up by likeness; an answer must not take longer and longer."""

MARKS: Final = frozenset({"from", "after", "until", "before"})
_TOKEN = re.compile(r"\d{4}-\d{2}(?:-\d{2})?(?![\d-])|\d{1,2}[./]\d{1,2}[./]\d{4}(?!\d)|[^\W_]+|[^\x00-\x7f\W_\s]|\S")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e|o)?")


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


@dataclass(frozen=True, slots=True)
class _Item:
    """One recognised phrase, or an unknown word (without meanings); `start` and `end` are its place in the text."""

    phrase: str
    start: int
    end: int
    meanings: dict[str, str] = field(default_factory=dict)
    topics: tuple[Meaning, ...] = ()


def parse(words: str, vocabulary: Vocabulary, today: date) -> Understood:
    """Read a filter. `today` is the reader's day: it gives months without a year, and 'next week', their meaning."""
    if not words:
        return Understood(Filter())
    items = _recognised(words, vocabulary)
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


def _recognised(words: str, vocabulary: Vocabulary) -> list[_Item]:
    """The phrases of the vocabulary, the longest first; words without meaning are left out, unknown ones stay."""
    tokens = [
        _Item(part, match.start(), match.end())
        for match in _TOKEN.finditer(words)
        for part in ([match[0]] if match[0][0].isdigit() else plain(match[0]).split() or _symbol(match[0]))
    ]
    items, guesses, at = [], 0, 0
    while at < len(tokens[:MOST_WORDS]):
        item, length = _longest(tokens, at, vocabulary)
        if not item.meanings and not item.topics and guesses < MOST_GUESSES and not item.phrase[0].isdigit():
            guesses += 1
            item, length = _closest(tokens, at, vocabulary)
        at += length
        if "" not in item.meanings:
            items.append(item)
    return items + tokens[MOST_WORDS:]


def _symbol(text: str) -> list[str]:
    """Punctuation means nothing; an emoji is a word that nobody knows."""
    return [text] if ord(text[0]) >= 0x2190 else []


def _longest(tokens: Sequence[_Item], at: int, vocabulary: Vocabulary) -> tuple[_Item, int]:
    for length in range(min(vocabulary.longest, len(tokens) - at), 0, -1):
        phrase = " ".join(token.phrase for token in tokens[at : at + length])
        if meanings := vocabulary.exact(phrase):
            return _item(tokens, at, length, phrase, meanings), length
    return _number(tokens[at]), 1


def _closest(tokens: Sequence[_Item], at: int, vocabulary: Vocabulary) -> tuple[_Item, int]:
    """A misspelt or shortened phrase of up to four words."""
    for length in range(min(4, len(tokens) - at), 0, -1):
        if found := vocabulary.close(" ".join(token.phrase for token in tokens[at : at + length])):
            return _item(tokens, at, length, *found), length
    return tokens[at], 1


def _item(tokens: Sequence[_Item], at: int, length: int, phrase: str, meanings: frozenset[Meaning]) -> _Item:
    topics = tuple(sorted(m for m in meanings if m[0] in PLACES or m[0] in MATTERS or m[0] == "kind"))
    others = {kind: slug for kind, slug in meanings if (kind, slug) not in topics}
    return _Item(phrase, tokens[at].start, tokens[at + length - 1].end, others, topics)


def _number(token: _Item) -> _Item:
    """A number, a year, a day of a month or a whole date; else the token as it is: unknown."""
    meanings: dict[str, str] = {}
    phrase = token.phrase
    if match := re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", phrase):
        meanings["date"] = phrase
    elif match := re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", phrase):
        meanings["date"] = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    elif phrase.isdecimal() and len(phrase) == 4 and int(phrase) in periods.YEARS:
        meanings["year"] = str(int(phrase))
    elif match := _ORDINAL.fullmatch(phrase):
        meanings["day"] = match[1]
    if phrase.isdecimal() and len(phrase) <= 3:
        meanings["number"] = str(int(phrase))
    return _Item(phrase, token.start, token.end, meanings)


class _Reading:
    """Reads the items from left to right: periods and dates first, then topics and directions."""

    def __init__(self, items: Sequence[_Item], today: date) -> None:
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
        self.unknown: list[_Item] = []

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

    def _single(self, item: _Item) -> int:
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


def _joined(words: str, unknown: Sequence[_Item]) -> tuple[str, ...]:
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
