"""Dates as exact as they are known, and the instants that they mean."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.when import Precision, When, instant, month_days, parse_when

ZONES = sorted(available_timezones())
days = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2019-04-17", When(date(2019, 4, 17), date(2019, 4, 17))),
        (" 2019-03-20..2019-03-21 ", When(date(2019, 3, 20), date(2019, 3, 21))),
        ("2019-07", When(date(2019, 7, 1), date(2019, 7, 31), Precision.MONTH)),
        ("2020-02", When(date(2020, 2, 1), date(2020, 2, 29), Precision.MONTH)),
        ("2018", When(date(2018, 1, 1), date(2018, 12, 31), Precision.YEAR)),
        ("before 2019-07", When(date(2019, 6, 30), date(2019, 6, 30), Precision.BEFORE)),
    ],
)
def test_a_date_is_read_as_the_content_writes_it(text: str, when: When) -> None:
    assert parse_when(text) == when


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2019-13-01", "'2019-13-01' is not a day of the calendar"),
        ("2019-02-29", "'2019-02-29' is not a day of the calendar"),
        ("2019-13", "'2019-13' is not a month"),
        ("before 2019-00", "'2019-00' is not a month"),
        ("2019-03-21..2019-03-20", "the end 2019-03-20 is before the start 2019-03-21"),
        ("17 April 2019", "'17 April 2019' is not a date: write 2019-04-17, 2019-03-20..2019-03-21, 2019-07, 2018 or"),
        ("", "'' is not a date"),
    ],
)
def test_a_date_that_makes_no_sense_is_refused_with_a_sentence(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace(".", r"\.")):
        parse_when(text)


def test_dates_sort_as_people_read_them() -> None:
    day = date(2019, 7, 1)
    timed = When(day, day, starts=time(9), zone="UTC")
    dates = [parse_when(text) for text in ("2019", "before 2019-07", "2019-07", "2019-07-01")]
    assert sorted([timed, *dates[::-1]], key=lambda when: when.sort_key) == [
        parse_when("2019"),
        parse_when("before 2019-07"),
        parse_when("2019-07"),
        parse_when("2019-07-01"),
        timed,
    ]


def test_only_a_certain_day_is_exact() -> None:
    assert parse_when("2019-04-17").day_exact
    assert not When(date(2019, 4, 17), date(2019, 4, 17), confirmed=False).day_exact
    assert [parse_when(text).day_exact for text in ("2019-04", "2019", "before 2019-04")] == [False] * 3


def test_an_all_day_matter_lasts_from_midnight_to_midnight_of_the_reader() -> None:
    observance = parse_when("2019-06-12")
    assert observance.begins_at("Asia/Kathmandu") == datetime(2019, 6, 11, 18, 15, tzinfo=UTC)
    assert observance.ends_at("Asia/Kathmandu") == datetime(2019, 6, 12, 18, 15, tzinfo=UTC)


def test_a_timed_matter_is_the_same_instant_for_every_reader() -> None:
    call = When(date(2019, 4, 9), date(2019, 4, 9), starts=time(10, 30), zone="Europe/Zurich")
    for reader in ("UTC", "Pacific/Auckland"):
        assert call.begins_at(reader) == datetime(2019, 4, 9, 8, 30, tzinfo=UTC)
        assert call.ends_at(reader) == datetime(2019, 4, 9, 9, 30, tzinfo=UTC)
    until_noon = When(date(2019, 4, 9), date(2019, 4, 10), starts=time(10, 30), ends=time(12), zone="Europe/Zurich")
    assert until_noon.ends_at() == datetime(2019, 4, 10, 10, tzinfo=UTC)


def test_an_occurrence_keeps_its_length_and_its_time() -> None:
    first = When(date(2019, 4, 9), date(2019, 4, 10), starts=time(9), zone="UTC")
    assert first.on(date(2019, 5, 14)) == When(date(2019, 5, 14), date(2019, 5, 15), starts=time(9), zone="UTC")


@given(days, st.times().map(lambda at: at.replace(microsecond=0)), st.sampled_from(ZONES))
def test_an_instant_shows_the_wanted_time_or_the_first_valid_one_after(day: date, at: time, zone: str) -> None:
    found = instant(day, at, zone)
    wall, wanted = found.astimezone(ZoneInfo(zone)).replace(tzinfo=None), datetime.combine(day, at)
    assert found.tzinfo is UTC
    assert wall >= wanted
    if wall != wanted:
        before = (found - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert before < wanted


def test_a_time_that_exists_twice_is_the_first_of_both() -> None:
    assert instant(date(2019, 10, 27), time(2, 30), "Europe/Zurich") == datetime(2019, 10, 27, 0, 30, tzinfo=UTC)


def test_a_time_that_does_not_exist_is_the_end_of_the_gap() -> None:
    assert instant(date(2019, 3, 31), time(2, 30), "Europe/Zurich") == datetime(2019, 3, 31, 1, tzinfo=UTC)
    # Samoa left out 30 December 2011 altogether.
    assert instant(date(2011, 12, 30), time(9), "Pacific/Apia") == datetime(2011, 12, 30, 10, tzinfo=UTC)


def test_a_month_has_its_days() -> None:
    assert month_days("2019-02") == (date(2019, 2, 1), date(2019, 2, 28))
