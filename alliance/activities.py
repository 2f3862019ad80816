"""Activities of the communications calendar: how far each is, and which of them meet on one day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from typing import Final

from alliance.leadtimes import Due, LeadTime, due_times
from alliance.when import When


class ActivityState(StrEnum):
    """How far it is, in this order."""

    IDEA = "idea"
    PLANNED = "planned"
    DRAFTED = "drafted"
    READY = "ready"
    PUBLISHED = "published"

    @property
    def next(self) -> "ActivityState | None":
        """The step after this one; None once it is published."""
        steps = list(ActivityState)
        return steps[steps.index(self) + 1] if self is not ActivityState.PUBLISHED else None


class ActivityKind(StrEnum):
    """What it is."""

    POST = "post"
    PRESS_RELEASE = "press_release"
    PHOTO_CALL = "photo_call"
    TRANSLATION = "translation"
    CAMPAIGN = "campaign"


PUBLIC: Final = frozenset(ActivityKind) - {ActivityKind.TRANSLATION}
"""What the public sees on its day. A translation is ready for somebody else's day, so it meets nothing."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What conflicts depend on: on which day who does what."""

    day: date
    kind: ActivityKind
    organisation: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A day on which several organisations go public, in the order of their names."""

    day: date
    organisations: tuple[str, ...]


def conflicts(plans: Iterable[Plan]) -> tuple[Conflict, ...]:
    """The days on which two organisations or more go public, whatever kind; names differ by more than case."""
    public = sorted((plan for plan in plans if plan.kind in PUBLIC), key=lambda plan: plan.day)
    found = []
    for day, of_day in groupby(public, key=lambda plan: plan.day):
        names = {plan.organisation.casefold(): plan.organisation for plan in of_day if plan.organisation}
        if len(names) > 1:
            found.append(Conflict(day, tuple(names[name] for name in sorted(names))))
    return tuple(found)


REMINDED: Final = (LeadTime(7 * 1440), LeadTime(0))
"""The owner is reminded a week before the due day and on it, in the morning."""


def reminders(due_on: date, zone: str, since: datetime) -> list[Due]:
    """When the owner of an activity is reminded of it, in their own `zone` (IANA).

    `since`: when it was planned; what would have been due before is not made up for.
    """
    return [due for due in due_times(When(due_on, due_on), REMINDED, zone) if due.at > since]
