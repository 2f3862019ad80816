"""How often something recurs, in a form that can be said and written: 'second Tuesday every month' and its RRULE.

The text is an RRULE of RFC 5545, without DTSTART. Only rules that have a short form in words are read here; dateutil
expands any rule (alliance.recurrence). Reading words: alliance.rhythmreading. Saying them: handlers.views.rhythm.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Final, Literal

from dateutil.relativedelta import relativedelta

from alliance.recurrence import MOST, check_rule, days

Unit = Literal["day", "week", "month", "year"]

CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES: Final[dict[Unit, str]] = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
SLOWEST: Final[dict[Unit, int]] = {"day": 366, "week": 104, "month": 60, "year": 50}
"""The largest interval of each unit: nobody means a meeting every 999 weeks."""

LONGEST: Final = relativedelta(years=50)
"""A series that is to go on for longer is a slip of the pen. One without an end is fine: it is planned as time goes."""

_UNTIL: Final = re.compile(r"(UNTIL=\d{8})T\d{6}Z?")

QUARTER_BEGINS, QUARTER_ENDS = (1, 4, 7, 10), (3, 6, 9, 12)


class Reason(StrEnum):
    """Why there is no rule."""

    UNKNOWN = "unknown"
    """Words that mean nothing here."""
    NOTHING = "nothing"
    """Nothing that recurs was said."""
    AMBIGUOUS = "ambiguous"
    """It can mean two things: 'every second Tuesday', 'every month on Monday'."""
    NO_SUCH_DAY = "no_such_day"
    """The 32nd of a month, 30 February."""
    TOO_LONG = "too_long"
    """More than 50 years, or more than 2,000 times."""
    BACKWARDS = "backwards"
    """It ends before it begins."""
    NOT_SAYABLE = "not_sayable"
    """A valid rule that has no short form in words."""


class RhythmError(ValueError):
    """No rule; `part` is what it is about, as it was typed."""

    def __init__(self, reason: Reason, part: str) -> None:
        super().__init__(f"{reason}: {part}")
        self.reason, self.part = reason, part


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every so many days, weeks, months or years.

    `weekdays`: 0 is Monday. `nth`: which of them in the month (1 to 5, -1 for the last), for months and years.
    `days`: days of the month (1 to 31, -1 for the last). `months`: of a year. `until` is inclusive.
    """

    unit: Unit
    every: int = 1
    weekdays: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    until: date | None = None
    count: int | None = None

    @property
    def quarterly(self) -> bool:
        """Whether it is said of quarters: 'the last Friday of each quarter' is one in March, June, …"""
        places = self.nth or self.days
        if self.unit != "year" or self.every != 1 or len(places) != 1:
            return False
        return self.months == (QUARTER_ENDS if places[0] < 0 else QUARTER_BEGINS)

    def __str__(self) -> str:
        """The RRULE."""
        byday = [f"{nth or ''}{CODES[day]}" for day in self.weekdays for nth in (self.nth or (0,))]
        parts = [f"FREQ={FREQUENCIES[self.unit]}"]
        parts += [f"INTERVAL={self.every}"] if self.every > 1 else []
        parts += [f"BYMONTH={_joined(self.months)}"] if self.months else []
        parts += [f"BYMONTHDAY={_joined(self.days)}"] if self.days else []
        parts += [f"BYDAY={','.join(byday)}"] if byday else []
        parts += [f"UNTIL={self.until:%Y%m%d}"] if self.until else []
        parts += [f"COUNT={self.count}"] if self.count else []
        return ";".join(parts)


def of_rule(rule: str) -> Rhythm:
    """What an RRULE says. Raises RhythmError: NOT_SAYABLE for a rule without a short form, UNKNOWN for no rule."""
    try:
        check_rule(tidy(rule))
        given = dict(part.split("=", 1) for part in tidy(rule).split(";") if part)
    except ValueError as error:
        raise RhythmError(Reason.UNKNOWN, rule) from error
    frequency = given.pop("FREQ", "")
    unit = next((unit for unit, name in FREQUENCIES.items() if name == frequency), None)
    until, count = given.pop("UNTIL", ""), given.pop("COUNT", "")
    nth, weekdays = _weekdays(given.pop("BYDAY", ""), given.pop("BYSETPOS", ""), rule)
    week_start = given.pop("WKST", "MO")
    try:
        rhythm = Rhythm(
            unit or "day",
            every=int(given.pop("INTERVAL", "1")),
            weekdays=weekdays,
            nth=nth,
            days=_numbers(given.pop("BYMONTHDAY", "")),
            months=_numbers(given.pop("BYMONTH", "")),
            until=datetime.strptime(until[:8], "%Y%m%d").date() if until else None,  # noqa: DTZ007 (a day, not an instant)
            count=int(count) if count else None,
        )
    except ValueError as error:
        raise RhythmError(Reason.UNKNOWN, rule) from error
    fine = not given and _sayable(rhythm) and (week_start == "MO" or rhythm.every == 1)
    if unit is None or not fine:
        raise RhythmError(Reason.NOT_SAYABLE, rule)
    return rhythm


