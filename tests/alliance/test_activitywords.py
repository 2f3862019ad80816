"""Which activities somebody asks for, in the words of three languages."""

import pytest

from alliance.activities import ActivityState
from alliance.activitywords import Asked, asked

OFFICES = ("ILO", "African Union", "Union", "Organisation internationale du Travail")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", Asked(False, frozenset(), frozenset(), "")),
        ("june 2019", Asked(False, frozenset(), frozenset(), "june 2019")),
        ("mine drafted June", Asked(True, frozenset({ActivityState.DRAFTED}), frozenset(), "June")),
        (
            "miennes prêtes, publiées",
            Asked(True, frozenset({ActivityState.READY, ActivityState.PUBLISHED}), frozenset(), ""),
        ),
        ("mías previstas en junio", Asked(True, frozenset({ActivityState.PLANNED}), frozenset(), "en junio")),
        ("african union 2019", Asked(False, frozenset(), frozenset({"African Union"}), "2019")),
        ("ilo union", Asked(False, frozenset(), frozenset({"ILO", "Union"}), "")),
        (
            "mine from 2019-06-01 until 2019-06-30",
            Asked(True, frozenset(), frozenset(), "from 2019-06-01 until 2019-06-30"),
        ),
        ("illo", Asked(False, frozenset(), frozenset(), "illo")),
        (
            "Organisation Internationale du travail, idées",
            Asked(False, frozenset({ActivityState.IDEA}), frozenset({OFFICES[3]}), ""),
        ),
    ],
)
def test_words(words: str, expected: Asked) -> None:
    assert asked(words, OFFICES) == expected
