"""What must fit together across the files of the content: slugs, references, and dates that series can keep."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Final

from alliance.recurrence import occurrences
from alliance.when import When, parse_when
from storage.entries import Community, Country, Entry, Event, Observance
from storage.occurrences import LONGEST
from storage.yamllines import Located, Problem

Checked = tuple[Located, Entry]

REFERENCES: Final = {
    "countries": "countries.yml",
    "regions": "regions.yml",
    "groups": "groups.yml",
    "themes": "themes.yml",
}
"""Fields that name entries of another file."""

TOO_LONG: Final = f"more than {LONGEST} days: write the first day, or several events"

YEARS_AHEAD: Final = 15
"""So far a rule must be able to run without giving more occurrences than alliance.recurrence.MOST."""


def cross_references(checked: Sequence[Checked], known: Mapping[str, set[str]]) -> Iterator[Problem]:
    """Everything that is wrong between entries that are each right in themselves.

    `known` has the slugs of each file, those of wrong entries too, so that one mistake is not told many times.
    """
    yield from _repeated_slugs(checked)
    communities = [located for located, entry in checked if isinstance(entry, Community)]
    for located in communities[1:]:
        yield located.problem(("slug",), "there is only one community")
    for located, entry in checked:
        yield from _unknown(located, entry, known)
        if isinstance(entry, Event):
            yield from _impossible_dates(located, entry)


def _repeated_slugs(checked: Sequence[Checked]) -> Iterator[Problem]:
    """Events and observances share their slugs, because both are named by them in commands."""
    first: dict[tuple[str, str], str] = {}
    for located, entry in checked:
        shared = "dated" if isinstance(entry, Event | Observance) else located.file
        line = located.node.start_mark.line + 1
        before = first.setdefault((shared, entry.slug), f"{located.file}:{line}")
        if before != f"{located.file}:{line}":
            yield located.problem(("slug",), f"'{entry.slug}' is already the slug of the entry at {before}")


def _unknown(located: Located, entry: Entry, known: Mapping[str, set[str]]) -> Iterator[Problem]:
    if isinstance(entry, Country) and entry.region not in known.get("regions.yml", ()):
        yield located.problem(("region",), f"'{entry.region}' is not in regions.yml")
    for field, file in REFERENCES.items():
        for index, slug in enumerate(getattr(entry, field, ())):
            if slug not in known.get(file, ()):
                yield located.problem((field, index), f"'{slug}' is not in {file}")


def _impossible_dates(located: Located, event: Event) -> Iterator[Problem]:
    when = event.when
    if _too_long(when):
        yield located.problem(("dates",), TOO_LONG)
    if event.rule is None:
        if event.changes:
            yield located.problem(("changes",), "only a series (with a rule) has changes: change its dates instead")
        return
    if not when.day_exact:
        yield located.problem(("dates",), "the first day of a series must be a certain day")
        return
    try:
        last = when.start.replace(day=1) + timedelta(days=366 * YEARS_AHEAD)
        days = {occurrence.start for occurrence in occurrences(when, event.rule, when.start, last)}
    except ValueError as error:
        yield located.problem(("rule",), str(error))
        return
    if not days:
        yield located.problem(("rule",), f"the rule gives no day between {when.start} and {last}")
        return
    for index, change in enumerate(event.changes):
        if change.day not in days:
            yield located.problem(("changes", index, "day"), f"the rule gives no occurrence on {change.day}")
        yield from _impossible_change(located, event, index)


def _impossible_change(located: Located, event: Event, index: int) -> Iterator[Problem]:
    change = event.changes[index]
    if change.moved_to and _too_long(parse_when(change.moved_to)):
        yield located.problem(("changes", index, "moved_to"), TOO_LONG)
    if change.starts and not event.zone:
        yield located.problem(("changes", index, "starts"), "a time of day needs the zone of the series")
    if change.ends and not (change.starts and change.starts < change.ends):
        yield located.problem(("changes", index, "ends"), "an end time needs a start time before it")


def _too_long(when: When) -> bool:
    return (when.end - when.start).days >= LONGEST
