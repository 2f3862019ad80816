"""What people type after `/alliance events`, on Wednesday 3 April 2019, and what it means."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.filtering import Understood, parse
from alliance.filters import Filter
from alliance.names import Named
from alliance.vocabulary import Vocabulary

TODAY = date(2019, 4, 3)
VOCABULARY = Vocabulary(
    {
        "country": [
            Named("nepal", ("Nepal", "Népal")),
            Named("chile", ("Chile", "Chili")),
            Named("cote-d-ivoire", ("Côte d’Ivoire", "Ivory Coast")),
        ],
        "region": [Named("africa", ("Africa", "Afrique", "África"))],
        "group": [
            Named("migration", ("Migration", "Migración")),
            Named("rule-of-law", ("Rule of Law and Governance", "État de droit et gouvernance")),
            Named("supply-chains", ("Supply Chains", "Chaînes d’approvisionnement", "Cadenas de suministro")),
        ],
        "theme": [Named("migration", ("Migration",)), Named("child-labour", ("Child labour", "Trabajo infantil"))],
    }
)

AFRICA = frozenset({"region:africa"})
MIGRATION = frozenset({"group:migration", "theme:migration"})


def days(first: str | None, last: str | None = None) -> Filter:
    return Filter(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)


def understood(words: str) -> Understood:
    return parse(words, VOCABULARY, TODAY)


@pytest.mark.parametrize(
    ("words", "filter"),
    [
        ("", Filter()),
        ("july 2019", days("2019-07-01", "2019-07-31")),
        ("2019-07", days("2019-07-01", "2019-07-31")),
        ("juillet 2019", days("2019-07-01", "2019-07-31")),
        ("julio de 2019", days("2019-07-01", "2019-07-31")),
        ("june", days("2019-06-01", "2019-06-30")),
        ("en junio", days("2019-06-01", "2019-06-30")),
        ("february", days("2020-02-01", "2020-02-29")),
        ("april", days("2019-04-01", "2019-04-30")),
        ("sept", days("2019-09-01", "2019-09-30")),
        ("2019", days("2019-01-01", "2019-12-31")),
        ("12 june 2019", days("2019-06-12", "2019-06-12")),
        ("June 12, 2019", days("2019-06-12", "2019-06-12")),
        ("12 de junio", days("2019-06-12", "2019-06-12")),
        ("1er juillet", days("2019-07-01", "2019-07-01")),
        ("12/06/2019", days("2019-06-12", "2019-06-12")),
        ("14-15 May 2019", days("2019-05-14", "2019-05-15")),
        ("2 january", days("2020-01-02", "2020-01-02")),
        ("29 february", days("2020-02-29", "2020-02-29")),
        ("today", days("2019-04-03", "2019-04-03")),
        ("aujourd’hui", days("2019-04-03", "2019-04-03")),
        ("mañana", days("2019-04-04", "2019-04-04")),
        ("next 3 months", days("2019-04-03", "2019-07-03")),
        ("les 3 prochains mois", days("2019-04-03", "2019-07-03")),
        ("próximos tres meses", days("2019-04-03", "2019-07-03")),
        ("sept jours", days("2019-04-03", "2019-04-10")),
        ("next 2 weeks", days("2019-04-03", "2019-04-17")),
        ("next 10 years", days("2019-04-03", "2029-04-03")),
        ("this month", days("2019-04-01", "2019-04-30")),
        ("ce mois-ci", days("2019-04-01", "2019-04-30")),
        ("este mes", days("2019-04-01", "2019-04-30")),
        ("next month", days("2019-05-01", "2019-05-31")),
        ("mois prochain", days("2019-05-01", "2019-05-31")),
        ("next week", days("2019-04-08", "2019-04-14")),
        ("this year", days("2019-01-01", "2019-12-31")),
        ("próximo año", days("2020-01-01", "2020-12-31")),
        ("from june to september", days("2019-06-01", "2019-09-30")),
        ("de juin à septembre", days("2019-06-01", "2019-09-30")),
        ("november to february", days("2019-11-01", "2020-02-29")),
        ("until july", days(None, "2019-07-31")),
        ("before july", days(None, "2019-06-30")),
        ("after 12 june 2019", days("2019-06-13")),
        ("desde julio", days("2019-07-01")),
    ],
)
def test_a_period_is_read_in_any_of_the_three_languages(words: str, filter: Filter) -> None:
    assert (understood(words).filter, understood(words).unknown) == (filter, ())


@pytest.mark.parametrize(
    ("words", "filter"),
    [
        ("past", Filter(past=True)),
        ("passés", Filter(past=True)),
        ("pasados", Filter(past=True)),
        ("past june", Filter(date(2018, 6, 1), date(2018, 6, 30), past=True)),
        ("past march", Filter(date(2019, 3, 1), date(2019, 3, 31), past=True)),
        ("last 3 months", Filter(first=date(2019, 1, 3), past=True)),
        ("mois dernier", Filter(date(2019, 3, 1), date(2019, 3, 31), past=True)),
        ("until 2018", Filter(last=date(2018, 12, 31), past=True)),
    ],
)
def test_what_is_over_is_asked_for_in_plain_words(words: str, filter: Filter) -> None:
    assert understood(words).filter == filter


@pytest.mark.parametrize(
    ("words", "filter"),
    [
        ("africa", Filter(topics=(AFRICA,))),
        ("AFRIQUE", Filter(topics=(AFRICA,))),
        ("nepl", Filter(topics=(frozenset({"country:nepal"}),))),
        ("cote divoire", Filter(topics=(frozenset({"country:cote-d-ivoire"}),))),
        ("migration", Filter(topics=(MIGRATION,))),
        ("rule of law", Filter(topics=(frozenset({"group:rule-of-law"}),))),
        ("cadenas de suministro", Filter(topics=(frozenset({"group:supply-chains"}),))),
        ("nepal chile", Filter(topics=(frozenset({"country:nepal", "country:chile"}),))),
        ("migration africa", Filter(topics=(AFRICA, MIGRATION))),
        ("workshops", Filter(kinds=frozenset({"workshop"}))),
        ("ateliers et réunions", Filter(kinds=frozenset({"workshop", "meeting"}))),
        (
            "talleres en África en mayo de 2019",
            Filter(date(2019, 5, 1), date(2019, 5, 31), topics=(AFRICA,), kinds=frozenset({"workshop"})),
        ),
    ],
)
def test_topics_are_found_by_name_in_any_order_and_spelling(words: str, filter: Filter) -> None:
    assert (understood(words).filter, understood(words).unknown) == (filter, ())


def test_unknown_words_come_back_as_typed_with_the_nearest_that_mean_something() -> None:
    assert understood("africa Xyzzy workshops, nipal") == Understood(
        Filter(topics=(AFRICA,), kinds=frozenset({"workshop"})),
        topics=(("region", "africa"), ("kind", "workshop")),
        unknown=("Xyzzy", "nipal"),
        suggestions={"Xyzzy": (), "nipal": (("country", "nepal"),)},
        canonical="africa workshops",
    )


@pytest.mark.parametrize("words", ["2019-13", "31 june 2019", "2019-02-30", "🎉", "مرحبا", "12", "30 february", "3000"])
def test_what_is_no_date_and_no_name_is_unknown(words: str) -> None:
    assert (understood(words).filter, understood(words).unknown) == (Filter(), (words,))


def test_relative_words_stay_what_they_were_on_the_next_page() -> None:
    assert understood("next 6 months africa").canonical == "from 2019-04-03 until 2019-10-03 africa"


PIECES = [
    "next 3 months",
    "past",
    "june",
    "2019",
    "2019-07",
    "africa",
    "nepal",
    "workshops",
    "until july",
    "xyz",
    "12 mai",
]


@given(words=st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=5).map(" ".join)))
def test_any_text_is_understood_and_its_canonical_words_mean_the_same(words: str) -> None:
    first = understood(words)
    again = parse(first.canonical, VOCABULARY, date(2019, 4, 5))

    assert (again.filter, again.topics, again.unknown) == (first.filter, first.topics, ())
