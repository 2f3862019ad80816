"""Which language a reader gets."""

import pytest

from alliance.languages import first_known, from_locale, in_language


@pytest.mark.parametrize(
    ("locale", "language"),
    [("fr-FR", "fr"), ("es_LA", "es"), ("EN-gb", "en"), ("de-DE", None), ("", None), (None, None), ("french", None)],
)
def test_a_locale_of_slack_names_a_language(locale: str | None, language: str | None) -> None:
    assert from_locale(locale) == language


def test_the_own_choice_comes_before_slack_and_the_channel() -> None:
    assert first_known("es", "fr-FR", "en") == "es"
    assert first_known(None, "fr-FR", "en") == "fr"
    assert first_known(None, "de-DE", "es") == "es"
    assert first_known(None, "de-DE", None) == "en"


def test_a_text_is_shown_in_the_language_or_the_next_best() -> None:
    assert in_language({"en": "Day", "fr": "Jour"}, "fr") == "Jour"
    assert in_language({"en": "Day", "fr": ""}, "fr") == "Day"
    assert in_language({"es": "Día"}, "fr") == "Día"
    assert in_language({}, "fr") == ""
