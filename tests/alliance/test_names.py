"""Names as people type them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alliance.names import Named, NameIndex, plain

COUNTRIES = NameIndex(
    [
        Named("cote-d-ivoire", ("Côte d’Ivoire", "Ivory Coast", "Costa de Marfil")),
        Named("viet-nam", ("Viet Nam", "Vietnam")),
        Named("nepal", ("Nepal", "Népal")),
        Named("niger", ("Niger", "Níger")),
        Named("nigeria", ("Nigeria", "Nigéria")),
        Named("sierra-leone", ("Sierra Leone", "Sierra Leona")),
        Named("guinea", ("Guinea", "Guinée")),
        Named("papua-new-guinea", ("Papua New Guinea",)),
    ]
)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Côte d’Ivoire", "cote d ivoire"),
        ("  ÉVÉNEMENTS\tà venir ", "evenements a venir"),
        ("Cœur & Æther", "coeur aether"),
        ("Straße_8.7", "strasse 8 7"),
        ("🎉 ‮ \0", ""),
        ("Ελλάδα", "ελλαδα"),
    ],
)
def test_a_plain_name_has_no_accents_case_or_signs(text: str, letters: str) -> None:
    assert plain(text) == letters


@given(st.text())
@example("𝕊Ǽ")
def test_a_plain_name_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("cote d'ivoire", "cote-d-ivoire"),
        ("COSTA DE MARFIL", "cote-d-ivoire"),
        ("viet-nam", "viet-nam"),
        ("ivory", "cote-d-ivoire"),
        ("népal", "nepal"),
        ("niger", "niger"),
        ("nigeira", "nigeria"),
        ("sierraleone", "sierra-leone"),
        ("siera leonne", "sierra-leone"),
        ("guinea", "guinea"),
        ("new guinea", "papua-new-guinea"),
        ("atlantis", None),
        ("nep", "nepal"),
        ("nig", None),
        ("", None),
        ("🎉", None),
    ],
)
def test_a_name_is_found_by_what_is_typed(words: str, slug: str | None) -> None:
    assert COUNTRIES.find(words) == slug


def test_a_whole_other_word_is_no_slip() -> None:
    workshops = NameIndex([Named("abidjan", ("Workshop in Abidjan",))])
    assert workshops.close("wrokshop in abijdan") == "abidjan"
    assert workshops.close("workshop in abuja") is None


def test_a_name_that_two_have_means_neither() -> None:
    two = NameIndex([Named("migration", ("Migration",)), Named("migration-theme", ("Migration",))])
    assert two.exact("migration") is None
    assert two.suggest("migration") == ["migration", "migration-theme"]


def test_the_nearest_names_are_offered_best_first() -> None:
    assert COUNTRIES.suggest("nigera", 2) == ["nigeria", "niger"]
    assert COUNTRIES.suggest("xyzzy") == []


@given(st.text(max_size=200))
def test_anything_may_be_typed(words: str) -> None:
    assert COUNTRIES.find(words) is None or isinstance(COUNTRIES.find(words), str)
    assert len(COUNTRIES.suggest(words)) <= 3
