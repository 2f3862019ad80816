"""The overview: what comes next, my groups, the next international day. Also what App Home shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.answers import Answer
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import open_button
from handlers.views.event import ADD
from handlers.views.events import row_elements
from storage.entries import Group
from storage.values import EventRow


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands in it. `group_events`: the next events of the groups that the member follows.

    `may_add`: whether a button leads to the form of a new event.
    """

    events: Sequence[EventRow]
    groups: Sequence[Group]
    group_events: Sequence[EventRow]
    observance: EventRow | None
    may_add: bool = False


def overview(facts: Overview, t: Tongue) -> Answer:
    """What comes next, for this member."""
    title = t._("Alliance 8.7")
    body = [kit.rich(*_events(t._("Next events"), facts.events, t)), kit.rich(*_groups(facts, t))]
    if facts.observance:
        body.append(kit.rich(*_events(t._("Next international day"), [facts.observance], t)))
    rows = _each_once([*facts.events, *facts.group_events, *([facts.observance] if facts.observance else [])])
    menu = parts.event_menu(rows, t)
    return Answer(
        t._("Alliance 8.7: next events, your groups, the next international day"),
        [
            kit.header(title),
            *body,
            *([kit.actions(*menu)] if menu else []),
            kit.actions(*_ways(t), *([kit.button(t._("Add an event…"), ADD)] if facts.may_add else [])),
            kit.context(t._("Type /alliance help to see everything that you can ask.")),
        ],
        title=title,
    )


def _ways(t: Tongue) -> list[kit.Element]:
    return [
        open_button(t._("Events"), Ask("events"), "events", primary=True),
        open_button(t._("Action groups"), Ask("groups"), "groups"),
        open_button(t._("Calendar"), Ask("calendar"), "calendar"),
        open_button(t._("Countries"), Ask("countries"), "countries"),
        open_button(t._("My settings"), Ask("settings"), "settings"),
        open_button(t._("Help"), Ask("help"), "help"),
    ]


def _events(name: str, rows: Sequence[EventRow], t: Tongue) -> list[kit.Element]:
    heading = kit.paragraph(kit.text(name, bold=True))
    if not rows:
        return [heading, kit.paragraph(kit.text(t._("None is planned yet.")))]
    return [heading, kit.bullets(row_elements(row, t) for row in rows)]


def _groups(facts: Overview, t: Tongue) -> list[kit.Element]:
    heading = kit.paragraph(kit.text(t._("My groups"), bold=True))
    if not facts.groups:
        return [heading, kit.paragraph(kit.text(t._("You follow no group yet. Choose one under “Action groups”.")))]
    names = t.listed(t.text(group.name.model_dump()) for group in facts.groups)
    made = [heading, kit.paragraph(kit.text(names))]
    if facts.group_events:
        made.append(kit.bullets(row_elements(row, t) for row in facts.group_events))
    return made


def _each_once(rows: Sequence[EventRow]) -> list[EventRow]:
    return list({row.ref: row for row in rows}.values())
