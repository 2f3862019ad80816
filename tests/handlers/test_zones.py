"""Time zones as people choose them."""

from datetime import UTC, datetime

import pytest

from handlers import zones
from handlers.tongue import Tongue

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Zurich", "Europe/Zurich"),
        ("africa/nairobi", "Africa/Nairobi"),
        ("Genève", "Europe/Zurich"),
        ("ginebra", "Europe/Zurich"),
        ("Yaounde", "Africa/Douala"),
        ("ciudad de mexico", "America/Mexico_City"),
        ("New York", "America/New_York"),
        ("Pékin", "Asia/Shanghai"),
        ("utc", "UTC"),
        ("Atlantis", None),
        ("", None),
        ("../../etc/passwd", None),
    ],
)
def test_a_city_in_any_language_or_a_zone_name_is_found(typed: str, zone: str | None) -> None:
    assert zones.find(typed) == zone


def test_the_menu_runs_from_west_to_east_and_fits_into_one() -> None:
    choices = zones.choices(Tongue("fr"), NOW, "Asia/Pyongyang")
    assert len(choices) < 100
    assert choices[0] == ("America/Los_Angeles", "Los Angeles (UTC-07:00)")
    assert choices[-1] == ("Pacific/Auckland", "Auckland (UTC+13:00)")
    assert ("Asia/Kathmandu", "Kathmandu (UTC+05:45)") in choices
    assert ("Asia/Pyongyang", "Pyongyang (UTC+09:00)") in choices
