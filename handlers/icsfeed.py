"""Events as an iCalendar feed (RFC 5545) that a calendar program reads again and again.

The same events give the same bytes. A series is one rule with its moved and cancelled meetings as exceptions, so that
a calendar shows it for as long as it goes on. What has no certain day is marked TENTATIVE; what has no day at all
("July 2019") is left out, for a calendar could only show it on a wrong one. What is cancelled or removed stays, as
CANCELLED: a calendar that has it already would otherwise go on showing it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, vRecur
from icalendar import Event as Entry

from alliance.delivery import occurrence_ref
from alliance.recurrence import occurrences, yearly
from alliance.when import Precision, When, instant
from handlers.tongue import Tongue
from storage.entries import Event, Observance
from storage.occurrences import EARLIEST, Taking, takings

UNCHANGED: Final = datetime(2019, 1, 1, tzinfo=UTC)
"""When what the content says was last changed, as far as a calendar program needs to know."""

YEARS_OF_ZONES: Final = (date(2010, 1, 1), date(2040, 1, 1))
_END: Final = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True)
class Version:
    """Which state of an event it is. `changed_at` and `removed` as the database has them."""

    revision: int
    changed_at: datetime | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """The components of one event, and the zones that they name."""

    content: bytes
    zones: frozenset[str]


def piece(entry: Event | Observance, version: Version, horizon: date, t: Tongue) -> Piece:
    """One event, to put together with others; without content where it has no day.

    `horizon`: the last day up to which exceptions of a series are looked for.
    """
    made = _components(entry, version, horizon, t)
    zones = frozenset(zone for zone in (entry.zone if isinstance(entry, Event) else None,) if zone and made)
    return Piece(b"".join(bytes(one.to_ical()) for one in made), zones)


def whole(pieces: Sequence[Piece], name: str) -> bytes:
    """The feed. `name`: what calendar programs call it at first."""
    calendar = Calendar()
    calendar.add("prodid", "-//Alliance 8.7//Alliance bot//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", timedelta(hours=1))
    head = bytes(calendar.to_ical()).removesuffix(_END)
    zones = sorted({zone for one in pieces for zone in one.zones})
    return b"".join((head, *(_zone(zone) for zone in zones), *(one.content for one in pieces), _END))


@lru_cache(maxsize=500)
def _zone(name: str) -> bytes:
    first, last = YEARS_OF_ZONES
    return bytes(Timezone.from_tzid(name, first_date=first, last_date=last).to_ical())


def _components(entry: Event | Observance, version: Version, horizon: date, t: Tongue) -> list[Entry]:
    if isinstance(entry, Observance):
        return [_observance(entry, version, t)]
    if entry.rule is None:
        taking = Taking(entry.lasting_day, entry.when, entry.cancelled)
        return list(_single(entry, taking, version, t))
    return _series(entry, entry.rule, version, horizon, t)


def _observance(entry: Observance, version: Version, t: Tongue) -> Entry:
    first = yearly(entry.month, entry.day, max(entry.since, EARLIEST.year))
    made = _described(entry, f"{entry.slug}.alliance-bot", version, t)
    _times(made, first)
    rule: dict[str, Any] = {"FREQ": "YEARLY"}
    if (entry.month, entry.day) == (2, 29):
        rule |= {"BYMONTH": 2, "BYMONTHDAY": -1}
    made.add("rrule", rule)
    return made


def _single(entry: Event, taking: Taking, version: Version, t: Tongue) -> Iterable[Entry]:
    if taking.when.precision is Precision.DAY:
        ref = occurrence_ref(entry.slug, taking.original_day)
        made = _described(entry, f"{ref}.alliance-bot", version, t)
        _times(made, taking.when)
        _status(made, taking, version)
        yield made


def _series(entry: Event, rule: str, version: Version, horizon: date, t: Tongue) -> list[Entry]:
    """The rule begins with its first meeting: programs count the day that an event begins on as one of its meetings.

    A rule that only dateutil reads becomes its meetings, one by one.
    """
    first = next(occurrences(entry.when, rule, entry.when.start, horizon), None)
    recurs = _rule(rule, first) if first else None
    found = takings(entry, horizon)
    if first is None or recurs is None:
        return [made for taking in found for made in _single(entry, taking, version, t)]
    uid = f"{entry.slug}.alliance-bot"
    main = _described(entry, uid, version, t)
    _times(main, first)
    main.add("rrule", recurs)
    _status(main, Taking(first.start, first, entry.cancelled), version)
    made = [main]
    changed = {change.day for change in entry.changes}
    for taking in found:
        if taking.original_day not in changed:
            continue
        planned = _moment(first.on(taking.original_day))
        if taking.when.precision is not Precision.DAY:
            main.add("exdate", planned)
            continue
        one = _described(entry, uid, version, t)
        one.add("recurrence-id", planned)
        _times(one, taking.when)
        _status(one, taking, version)
        made.append(one)
    return made


def _rule(rule: str, first: When) -> vRecur | None:
    """The rule as calendars read it: its last day is an instant where its meetings have a time."""
    try:
        recurs: vRecur = vRecur.from_ical(rule.removeprefix("RRULE:"))
    except ValueError:
        return None
    for last in recurs.pop("UNTIL", []):
        day = last.date() if isinstance(last, datetime) else last
        recurs["UNTIL"] = [instant(day, first.starts, first.zone or "UTC") if first.starts else day]
    return recurs


def _described(entry: Event | Observance, uid: str, version: Version, t: Tongue) -> Entry:
    changed = version.changed_at or UNCHANGED
    title = entry.name.model_dump()
    made = Entry()
    made.add("uid", uid)
    made.add("dtstamp", changed)
    made.add("last-modified", changed)
    made.add("sequence", version.revision)
    note = t.only_in(title)
    made.add("summary", f"{t.text(title)} ({note})" if note else t.text(title))
    if isinstance(entry, Event) and entry.place:
        made.add("location", t.text(entry.place.model_dump()))
    told = [t.text(words.model_dump()) for words in (entry.summary, entry.ask) if words]
    if told:
        made.add("description", "\n\n".join(told))
    if entry.link:
        made.add("url", entry.link)
    return made


def _status(made: Entry, taking: Taking, version: Version) -> None:
    if taking.cancelled or version.removed:
        made.add("status", "CANCELLED")
    else:
        made.add("status", "CONFIRMED" if taking.when.confirmed else "TENTATIVE")


def _times(made: Entry, when: When) -> None:
    """An all-day event is a date in every zone and takes nobody's time; its end is the day after."""
    made.add("dtstart", _moment(when))
    if when.starts:
        made.add("dtend", when.ends_at().astimezone(ZoneInfo(when.zone or "UTC")))
    else:
        made.add("dtend", when.end + timedelta(days=1))
        made.add("transp", "TRANSPARENT")


def _moment(when: When) -> date | datetime:
    if not when.starts:
        return when.start
    return when.begins_at().astimezone(ZoneInfo(when.zone or "UTC"))
