"""Dates with a precision: '17 April 2019', '20-21 March 2019', 'July 2019 (to be confirmed)', 'before July 2019'."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Precision(StrEnum):
    """How exactly a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    BEFORE = "before"
    """Some day before a month begins: 'before July 2019'."""


@dataclass(frozen=True, slots=True)
class When:
    """When something takes place: first and last day (inclusive), as exact as it is known.

    `starts` and `ends` are wall-clock times in `zone` (an IANA name); without them it is an all-day matter, whose
    dates are the same for every reader. A month stands as its first to its last day.
    """

    start: date
    end: date
    precision: Precision = Precision.DAY
    confirmed: bool = True
    starts: time | None = None
    ends: time | None = None
    zone: str | None = None

    @property
    def day_exact(self) -> bool:
        """True where a day is known and certain, so that reminders can count days from it."""
        return self.precision is Precision.DAY and self.confirmed

    @property
    def sort_key(self) -> str:
        """Sorts as text: a year before its months, a month before its days, all-day before timed."""
        match self.precision:
            case Precision.YEAR:
                return f"{self.start:%Y}-00-00"
            case Precision.MONTH:
                return f"{self.start:%Y-%m}-00"
            case Precision.BEFORE:
                return f"{self.end:%Y-%m-%d}~"
            case Precision.DAY:
                return f"{self.start.isoformat()}{f'T{self.starts:%H:%M}' if self.starts else ''}"

    def begins_at(self, zone: str = "UTC") -> datetime:
        """The instant (UTC) at which it begins: its own time in its own zone, else the start of its day in `zone`."""
        return instant(self.start, self.starts or time(), (self.zone or zone) if self.starts else zone)

    def ends_at(self, zone: str = "UTC") -> datetime:
        """The instant (UTC) at which it is over: its end, an hour after a start without end, else its last midnight."""
        if self.starts and self.ends:
            return instant(self.end, self.ends, self.zone or zone)
        if self.starts:
            return instant(self.end, self.starts, self.zone or zone) + timedelta(hours=1)
        return instant(self.end + timedelta(days=1), time(), zone)

    def on(self, start: date) -> "When":
        """The same on another first day (an occurrence of a series)."""
        return replace(self, start=start, end=start + (self.end - self.start))


def instant(day: date, at: time, zone: str) -> datetime:
    """The instant, in UTC, of a wall-clock time in a zone.

    A time that does not exist that day (clocks go forward) becomes the first valid instant after the gap; one that
    exists twice, the first of both (PEP 495).
    """
    local = datetime.combine(day, at, ZoneInfo(zone))
    utc = local.astimezone(UTC)
    if utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local.replace(tzinfo=None):
        return utc
    return _end_of_gap(utc - timedelta(hours=26), utc + timedelta(hours=26), local.replace(tzinfo=None), zone)


def _end_of_gap(low: datetime, high: datetime, wall: datetime, zone: str) -> datetime:
    """The first instant whose wall-clock time is not before `wall`, to the second."""
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low).total_seconds() // 2)
        if middle.astimezone(ZoneInfo(zone)).replace(tzinfo=None) < wall:
            low = middle
        else:
            high = middle
    return high


_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")


def parse_when(text: str) -> When:
    """Read a date as the content writes it.

    `2019-04-17`, `2019-03-20..2019-03-21`, `2019-07` (some day of July), `2018` (some day of that year) or
    `before 2019-07`. Raises ValueError with a sentence that says what is wrong.
    """
    text = text.strip()
    if match := _RANGE.fullmatch(text):
        start, end = _day(match[1]), _day(match[2])
        if end < start:
            raise ValueError(f"the end {end} is before the start {start}")
        return When(start, end)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return When(_day(text), _day(text))
    if re.fullmatch(r"\d{4}-\d{2}", text):
        first, last = month_days(text)
        return When(first, last, Precision.MONTH)
    if re.fullmatch(r"\d{4}", text):
        return When(date(int(text), 1, 1), date(int(text), 12, 31), Precision.YEAR)
    if re.fullmatch(r"before \d{4}-\d{2}", text):
        last = month_days(text.removeprefix("before "))[0] - timedelta(days=1)
        return When(last, last, Precision.BEFORE)
    raise ValueError(
        f"'{text}' is not a date: write 2019-04-17, 2019-03-20..2019-03-21, 2019-07, 2018 or 'before 2019-07'"
    )


def month_days(text: str) -> tuple[date, date]:
    """First and last day of a month written `2019-07`. Raises ValueError for a month that does not exist."""
    year, month = (int(part) for part in text.split("-"))
    if not 1 <= month <= 12:
        raise ValueError(f"'{text}' is not a month")
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"'{text}' is not a day of the calendar") from error
