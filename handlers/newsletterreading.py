"""What the forms of a newsletter say, as its content: title, readers and time; and a section in three languages."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from alliance.edition import LONGEST_TITLE, Edition, Section
from alliance.languages import LANGUAGES, Language, first_known
from alliance.newsletters import NOBODY, Content, Issue, Plan, Timing, whole
from handlers.answers import FieldErrors
from handlers.call import (
    Call,
    StaleValue,
)
from handlers.views import newsletterforms as forms

_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])\s*(?:[:.]\s*([0-5]\d)|[hH]\s*([0-5]\d)?)")
"""15:00, 15.00, 15h, 15 h 30: as it is written in English, French and Spanish."""


def with_settings(before: Content, call: Call) -> Content | FieldErrors:
    """The content with title, kind, languages, readers and time as the form has them. Raises StaleValue."""
    state, t = call.state, call.t
    original = first_known(str(state.get(forms.ORIGINAL)), t.language)
    editions: dict[Language, Edition] = {}
    for one in LANGUAGES:
        title = str(state.get(f"{forms.TITLE}_{one}") or "").strip()[:LONGEST_TITLE]
        there = before.editions.get(one)
        if title or (there and there.sections):
            editions[one] = Edition(one, title, there.sections if there else ())
    waived = frozenset(first_known(str(one)) for one in state.get(forms.WAIVED) or [])
    errors = {}
    if not any(edition.title for edition in editions.values()):
        errors[f"{forms.TITLE}_{original}"] = t._("Please write a title, in one language at least.")
    if original in waived:
        errors[forms.WAIVED] = t._("It cannot do without the language in which it is written first.")
    members = str(state.get(forms.MEMBERS) or "")
    plan = Plan(
        tuple(str(one) for one in state.get(forms.CHANNELS) or []),
        NOBODY if members == forms.NONE else members,
        mail=state.get(forms.MAIL) == forms.MAIL,
    )
    timed = _timed(plan, call)
    if isinstance(timed, FieldErrors):
        return FieldErrors(errors | timed.errors)
    if errors:
        return FieldErrors(errors)
    try:
        issue = Issue(str(state.get(forms.ISSUE)))
    except ValueError as error:
        raise StaleValue(forms.ISSUE) from error
    return Content(issue, original, editions, frozenset(one for one in waived if not whole(editions.get(one))), timed)


def _timed(plan: Plan, call: Call) -> Plan | FieldErrors:
    """With the time that the form says."""
    state, t = call.state, call.t
    try:
        timing = Timing(str(state.get(forms.TIMING)))
        day = date.fromisoformat(str(state.get(forms.DAY))) if state.get(forms.DAY) else None
    except ValueError as error:
        raise StaleValue(forms.TIMING) from error
    if timing is Timing.NOW:
        return plan
    if day is None:
        return FieldErrors({forms.DAY: t._("Please choose the day.")})
    if timing is Timing.MORNING:
        if day < call.today:
            return FieldErrors({forms.DAY: t._("This day is over. Please choose another one.")})
        return replace(plan, timing=timing, day=day)
    said = _CLOCK.fullmatch(str(state.get(forms.TIME) or "").strip())
    if said is None:
        return FieldErrors({forms.TIME: t._("Please write the time, for example 15:00.")})
    at = datetime.combine(day, time(int(said[1]), int(said[2] or said[3] or 0)), ZoneInfo(t.zone))
    if at <= call.now:
        return FieldErrors({forms.TIME: t._("This time is over. Please write a later one, or choose another day.")})
    return replace(plan, timing=timing, at=at.astimezone(call.now.tzinfo))


def section_of(content: Content, language: Language, number: int) -> Section:
    """A section (from 1) in that language; an empty one where there is none."""
    edition = content.editions.get(language)
    return edition.sections[number - 1] if edition and 0 < number <= len(edition.sections) else Section("", "")


def with_section(content: Content, number: int, state: Mapping[str, Any]) -> Content:
    """The content with this section as the form has it, in all languages; without it where it is empty in all.

    A language into which somebody writes is not done without any more.
    """
    picture = str(state.get(forms.PICTURE) or "").strip()
    made: dict[Language, Section] = {}
    for one in LANGUAGES:
        said = [str(state.get(f"{name}_{one}") or "").strip() for name in (forms.HEADING, forms.BODY, forms.ALT)]
        made[one] = Section(said[0], said[1], picture if said[0] or said[1] else "", said[2])
    empty = not any(one.heading or one.body for one in made.values())
    editions = {}
    for one in LANGUAGES:
        edition = content.editions.get(one) or Edition(one, "")
        sections = list(edition.sections)
        if empty:
            del sections[number - 1 : number]
        elif made[one].heading or made[one].body or number <= len(sections):
            sections += [Section("", "")] * (number - len(sections))
            sections[number - 1] = made[one]
        if sections or edition.title:
            editions[one] = Edition(one, edition.title, tuple(sections))
    waived = frozenset(one for one in content.waived if not (made[one].heading or made[one].body))
    return replace(content, editions=editions, waived=waived)
