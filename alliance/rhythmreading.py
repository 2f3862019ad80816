"""Words in English, French or Spanish into a Rhythm: 'second Tuesday every month', 'cada dos semanas, el lunes'.

Words may stand in any order. What can mean two things is refused with the words that are meant, never guessed.
No library was found that does this: `recurrent` knows English only, and reads 'last Friday of each quarter' as every
Friday and 'every year on 12 June' as every twelfth year; `dateparser` knows no recurrence (docs/dependencies.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Final

from alliance import rhythmwords as known
from alliance.recurrence import MOST
from alliance.rhythm import SLOWEST, Reason, Rhythm, RhythmError, Unit
from alliance.rhythmparts import LENGTHS, Parts
from alliance.saiddates import NoSuchDay, read_date
from alliance.saidtimes import NoSuchTime, read_time
from alliance.tokens import Token, skip, tokens

MOST_CHARACTERS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said. `first`: the day from which on, where one was named ('from 6 May 2019').

    `starts` and `where`, where they were said: the time of day and the words after it, which name a city or a zone.
    """

    rhythm: Rhythm
    first: date | None = None
    starts: time | None = None
    where: str = ""


def parse(words: str, today: date) -> Heard:
    """What these words say, and nothing else. Raises RhythmError with the part that is wrong or unknown."""
    words = words.strip()
    if len(words) > MOST_CHARACTERS:
        raise RhythmError(Reason.UNKNOWN, f"{words[:60]}…")
    items = tokens(words)
    found = read_rhythm(items, 0, today)
    if found is None:
        raise RhythmError(Reason.NOTHING, words)
    heard, end = found
    if end == len(items):
        return heard
    try:
        timed = read_time(items, end, bare=True)
    except NoSuchTime as error:
        raise RhythmError(Reason.UNKNOWN, error.part) from error
    if timed is None:
        raise RhythmError(Reason.UNKNOWN, words[items[end].start :].lstrip(" ,;"))
    said, after = timed
    return replace(heard, starts=said.starts, where=words[items[after].start :] if after < len(items) else "")


def read_rhythm(items: Sequence[Token], at: int, today: date) -> tuple[Heard, int] | None:
    """The longest rhythm from that place on and the place after it; None where nothing there recurs.

    Raises RhythmError for something that recurs but is not clear.
    """
    reading = _Reading(items, at, today)
    reading.read()
    heard = reading.heard()
    return (heard, reading.end) if heard else None


