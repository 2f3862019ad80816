"""Lead times: how long before an occurrence its reminders are due, and until when a late one is still of use."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from alliance.names import plain
from alliance.when import When, instant

MORNING: Final = time(9)
"""Reminders that count in days are posted at this hour of the channel's zone."""


@dataclass(frozen=True, slots=True, order=True)
class LeadTime:
    """So many minutes before the start; whole days are counted in the calendar and fall due in the morning."""

    minutes: int

    @property
    def days(self) -> int | None:
        """Whole days, 0 for the day itself; None for a lead time of minutes or hours."""
        return self.minutes // 1440 if self.minutes % 1440 == 0 else None

    def __str__(self) -> str:
        if self.days is not None:
            return f"{self.days}d"
        return f"{self.minutes // 60}h" if self.minutes % 60 == 0 else f"{self.minutes}m"


_UNITS: Final = {
    1: "m min minute minutes minuto minutos",
    60: "h hour hours heure heures hora horas",
    1440: "d day days j jour jours dia dias",
    10080: "w week weeks semaine semaines semana semanas",
}
_MINUTES: Final = {word: minutes for minutes, words in _UNITS.items() for word in words.split()}


def parse_lead(text: str) -> LeadTime:
    """Read `30d`, `2h`, `15m`, `0d` (the day itself), `2 weeks`, `30 jours` or `1 día`.

    Raises ValueError; the longest is 366 days.
    """
    match = re.fullmatch(r"(\d{1,6})\s*([^\W\d]+)", text.strip())
    minutes_each = _MINUTES.get(plain(match[2])) if match else None
    if not match or minutes_each is None:
        raise ValueError(f"'{text}' is not a lead time: write 30d, 2h or 15m")
    minutes = int(match[1]) * minutes_each
    if minutes > 366 * 1440 or (minutes == 0 and minutes_each < 1440):
        raise ValueError(f"'{text}' is not a lead time between 1 minute and 366 days")
    return LeadTime(minutes)


def split_leads(text: str) -> list[str]:
    """The single lead times of a list: between commas, and between a unit and the next number."""
    return re.split(r"\s*[,;]\s*|(?<=[^\W\d])\s+(?=\d)", text.strip().strip(",;").strip())


def parse_leads(text: str) -> tuple[LeadTime, ...]:
    """Read several, separated by commas or spaces, longest first, without repeats. Raises ValueError."""
    if not text.strip():
        return ()
    return tuple(sorted({parse_lead(part) for part in split_leads(text)}, reverse=True))


def written(leads: Sequence[LeadTime]) -> str:
    """The same as `parse_leads` reads: "30d, 7d, 0d"."""
    return ", ".join(str(lead) for lead in leads)


DEFAULTS: Final[Mapping[str, tuple[LeadTime, ...]]] = {
    "observance": parse_leads("30d 7d 0d"),
    "workshop": parse_leads("14d 1d"),
    "meeting": parse_leads("7d 1d 15m"),
}
"""Default lead times by kind; every other kind of event is reminded of like a workshop."""


def leads_for(kind: str, overrides: Mapping[str, Sequence[LeadTime]]) -> tuple[LeadTime, ...]:
    """The lead times of a kind: the channel's own, else the default."""
    family = kind if kind in DEFAULTS else "workshop"
    return tuple(overrides[family]) if family in overrides else DEFAULTS[family]


LATE: Final = timedelta(hours=1)
"""So late a reminder that counts in days is still posted at any hour."""

POLITE: Final = (time(8), time(20))
"""Later than that, it is posted from the first of these hours until before the second, in its target's zone."""


def polite(lead: LeadTime, due_at: datetime, now: datetime, zone: str) -> datetime:
    """When a reminder is to be posted that is due since `due_at` and could be posted `now` (aware; the answer in UTC).

    Now; but one that counts in days and comes more than an hour late, after a downtime, does not ring at night: it
    waits for the next morning in `zone` (IANA), whatever daylight saving does to the night. Minutes never wait.
    Whether it is then still of use is for the caller to judge. The rule: never a reminder at the wrong hour.
    """
    local = now.astimezone(ZoneInfo(zone))
    first, last = POLITE
    if lead.days is None or now - due_at <= LATE or first <= local.time() < last:
        return now
    return instant(local.date() + timedelta(days=local.time() >= last), MORNING, zone)


@dataclass(frozen=True, slots=True)
class Due:
    """One reminder to plan: when it falls due and until when it is still of use (UTC)."""

    lead: LeadTime
    at: datetime
    useful_until: datetime


def due_times(when: When, leads: Sequence[LeadTime], zone: str, morning: time = MORNING) -> list[Due]:
    """When the reminders of an occurrence fall due for a reader in `zone` (IANA), earliest first.

    Nothing for a month-precision or unconfirmed date. Minutes count only where a time of day is known. A reminder is
    of use until the next one falls due, and the last of them until the occurrence is over (or, for one due before the
    first day, until the occurrence begins).
    """
    if not when.day_exact:
        return []
    begins, over = when.begins_at(zone), when.ends_at(zone)
    moments = sorted((at, lead) for lead in leads if (at := _due_at(when, lead, zone, morning)) and at < over)
    limits = [at for at, _lead in moments[1:]]
    if moments:
        limits.append(begins if moments[-1][0] < begins else over)
    return [Due(lead, at, until) for (at, lead), until in zip(moments, limits, strict=True)]


def _due_at(when: When, lead: LeadTime, zone: str, morning: time) -> datetime | None:
    if lead.days is None:
        return when.begins_at(zone) - timedelta(minutes=lead.minutes) if when.starts else None
    first_day = when.begins_at(zone).astimezone(ZoneInfo(zone)).date() if when.starts else when.start
    return instant(first_day - timedelta(days=lead.days), morning, zone)
