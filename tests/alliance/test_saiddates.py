"""A date within a line, on 3 April 2019."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.saiddates import NoSuchDay, SaidDate, read_date
from alliance.tokens import tokens
from alliance.when import Precision
from handlers.tongue import written_day

TODAY = date(2019, 4, 3)
DAY = date(2019, 5, 14)


def read(words: str) -> SaidDate | None:
    found = read_date(tokens(words), 0, TODAY)
    return found[0] if found else None


@pytest.mark.parametrize(
    "words",
    [
        "14 May 2019",
        "the 14th of May 2019",
        "May 14, 2019",
        "14 May, 2019",
        "Tuesday 14 May 2019",
        "le mardi 14 mai 2019",
        "martes, 14 de mayo de 2019",
        "2019-05-14",
        "14/05/2019",
        "14.5.2019",
    ],
)
def test_a_day_is_written_in_many_ways(words: str) -> None:
    assert read(words) == SaidDate(DAY, DAY)


@given(st.dates(date(2019, 4, 4), date(2090, 1, 1)), st.sampled_from(("en", "fr", "es")))
def test_a_day_as_the_bot_writes_it_is_read_back(day: date, language: str) -> None:
    assert read(written_day(day, "d MMMM y", language)) == SaidDate(day, day)


@pytest.mark.parametrize(
    ("words", "first", "last", "year_given"),
    [
        ("20-21 March 2019", date(2019, 3, 20), date(2019, 3, 21), True),
        ("du 20 au 21 mars", date(2020, 3, 20), date(2020, 3, 21), False),
        ("14 and 15 May 2019", DAY, date(2019, 5, 15), True),
        ("May 14-15, 2019", DAY, date(2019, 5, 15), True),
        ("30 June – 2 July 2019", date(2019, 6, 30), date(2019, 7, 2), True),
        ("del 30 de diciembre al 2 de enero de 2020", date(2019, 12, 30), date(2020, 1, 2), True),
        ("30 December - 2 January", date(2019, 12, 30), date(2020, 1, 2), False),
        ("2019-03-20..2019-03-21", date(2019, 3, 20), date(2019, 3, 21), True),
        ("2 May - 30 April", date(2019, 5, 2), date(2019, 4, 30), False),
    ],
)
def test_several_days(words: str, first: date, last: date, year_given: bool) -> None:
    assert read(words) == SaidDate(first, last, year_given=year_given)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("14 may", DAY),
        ("2 April", date(2020, 4, 2)),
        ("3 April", TODAY),
        ("29 February", date(2020, 2, 29)),
        ("tomorrow", date(2019, 4, 4)),
        ("aujourd’hui", TODAY),
        ("next Tuesday", date(2019, 4, 9)),
        ("mercredi", date(2019, 4, 10)),
        ("el próximo jueves", date(2019, 4, 4)),
    ],
)
def test_without_a_year_it_is_the_next_such_day(words: str, day: date) -> None:
    assert read(words) == SaidDate(day, day, year_given=False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("July 2019", SaidDate(date(2019, 7, 1), date(2019, 7, 31), Precision.MONTH)),
        ("mars", SaidDate(date(2020, 3, 1), date(2020, 3, 31), Precision.MONTH, year_given=False)),
        ("before July 2019", SaidDate(date(2019, 6, 30), date(2019, 6, 30), Precision.BEFORE)),
        ("antes de julio de 2019", SaidDate(date(2019, 6, 30), date(2019, 6, 30), Precision.BEFORE)),
        ("2020", SaidDate(date(2020, 1, 1), date(2020, 12, 31), Precision.YEAR)),
        ("hello", None),
        ("14", None),
        ("", None),
    ],
)
def test_what_is_less_exact_stays_so(words: str, said: SaidDate | None) -> None:
    assert read(words) == said


@pytest.mark.parametrize("words", ["30 February 2019", "32 May", "31/06/2019", "2019-13-01", "29 February 2019"])
def test_a_day_that_does_not_exist_is_named(words: str) -> None:
    with pytest.raises(NoSuchDay) as refused:
        read(f"{words}, 15:00")
    assert (refused.value.part, refused.value.weekday_of) == (words, None)


def test_a_weekday_that_is_another_is_named_with_the_day() -> None:
    with pytest.raises(NoSuchDay) as refused:
        read("Monday 14 May 2019 15:00")
    assert (refused.value.part, refused.value.weekday_of) == ("Monday 14 May 2019", DAY)
