"""A time of day and a length within a line."""

from datetime import time

import pytest

from alliance.saidtimes import NoSuchTime, SaidTime, has_clock, read_minutes, read_time
from alliance.tokens import tokens


def read(words: str, *, bare: bool = True) -> SaidTime | None:
    found = read_time(tokens(words), 0, bare=bare)
    return found[0] if found else None


@pytest.mark.parametrize(
    "words", ["15:00", "3 pm", "3:00 p.m.", "15h", "15h00", "15 h 00", "at 15:00", "à 15 h", "a las 15", "15 heures"]
)
def test_three_in_the_afternoon(words: str) -> None:
    assert read(words) == SaidTime(time(15))


@pytest.mark.parametrize(
    "words",
    ["15:00-16:30", "15:00 – 16:30", "from 15:00 to 16:30", "de 15h à 16h30", "de 15:00 a 16:30", "3pm to 4:30pm"],
)
def test_from_three_to_half_past_four(words: str) -> None:
    assert read(words) == SaidTime(time(15), time(16, 30))


@pytest.mark.parametrize(
    ("words", "at"), [("noon", 12), ("midi", 12), ("mediodía", 12), ("12 am", 0), ("12 pm", 12), ("at 9", 9), ("8h", 8)]
)
def test_other_times(words: str, at: int) -> None:
    assert read(words) == SaidTime(time(at))


def test_an_hour_by_itself_is_a_length_where_the_line_has_another_time() -> None:
    assert has_clock(tokens("15:00 Geneva, 8h"))
    assert has_clock(tokens("à 15h, 8h"))
    assert not has_clock(tokens("de 15h à 16h30"))
    assert read("8h", bare=False) is None
    assert read("1h") is None
    assert read("at 14 May") is None


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("1h", 60),
        ("1h30", 90),
        ("1 h 30", 90),
        ("1.5 h", 90),
        ("1,5 heure", 90),
        ("90 min", 90),
        ("2 hours", 120),
        ("1 hora 15 min", 75),
        ("for 45 minutes", 45),
        ("2h 9 april", 120),
    ],
)
def test_lengths(words: str, minutes: int) -> None:
    found = read_minutes(tokens(words), 0)
    assert found is not None
    assert found[0] == minutes


@pytest.mark.parametrize("words", ["25:00", "12:60", "13 pm", "0 am"])
def test_a_time_that_does_not_exist_is_named(words: str) -> None:
    with pytest.raises(NoSuchTime) as refused:
        read(words)
    assert refused.value.part == words


@pytest.mark.parametrize("words", ["30h", "0 min", "999h"])
def test_a_length_beyond_a_day_is_named(words: str) -> None:
    with pytest.raises(NoSuchTime) as refused:
        read_minutes(tokens(words), 0)
    assert refused.value.part == words
