"""Periods as people write them: 'next 3 months', 'ce mois-ci', '12 de junio de 2019', 'from june to september'."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

YEARS: Final = range(1900, 2101)
MOST: Final[Mapping[str, int]] = {"day": 36_500, "week": 5_200, "month": 1_200, "year": 100}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, inclusive; None leaves that side open."""

    first: date | None
    last: date | None


def month_of(year: int, month: int) -> Period:
    """A whole month."""
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def year_of(year: int) -> Period:
    """A whole year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def near_month(month: int, today: date, *, past: bool) -> Period:
    """A month without a year: the one that is now or comes next; among past ones the last that has begun."""
    year = today.year
    if past and month > today.month:
        year -= 1
    elif not past and month < today.month:
        year += 1
    return month_of(year, month)


def near_day(month: int, day: int, today: date, *, past: bool) -> Period | None:
    """A day without a year, in the same way. None where there is no such day (29 February finds its next leap year)."""
    step = -1 if past else 1
    for year in range(today.year, today.year + 9 * step, step):
        if day <= monthrange(year, month)[1]:
            found = date(year, month, day)
            if (found <= today) if past else (found >= today):
                return Period(found, found)
    return None


def single_day(year: int, month: int, day: int) -> Period | None:
    """A day; None where there is no such day."""
    if year not in YEARS or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return Period(date(year, month, day), date(year, month, day))


def coming(count: int, unit: str, today: date) -> Period:
    """'next 3 months': from today on."""
    return Period(today, _moved(today, min(count, MOST[unit]), unit))


def gone(count: int, unit: str, today: date) -> Period:
    """'last 3 months': until today."""
    return Period(_moved(today, -min(count, MOST[unit]), unit), None)


def whole(unit: str, today: date, steps: int) -> Period:
    """'this week' (0 steps), 'next month' (1), 'last year' (-1): a whole one of the calendar; weeks begin on Monday."""
    on = _moved(today, steps, unit)
    if unit == "day":
        return Period(on, on)
    if unit == "week":
        monday = on - timedelta(days=on.weekday())
        return Period(monday, monday + timedelta(days=6))
    return month_of(on.year, on.month) if unit == "month" else year_of(on.year)


def _moved(day: date, count: int, unit: str) -> date:
    if unit == "day":
        return day + relativedelta(days=count)
    if unit == "week":
        return day + relativedelta(weeks=count)
    return day + (relativedelta(months=count) if unit == "month" else relativedelta(years=count))
