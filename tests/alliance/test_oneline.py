"""One line into the draft of an event, on 3 April 2019, by somebody in Paris."""

from datetime import date, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alliance.linenotes import Names, Problem, Wrong
from alliance.names import Named
from alliance.oneline import Assumed, Draft, read_line
from alliance.rhythm import Reason
from alliance.vocabulary import Vocabulary
from alliance.when import Precision, When
from handlers import zones

TODAY = date(2019, 4, 3)
VOCABULARY = Vocabulary(
    {
        "group": [Named("migration", ("Migration", "Migración")), Named("supply-chains", ("Supply chains",))],
        "country": [Named("nepal", ("Nepal", "Népal"))],
        "region": [Named("africa", ("Africa", "Afrique", "África"))],
    }
)
NAMES = Names(
    zone=zones.exactly,
    near_zone=zones.find,
    topics=VOCABULARY.exact,
    longest=VOCABULARY.longest,
    channels={"ag-migration": "migration", "C0MIGRATION": "migration"},
)
ON_14_MAY = When(date(2019, 5, 14), date(2019, 5, 14))


def at(starts: time, ends: time | None = None, zone: str = "Europe/Zurich", day: date = date(2019, 5, 14)) -> When:
    return When(day, day, starts=starts, ends=ends, zone=zone)


def read(line: str) -> Draft:
    return read_line(line, NAMES, TODAY, "Europe/Paris")


def test_the_line_of_the_issue() -> None:
    assert read("Migration group call, 14 May 2019 15:00 Geneva, 1h") == Draft(
        "Migration group call",
        when=at(time(15), time(16)),
        topics=(("group", "migration"),),
        assumed=frozenset({Assumed.GROUP}),
    )


@pytest.mark.parametrize(
    "line",
    [
        "Migration group call 14 May 2019 15:00 Geneva 1h",
        "Migration group call, May 14, 2019 at 3pm in Geneva, 60 min",
        "Migration group call, Tuesday 14 May 2019, 15:00–16:00 (Geneva)",
        "Migration group call, 2019-05-14, from 15:00 to 16:00 Europe/Zurich",
        "Migration group call, le 14 mai 2019 à 15h Genève, 1h",
        "Migration group call, mardi 14 mai 2019, de 15h à 16h, heure de Genève",
        "Migration group call, 14 de mayo de 2019 a las 15:00 Ginebra, 1 hora",
        "Migration group call, 14.05.2019 15:00 Genva 1h",
    ],
)
def test_the_same_in_many_ways(line: str) -> None:
    draft = read(line)
    assert (draft.title, draft.when, draft.unknown, draft.problems) == (
        "Migration group call",
        at(time(15), time(16)),
        (),
        (),
    )


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("Workshop, 20-21 March 2020", When(date(2020, 3, 20), date(2020, 3, 21))),
        ("Atelier, du 20 au 21 mars 2020", When(date(2020, 3, 20), date(2020, 3, 21))),
        ("Taller, del 30 de junio al 2 de julio de 2019", When(date(2019, 6, 30), date(2019, 7, 2))),
        ("Workshop, July 2019 (TBC)", When(date(2019, 7, 1), date(2019, 7, 31), Precision.MONTH, confirmed=False)),
        ("Atelier, juillet 2019, à confirmer", When(date(2019, 7, 1), date(2019, 7, 31), Precision.MONTH, False)),
        ("Taller, antes de julio de 2019", When(date(2019, 6, 30), date(2019, 6, 30), Precision.BEFORE)),
        ("Work plan, 2020", When(date(2020, 1, 1), date(2020, 12, 31), Precision.YEAR)),
    ],
)
def test_dates_are_as_exact_as_they_are_written(line: str, when: When) -> None:
    assert read(line).when == when


def test_a_day_without_a_year_is_the_next_one_and_the_draft_says_so() -> None:
    draft = read("Call, 2 April 15:00 UTC")
    assert (draft.when, draft.assumed) == (at(time(15), zone="UTC", day=date(2020, 4, 2)), frozenset({Assumed.YEAR}))


def test_a_time_without_a_city_is_in_the_zone_of_who_writes_and_the_draft_says_so() -> None:
    draft = read("Call, 14 May 2019 15:00")
    assert (draft.when, draft.assumed) == (at(time(15), zone="Europe/Paris"), frozenset({Assumed.ZONE}))
    draft = read("Call, 14 May 2019 15:00, Kathmandu")
    assert (draft.when, draft.place, draft.assumed) == (
        at(time(15), zone="Asia/Kathmandu"),
        "Kathmandu",
        frozenset({Assumed.ZONE_OF_PLACE}),
    )


def test_a_call_may_run_past_midnight() -> None:
    assert read("Call, 14 May 2019 23:30 Geneva, 2h").when == When(
        date(2019, 5, 14), date(2019, 5, 15), starts=time(23, 30), ends=time(1, 30), zone="Europe/Zurich"
    )


@pytest.mark.parametrize(
    ("line", "rule", "first"),
    [
        ("Call, second Tuesday every month at 15:00 Geneva, 1h", "FREQ=MONTHLY;BYDAY=2TU", date(2019, 4, 9)),
        ("Appel, chaque deuxième mardi du mois à 15h Genève, 1h", "FREQ=MONTHLY;BYDAY=2TU", date(2019, 4, 9)),
        (
            "Call, 1 June 2019 15:00 Geneva, every second Tuesday of the month, 1h",
            "FREQ=MONTHLY;BYDAY=2TU",
            date(2019, 6, 11),
        ),
        (
            "Call, every two weeks on Monday from 6 May 2019, 15:00 Geneva, 1h",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
            date(2019, 5, 6),
        ),
    ],
)
def test_a_series_begins_on_the_first_day_that_its_rule_gives(line: str, rule: str, first: date) -> None:
    draft = read(line)
    assert (draft.rule, draft.when) == (rule, at(time(15), time(16), day=first))
    assert Assumed.FIRST in draft.assumed


