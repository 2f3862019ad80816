"""What time it is elsewhere when a meeting takes place, with nights named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from alliance.fairtimes import is_night
from handlers.tongue import Tongue
from handlers.views import kit


@dataclass(frozen=True, slots=True)
class Where:
    """A country, a region or some people, with the IANA zones that count for them."""

    name: str
    zones: tuple[str, ...]


def list_of_times(at: datetime, day: date, places: Sequence[Where], t: Tongue) -> kit.Element:
    """A line for each place: "Africa: 13:00 Dakar, 16:00 Nairobi". `day` is the day that needs no naming."""
    return kit.bullets(
        [
            kit.text(t._("{place}:", place=place.name) + " ", bold=True),
            kit.text(", ".join(local_time(at, day, zone, t) for zone in place.zones)),
        ]
        for place in places
    )


def local_time(at: datetime, day: date, zone: str, t: Tongue) -> str:
    """ "16:00 Nairobi", "01:00 Fiji on 15 May (night)"."""
    words = f"{t.clock_time(at, zone)} {t.city(zone)}"
    there = at.astimezone(ZoneInfo(zone)).date()
    if there != day:
        words = t._("{time} on {day}", time=words, day=t.day(there, "d MMMM"))
    return t._("{time} (night)", time=words) if is_night(at, zone) else words
