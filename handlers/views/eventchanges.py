"""What is different about an event: before it is saved, when two edit it, and in the notice of a change."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from alliance.when import When, parse_when
from handlers.tongue import Tongue
from handlers.views import kit
from handlers.views.dates import when_elements, written
from handlers.views.kinds import kind_name
from handlers.views.rhythm import said
from storage.entries import Change, Event

WHEN: Final = ("dates", "confirmed", "starts", "ends", "zone")
FOR_WHOM: Final = ("groups", "countries", "regions", "themes")

Line = list[kit.Element]


def differences(before: Event, after: Event, reworded: Collection[str], t: Tongue) -> list[Line]:
    """A line for everything that differs. `reworded`: long texts that changed, of which only that is known."""
    lines = [*_state(before, after, t), *_when(before, after, t)]
    if before.rule != after.rule:
        repeats = said(after.rule, t) if after.rule else t._("not any more")
        lines.append(_line(t._("Repeats:"), kit.text(repeats)))
    lines += _occurrences(before, after, t)
    lines += _words(before, after, reworded, t)
    if any(getattr(before, name) != getattr(after, name) for name in FOR_WHOM):
        lines.append([kit.text(t._("It is for other groups, countries or themes."))])
    if before.capacity != after.capacity:
        places = str(after.capacity) if after.capacity else t._("no limit")
        lines.append(_line(t._("Places for participants:"), kit.text(places)))
    if before.spoken != after.spoken:
        languages = t.listed(t.language_name(code) for code in after.spoken)
        lines.append(_line(t._("Languages spoken:"), kit.text(languages or t._("not said"))))
    return lines


def occurrence_words(when: When, change: Change | None, t: Tongue) -> Line:
    """What becomes of one meeting of a series; None for what its rule says."""
    if change and change.cancelled:
        return [kit.text(t._("{day} is cancelled.", day=written(when, t)))]
    if change is None:
        return [kit.text(t._("{day} takes place after all.", day=written(when, t)))]
    elements, _words = when_elements(moved(when, change), t)
    before, after = t._("{day} is moved to {new}.").split("{new}")
    return [kit.text(before.format(day=t.day(when.start))), *elements, kit.text(after)]


def moved(when: When, change: Change) -> When:
    """When a meeting of a series takes place after this change."""
    to = parse_when(change.moved_to) if change.moved_to else when
    starts, ends = (change.starts, change.ends) if change.starts else (when.starts, when.ends)
    return When(to.start, to.end, to.precision, when.confirmed, starts, ends, when.zone)


def _state(before: Event, after: Event, t: Tongue) -> list[Line]:
    if before.cancelled == after.cancelled:
        return []
    words = t._("It is cancelled.") if after.cancelled else t._("It takes place after all.")
    return [[kit.text(words, bold=True)]]


def _when(before: Event, after: Event, t: Tongue) -> list[Line]:
    if all(getattr(before, name) == getattr(after, name) for name in WHEN):
        return []
    elements, _words = when_elements(after.when, t)
    was = t._("(was: {date})", date=written(before.when, t))
    return [_line(t._("When:"), *elements, kit.text(f" {was}"))]


def _occurrences(before: Event, after: Event, t: Tongue) -> list[Line]:
    """The meetings of a series that were moved, called off, or brought back."""
    was, now = ({change.day: change for change in entry.changes} for entry in (before, after))
    days: Sequence[date] = sorted(day for day in was.keys() | now.keys() if was.get(day) != now.get(day))
    return [occurrence_words(after.when.on(day), now.get(day), t) for day in days]


def _words(before: Event, after: Event, reworded: Collection[str], t: Tongue) -> list[Line]:
    lines: list[Line] = []
    if before.name != after.name:
        lines.append(_line(t._("Title:"), kit.text(t.text(after.name.model_dump()))))
    if before.kind != after.kind:
        lines.append(_line(t._("Kind:"), kit.text(kind_name(after.kind, t))))
    if before.place != after.place:
        place = t.text(after.place.model_dump()) if after.place else t._("not said")
        lines.append(_line(t._("Where:"), kit.text(place)))
    if before.link != after.link:
        lines.append(_line(t._("Link:"), kit.link(after.link, after.link) if after.link else kit.text(t._("none"))))
    if before.summary != after.summary or "summary" in reworded:
        lines.append([kit.text(t._("What it is about was written anew."))])
    return lines


def _line(label: str, *elements: kit.Element) -> Line:
    return [kit.text(f"{label} ", bold=True), *elements]
