"""In which cities it is what time when something takes place: those of the countries and regions that are invited."""

from collections.abc import Mapping, Sequence
from typing import Final

from babel.core import get_global

from alliance.words import Meaning
from handlers.tongue import Tongue
from handlers.topics import name_of
from handlers.views.localtimes import Where
from handlers.zones import COMMON
from storage.library import Library

CITIES: Final[Mapping[str, tuple[str, ...]]] = {
    "africa": ("Africa/Dakar", "Africa/Lagos", "Africa/Nairobi"),
    "americas": ("America/Mexico_City", "America/Lima", "America/Santiago"),
    "asia-pacific": ("Asia/Kathmandu", "Asia/Ho_Chi_Minh", "Pacific/Fiji"),
    "europe-central-asia": ("Europe/Zurich", "Asia/Almaty"),
}
"""From the west to the east of each region, where partners sit: a region of the content that is not here has none."""

SEATS: Final[Mapping[str, str]] = {"african-union": "Africa/Addis_Ababa"}
"""Bodies that stand among the countries and have no country code."""


def invited(topics: Sequence[Meaning], library: Library, t: Tongue) -> list[Where]:
    """The countries that something is for, and its regions; all regions where it names neither."""
    countries = [slug for kind, slug in topics if kind == "country" and slug in library.countries]
    regions = [slug for kind, slug in topics if kind == "region" and slug in library.regions]
    if not countries and not regions:
        regions = list(library.regions)
    return [
        *(
            Where(name_of(("country", slug), library, t), (zone,))
            for slug in countries
            if (zone := _zone(slug, library))
        ),
        *(Where(name_of(("region", slug), library, t), CITIES[slug]) for slug in regions if slug in CITIES),
    ]


def _zone(country: str, library: Library) -> str | None:
    """The zone of a country's clocks; of several the one that menus show (CLDR lists them by territory)."""
    if country in SEATS:
        return SEATS[country]
    zones: list[str] = get_global("territory_zones").get(library.countries[country].code or "", [])
    return next((zone for zone in zones if zone in COMMON), zones[0] if zones else None)
