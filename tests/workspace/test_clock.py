"""The workspace's clock, and the file by which another process agrees with it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workspace.clock import Clock

JUNE = datetime(2019, 6, 12, 7, 0, tzinfo=UTC)


def close_to(moment: datetime, expected: datetime) -> bool:
    return timedelta() <= moment - expected < timedelta(seconds=5)


def test_it_starts_today_and_goes_where_it_is_moved() -> None:
    clock = Clock()
    assert (clock.offset_seconds, clock.mode) == (0.0, "today")
    clock.move_to(JUNE)
    assert close_to(clock.now(), JUNE)
    assert clock.mode == "2019"
    clock.move_to(JUNE.replace(year=2031))
    assert clock.mode == "moved"
    clock.use_today()
    assert clock.mode == "today"


def test_the_file_lets_another_process_agree(tmp_path: Path) -> None:
    file = tmp_path / "kept" / "clock.json"
    clock = Clock(JUNE, clock_file=file)
    assert json.loads(file.read_text()) == {"offset_seconds": clock.offset_seconds}
    assert close_to(Clock(clock_file=file).now(), JUNE)
    clock.use_today()
    assert json.loads(file.read_text()) == {"offset_seconds": 0.0}
    assert [path.name for path in file.parent.iterdir()] == ["clock.json"]


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Clock().move_to(datetime(2019, 6, 12))  # noqa: DTZ001 - what is refused is just that it has no zone
