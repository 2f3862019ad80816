"""Recurring events: RRULE (RFC 5545) and an IANA zone; the wall-clock time holds across daylight saving."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Final

from dateutil.rrule import rrulestr

from alliance.when import When

MOST = 2_000
"""More occurrences than this in one expansion are refused: a rule that runs away is a mistake."""

CYCLE: Final = 400
"""Years after which the Gregorian calendar repeats, weekdays included."""

CLOCK_PARTS: Final = ("FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY", "BYHOUR=", "BYMINUTE=", "BYSECOND=")
"""Parts of rules that give more than one time in a day."""


def check_rule(rule: str) -> None:
    """Raises ValueError, with a sentence, for text that is not an RRULE of days, weeks, months or years."""
    upper = rule.strip().upper()
    if "FREQ=" not in upper or len(upper.split()) > 1 or any(part in upper for part in CLOCK_PARTS):
        raise ValueError(
            f"'{rule}' is not a rule of days, weeks, months or years: write for example FREQ=MONTHLY;BYDAY=2TU"
        )
    try:
        rrulestr(rule, dtstart=datetime(2019, 1, 1))  # noqa: DTZ001 (wall-clock time, the zone comes with When)
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"'{rule}' is not an RRULE: {error}") from error


def occurrences(when: When, rule: str | None, first: date, last: date) -> Iterator[When]:
    """The occurrences that touch the days `first` to `last`, in order; without a rule the one that there is.

    Only wall-clock days are counted here; each occurrence keeps the local time of `when` in its own zone.
    Raises ValueError for more than MOST occurrences.
    """
    if rule is None:
        if when.end >= first and when.start <= last:
            yield when
        return
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    until = datetime.strptime(parts["UNTIL"][:8], "%Y%m%d").date() if "UNTIL" in parts else last  # noqa: DTZ007 (a day)
    length = when.end - when.start
    found = 0
    for day in islice(days(rule, when.start, min(until, last)), int(parts["COUNT"]) if "COUNT" in parts else None):
        if day + length < first:
            continue
        found += 1
        if found > MOST:
            raise ValueError(f"more than {MOST} occurrences between {first} and {last}")
        yield when.on(day)


def days(rule: str, first: date, last: date) -> Iterator[date]:
    """The days that the rule gives, counted from `first` on, up to `last`; its own end (COUNT, UNTIL) is ignored.

    dateutil looks for the next day until the year 9999: up to twenty seconds for a 30 February. The calendar repeats
    every 400 years, weekdays included, so the rule is asked in the last of these cycles, where that search is short.
    """
    if last < first:
        return
    shift = (date.max.year - last.year) // CYCLE * CYCLE
    kept = [part for part in rule.upper().split(";") if part and not part.startswith(("COUNT=", "UNTIL="))]
    begin, end = first.replace(year=first.year + shift), last.replace(year=last.year + shift)
    series = rrulestr(";".join([*kept, f"UNTIL={end:%Y%m%d}"]), dtstart=datetime.combine(begin, time()))
    for moment in series:
        yield moment.date().replace(year=moment.year - shift)


def yearly(month: int, day: int, year: int) -> When:
    """A yearly observance in that year; 29 February falls on 28 February in other years."""
    try:
        on = date(year, month, day)
    except ValueError:
        on = date(year, month, day - 1)
    return When(on, on)
