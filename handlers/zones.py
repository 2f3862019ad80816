"""Time zones as people choose them: a menu of the usual ones, and a city typed in any of the three languages."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from alliance.languages import LANGUAGES
from alliance.names import Named, NameIndex
from handlers.tongue import Tongue, place_of

COMMON: Final = (
    "Africa/Abidjan", "Africa/Accra", "Africa/Addis_Ababa", "Africa/Algiers", "Africa/Cairo", "Africa/Casablanca",
    "Africa/Dakar", "Africa/Dar_es_Salaam", "Africa/Harare", "Africa/Johannesburg", "Africa/Kampala",
    "Africa/Kinshasa", "Africa/Lagos", "Africa/Maputo", "Africa/Nairobi", "Africa/Nouakchott", "Africa/Tunis",
    "America/Argentina/Buenos_Aires", "America/Bogota", "America/Caracas", "America/Chicago", "America/Costa_Rica",
    "America/Denver", "America/Guatemala", "America/Halifax", "America/La_Paz", "America/Lima",
    "America/Los_Angeles", "America/Mexico_City", "America/Montevideo", "America/New_York", "America/Panama",
    "America/Port-au-Prince", "America/Santiago", "America/Santo_Domingo", "America/Sao_Paulo", "America/Toronto",
    "Asia/Almaty", "Asia/Amman", "Asia/Baghdad", "Asia/Bangkok", "Asia/Beirut", "Asia/Colombo", "Asia/Dhaka",
    "Asia/Dubai", "Asia/Ho_Chi_Minh", "Asia/Jakarta", "Asia/Kabul", "Asia/Karachi", "Asia/Kathmandu",
    "Asia/Kolkata", "Asia/Manila", "Asia/Phnom_Penh", "Asia/Seoul", "Asia/Shanghai", "Asia/Singapore",
    "Asia/Tashkent", "Asia/Tokyo", "Asia/Yangon", "Australia/Perth", "Australia/Sydney", "Europe/Berlin",
    "Europe/Brussels", "Europe/Dublin", "Europe/Istanbul", "Europe/Kyiv", "Europe/Lisbon", "Europe/London",
    "Europe/Madrid", "Europe/Moscow", "Europe/Paris", "Europe/Rome", "Europe/Tirane", "Europe/Vienna",
    "Europe/Warsaw", "Europe/Zurich", "Indian/Antananarivo", "Pacific/Auckland", "Pacific/Fiji",
    "Pacific/Port_Moresby", "UTC",
)  # fmt: skip

OTHER_CITIES: Final[Mapping[str, tuple[str, ...]]] = {
    "Africa/Casablanca": ("Rabat",),
    "Africa/Dar_es_Salaam": ("Dodoma",),
    "Africa/Douala": ("Yaoundé",),
    "Africa/Johannesburg": ("Pretoria",),
    "Africa/Lagos": ("Abuja",),
    "America/Guayaquil": ("Quito",),
    "America/Los_Angeles": ("San Francisco",),
    "America/New_York": ("Washington", "Washington DC"),
    "America/Sao_Paulo": ("Brasília", "Brasilia", "Rio de Janeiro"),
    "America/Toronto": ("Ottawa", "Montréal", "Montreal"),
    "Asia/Dubai": ("Abu Dhabi",),
    "Asia/Ho_Chi_Minh": ("Hanoi", "Hanoï"),
    "Asia/Karachi": ("Islamabad",),
    "Asia/Kolkata": ("New Delhi", "Delhi", "Mumbai", "Bombay"),
    "Asia/Shanghai": ("Beijing", "Pékin", "Pekín"),
    "Australia/Sydney": ("Canberra",),
    "Europe/Istanbul": ("Ankara",),
    "Europe/Zurich": ("Geneva", "Genève", "Ginebra", "Bern", "Berne", "Berna"),
    "Pacific/Auckland": ("Wellington",),
}
"""Where the Alliance's partners work or meet, and no zone is named after the city."""


def offset(zone: str, now: datetime) -> str:
    """How far its wall clock is from UTC at that moment: "UTC+05:45"."""
    minutes = _minutes(zone, now)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def label(zone: str, t: Tongue, now: datetime) -> str:
    """A zone as a menu shows it: "Kathmandu (UTC+05:45)"."""
    return zone if zone == "UTC" else f"{t.city(zone)} ({offset(zone, now)})"


def place(zone: str, t: Tongue) -> str:
    """A zone without an offset, which changes in the year: "Kathmandu (Asia/Kathmandu)"."""
    return zone if zone == "UTC" else f"{t.city(zone)} ({zone})"


def choices(t: Tongue, now: datetime, current: str) -> list[tuple[str, str]]:
    """Zone and label for a menu, from west to east; `current` is among them whatever it is."""
    zones = sorted({*COMMON, current}, key=lambda zone: (_minutes(zone, now), t.city(zone)))
    return [(zone, label(zone, t, now)) for zone in zones]


def known(zone: str) -> bool:
    """Whether it is a zone of this list, as a menu carries it."""
    return zone in _all_zones()


def exactly(words: str) -> str | None:
    """The IANA zone of that name, or of the city of that name in English, French or Spanish; None where none is."""
    return _by_name().get(words.strip().casefold()) or _by_city(COMMON).exact(words) or _by_city().exact(words)


def find(words: str) -> str | None:
    """The same, also for a misspelt or shortened name."""
    return exactly(words) or _by_city().find(words)


@cache
def _all_zones() -> frozenset[str]:
    """Zones named after a place, and UTC."""
    areas = (
        "Africa/",
        "America/",
        "Antarctica/",
        "Arctic/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    )
    return frozenset(zone for zone in available_timezones() if zone.startswith(areas)) | {"UTC"}


@cache
def _by_name() -> dict[str, str]:
    return {zone.casefold(): zone for zone in _all_zones()}


@cache
def _by_city(zones: tuple[str, ...] | None = None) -> NameIndex:
    """Of these zones, else of all; the tz database has Kathmandu twice, for one."""
    named = []
    for zone in zones or sorted(_all_zones()):
        cities = [place_of(zone, language) for language in LANGUAGES]
        named.append(Named(zone, (zone.rpartition("/")[2].replace("_", " "), *cities, *OTHER_CITIES.get(zone, ()))))
    return NameIndex(named)


def _minutes(zone: str, now: datetime) -> int:
    shift = now.astimezone(ZoneInfo(zone)).utcoffset()
    return int(shift.total_seconds() // 60) if shift else 0