def test_in_the_channel_of_a_group_it_is_for_that_group_unless_another_is_named() -> None:
    draft = read_line("Call, 14 May 2019", NAMES, TODAY, "UTC", "migration")
    assert (draft.topics, draft.assumed) == ((("group", "migration"),), frozenset({Assumed.CHANNEL}))
    draft = read_line("Call, 14 May 2019, supply chains", NAMES, TODAY, "UTC", "migration")
    assert (draft.topics, draft.assumed) == ((("group", "supply-chains"),), frozenset())


def test_group_country_place_and_link_may_stand_anywhere() -> None:
    link = "https://example.org/meeting?id=1"
    assert read(f"Call, {link}, #ag-migration, 14 May 2019, Nepal, Africa, at ILO headquarters") == Draft(
        "Call",
        when=ON_14_MAY,
        place="ILO headquarters",
        link=link,
        topics=(("group", "migration"), ("country", "nepal"), ("region", "africa")),
    )
    assert read("Call, <#C0MIGRATION|x>, 14 May 2019").topics == (("group", "migration"),)
    assert read("Workshop in Nepal, 14 May 2019") == Draft(
        "Workshop in Nepal",
        "workshop",
        ON_14_MAY,
        topics=(("country", "nepal"),),
        assumed=frozenset({Assumed.COUNTRIES}),
    )


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Children, work and school, 14 May 2019", "Children, work and school"),
        ("Every child counts, 14 May 2019", "Every child counts"),
        ("March for children, 14 May 2019", "March for children"),
        ("“Africa, 2020”, 14 May 2019", "Africa, 2020"),
        ("*Bold* <!channel> & co, 14 May 2019", "*Bold* <!channel> & co"),
    ],
)
def test_a_title_is_kept_as_it_is(line: str, title: str) -> None:
    draft = read(line)
    assert (draft.title, draft.when, draft.unknown) == (title, ON_14_MAY, ())


def test_what_nobody_understands_comes_back() -> None:
    draft = read("Call, 14 May 2019 15:00 Geneva, bring cake")
    assert (draft.when, draft.unknown, draft.complete) == (at(time(15)), ("bring cake",), True)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Call", Problem(Wrong.NO_DATE, "")),
        ("Call, 14 May 2019, " + "at " * 80, Problem(Wrong.LONG_LINE, "")),
        (", 14 May 2019", Problem(Wrong.NO_TITLE, "")),
        ("Call, 30 February 2019 15:00 Geneva", Problem(Wrong.DAY, "30 February 2019")),
        ("Reunión, 30 de febrero a las 15:00", Problem(Wrong.DAY, "30 de febrero")),
        ("Call, Monday 14 May 2019", Problem(Wrong.WEEKDAY, "Monday 14 May 2019", day=date(2019, 5, 14))),
        ("Call, 14 May 2019 25:00 Geneva", Problem(Wrong.TIME, "25:00")),
        ("Call, 14 May 2019 15:00 Atlantis", Problem(Wrong.ZONE, "Atlantis")),
        ("Call, 14 May 2019 15:00 Mars/Olympus", Problem(Wrong.ZONE, "Mars/Olympus")),
        ("Call, 21-20 May 2019", Problem(Wrong.END_BEFORE_START, "2019-05-21..2019-05-20")),
        ("Call, 2 May 2019 - 3 June 2020", Problem(Wrong.TOO_LONG, "2019-05-02..2020-06-03")),
        ("Call, 14 May 2019, 1h", Problem(Wrong.LENGTH_WITHOUT_TIME, "1h")),
        ("Call, May 2019 15:00", Problem(Wrong.TIME_WITHOUT_DAY, "15:00")),
        ("Call, 14 May 2019, http://example.org", Problem(Wrong.LINK, "http://example.org")),
        ("Call, 14 May 2019, #kitchen", Problem(Wrong.CHANNEL, "#kitchen")),
        ("Call, every second Tuesday", Problem(Wrong.RHYTHM, "every second Tuesday", Reason.AMBIGUOUS)),
        ("Call, every week until May 2099", Problem(Wrong.RHYTHM, "FREQ=WEEKLY;UNTIL=20990531", Reason.TOO_LONG)),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_guessed(line: str, problem: Problem) -> None:
    draft = read(line)
    assert (draft.problems, draft.complete) == ((problem,), False)


@given(
    st.lists(
        st.sampled_from(
            [
                "Call",
                ",",
                "14 May",
                "2019",
                "15:00",
                "15h",
                "1h",
                "Geneva",
                "every",
                "Monday",
                "to",
                "-",
                "at",
                "2",
                "🦊",
            ]
        ),
        max_size=9,
    ).map(" ".join)
    | st.text(max_size=80)
)
@example("Call, 14 May 2019, at 30 April")
def test_any_line_is_a_draft(line: str) -> None:
    draft = read(line)
    assert draft.complete or draft.problems
    assert draft.when is None or draft.when.start <= draft.when.end
