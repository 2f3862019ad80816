"""The form of an event: what it is, when, where, for whom, and its text in the language of its writer and in others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from alliance.languages import LANGUAGES, Language
from handlers.answers import Block, Modal
from handlers.tongue import Tongue
from handlers.views import kit
from handlers.views.kinds import kind_name
from handlers.views.rhythm import EXAMPLE_RULE, said
from storage.entries import EVENT_KINDS

SUBMIT: Final = "event.check"
TITLE, KIND, SUMMARY, PLACE, LINK, CAPACITY = "title", "kind", "summary", "place", "link", "capacity"
FIRST, LAST, CERTAIN, STARTS, ENDS, ZONE, RHYTHM = "first", "last", "certain", "starts", "ends", "zone", "rhythm"
GROUPS, COUNTRIES, REGIONS, THEMES, SPOKEN = "groups", "countries", "regions", "themes", "spoken"
YES, NO = "yes", "no"

LONGEST_TITLE: Final = 150
LONGEST_SUMMARY: Final = 1_000
LONGEST_PLACE: Final = 150
LONGEST_LINK: Final = 300

Values = Mapping[str, Any]
"""What stands in the fields, by their names: text, or a list of slugs."""

Choice = tuple[str, str]
"""An entry of a menu: what it stands for, and how it is called."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the menus offer, by field: GROUPS, COUNTRIES, REGIONS, THEMES."""

    of: Mapping[str, Sequence[Choice]]


def translated(field: str, language: Language) -> str:
    """The field for a translation of TITLE or SUMMARY."""
    return f"{field}_{language}"


def block_of(field: str, seen: int) -> str:
    """The block of a field, for errors.

    It names the revision, since Slack keeps what was typed into a block of the same name when a form takes another's
    place: who looks again after somebody else's change must see that.
    """
    return f"{field}.{seen}"


def form(
    values: Values, choices: Choices, language: Language, seen: int, memory: str, t: Tongue, *, dated: bool = True
) -> Modal:
    """The form of an event at a revision, 0 for a new one. `language`: that of its own words.

    Not `dated`: when it takes place is changed elsewhere.
    """
    blocks = [
        _line(t._("Title ({language})", language=t.language_name(language)), TITLE, values, LONGEST_TITLE),
        kit.field(t._("Kind"), KIND, _menu(KIND, [(kind, kind_name(kind, t)) for kind in EVENT_KINDS], values, t)),
        *(when_fields(values, t, rhythm=True) if dated else [kit.context(_moves_elsewhere(t))]),
        _line(t._("Place"), PLACE, values, LONGEST_PLACE, hint=t._("A city, a building, or “online”."), optional=True),
        _line(t._("Link"), LINK, values, LONGEST_LINK, hint=t._("It begins with https://"), optional=True),
        _several(t._("Action groups"), GROUPS, choices.of[GROUPS], values, t, t._("None: for the whole Alliance.")),
        _several(t._("Countries"), COUNTRIES, choices.of[COUNTRIES], values, t),
        _several(t._("Regions"), REGIONS, choices.of[REGIONS], values, t),
        _several(t._("Themes"), THEMES, choices.of[THEMES], values, t),
        _several(t._("Languages spoken"), SPOKEN, [(code, t.language_name(code)) for code in LANGUAGES], values, t),
        _line(t._("Places for participants"), CAPACITY, values, 6, hint=t._("Empty: no limit."), optional=True),
        _text(t._("What it is about ({language})", language=t.language_name(language)), SUMMARY, values),
        *_translations(values, language, t),
    ]
    for block in blocks:
        if block["type"] == "input":
            block["block_id"] = block_of(block["block_id"], seen)
    title = t._("Edit the event") if seen else t._("New event")
    return Modal(title, blocks, callback=SUBMIT, submit=t._("Check"), memory=memory)


def when_fields(values: Values, t: Tongue, *, rhythm: bool) -> list[Block]:
    """When it takes place; with `rhythm`, how often as well."""
    fields = [
        _line(t._("Day"), FIRST, values, 80, hint=t._("For example 14 May 2019, 2019-05-14, or only July 2019.")),
        _line(t._("Last day"), LAST, values, 80, hint=t._("Only if it takes several days."), optional=True),
        kit.field(
            t._("Is this date certain?"),
            CERTAIN,
            _menu(CERTAIN, [(YES, t._("Yes")), (NO, t._("No, to be confirmed"))], values, t),
        ),
        _line(t._("From"), STARTS, values, 20, hint=t._("For example 15:00. Empty: all day."), optional=True),
        _line(t._("Until"), ENDS, values, 20, hint=t._("For example 16:30."), optional=True),
        _line(t._("City or time zone of these times"), ZONE, values, 60, optional=True),
    ]
    if rhythm:
        example = t._("For a series only, for example: {example}.", example=said(EXAMPLE_RULE, t))
        fields.append(_line(t._("How often"), RHYTHM, values, 200, hint=example, optional=True))
    return fields


def _moves_elsewhere(t: Tongue) -> str:
    return t._("Meetings of this series have taken place already. To change when it takes place, press Move.")


def _translations(values: Values, language: Language, t: Tongue) -> list[Block]:
    others = [other for other in LANGUAGES if other != language]
    made: list[Block] = [
        kit.context(t._("Translations are optional. Without them, readers of other languages see your own words."))
    ]
    for other in others:
        name = t.language_name(other)
        title = translated(TITLE, other)
        made.append(_line(t._("Title ({language})", language=name), title, values, LONGEST_TITLE, optional=True))
        made.append(_text(t._("What it is about ({language})", language=name), translated(SUMMARY, other), values))
    return made


def _line(label: str, name: str, values: Values, limit: int, *, hint: str = "", optional: bool = False) -> Block:
    element = kit.line_input(name, str(values.get(name) or "")[:limit], limit=limit)
    return kit.field(label, name, element, hint=hint, optional=optional)


def _text(label: str, name: str, values: Values) -> Block:
    element = kit.line_input(name, str(values.get(name) or "")[:LONGEST_SUMMARY], limit=LONGEST_SUMMARY)
    return kit.field(label, name, element | {"multiline": True}, optional=True)


def _menu(name: str, choices: Sequence[Choice], values: Values, t: Tongue) -> kit.Element:
    options = [kit.option(words, value) for value, words in choices]
    return kit.menu(t._("Choose…"), name, options, str(values.get(name) or choices[0][0]))


def _several(label: str, name: str, choices: Sequence[Choice], values: Values, t: Tongue, hint: str = "") -> Block:
    options = [kit.option(words, value) for value, words in choices]
    menu = kit.multi_menu(t._("Choose…"), name, options, values.get(name) or ())
    return kit.field(label, name, menu, hint=hint, optional=True)
