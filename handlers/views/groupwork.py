"""The work of an action group: next meeting, work plan with status, what is open, what was decided lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.answers import Block
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import open_button
from handlers.views.dates import when_elements
from handlers.views.items import listed
from storage.actionitems import Item
from storage.entries import Group
from storage.meetings import Minutes
from storage.values import EventRow

MOST_ITEMS = 5
MOST_DECISIONS = 5
LONGEST_EXCERPT = 200


@dataclass(frozen=True, slots=True)
class Work:
    """`minutes`: of its last meetings that have some, the latest first, each with its meeting."""

    meeting: EventRow | None
    items: Sequence[Item]
    minutes: Sequence[tuple[EventRow, Minutes]]


def blocks_of(group: Group, work: Work, t: Tongue, today: date) -> list[Block]:
    """All of it, each under its own name."""
    made = [kit.rich(_meeting(work.meeting, t)), *_plan(group, t), kit.rich(*_items(work.items, t, today))]
    if work.minutes:
        heading = kit.paragraph(kit.text(t._("Recent minutes and decisions"), bold=True))
        made.append(kit.rich(heading, *(part for row, minutes in work.minutes for part in _minutes(row, minutes, t))))
    made.append(kit.actions(*_buttons(group, work, t)))
    return made


def _meeting(row: EventRow | None, t: Tongue) -> kit.Element:
    if row is None:
        return parts.fact(t._("Next meeting:"), kit.text(t._("None is planned yet.")))
    return parts.fact(t._("Next meeting:"), *when_elements(row.when, t)[0], kit.text(f" · {t.text(row.title)}"))


def _plan(group: Group, t: Tongue) -> list[Block]:
    """The work plan with its status: what is done, what is planned, what comes next."""
    lists = (
        (t._("Progress so far"), group.progress),
        (t._("Work plan"), group.work_plan),
        (t._("Next steps"), group.next_steps),
    )
    return [
        kit.rich(*parts.named_list(name, [t.text(item.model_dump()) for item in items]))
        for name, items in lists
        if items
    ]


def _items(items: Sequence[Item], t: Tongue, today: date) -> list[kit.Element]:
    name = kit.paragraph(kit.text(t._("Open action items"), bold=True))
    return [name, *(listed(items, t, today, MOST_ITEMS) or [kit.paragraph(kit.text(t._("Nothing is open.")))])]


def _minutes(row: EventRow, minutes: Minutes, t: Tongue) -> list[kit.Element]:
    """A meeting with its decisions; without any, how its minutes begin."""
    first = minutes.text.strip().splitlines()[:1]
    lines = [kit.clip(line, LONGEST_EXCERPT) for line in minutes.decisions[:MOST_DECISIONS] or first]
    made = [kit.paragraph(*when_elements(row.when, t)[0], kit.text(f" · {t.text(row.title)}"))]
    return [*made, kit.bullets([kit.text(line)] for line in lines)] if lines else made


def _buttons(group: Group, work: Work, t: Tongue) -> list[kit.Element]:
    made = []
    if work.meeting:
        made.append(open_button(t._("Agenda"), Ask("agenda", work.meeting.ref), "agenda"))
    made.append(open_button(t._("Minutes"), Ask("minutes", group.slug), "minutes"))
    made.append(open_button(t._("Action items"), Ask("actions", group.slug), "actions"))
    return made
