"""Recurring events: RRULE (RFC 5545) and an IANA zone; the wall-clock time holds across daylight saving."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from dateutil.rrule import rrulestr

from alliance.when import When

MOST = 2_000
"""More occurrences than this in one expansion are refused: a rule that runs away is a mistake."""


def check_rule(rule: str) -> None:
    """Raises ValueError, with a sentence, for text that is not an RRULE of days, weeks, months or years."""
    if "FREQ=" not in rule.upper() or any(
        f"FREQ={unit}" in rule.upper() for unit in ("SECONDLY", "MINUTELY", "HOURLY")
    ):
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
    series = rrulestr(rule, dtstart=datetime.combine(when.start, time()))
    length = when.end - when.start
    from_day = datetime.combine(first - length, time())
    count = 0
    for moment in takewhile(lambda at: at.date() <= last, series.xafter(from_day - timedelta(days=1))):
        if moment < from_day:
            continue
        count += 1
        if count > MOST:
            raise ValueError(f"more than {MOST} occurrences between {first} and {last}")
        yield when.on(moment.date())


def yearly(month: int, day: int, year: int) -> When:
    """A yearly observance in that year; 29 February falls on 28 February in other years."""
    try:
        on = date(year, month, day)
    except ValueError:
        on = date(year, month, day - 1)
    return When(on, on)
