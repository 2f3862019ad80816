"""What the fields of entries may hold: slugs, dates, zones, rules, and texts in the languages of the Alliance."""

from datetime import date
from typing import Annotated, Self
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
    model_validator,
)

from alliance.recurrence import check_rule
from alliance.when import parse_when

ZONES = available_timezones()

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1500)]


def _date_text(value: object) -> object:
    """YAML reads 2019-04-17 as a date and 2018 as a number; both are dates as the content writes them."""
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, int) else value


def _known_date(text: str) -> str:
    parse_when(text)
    return text


def _known_rule(text: str) -> str:
    check_rule(text)
    return text


def _known_zone(text: str) -> str:
    if text not in ZONES:
        raise ValueError(f"'{text}' is not an IANA time zone: write for example Europe/Zurich")
    return text


DateText = Annotated[str, BeforeValidator(_date_text), AfterValidator(_known_date)]
Rule = Annotated[str, AfterValidator(_known_rule)]
Zone = Annotated[str, AfterValidator(_known_zone)]


class Strict(BaseModel):
    """A model that takes no field it does not know, and does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Texts(Strict):
    """A text in one or more of the languages of the Alliance: members write in theirs."""

    en: Sentence | None = None
    fr: Sentence | None = None
    es: Sentence | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.en or self.fr or self.es):
            raise ValueError("a text needs words in at least one language")
        return self

    @model_serializer(mode="wrap")
    def _without_gaps(self, dump: SerializerFunctionWrapHandler) -> dict[str, str]:
        return {language: words for language, words in dump(self).items() if words}


class Words(Texts):
    """A text in the three languages of the Alliance, as everything that the content says."""

    en: Sentence
    fr: Sentence
    es: Sentence


class Names(Strict):
    """Other names under which people look for an entry, by language."""

    en: tuple[Sentence, ...] = ()
    fr: tuple[Sentence, ...] = ()
    es: tuple[Sentence, ...] = ()
