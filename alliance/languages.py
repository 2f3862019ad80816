"""The three languages of the Alliance, and how to pick one for a reader."""

from collections.abc import Mapping
from typing import Final, Literal

Language = Literal["en", "fr", "es"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr", "es")
DEFAULT: Final[Language] = "en"

Text = Mapping[str, str]
"""A text of the content in its languages: {"en": …, "fr": …, "es": …}."""


def from_locale(locale: str | None) -> Language | None:
    """The language of a Slack locale such as "fr-FR" or "es-LA"; None where it is not one of ours."""
    code = (locale or "").replace("_", "-").split("-")[0].lower()
    return code if code in LANGUAGES else None


def first_known(*choices: str | None) -> Language:
    """The first of these codes or locales that is one of ours, else English.

    Callers pass them in the order of DESIGN.md: the reader's own choice, their Slack locale, the channel's language.
    """
    for choice in choices:
        if language := from_locale(choice):
            return language
    return DEFAULT


def in_language(text: Text, language: Language) -> str:
    """The text in that language, else in English, else in whichever language there is ("" for none)."""
    return text.get(language) or text.get(DEFAULT) or next(iter(text.values()), "")
