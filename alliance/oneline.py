"""One line into the draft of an event: 'Migration group call, 14 May 2019 15:00 Geneva, 1h'.

First the title, then in any order and in any of the three languages: date, time with city, length, how often, group,
countries, place, link. What was taken for granted, what was not understood and what is wrong all come back with it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from alliance.linenotes import Names, Noted, Problem, Wrong
from alliance.linereading import KINDS, read_pieces, recognises
from alliance.rhythm import Reason, RhythmError, check_bounds, first_day
from alliance.tokens import Token, tokens, words
from alliance.when import Precision, When
from alliance.words import Meaning

MOST_CHARACTERS: Final = 1_000
MOST_PIECES: Final = 80
"""Words, numbers and commas. How long reading takes grows faster than they do."""

LONGEST_TITLE: Final = 150
LONGEST_DAYS: Final = 366
"""Longer events cannot be listed (storage.occurrences)."""

_QUOTES: Final = {"“": "”", "«": "»", '"': '"', "„": "“"}
_GROUP_WORDS: Final = words("group groupe grupo")


class Assumed(StrEnum):
    """What was not said and taken for granted; the answer says so."""

    YEAR = "year"
    """The next such day."""
    ZONE = "zone"
    """The time zone of who writes."""
    ZONE_OF_PLACE = "zone_of_place"
    FIRST = "first"
    """The first day of a series: the first that the rule gives."""
    GROUP = "group"
    """The group that the title names."""
    CHANNEL = "channel"
    """The group whose channel it was written in."""
    COUNTRIES = "countries"
    """The countries that the title names."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a line says of an event.

    `when` is None where no date was understood. `rule` is an RRULE. `topics`: groups, countries, regions and themes.
    """

    title: str
    kind: str = "meeting"
    when: When | None = None
    rule: str | None = None
    place: str = ""
    link: str = ""
    topics: tuple[Meaning, ...] = ()
    assumed: frozenset[Assumed] = frozenset()
    unknown: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def slugs(self, kind: str) -> tuple[str, ...]:
        """The groups, countries, regions or themes that it is for."""
        return tuple(slug for of, slug in self.topics if of == kind)

    @property
    def complete(self) -> bool:
        """Whether it can be saved as it is."""
        return self.when is not None and not self.problems


def read_line(line: str, names: Names, today: date, zone: str, group: str = "") -> Draft:
    """What the line says. `today` and `zone` (IANA) are those of who wrote it, `group` that of the channel."""
    line = line.strip()
    if len(line) > MOST_CHARACTERS or len(tokens(line)) > MOST_PIECES:
        title = line[:LONGEST_TITLE].partition(",")[0].strip()
        return Draft(title, problems=(Problem(Wrong.LONG_LINE, ""),))
    title, items = _split(line, names, today)
    noted = read_pieces(line, items, names, today)
    assumed: set[Assumed] = set()
    problems = list(noted.problems)
    topics = list(dict.fromkeys(noted.topics))
    for kind, assumption in (("group", Assumed.GROUP), ("country", Assumed.COUNTRIES)):
        if not any(of == kind for of, _slug in topics) and (found := _named_in(title, kind, names)):
            topics += [(kind, slug) for slug in found]
            assumed.add(assumption)
    if group and not any(of == "group" for of, _slug in topics):
        topics.append(("group", group))
        assumed.add(Assumed.CHANNEL)
    when, rule = _when(noted, zone, today, assumed, problems)
    if not title:
        problems.append(Problem(Wrong.NO_TITLE, ""))
    if len(title) > LONGEST_TITLE:
        problems.append(Problem(Wrong.LONG_TITLE, title[:40]))
    kind = noted.kind or _kind_in(title)
    place, link = noted.place, noted.link
    return Draft(
        title, kind, when, rule, place, link, tuple(topics), frozenset(assumed), tuple(noted.unknown), tuple(problems)
    )


def _split(line: str, names: Names, today: date) -> tuple[str, list[Token]]:
    """The title, and what follows it.

    The title reaches to the first comma after which something is understood, or, in a line without commas, to the
    first date, time or rhythm.
    """
    if line[:1] in _QUOTES and (closing := line.find(_QUOTES[line[0]], 1)) > 0:
        return line[1:closing].strip(), _tokens_from(line, closing + 1)
    items = tokens(line)
    breaks = [number for number, token in enumerate(items) if token.kind == "break"]
    for number, at in enumerate(breaks):
        end = breaks[number + 1] if number + 1 < len(breaks) else len(items)
        if recognises(line, items[at + 1 : end], names, today) and _dated(line, items[at:], names, today):
            return line[: items[at].start].strip(), items[at + 1 :]
    for at in range(1, len(items)):
        if items[at].kind != "break" and recognises(line, items[at:], names, today, strong=True):
            return line[: items[at].start].rstrip(" ,;:–—-("), items[at:]
    at = breaks[0] if breaks else len(items)
    return line[: items[at].start if at < len(items) else len(line)].strip(), items[at + 1 :]


def _dated(line: str, items: list[Token], names: Names, today: date) -> bool:
    noted = read_pieces(line, items, names, today)
    return bool(noted.said or noted.heard or noted.problems)


def _tokens_from(line: str, start: int) -> list[Token]:
    return [token for token in tokens(line) if token.start >= start]


def _named_in(title: str, kind: str, names: Names) -> list[str]:
    """The countries that a title names; the group, where it says 'group': 'Migration group call'."""
    items = tokens(title)
    if kind == "group" and not any(token.plain in _GROUP_WORDS for token in items):
        return []
    found = {
        slug
        for at in range(len(items))
        for length in range(1, names.longest + 1)
        for of, slug in names.topics(" ".join(token.plain for token in items[at : at + length])) or ()
        if of == kind
    }
    return [] if kind == "group" and len(found) > 1 else sorted(found)


def _kind_in(title: str) -> str:
    said = (token.means("kind") for token in tokens(title))
    return next((kind for kind in said if kind in KINDS), "meeting")


def _when(
    noted: Noted, zone: str, today: date, assumed: set[Assumed], problems: list[Problem]
) -> tuple[When | None, str | None]:
    """When it takes place, and its rule."""
    rule = str(noted.heard.rhythm) if noted.heard else None
    said = noted.said
    if said is None and rule is None:
        if not problems:
            problems.append(Problem(Wrong.NO_DATE, ""))
        return None, None
    precision = said.precision if said else Precision.DAY
    first, last = (said.first, said.last) if said else (today, today)
    if noted.heard and noted.heard.first and not said:
        first = last = noted.heard.first
    if said and not said.year_given:
        assumed.add(Assumed.YEAR)
    if rule:
        length = last - first if precision is Precision.DAY else timedelta()
        first, precision = _first_of(rule, first, problems), Precision.DAY
        last = first + length
        if not said or said.first != first or said.precision is not Precision.DAY:
            assumed.add(Assumed.FIRST)
    if last < first:
        problems.append(Problem(Wrong.END_BEFORE_START, f"{first.isoformat()}..{last.isoformat()}"))
        return None, rule
    if (last - first).days >= LONGEST_DAYS:
        problems.append(Problem(Wrong.TOO_LONG, f"{first.isoformat()}..{last.isoformat()}"))
        return None, rule
    when = When(first, last, precision, confirmed=not noted.unconfirmed)
    return _timed(when, noted, zone, assumed, problems), rule


def _first_of(rule: str, on_or_after: date, problems: list[Problem]) -> date:
    try:
        first = first_day(rule, on_or_after)
        if first is None:
            raise RhythmError(Reason.NO_SUCH_DAY, rule)
        check_bounds(rule, first)
    except RhythmError as error:
        problems.append(Problem(Wrong.RHYTHM, error.part, error.reason))
        return on_or_after
    return first


def _timed(when: When, noted: Noted, zone: str, assumed: set[Assumed], problems: list[Problem]) -> When:
    """With its time of day, in the zone that was named, else that of the place, else that of who writes."""
    starts, ends = noted.starts, noted.ends
    if starts is None:
        if noted.minutes:
            problems.append(Problem(Wrong.LENGTH_WITHOUT_TIME, noted.minutes_raw))
        return when
    if when.precision is not Precision.DAY:
        problems.append(Problem(Wrong.TIME_WITHOUT_DAY, f"{starts:%H:%M}"))
        return when
    if noted.zone is None:
        assumed.add(Assumed.ZONE_OF_PLACE if noted.zone_of_place else Assumed.ZONE)
    last = when.end
    if ends is None and noted.minutes:
        over = datetime.combine(when.end, starts) + timedelta(minutes=noted.minutes)
        last, ends = over.date(), over.time()
    elif ends is not None and last == when.start and ends <= starts:
        last += timedelta(days=1)
    return When(
        when.start, last, when.precision, when.confirmed, starts, ends, noted.zone or noted.zone_of_place or zone
    )