@dataclass(slots=True)
class _Reading:
    items: Sequence[Token]
    at: int
    today: date
    begin: int = field(init=False)
    end: int = field(init=False)
    parts: Parts = field(default_factory=Parts)
    first: date | None = None

    def __post_init__(self) -> None:
        self.begin = self.end = self.at

    def read(self) -> None:
        """Take piece after piece until one has nothing to do with a rhythm."""
        while self.at < len(self.items):
            used = self._piece(self.items[self.at])
            if used == 0:
                break
            if self.items[self.at].plain not in known.EMPTY and self.items[self.at].kind not in ("break", "dash"):
                self.end = self.at + used
            self.at += used

    def _piece(self, token: Token) -> int:
        """How many pieces were understood; 0 ends the reading."""
        word = token.plain
        if token.kind == "break":
            return 1
        if token.kind == "number" or word in known.ORDINALS:
            return self._number(token)
        if token.kind != "word":
            return 0
        if word in known.UNSURE:
            raise RhythmError(Reason.AMBIGUOUS, token.raw)
        if word in known.UNTIL or word in known.FROM:
            return self._bound(word)
        if word in known.EACH:
            self.parts.each = True
            self.parts.quarter = self.parts.quarter or word in known.QUARTER
            return 1
        if word in known.ALTERNATE and self.parts.each:
            self.parts.every = 2
            return 1
        return self._unit(token) or self._weekday(token) or self._spelt(token) or self._empty(token)

    def _number(self, token: Token) -> int:
        """A number or an ordinal: what it counts is what follows it."""
        number = known.ORDINALS.get(token.plain, token.number)
        following = self._next(1)
        if number is None:
            return 0
        if following and following.plain in known.TIMES:
            self._counted(number)
            return 2
        if following and following.plain in known.UNITS:
            unit, multiple = known.UNITS[following.plain]
            if unit == "day" and not token.bare_number:
                self.parts.days.append(number)
                return 2
            return self._interval(unit, number * multiple, token, following)
        month_at = skip(self.items, self.at + 1, known.OF)
        month = self.items[month_at].means("month") if month_at < len(self.items) else None
        if month:
            return self._dated(number, int(month), month_at)
        if (token.bare_number and self.parts.unit in ("week", "day")) or number > 99:
            return 0
        self.parts.pending.append(number)
        return 1

    def _spelt(self, token: Token) -> int:
        """A number in letters before a unit, or the name of a month."""
        number, following = token.means("number"), self._next(1)
        if number and following and following.plain in known.TIMES:
            self._counted(int(number))
            return 2
        if number and following and following.plain in known.UNITS:
            unit, multiple = known.UNITS[following.plain]
            return self._interval(unit, int(number) * multiple, token, following)
        month = token.means("month")
        if month and self.parts.unit not in ("week", "day"):
            self.parts.months.append(int(month))
            return 1
        if token.plain == known.OUT_OF and following and self.parts.each is False:
            every = following.number or int(following.means("number") or 0)
            self.parts.every, self.parts.each = every, True
            return 2 if every else 0
        return 0

    def _counted(self, number: int) -> None:
        if not 1 <= number <= MOST:
            raise RhythmError(Reason.TOO_LONG, self._raw(self.at, self.at + 2))
        self.parts.count = number

    def _interval(self, unit: Unit, number: int, *said: Token) -> int:
        if not 1 <= number <= SLOWEST[unit]:
            raise RhythmError(Reason.TOO_LONG, " ".join(token.raw for token in said))
        self._set_unit(unit, said[-1])
        self.parts.every = number
        return 2

    def _dated(self, day: int, month: int, month_at: int) -> int:
        """'12 June'; with a year it is no rhythm but a date."""
        year_at = skip(self.items, month_at + 1, known.OF)
        if year_at < len(self.items) and self.items[year_at].bare_number and len(self.items[year_at].raw) == 4:
            return 0
        if self.parts.unit not in (None, "year"):
            return 0
        for number in (*self.parts.pending, day):
            if not 1 <= number <= LENGTHS[month - 1]:
                if not self.parts.each:
                    return 0
                raise RhythmError(Reason.NO_SUCH_DAY, self._raw(self.at, month_at + 1))
            self.parts.dates.append((number, month))
        self.parts.pending.clear()
        return month_at + 1 - self.at

    def _unit(self, token: Token) -> int:
        """'month', 'monthly', 'quarter', 'weekday'."""
        word, following = token.plain, self._next(1)
        if word in known.QUARTER:
            self.parts.quarter = True
            return 1
        if word in known.WORKDAYS or (word in known.WORKING and following and following.plain in known.UNITS):
            self.parts.weekdays, self.parts.unit = [(0, day) for day in range(5)], "week"
            return 2 if word in known.WORKING else 1
        if word in known.ADVERBS:
            unit, every = known.ADVERBS[word]
            self._set_unit(unit, token)
            self.parts.every, self.parts.each = max(every, self.parts.every), True
            return 1
        if word not in known.UNITS:
            return 0
        unit, every = known.UNITS[word]
        if unit == "day" and following and (following.number or following.plain in known.WORKDAYS):
            return 1
        if unit == "month" and self._month_follows():
            return 1
        self._set_unit(unit, token)
        self.parts.every = every if self.parts.every == 1 else self.parts.every
        return 1

    def _set_unit(self, unit: Unit, token: Token) -> None:
        if self.parts.unit not in (None, unit):
            raise RhythmError(Reason.AMBIGUOUS, self._raw(self.begin, self.at + 1) or token.raw)
        self.parts.unit = unit

    def _month_follows(self) -> bool:
        """'the month of May'."""
        at = skip(self.items, self.at + 1, known.OF)
        return at < len(self.items) and at > self.at + 1 and self.items[at].means("month") is not None

    def _weekday(self, token: Token) -> int:
        day = known.WEEKDAYS.get(token.plain)
        if day is None:
            return 0
        if any(number > 5 for number in self.parts.pending):
            raise RhythmError(Reason.NO_SUCH_DAY, self._raw(self.begin, self.at + 1))
        before = self.items[self.at - 1].plain if self.at else ""
        self.parts.each = self.parts.each or token.plain in known.MANY or before in known.THE_MANY
        self.parts.nth = self.parts.pending.copy() or self.parts.nth
        self.parts.pending.clear()
        self.parts.weekdays += [(nth, day) for nth in self.parts.nth or (0,)]
        return 1

    def _bound(self, word: str) -> int:
        """'until December 2019', 'from 6 May': without a date after it, it belongs to something else."""
        try:
            found = read_date(self.items, skip(self.items, self.at + 1, known.EMPTY), self.today)
        except NoSuchDay as error:
            raise RhythmError(Reason.NO_SUCH_DAY, error.part) from error
        if found is None:
            return 0
        said, end = found
        if word in known.UNTIL:
            self.parts.until = said.last
        else:
            self.first = said.first
        return end - self.at

    def heard(self) -> Heard | None:
        """What all of it together says; None where nothing recurs."""
        said = self._raw(self.begin, self.end)
        rhythm = self.parts.rhythm(said)
        if rhythm and rhythm.until and rhythm.until < (self.first or self.today):
            raise RhythmError(Reason.BACKWARDS, said)
        return Heard(rhythm, self.first) if rhythm else None

    def _empty(self, token: Token) -> int:
        return 1 if token.plain in known.EMPTY else 0

    def _next(self, steps: int) -> Token | None:
        return self.items[self.at + steps] if self.at + steps < len(self.items) else None

    def _raw(self, begin: int, end: int) -> str:
        return " ".join(token.raw for token in self.items[begin:end]).replace(" ,", ",")
