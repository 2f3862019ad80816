"""Every sentence in French and Spanish: complete, with the same placeholders, written as these languages are."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent.parent
KEYWORDS = DEFAULT_KEYWORDS | {"_": None, "n": (1, 2)}


def sentences() -> set[str | tuple[str, ...]]:
    """What the code says, as `make messages` finds it."""
    return {found[2] for found in extract_from_dir(ROOT / "handlers", keywords=KEYWORDS)}


def catalogue(language: str) -> Catalog:
    with files("handlers").joinpath("locales", f"{language}.po").open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def texts(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


@pytest.mark.parametrize("language", ["fr", "es"])
def test_says_every_sentence_and_no_other(language: str) -> None:
    assert {texts(message.id) for message in messages(language)} == {texts(sentence) for sentence in sentences()}


@pytest.mark.parametrize("language", ["fr", "es"])
def test_nothing_is_left_empty_or_doubtful(language: str) -> None:
    assert [m.id for m in messages(language) if m.fuzzy or not texts(m.string) or not all(texts(m.string))] == []


@pytest.mark.parametrize("language", ["fr", "es"])
def test_keeps_the_placeholders(language: str) -> None:
    def names(text: str) -> set[str]:
        return set(re.findall(r"{(\w*)}", text))

    wrong = [m.id for m in messages(language) if any(names(text) != names(texts(m.id)[-1]) for text in texts(m.string))]
    assert wrong == []


def test_french_has_its_spaces_and_apostrophes() -> None:
    breaks_the_rules = re.compile(
        r"[^\u00a0\u202f/\d{]:(?=\s|$)|[^\u202f\u00a0];|[^\u202f\u00a0][?]|'|«(?![\u202f\u00a0])|!"
    )
    assert [text for m in messages("fr") for text in texts(m.string) if breaks_the_rules.search(text)] == []


def test_spanish_opens_its_questions_and_is_calm() -> None:
    assert [t for m in messages("es") for t in texts(m.string) if ("?" in t) != ("¿" in t) or "!" in t] == []
