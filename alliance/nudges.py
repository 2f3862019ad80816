"""When the owner of an action item is reminded of it: three times at most, and never after it is closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from alliance.leadtimes import MORNING
from alliance.when import instant

DAYS_AFTER: Final = (0, 3, 10)
"""On the due day, and so many days after it, in the morning of the owner's zone."""

USEFUL: Final = timedelta(days=7)
"""The last one is still sent so long after its time; each of the others until the next."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """The first, second or third nudge: when it is due, and until when it is still of use (UTC)."""

    number: int
    at: datetime
    useful_until: datetime


def nudges(due_on: date, zone: str, since: datetime, used: Mapping[int, datetime]) -> list[Nudge]:
    """The nudges that are still to come.

    `zone` (IANA): the owner's. `since`: when the item was written down; what was due before is not made up for.
    `used`: by number, when the nudges of this item that were already posted or given up fell due; they count, also
    where the due date has been moved since, so that nobody ever gets a fourth.
    """
    last = max(used, default=0)
    after = max(used.values(), default=since)
    times = [instant(due_on + timedelta(days=days), MORNING, zone) for days in DAYS_AFTER]
    coming = [at for at in times if at > after][: max(0, len(DAYS_AFTER) - last)]
    limits = [*coming[1:], *(at + USEFUL for at in coming[-1:])]
    return [Nudge(last + n, at, until) for n, (at, until) in enumerate(zip(coming, limits, strict=True), 1)]
