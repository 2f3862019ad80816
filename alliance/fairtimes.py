"""Fair times for a meeting across time zones: how hard each time is for whom, and whose turn it is to carry it.

A time in somebody's working hours costs them nothing, an hour or two before or after 1, an evening or a free day 2, a
night 3. What weighs is the square, so that one night is worse than three early mornings; and what somebody has carried
in past meetings counts, so that over a series the burden goes round.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from alliance.when import instant

NEAR, EVENING, NIGHT = 1, 2, 3
NIGHT_BEGINS, NIGHT_ENDS = time(22), time(7)
NEAR_MINUTES: Final = 120
STEP: Final = timedelta(minutes=30)
"""Meetings begin at the hour or half past, by the clock of who asks."""

LONGEST_RANGE: Final = 31
"""Days in which a time is looked for."""

LENGTHS: Final = range(15, 8 * 60 + 1)
"""Minutes of a meeting."""

APART: Final = timedelta(hours=2)
"""Two proposals of one day are at least so far from each other."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody works, by their own clock; `days`: 0 is Monday."""

    starts: time = time(9)
    ends: time = time(17)
    days: frozenset[int] = frozenset(range(5))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is to come: who, in which IANA zone, working when."""

    id: str
    zone: str
    hours: Hours = Hours()


@dataclass(frozen=True, slots=True)
class Slot:
    """A time for the meeting (UTC). `burdens`: what it costs whom; `score`: what it is ranked by, less is better."""

    start: datetime
    end: datetime
    burdens: Mapping[str, int]
    score: int

    @property
    def total(self) -> int:
        """What it costs all together."""
        return sum(self.burdens.values())

    @property
    def at_night(self) -> tuple[str, ...]:
        """Who would be up at night."""
        return tuple(person for person, burden in self.burdens.items() if burden == NIGHT)


def is_night(at: datetime, zone: str) -> bool:
    """Whether it is between 22:00 and 7:00 there."""
    local = at.astimezone(ZoneInfo(zone)).time()
    return local >= NIGHT_BEGINS or local < NIGHT_ENDS


def burden(zone: str, hours: Hours, start: datetime, end: datetime) -> int:
    """What a meeting costs somebody there: the worst of all that it touches."""
    own = ZoneInfo(zone)
    return max(_at(moment.astimezone(own), hours) for moment in _moments(start, end))


def carried(people: Sequence[Person], meetings: Iterable[tuple[datetime, datetime]]) -> dict[str, int]:
    """What these past meetings (start and end) have cost each of them so far."""
    borne = dict.fromkeys((person.id for person in people), 0)
    for start, end in meetings:
        for (zone, hours), alike in _alike(people).items():
            cost = burden(zone, hours, start, end)
            for person in alike:
                borne[person.id] += cost
    return borne


def propose(
    people: Sequence[Person],
    minutes: int,
    days: tuple[date, date],
    zone: str,
    borne: Mapping[str, int],
    not_before: datetime,
    most: int = 5,
) -> tuple[Slot, ...]:
    """The fairest times on these days (first and last, in `zone`), best first: on several days rather than one.

    `borne`: what each has carried so far (see `carried`). Raises ValueError for days or minutes beyond bounds.
    """
    first, last = days
    if not 0 <= (last - first).days < LONGEST_RANGE or minutes not in LENGTHS:
        raise ValueError(f"{first}..{last}, {minutes} minutes: beyond bounds")
    least = min((borne.get(person.id, 0) for person in people), default=0)
    alike = _alike(people)
    weights = [
        (_Costs(where, hours), len(those), sum(borne.get(person.id, 0) - least for person in those))
        for (where, hours), those in alike.items()
    ]
    length, over = timedelta(minutes=minutes), instant(last + timedelta(days=1), time(), zone)
    ranked = []
    for start in _starts(first, last, zone):
        if start < not_before or start + length > over:
            continue
        score = total = 0
        for costs, count, so_far in weights:
            cost = costs.of(start, start + length)
            score += cost * cost * count + 2 * cost * so_far
            total += cost * count
        ranked.append((score, total, start))
    return tuple(
        Slot(start, start + length, _burdens(alike, start, start + length), score)
        for score, _total, start in _spread(sorted(ranked), zone, most)
    )


Ranked = tuple[int, int, datetime]
"""Score, total and start."""


class _Costs:
    """What each moment costs somebody; every moment is looked up once though many meetings touch it."""

    def __init__(self, zone: str, hours: Hours) -> None:
        self._zone, self._hours = ZoneInfo(zone), hours
        self._known: dict[datetime, int] = {}

    def of(self, start: datetime, end: datetime) -> int:
        """What a meeting costs: the worst of all that it touches."""
        return max(self._at(moment) for moment in _moments(start, end))

    def _at(self, moment: datetime) -> int:
        cost = self._known.get(moment)
        if cost is None:
            cost = self._known[moment] = _at(moment.astimezone(self._zone), self._hours)
        return cost


def _burdens(alike: Mapping[tuple[str, Hours], Sequence[Person]], start: datetime, end: datetime) -> dict[str, int]:
    costs = {(zone, hours): burden(zone, hours, start, end) for zone, hours in alike}
    return {person.id: costs[shared] for shared, those in alike.items() for person in those}


def _spread(ranked: Sequence[Ranked], zone: str, most: int) -> list[Ranked]:
    """The best ones, on as many days as there are; of one day not two that are nearly the same."""
    own = ZoneInfo(zone)
    a_day = -(-most // max(len({start.astimezone(own).date() for _score, _total, start in ranked}), 1))
    chosen: list[Ranked] = []
    for candidate in ranked:
        start = candidate[2]
        day = start.astimezone(own).date()
        same = [other for _s, _t, other in chosen if other.astimezone(own).date() == day]
        if len(same) < a_day and all(abs(start - other) >= APART for other in same):
            chosen.append(candidate)
        if len(chosen) == most:
            break
    return chosen


def _starts(first: date, last: date, zone: str) -> Iterator[datetime]:
    """Every half hour by the clock there; one that daylight saving leaves out, or repeats, comes once."""
    seen = None
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        for half_hour in range(48):
            at = instant(day, time(half_hour // 2, half_hour % 2 * 30), zone)
            if at != seen:
                yield at
            seen = at


def _moments(start: datetime, end: datetime) -> Iterator[datetime]:
    """The start, every half hour, and the last minute."""
    at = start
    while at < end:
        yield at
        at += STEP
    yield end - timedelta(minutes=1)


def _at(local: datetime, hours: Hours) -> int:
    clock = local.time()
    if clock >= NIGHT_BEGINS or clock < NIGHT_ENDS:
        return NIGHT
    if local.weekday() not in hours.days:
        return EVENING
    if hours.starts <= clock < hours.ends:
        return 0
    now, begins, ends = (at.hour * 60 + at.minute for at in (clock, hours.starts, hours.ends))
    return NEAR if begins - NEAR_MINUTES <= now < ends + NEAR_MINUTES else EVENING


def _alike(people: Sequence[Person]) -> dict[tuple[str, Hours], list[Person]]:
    """People of one zone and the same hours feel the same."""
    found: dict[tuple[str, Hours], list[Person]] = {}
    for person in people:
        found.setdefault((person.zone, person.hours), []).append(person)
    return found
