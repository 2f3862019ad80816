"""Dates as people read them, as exact as they are known: "17 April 2019", "July 2019 (to be confirmed)".

An all-day matter has the same date for every reader. A time of day is shown in the reader's zone, with the organiser's
wall-clock beside it.
"""

from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from alliance.periods import month_of, year_of
from alliance.when import Precision, When
from handlers.tongue import Tongue
from handlers.views import kit


def written(when: When, t: Tongue, part: str = "") -> str:
    """The date in words for this reader. `part`: a time of day that is only roughly known ("morning session")."""
    if when.start == when.end and when.day_exact and not (when.starts or part):
        return t.day(when.start)
    return _in_words(when, t, part)


@lru_cache(maxsize=8192)
def _in_words(when: When, t: Tongue, part: str) -> str:
    return _qualified(_own_time(when, t) if when.starts else _days(when, t), when, t, part)


def when_elements(when: When, t: Tongue, part: str = "") -> tuple[list[kit.Element], str]:
    """The date as elements of rich text, and in words for those who cannot show them.

    Slack turns a time of day into each reader's zone: a message in a channel is right for everybody.
    """
    words = written(when, t, part)
    if not when.starts:
        return [kit.text(words)], words
    fallback = _own_time(when, t, organiser=False)
    beside = _qualified(f" ({organisers_time(when, t)})", when, t, part)
    return [kit.moment(when.begins_at(), "{date}, {time}", fallback), kit.text(beside)], words


def line_elements(when: When, t: Tongue) -> list[kit.Element]:
    """The date as a line of a list begins with it: "Avril 2019"."""
    return when_elements(when, t)[0] if when.starts else [kit.text(capital(written(when, t)))]


def organisers_time(when: When, t: Tongue) -> str:
    """The wall-clock time where it takes place: "15:00–16:30 Zurich"."""
    ends = f"–{when.ends:%H:%M}" if when.ends else ""
    return f"{when.starts:%H:%M}{ends} {t.city(when.zone or 'UTC')}"


def heading(when: When) -> tuple[int, int]:
    """The year and month under which a list shows it; month 0 for a whole year."""
    if when.precision is Precision.YEAR:
        return when.start.year, 0
    day = when.end if when.precision is Precision.BEFORE else when.start
    return day.year, day.month


def month_heading(month: tuple[int, int], t: Tongue) -> str:
    """That month as the title of a list: "April 2019", "Avril 2019", "2019"."""
    if not month[1]:
        return str(month[0])
    return capital(t.day(date(*month, 1), "MMMM y"))


def capital(words: str) -> str:
    """The words as they begin a line: French and Spanish write months in lower case."""
    return words[:1].upper() + words[1:]


def period(first: date | None, last: date | None, t: Tongue) -> str:
    """Days from first to last in words: "July 2019", "2019", "3 April – 3 October 2019"; "" where both are open."""
    if first and last:
        if (first, last) == (year_of(first.year).first, year_of(first.year).last):
            return str(first.year)
        whole = month_of(first.year, first.month)
        return t.day(first, "MMMM y") if (first, last) == (whole.first, whole.last) else span(first, last, t)
    if first:
        return t._("from {day}", day=t.day(first))
    return t._("until {day}", day=t.day(last)) if last else ""


def span(first: date, last: date, t: Tongue) -> str:
    """The days of something: "17 April 2019", "20–21 March 2019", "30 June – 2 July 2019"."""
    if first == last:
        return t.day(first)
    if (first.year, first.month) == (last.year, last.month):
        begins = "1er" if first.day == 1 and t.language == "fr" else str(first.day)
        return f"{begins}–{t.day(last)}"
    return f"{t.day(first, 'd MMMM' if first.year == last.year else 'd MMMM y')} – {t.day(last)}"


def _days(when: When, t: Tongue) -> str:
    match when.precision:
        case Precision.YEAR:
            return str(when.start.year)
        case Precision.MONTH:
            return t.day(when.start, "MMMM y")
        case Precision.BEFORE:
            return t._("before {month}", month=t.day(date.fromordinal(when.end.toordinal() + 1), "MMMM y"))
        case Precision.DAY:
            return span(when.start, when.end, t)


def _own_time(when: When, t: Tongue, *, organiser: bool = True) -> str:
    """The day and time in the reader's zone, the organiser's beside it where it is another."""
    begins = when.begins_at()
    here = begins.astimezone(ZoneInfo(t.zone))
    days = span(here.date(), here.date() + (when.end - when.start), t)
    words = f"{days}, {t.clock_time(begins, t.zone)}"
    if not organiser:
        return words
    if when.zone and here.replace(tzinfo=None) == begins.astimezone(ZoneInfo(when.zone)).replace(tzinfo=None):
        ends = f"–{when.ends:%H:%M}" if when.ends else ""
        return f"{words}{ends}"
    return f"{words} ({organisers_time(when, t)})"


def _qualified(words: str, when: When, t: Tongue, part: str) -> str:
    """With the rough time of day, and whether the date is certain."""
    said = f"{words}, {part}" if part else words
    return said if when.confirmed else t._("{date} (to be confirmed)", date=said)
