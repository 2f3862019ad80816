"""Dates as they are shown: as exact as they are known, in three languages, for readers in any zone."""

from datetime import date, datetime, time

import pytest

from alliance.when import When, parse_when
from handlers.tongue import Tongue
from handlers.views.dates import period, when_elements, written

EN, FR, ES = Tongue("en"), Tongue("fr"), Tongue("es")


@pytest.mark.parametrize(
    ("dates", "english", "french", "spanish"),
    [
        ("2019-04-17", "17 April 2019", "17 avril 2019", "17 de abril de 2019"),
        ("2019-07-01", "1 July 2019", "1er juillet 2019", "1 de julio de 2019"),
        ("2019-03-20..2019-03-21", "20–21 March 2019", "20–21 mars 2019", "20–21 de marzo de 2019"),
        ("2019-07-01..2019-07-02", "1–2 July 2019", "1er–2 juillet 2019", "1–2 de julio de 2019"),
        (
            "2019-06-30..2019-07-02",
            "30 June – 2 July 2019",
            "30 juin – 2 juillet 2019",
            "30 de junio – 2 de julio de 2019",
        ),
        (
            "2019-12-31..2020-01-01",
            "31 December 2019 – 1 January 2020",
            "31 décembre 2019 – 1er janvier 2020",
            "31 de diciembre de 2019 – 1 de enero de 2020",
        ),
        ("2019-07", "July 2019", "juillet 2019", "julio de 2019"),
        ("2018", "2018", "2018", "2018"),
    ],
)
def test_a_date_is_written_as_exactly_as_it_is_known(dates: str, english: str, french: str, spanish: str) -> None:
    assert [written(parse_when(dates), t) for t in (EN, FR, ES)] == [english, french, spanish]


def test_what_is_uncertain_says_so() -> None:
    july, day = parse_when("2019-07"), parse_when("2019-07-17")
    tentative = When(day.start, day.end, confirmed=False)

    assert written(parse_when("before 2019-07"), EN) == "before July 2019"
    assert written(When(july.start, july.end, july.precision, confirmed=False), EN) == "July 2019 (to be confirmed)"
    assert written(tentative, EN, "morning session") == "17 July 2019, morning session (to be confirmed)"


CALL = When(date(2019, 7, 17), date(2019, 7, 17), starts=time(15), ends=time(16, 30), zone="Europe/Zurich")


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Zurich", "17 July 2019, 15:00–16:30"),
        ("Europe/Paris", "17 July 2019, 15:00–16:30"),
        ("Africa/Nairobi", "17 July 2019, 16:00 (15:00–16:30 Geneva)"),
        ("Asia/Kathmandu", "17 July 2019, 18:45 (15:00–16:30 Geneva)"),
        ("Pacific/Auckland", "18 July 2019, 01:00 (15:00–16:30 Geneva)"),
    ],
)
def test_a_time_is_shown_in_the_readers_zone_with_the_organisers_beside_it(zone: str, words: str) -> None:
    assert written(CALL, Tongue("en", zone)) == words


def test_in_a_message_slack_turns_a_time_into_each_readers_own() -> None:
    elements, words = when_elements(CALL, Tongue("en", "Africa/Nairobi"))

    assert words == "17 July 2019, 16:00 (15:00–16:30 Geneva)"
    assert elements == [
        {
            "type": "date",
            "timestamp": int(datetime.fromisoformat("2019-07-17T13:00+00:00").timestamp()),
            "format": "{date}, {time}",
            "fallback": "17 July 2019, 16:00",
        },
        {"type": "text", "text": " (15:00–16:30 Geneva)"},
    ]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])
def test_an_all_day_date_never_shifts(zone: str) -> None:
    assert written(parse_when("2019-06-12"), Tongue("en", zone)) == "12 June 2019"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2019-07-01", "2019-07-31", "July 2019"),
        ("2019-01-01", "2019-12-31", "2019"),
        ("2019-04-03", "2019-10-03", "3 April – 3 October 2019"),
        ("2019-04-03", "2019-04-03", "3 April 2019"),
        ("2019-04-03", None, "from 3 April 2019"),
        (None, "2019-04-03", "until 3 April 2019"),
        (None, None, ""),
    ],
)
def test_a_period_is_said_in_words(first: str | None, last: str | None, words: str) -> None:
    days = [date.fromisoformat(day) if day else None for day in (first, last)]

    assert period(days[0], days[1], EN) == words
