"""The fields that the form of a channel and that of a member share: what of, in which language, in which zone."""

from collections.abc import Mapping, Sequence
from typing import Final

from alliance.languages import LANGUAGES, Language
from handlers.tongue import Tongue
from handlers.views import kit
from storage.entries import Group
from storage.subjects import COMMON, EVENTS, GROUP, OBSERVANCES

SUBJECTS_FIELD, LANGUAGE_FIELD, ZONE_FIELD, CITY_FIELD = "subjects", "language", "zone", "city"
LANGUAGE_NAMES: Final[Mapping[Language, str]] = {"en": "English", "fr": "Français", "es": "Español"}

Choice = tuple[str, str]
"""An entry of a menu: what it stands for, and how it is called."""


def subject_name(subject: str, groups: Mapping[str, Group], t: Tongue) -> str:
    """What one may be reminded of, in words."""
    if subject == OBSERVANCES:
        return t._("International days")
    if subject == EVENTS:
        return t._("All events")
    if subject == COMMON:
        return t._("Events of the whole Alliance")
    group = groups.get(subject.removeprefix(GROUP))
    return t._("Meetings and events of the group {group}", group=t.text(group.name.model_dump())) if group else subject


def subjects(label: str, hint: str, chosen: Sequence[str], groups: Mapping[str, Group], t: Tongue) -> kit.Element:
    """A menu of everything that one may be reminded of; several may be chosen, or none."""
    names = [OBSERVANCES, EVENTS, COMMON, *(f"{GROUP}{slug}" for slug in groups)]
    options = [kit.option(subject_name(subject, groups, t), subject) for subject in names]
    menu = kit.multi_menu(t._("Choose…"), SUBJECTS_FIELD, options, chosen)
    return kit.field(label, SUBJECTS_FIELD, menu, hint=hint, optional=True)


def language(label: str, chosen: str, t: Tongue, before: Sequence[Choice] = ()) -> kit.Element:
    """A menu of the languages, each in its own; `before`: choices that stand above them."""
    options = [
        kit.option(name, value) for value, name in (*before, *((code, LANGUAGE_NAMES[code]) for code in LANGUAGES))
    ]
    return kit.field(label, LANGUAGE_FIELD, kit.menu(t._("Choose…"), LANGUAGE_FIELD, options, chosen))


def zone(choices: Sequence[Choice], chosen: str, t: Tongue) -> list[kit.Element]:
    """A menu of the usual zones, and a field for a city that is not in it."""
    options = [kit.option(name, value) for value, name in choices]
    return [
        kit.field(t._("Time zone"), ZONE_FIELD, kit.menu(t._("Choose…"), ZONE_FIELD, options, chosen)),
        kit.field(
            t._("Another city"),
            CITY_FIELD,
            kit.line_input(CITY_FIELD, limit=60),
            hint=t._("Only if the right zone is not in the menu above, for example Yaoundé or Africa/Douala."),
            optional=True,
        ),
    ]