def tidy(rule: str) -> str:
    """The rule as this project keeps it: without RRULE:, in capitals, its end a day ("UNTIL=20191231").

    Other calendars write an instant there, which dateutil refuses beside wall-clock days.
    """
    return _UNTIL.sub(r"\1", rule.strip().upper().removeprefix("RRULE:"))


def check_bounds(rule: str, first: date) -> None:
    """Raises RhythmError for a rule that, from its first day on, never happens, ends before, or goes on too long.

    For any RRULE, also one that cannot be said in words. Rules without an end are fine.
    """
    given = dict(part.split("=", 1) for part in tidy(rule).split(";") if "=" in part)
    interval, count, until = given.get("INTERVAL", "1"), given.get("COUNT", "1"), given.get("UNTIL", "")[:8]
    slowest = next((SLOWEST[unit] for unit, name in FREQUENCIES.items() if name == given.get("FREQ")), 0)
    if int(interval) > slowest or int(count) > MOST or until > f"{first + LONGEST:%Y%m%d}":
        raise RhythmError(Reason.TOO_LONG, rule)
    if until and until < f"{first:%Y%m%d}":
        raise RhythmError(Reason.BACKWARDS, rule)
    wanted = int(count)
    found = sum(1 for _day in islice(days(tidy(rule), first, first + LONGEST), wanted))
    if found < wanted:
        raise RhythmError(Reason.TOO_LONG if found else Reason.NO_SUCH_DAY, rule)


def first_day(rule: str, on_or_after: date) -> date | None:
    """The first day that the rule gives from that day on; None where there is none."""
    return next(days(tidy(rule), on_or_after, on_or_after + LONGEST), None)


def in_order(numbers: Sequence[int]) -> tuple[int, ...]:
    """Each once, upwards, those counted from the end last."""
    return tuple(sorted(set(numbers), key=lambda number: (number < 0, number)))


def _sayable(rhythm: Rhythm) -> bool:
    if rhythm.every < 1 or (rhythm.count is not None and rhythm.until is not None):
        return False
    if any(not (1 <= day <= 31 or day == -1) for day in rhythm.days) or any(n < -1 for n in rhythm.nth):
        return False
    picks = (bool(rhythm.weekdays), bool(rhythm.nth), bool(rhythm.days), bool(rhythm.months))
    match rhythm.unit:
        case "day":
            return picks == (False, False, False, False)
        case "week":
            return picks[1:] == (False, False, False)
        case "month":
            return picks in {(False, False, False, False), (True, True, False, False), (False, False, True, False)}
        case "year":
            if picks == (False, False, True, True):
                return rhythm.quarterly or -1 not in rhythm.days
            return picks in {(False, False, False, False), (True, True, False, True)}


def _weekdays(byday: str, position: str, rule: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Which of which weekdays; `2TU,4TU` is the second and fourth Tuesday, and so is `TU` with BYSETPOS=2,4."""
    pairs = [(int(item[:-2] or 0), CODES.index(item[-2:])) for item in byday.split(",") if item]
    nth, weekdays = in_order([n for n, _day in pairs if n]), tuple(sorted({day for _n, day in pairs}))
    if position and not nth and len(weekdays) == 1:
        return _numbers(position), weekdays
    if position or len({*pairs}) != len(weekdays) * max(len(nth), 1):
        raise RhythmError(Reason.NOT_SAYABLE, rule)
    return nth, weekdays


def _numbers(text: str) -> tuple[int, ...]:
    return in_order([int(item) for item in text.split(",") if item])


def _joined(numbers: Sequence[int]) -> str:
    return ",".join(str(number) for number in numbers)
