"""How often something recurs: words and rules."""

from datetime import date, datetime, time

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance.rhythm import Reason, Rhythm, RhythmError, check_bounds, first_day, of_rule
from alliance.rhythmreading import Heard, parse
from tests.alliance.rhythms import RHYTHMS, TODAY

MONTHLY = Rhythm("month", weekdays=(1,), nth=(2,))


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("second Tuesday every month", "FREQ=MONTHLY;BYDAY=2TU"),
        ("chaque deuxième mardi du mois", "FREQ=MONTHLY;BYDAY=2TU"),
        ("cada segundo martes del mes", "FREQ=MONTHLY;BYDAY=2TU"),
        ("the first and third Wednesday of every 2 months", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1WE,3WE"),
        ("every two weeks on Monday until December 2019", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20191231"),
        (
            "toutes les deux semaines, le lundi, jusqu’en décembre 2019",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20191231",
        ),
        ("cada dos semanas, el lunes, hasta diciembre de 2019", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20191231"),
        ("every other Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("un mardi sur deux", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("Mondays and Thursdays", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("tous les lundis", "FREQ=WEEKLY;BYDAY=MO"),
        ("los lunes", "FREQ=WEEKLY;BYDAY=MO"),
        ("every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("tous les jours ouvrables", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("daily, 10 times", "FREQ=DAILY;COUNT=10"),
        ("every year on 12 June", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=12"),
        ("chaque année le 12 juin", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=12"),
        ("cada 12 de junio", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=12"),
        ("last Friday of each quarter", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYDAY=-1FR"),
        ("premier lundi de chaque trimestre", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYDAY=1MO"),
        ("quarterly", "FREQ=MONTHLY;INTERVAL=3"),
        ("le 1er de chaque mois", "FREQ=MONTHLY;BYMONTHDAY=1"),
        ("el último día de cada mes", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("le premier lundi d’avril, chaque année", "FREQ=YEARLY;BYMONTH=4;BYDAY=1MO"),
    ],
)
def test_people_say_how_often_in_three_languages(words: str, rule: str) -> None:
    assert str(parse(words, TODAY).rhythm) == rule


def test_the_time_and_the_city_may_stand_beside_it() -> None:
    heard = Heard(MONTHLY, starts=time(15), where="Geneva")
    assert parse("second Tuesday every month at 15:00 Geneva", TODAY) == heard
    assert parse("every month on the second Tuesday from 7 May 2019", TODAY) == Heard(MONTHLY, date(2019, 5, 7))


@pytest.mark.parametrize(
    ("words", "reason", "part"),
    [
        ("hello", Reason.NOTHING, "hello"),
        ("Monday", Reason.NOTHING, "Monday"),
        ("", Reason.NOTHING, ""),
        ("every month on the second Tuesday, if it rains", Reason.UNKNOWN, "if it rains"),
        ("every Monday at 25:00", Reason.UNKNOWN, "25:00"),
        ("every second Tuesday", Reason.AMBIGUOUS, "every second Tuesday"),
        ("every month on Monday", Reason.AMBIGUOUS, "every month on Monday"),
        ("biweekly", Reason.AMBIGUOUS, "biweekly"),
        (
            "first Monday and third Wednesday of every month",
            Reason.AMBIGUOUS,
            "first Monday and third Wednesday of every month",
        ),
        ("every year on 30 February", Reason.NO_SUCH_DAY, "30 February"),
        ("every month on the 32nd", Reason.NO_SUCH_DAY, "every month on the 32nd"),
        ("every 999 weeks", Reason.TOO_LONG, "999 weeks"),
        ("every day, 100000 times", Reason.TOO_LONG, "100000 times"),
        ("every week until 1 January 2019", Reason.BACKWARDS, "every week until 1 January 2019"),
        ("every week until 31 June 2019", Reason.NO_SUCH_DAY, "31 June 2019"),
    ],
)
def test_what_is_not_clear_is_refused_and_the_words_are_named(words: str, reason: Reason, part: str) -> None:
    with pytest.raises(RhythmError) as refused:
        parse(words, TODAY)
    assert (refused.value.reason, refused.value.part) == (reason, part)


@given(st.text(max_size=80))
def test_any_text_is_a_rule_or_a_refusal(words: str) -> None:
    try:
        rhythm = parse(words, TODAY).rhythm
    except RhythmError:
        return
    assert of_rule(str(rhythm)) == rhythm


@given(RHYTHMS)
def test_a_rule_says_what_the_rhythm_says_and_is_read_back(rhythm: Rhythm) -> None:
    assert of_rule(str(rhythm)) == rhythm


@settings(max_examples=40)
@given(RHYTHMS)
def test_every_day_of_a_rule_is_one_that_was_said(rhythm: Rhythm) -> None:
    series = rrulestr(str(rhythm), dtstart=datetime.combine(TODAY, time()))
    for moment in (found for found, _count in zip(series, range(20), strict=False)):
        assert not rhythm.weekdays or moment.weekday() in rhythm.weekdays
        assert not rhythm.months or moment.month in rhythm.months
        assert rhythm.until is None or moment.date() <= rhythm.until


@pytest.mark.parametrize(
    ("rule", "same"),
    [
        ("RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", "FREQ=MONTHLY;BYDAY=2TU"),
        ("freq=weekly;wkst=su;byday=mo", "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=DAILY;UNTIL=20191231T235959Z", "FREQ=DAILY;UNTIL=20191231"),
        ("FREQ=WEEKLY;BYDAY=TH,MO", "FREQ=WEEKLY;BYDAY=MO,TH"),
    ],
)
def test_rules_of_other_calendars_are_brought_into_one_form(rule: str, same: str) -> None:
    assert str(of_rule(rule)) == same


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYDAY=1MO,3WE",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,SU",
    ],
)
def test_a_rule_without_a_short_form_says_so(rule: str) -> None:
    with pytest.raises(RhythmError) as refused:
        of_rule(rule)
    assert refused.value.reason is Reason.NOT_SAYABLE


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("FREQ=WEEKLY;UNTIL=20700101", Reason.TOO_LONG),
        ("FREQ=YEARLY;COUNT=60", Reason.TOO_LONG),
        ("FREQ=DAILY;COUNT=999999", Reason.TOO_LONG),
        ("FREQ=WEEKLY;INTERVAL=3000", Reason.TOO_LONG),
        ("FREQ=WEEKLY;UNTIL=20190101", Reason.BACKWARDS),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", Reason.NO_SUCH_DAY),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", Reason.NO_SUCH_DAY),
    ],
)
def test_a_series_has_bounds(rule: str, reason: Reason) -> None:
    with pytest.raises(RhythmError) as refused:
        check_bounds(rule, TODAY)
    assert refused.value.reason is reason


def test_a_series_without_an_end_is_fine_and_begins_on_its_first_day() -> None:
    check_bounds("FREQ=MONTHLY;BYDAY=2TU", TODAY)
    check_bounds("FREQ=WEEKLY;COUNT=2000", TODAY)
    assert first_day("FREQ=MONTHLY;BYDAY=2TU", TODAY) == date(2019, 4, 9)
    assert first_day("FREQ=MONTHLY;BYDAY=2TU;COUNT=1", date(2019, 4, 9)) == date(2019, 4, 9)
