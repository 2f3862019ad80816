"""Meetings that recur."""

from datetime import UTC, date, datetime, time
from time import perf_counter

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from alliance.recurrence import check_rule, occurrences, yearly
from alliance.when import When

MONTHLY = When(date(2019, 1, 8), date(2019, 1, 8), starts=time(10), zone="Europe/Zurich")
SECOND_TUESDAY = "FREQ=MONTHLY;BYDAY=2TU"


def test_a_series_keeps_its_wall_clock_time_across_daylight_saving() -> None:
    found = list(occurrences(MONTHLY, SECOND_TUESDAY, date(2019, 3, 1), date(2019, 4, 30)))
    assert [when.start for when in found] == [date(2019, 3, 12), date(2019, 4, 9)]
    assert [when.begins_at() for when in found] == [
        datetime(2019, 3, 12, 9, tzinfo=UTC),
        datetime(2019, 4, 9, 8, tzinfo=UTC),
    ]


def test_an_occurrence_that_reaches_into_the_days_counts() -> None:
    retreat = When(date(2019, 1, 30), date(2019, 2, 2))
    found = list(occurrences(retreat, "FREQ=YEARLY", date(2020, 2, 1), date(2020, 2, 28)))
    assert found == [When(date(2020, 1, 30), date(2020, 2, 2))]


def test_a_single_event_is_its_only_occurrence() -> None:
    single = When(date(2019, 3, 20), date(2019, 3, 21))
    assert list(occurrences(single, None, date(2019, 3, 21), date(2019, 3, 31))) == [single]
    assert list(occurrences(single, None, date(2019, 3, 22), date(2019, 3, 31))) == []
    assert list(occurrences(single, None, date(2019, 3, 1), date(2019, 3, 19))) == []


def test_a_rule_that_ends_ends() -> None:
    found = occurrences(MONTHLY, f"{SECOND_TUESDAY};COUNT=3", date(2018, 1, 1), date(2030, 1, 1))
    assert [when.start for when in found] == [date(2019, 1, 8), date(2019, 2, 12), date(2019, 3, 12)]


@given(st.dates(date(2019, 1, 1), date(2024, 1, 1)), st.integers(0, 400))
def test_part_of_a_series_is_cut_from_the_whole(first: date, length: int) -> None:
    last = date.fromordinal(first.toordinal() + length)
    whole = occurrences(MONTHLY, "FREQ=WEEKLY;INTERVAL=2", date(2019, 1, 1), date(2026, 1, 1))
    part = list(occurrences(MONTHLY, "FREQ=WEEKLY;INTERVAL=2", first, last))
    assert part == [when for when in whole if first <= when.start <= last]


def test_a_series_that_runs_away_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 2000 occurrences between 2019-01-08 and 2030-01-01"):
        list(occurrences(MONTHLY, "FREQ=DAILY", date(2019, 1, 8), date(2030, 1, 1)))


@pytest.mark.parametrize("unit", ["YEARLY", "MONTHLY", "WEEKLY", "DAILY"])
def test_a_rule_that_never_happens_is_found_out_in_a_moment(unit: str) -> None:
    """dateutil alone would look for 30 February until the year 9999, for up to twenty seconds."""
    begun = perf_counter()
    never = f"FREQ={unit};BYMONTH=2;BYMONTHDAY=30"
    assert list(occurrences(MONTHLY, never, date(2019, 1, 8), date(2029, 1, 8))) == []
    assert perf_counter() - begun < 2


def test_leap_days_and_intervals_are_those_of_the_real_calendar() -> None:
    leap = When(date(2016, 2, 29), date(2016, 2, 29))
    assert [when.start for when in occurrences(leap, "FREQ=YEARLY", date(2017, 1, 1), date(2030, 1, 1))] == [
        date(2020, 2, 29),
        date(2024, 2, 29),
        date(2028, 2, 29),
    ]


@given(
    st.sampled_from(
        ["FREQ=MONTHLY;BYDAY=2TU", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TH", "FREQ=YEARLY;BYMONTH=2;BYDAY=-1FR"]
    ),
    st.sampled_from(["", ";COUNT=7", ";UNTIL=20230601"]),
    st.dates(date(2015, 1, 1), date(2022, 1, 1)),
)
def test_the_days_are_those_of_the_standard(rule: str, end: str, first: date) -> None:
    wall = datetime.combine(first, time())
    expected = [
        at.date()
        for at in rrulestr(rule + end, dtstart=wall).between(wall, datetime.combine(date(2026, 1, 1), time()), inc=True)
    ]
    assert [when.start for when in occurrences(When(first, first), rule + end, first, date(2026, 1, 1))] == expected


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ=DAILY;BYHOUR=9,15",
        "FREQ=DAILY;BYSECOND=0,1,2",
        "RRULE:FREQ=DAILY\nEXDATE:20190514",
        "every month",
        "BYDAY=2TU",
        "FREQ=HOURLY",
        "FREQ=SECONDLY;COUNT=3",
        "FREQ=MONTHLY;BYDAY=9XX",
        "FREQ=DAILY;X=1",
    ],
)
def test_text_that_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match="is not a"):
        check_rule(rule)


def test_a_rule_is_accepted_as_the_content_writes_it() -> None:
    check_rule(SECOND_TUESDAY)
    check_rule("freq=weekly;interval=2;until=20201231")


def test_an_observance_falls_on_its_day_every_year() -> None:
    assert yearly(6, 12, 2019) == When(date(2019, 6, 12), date(2019, 6, 12))
    assert [yearly(2, 29, year).start for year in (2020, 2021)] == [date(2020, 2, 29), date(2021, 2, 28)]
