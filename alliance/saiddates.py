"""A date as people write it within a line: '14 May 2019', 'du 20 au 21 mars', 'July 2019', 'martes 14 de mayo'.

Read from a certain place on. A day without a year is the next such day; the answer says that the year was not given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from alliance import periods
from alliance.rhythmwords import WEEKDAYS
from alliance.tokens import Token, skip, words
from alliance.when import Precision

_LEAD: Final = words("on the le la el les los du del from de am for pour para")
_OF: Final = words("of de d del du")
_TO: Final = words("to au al a until and et y e")
_AND: Final = words("and et y e")
_NEXT: Final = words("next this coming prochain prochaine proximo proxima ce este")
_BEFORE: Final = words("before avant antes")
_DAYS: Final = {"today": 0, "tomorrow": 1}
_TODAY: Final = "aujourd"
"""'aujourd’hui', cut at its apostrophe."""

HALF_A_YEAR: Final = timedelta(days=183)
"""Without a year, '30 December – 2 January' goes into the next one; '2 May – 30 April' is a slip of the pen."""


class NoSuchDay(ValueError):
    """A day that the calendar does not have, or that is another weekday than was written; the text is what was typed.

    `end` is the place after it; `weekday_of` is the day itself where only its weekday is wrong.
    """

    def __init__(self, part: str, end: int, weekday_of: date | None = None) -> None:
        super().__init__(part)
        self.part, self.end, self.weekday_of = part, end, weekday_of


@dataclass(frozen=True, slots=True)
class SaidDate:
    """First and last day, as exact as was said. `year_given`: False where the next such day was taken.

    `last` is before `first` where it was written so.
    """

    first: date
    last: date
    precision: Precision = Precision.DAY
    year_given: bool = True


def read_date(items: Sequence[Token], at: int, today: date) -> tuple[SaidDate, int] | None:
    """The date that stands there, and the place after it; None for none. Raises NoSuchDay for 30 February."""
    begin = skip(items, at, _LEAD)
    weekday = WEEKDAYS.get(items[begin].plain) if begin < len(items) else None
    if weekday is not None:
        comma = begin + 1 < len(items) and items[begin + 1].kind == "break"
        if found := _dated(items, skip(items, begin + (2 if comma else 1), _LEAD), today):
            return _on_that_weekday(items, begin, weekday, *found)
        return _near_weekday(items, begin, weekday, today)
    if begin < len(items) and items[begin].plain in _NEXT and begin + 1 < len(items):
        weekday = WEEKDAYS.get(items[begin + 1].plain)
        return _near_weekday(items, begin + 1, weekday, today) if weekday is not None else None
    return _dated(items, begin, today)


def _near_weekday(items: Sequence[Token], at: int, weekday: int, today: date) -> tuple[SaidDate, int]:
    """'Tuesday', 'mardi prochain': the next one after today."""
    day = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return SaidDate(day, day, year_given=False), skip(items, at + 1, _NEXT)


def _on_that_weekday(items: Sequence[Token], at: int, weekday: int, said: SaidDate, end: int) -> tuple[SaidDate, int]:
    """Without a year the next one on which that day is that weekday is not looked for: the year must fit."""
    if said.precision is Precision.DAY and said.first.weekday() != weekday:
        raise NoSuchDay(_raw(items, at, end), end, said.first)
    return said, end


def _dated(items: Sequence[Token], at: int, today: date) -> tuple[SaidDate, int] | None:
    if at >= len(items):
        return None
    if items[at].plain in _BEFORE:
        return _before(items, at + 1, today)
    if items[at].plain == _TODAY:
        return SaidDate(today, today, year_given=False), min(at + 2, len(items))
    for days, offset in _DAYS.items():
        if items[at].means(days) is not None:
            day = today + timedelta(days=offset)
            return SaidDate(day, day, year_given=False), at + 1
    if found := _shared_month(items, at, today):
        return found
    if found := _one(items, at, today):
        return _to(items, at, *found, today)
    return _month(items, at, today) or _year(items, at)


def _one(items: Sequence[Token], at: int, today: date) -> tuple[SaidDate, int] | None:
    """A single day: 2019-05-14, 14/05/2019, '14 May 2019', 'May 14, 2019', '14 de mayo'."""
    token = items[at]
    if token.kind in ("iso", "day"):
        numbers = [int(part) for part in token.plain.split()]
        years, months, days = numbers if token.kind == "iso" else numbers[::-1]
        return _exact(items, at, at + 1, days, months, years, today)
    if token.number is not None and (month_at := skip(items, at + 1, _OF)) < len(items):
        if month := _month_number(items, month_at):
            year, end = _year_number(items, skip(items, month_at + 1, _OF), month_at + 1)
            return _exact(items, at, end, token.number, month, year, today)
        return None
    month = _month_number(items, at)
    if month and (day := _day_number(items, at + 1)):
        year, end = _year_number(items, at + 2, at + 2)
        return _exact(items, at, end, day, month, year, today)
    return None


def _to(items: Sequence[Token], at: int, said: SaidDate, end: int, today: date) -> tuple[SaidDate, int]:
    """The other end of a period, where one follows: '30 June – 2 July 2019', '2019-03-20..2019-03-21'."""
    joint = _joint(items, end)
    other = _one(items, skip(items, joint, _LEAD), today) if joint and joint < len(items) else None
    if other is None:
        return said, end
    last, after = other
    first, final = said.first, last.first
    if not said.year_given and last.year_given:
        first = _in_year(items, at, end, first, final.year)
        first = first if first <= final else _in_year(items, at, end, first, final.year - 1)
    elif not last.year_given:
        final = _in_year(items, at, after, final, first.year)
        if final < first - HALF_A_YEAR:
            final = _in_year(items, at, after, final, first.year + 1)
    if items[end].kind != "dash" and items[end].plain in _AND and (final - first).days != 1:
        return said, end
    return SaidDate(first, final, year_given=said.year_given or last.year_given), after


def _shared_month(items: Sequence[Token], at: int, today: date) -> tuple[SaidDate, int] | None:
    """'20-21 March 2019', 'du 20 au 21 mars', 'May 14-15, 2019'."""
    month = _month_number(items, at)
    first_at = at + 1 if month else at
    first = _day_number(items, first_at)
    joint = _joint(items, first_at + 1) if first else None
    last_at = skip(items, joint, _LEAD) if joint else len(items)
    last = _day_number(items, last_at)
    if not first or not last:
        return None
    month_at = at if month else skip(items, last_at + 1, _OF)
    month = month or _month_number(items, month_at)
    if not month:
        return None
    end = max(month_at, last_at) + 1
    year, end = _year_number(items, skip(items, end, _OF), end)
    return _pair(items, at, end, first, last, month, year, today)


def _pair(
    items: Sequence[Token], at: int, end: int, first: int, last: int, month: int, year: int | None, today: date
) -> tuple[SaidDate, int]:
    begins, end = _exact(items, at, end, first, month, year, today)
    ends, _end = _exact(items, at, end, last, month, begins.first.year, today)
    return SaidDate(begins.first, ends.first, year_given=year is not None), end


def _month(items: Sequence[Token], at: int, today: date) -> tuple[SaidDate, int] | None:
    """'July 2019', or 'July': this one or the next."""
    month = _month_number(items, at)
    if not month:
        return None
    year, end = _year_number(items, skip(items, at + 1, _OF), at + 1)
    whole = periods.month_of(year, month) if year else periods.near_month(month, today, past=False)
    return _period(whole, Precision.MONTH, year is not None), end


def _before(items: Sequence[Token], at: int, today: date) -> tuple[SaidDate, int] | None:
    found = _month(items, skip(items, at, _LEAD | _OF), today) if skip(items, at, _LEAD | _OF) < len(items) else None
    if found is None:
        return None
    said, end = found
    last = said.first - timedelta(days=1)
    return SaidDate(last, last, Precision.BEFORE, said.year_given), end


def _year(items: Sequence[Token], at: int) -> tuple[SaidDate, int] | None:
    year, end = _year_number(items, at, at)
    return (_period(periods.year_of(year), Precision.YEAR, True), end) if year else None


def _period(period: periods.Period, precision: Precision, year_given: bool) -> SaidDate:
    first, last = period.first or date.min, period.last or date.max
    return SaidDate(first, last, precision, year_given)


def _exact(
    items: Sequence[Token], at: int, end: int, day: int, month: int, year: int | None, today: date
) -> tuple[SaidDate, int]:
    known = 1 <= month <= 12 and 1 <= day <= 31
    if not known:
        raise NoSuchDay(_raw(items, at, end), end)
    found = periods.single_day(year, month, day) if year else periods.near_day(month, day, today, past=False)
    if found is None or found.first is None:
        raise NoSuchDay(_raw(items, at, end), end)
    return SaidDate(found.first, found.first, year_given=year is not None), end


def _in_year(items: Sequence[Token], at: int, end: int, day: date, year: int) -> date:
    found = periods.single_day(year, day.month, day.day)
    if found is None or found.first is None:
        raise NoSuchDay(_raw(items, at, end), end)
    return found.first


def _joint(items: Sequence[Token], at: int) -> int | None:
    """The place after 'to' or a dash, where one stands."""
    if at < len(items) and (items[at].kind == "dash" or items[at].plain in _TO):
        return at + 1
    return None


def _month_number(items: Sequence[Token], at: int) -> int | None:
    meant = items[at].means("month") if at < len(items) else None
    return int(meant) if meant else None


def _day_number(items: Sequence[Token], at: int) -> int | None:
    number = items[at].number if at < len(items) else None
    return number if number is not None and number <= 99 else None


def _year_number(items: Sequence[Token], at: int, otherwise: int) -> tuple[int | None, int]:
    """The year that stands there and the place after it; else none, and the place to go on from."""
    if at < len(items) and items[at].kind == "break":
        at += 1
    if at < len(items) and items[at].bare_number and len(items[at].raw) == 4 and items[at].number in periods.YEARS:
        return items[at].number, at + 1
    return None, otherwise


def _raw(items: Sequence[Token], at: int, end: int) -> str:
    return " ".join(token.raw for token in items[at:end]).replace(" ,", ",")
