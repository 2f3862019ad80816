"""The event that somebody means by a name."""

from datetime import date
from pathlib import Path

import pytest

from alliance.filters import Filter
from storage import contentload, events
from storage.store import Store
from storage.values import Found
from tests.storage.small import EVENTS, content

TODAY = date(2019, 4, 3)
SECOND_IN_NEPAL = """
- slug: nepal-second
  section: Nepal
  kind: workshop
  name: {en: Second workshop in Nepal, fr: Second atelier au Népal, es: Segundo taller en Nepal}
  dates: 2019-10
  summary: {en: Follow-up., fr: La suite., es: Seguimiento.}
"""


@pytest.fixture
async def loaded(store: Store, tmp_path: Path) -> Store:
    """The small content with two workshops in Nepal: one is over, the other comes."""
    await contentload.load(store, content(tmp_path, events=EVENTS + SECOND_IN_NEPAL), TODAY)
    return store


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Workshop in Abidjan", "abidjan-workshop"),
        ("ATELIER D'ABIDJAN", "abidjan-workshop"),
        ("second global workshop", "abidjan-workshop"),
        ("abidjan", "abidjan-workshop"),
        ("taller abiyan", "abidjan-workshop"),
        ("abidjan-workshop", "abidjan-workshop"),
        ("workshop in nepal", "nepal-workshop"),
        ("wrokshop in abidjan", "abidjan-workshop"),
        ("high level politcal forum", "hlpf"),
        ("journee mondiale contre le travail", "world-day-against-child-labour"),
    ],
)
async def test_a_name_is_found_as_people_type_it(loaded: Store, words: str, slug: str) -> None:
    assert await events.find(loaded, words, TODAY) == Found(slug)


async def test_a_name_that_several_have_shows_them_the_next_first(loaded: Store) -> None:
    found = await events.find(loaded, "nepal", TODAY)
    assert found == Found(
        None,
        (
            (
                "nepal-second",
                {"en": "Second workshop in Nepal", "fr": "Second atelier au Népal", "es": "Segundo taller en Nepal"},
            ),
            ("nepal-workshop", {"en": "Workshop in Nepal", "fr": "Atelier au Népal", "es": "Taller en Nepal"}),
        ),
    )


async def test_where_more_have_the_name_than_are_shown_it_is_told(store: Store, tmp_path: Path) -> None:
    more = "".join(SECOND_IN_NEPAL.replace("nepal-second", f"nepal-{number}") for number in range(5))
    await contentload.load(store, content(tmp_path, events=EVENTS + more), TODAY)
    found = await events.find(store, "nepal", TODAY)
    assert ([slug for slug, _title in found.near], found.more) == ([f"nepal-{number}" for number in range(5)], True)


async def test_a_wrong_name_shows_the_nearest(loaded: Store) -> None:
    found = await events.find(loaded, "workshop in Abuja", TODAY)
    assert found.slug is None
    assert found.near[0][0] == "abidjan-workshop"


@pytest.mark.parametrize(
    "words", ["", "   ", "🎉🎉", "%", "_", "'; DROP TABLE event; --", "x" * 4000, "‮مرحبا", "\0\x07"]
)
async def test_words_that_name_nothing_find_nothing(loaded: Store, words: str) -> None:
    assert (await events.find(loaded, words, TODAY)).slug is None
    assert len((await events.page(loaded, Filter(), TODAY, 0)).rows) > 0
