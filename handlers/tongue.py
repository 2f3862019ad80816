"""Words in the reader's language: gettext for sentences, Babel for dates and lists. English is the source text.

`_` and `n` are what Babel's extractor looks for (see the Makefile); a test holds the catalogues complete.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from gettext import NullTranslations
from importlib.resources import files
from io import BytesIO
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_location
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from alliance.languages import LANGUAGES, Language, Text, in_language

LOCALES: dict[Language, str] = {"en": "en_GB", "fr": "fr", "es": "es"}


@cache
def catalogue(language: Language) -> NullTranslations:
    """The catalogue of a language, read from its .po file: translators' tools and the bot read the same file."""
    if language == "en":
        return NullTranslations()
    compiled = BytesIO()
    with files("handlers").joinpath("locales", f"{language}.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language, abort_invalid=True))
    compiled.seek(0)
    return Translations(compiled)


@dataclass(frozen=True, slots=True)
class Tongue:
    """How to speak to one reader: their language and IANA zone."""

    language: Language
    zone: str = "UTC"

    def _(self, message: str, **values: object) -> str:
        """The sentence in this language, its {placeholders} filled in."""
        translated = catalogue(self.language).gettext(message)
        return translated.format(**values) if values else translated

    def n(self, one: str, many: str, count: int, **values: object) -> str:
        """The sentence for that many, {count} and other placeholders filled in."""
        return catalogue(self.language).ngettext(one, many, count).format(count=count, **values)

    def text(self, text: Text | None) -> str:
        """A text of the content in this language ("" for none)."""
        return in_language(text, self.language) if text else ""

    def only_in(self, text: Text | None) -> str:
        """ "only in French", for a text that is not there in this language; "" for one that is, and for none."""
        if not text or text.get(self.language):
            return ""
        shown = self.text(text)
        other = next(code for code in LANGUAGES if text.get(code) == shown)
        return self._("only in {language}", language=self.language_name(other))

    def listed(self, items: Iterable[str], style: str = "standard") -> str:
        """ "a, b and c", as this language writes it; style "or" for a choice."""
        return format_list(list(items), style="or" if style == "or" else "standard", locale=LOCALES[self.language])

    def day(self, day: date, pattern: str = "d MMMM y") -> str:
        """A day as this language writes it: "17 April 2019", "1er juillet 2019", "17 de abril de 2019"."""
        return written_day(day, pattern, self.language)

    def clock_time(self, at: datetime, zone: str) -> str:
        """The wall-clock time of an instant in a zone: "15:00"."""
        return format_time(at.astimezone(ZoneInfo(zone)), "HH:mm", locale=LOCALES[self.language])

    def language_name(self, language: Language) -> str:
        """A language as this one calls it: "anglais", "español"."""
        return str(Locale.parse(LOCALES[self.language]).languages[language])

    def city(self, zone: str) -> str:
        """The place that a zone is named after: "Africa/Dakar" gives "Dakar"."""
        return place_of(zone, self.language)


GENEVA: dict[Language, str] = {"en": "Geneva", "fr": "Genève", "es": "Ginebra"}
"""Where the Alliance's organisers sit; the zone itself is named after Zurich."""


@cache
def place_of(zone: str, language: Language) -> str:
    """The zone's exemplar city in a language (CLDR), "UTC" for UTC."""
    if zone == "Europe/Zurich":
        return GENEVA[language]
    return zone if "/" not in zone else get_timezone_location(zone, locale=LOCALES[language], return_city=True)


SPANISH = {"d MMMM y": "d 'de' MMMM 'de' y", "d MMMM": "d 'de' MMMM", "MMMM y": "MMMM 'de' y"}


@lru_cache(maxsize=8192)
def written_day(day: date, pattern: str, language: Language) -> str:
    """A day by a CLDR pattern, with the 1er of French and the 'de' of Spanish."""
    if language == "es":
        pattern = SPANISH.get(pattern, pattern)
    written = format_date(day, pattern, locale=Locale.parse(LOCALES[language]))
    if language == "fr" and day.day == 1 and pattern.startswith("d "):
        return written.replace("1 ", "1er ", 1)
    return written
