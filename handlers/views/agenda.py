"""The agenda of a meeting: action items that are still open, and what members propose."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.answers import Answer, Modal
from handlers.asking import Ask
from handlers.call import Where
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import open_button, share_button
from handlers.views.dates import when_elements
from handlers.views.items import beyond, listed
from handlers.views.meetings import original
from storage.actionitems import Item
from storage.meetings import Point
from storage.values import EventDetail, EventRow

PROPOSE, SAVE, WITHDRAW = "agenda.propose", "agenda.save", "agenda.withdraw"
TEXT = "point"
LONGEST = 200
MOST_SHOWN = 30
"""As many points as an agenda takes (storage.meetings.MOST_POINTS): all of them fit into an answer."""
IN_A_REMINDER = 10


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a meeting has to talk about. `carried`: action items of its groups that were agreed before and are open."""

    points: Sequence[Point] = ()
    carried: Sequence[Item] = ()

    def __bool__(self) -> bool:
        return bool(self.points or self.carried)


def elements(
    agenda: Agenda, t: Tongue, today: date, *, most: int = MOST_SHOWN, named: bool = True
) -> list[kit.Element]:
    """The agenda as paragraphs and lists; nothing where it is empty. Not `named`: nobody is mentioned."""
    made = []
    if agenda.carried:
        made.append(kit.paragraph(kit.text(t._("Action items that are still open"), bold=True)))
        made += listed(agenda.carried, t, today, min(most, IN_A_REMINDER), named=named)
    if agenda.points:
        made.append(kit.paragraph(kit.text(t._("Proposed by members"), bold=True)))
        made.append(kit.bullets([_point(point, named) for point in agenda.points[:most]]))
        made += beyond(len(agenda.points) - most, t)
    return made


def in_reminder(answer: Answer, row: EventRow, agenda: Agenda, t: Tongue, today: date) -> Answer:
    """The reminder of a meeting with its agenda, above its buttons, and a button to propose a point.

    Nobody is mentioned: it would ring for them at every reminder.
    """
    first = next(at for at, block in enumerate(answer.blocks) if block["type"] == "actions")
    said, others, buttons = answer.blocks[:first], answer.blocks[first:-1], answer.blocks[-1]
    heading = kit.paragraph(kit.text(t._("Agenda"), bold=True))
    shown = [kit.rich(heading, *elements(agenda, t, today, most=IN_A_REMINDER, named=False))] if agenda else []
    last = kit.actions(*buttons["elements"], propose_button(row, t))
    return replace(answer, blocks=[*said, *shown, *others, last])


def page(
    detail: EventDetail, agenda: Agenda, member: str, t: Tongue, today: date, where: Where, *,
    coming: bool, notice: str = "",
) -> Answer:  # fmt: skip
    """The agenda of one meeting. `coming`: something may still be proposed; `member` may withdraw their own points."""
    row = detail.row
    title = t.text(row.title)
    when, fallback = when_elements(row.when, t)
    nothing = [kit.paragraph(kit.text(t._("Nothing is on the agenda yet.")))]
    blocks = [kit.context(notice)] if notice else []
    blocks += [
        kit.header(t._("Agenda: {event}", event=title)),
        *original(row.title, t),
        kit.rich(parts.fact(t._("When:"), *when), *(elements(agenda, t, today) or nothing)),
        kit.actions(*_buttons(row, [one for one in agenda.points if one.proposed_by == member], t, where, coming)),
    ]
    return Answer(t._("Agenda: {event}", event=title) + f" · {fallback}", blocks, title=t._("Agenda"))


def form(detail: EventDetail, t: Tongue) -> Modal:
    """Propose a point."""
    return Modal(
        title=t._("Agenda"),
        blocks=[
            kit.say(t._("For the agenda of “{event}”.", event=t.text(detail.row.title))),
            kit.field(
                t._("What would you like to talk about?"),
                TEXT,
                kit.line_input(TEXT, limit=LONGEST),
                hint=t._("Everybody in the group can read it, with your name. You can withdraw it."),
            ),
        ],
        callback=SAVE,
        submit=t._("Propose"),
        memory=detail.row.ref,
    )


def propose_button(row: EventRow, t: Tongue, *, primary: bool = False) -> kit.Element:
    """Opens the form."""
    return kit.button(t._("Propose for the agenda…"), PROPOSE, row.ref, primary=primary)


def _point(point: Point, named: bool) -> list[kit.Element]:
    made = [kit.text(point.text)]
    return [*made, kit.text(" · "), parts.user_mention(point.proposed_by)] if named else made


def _buttons(row: EventRow, own: Sequence[Point], t: Tongue, where: Where, coming: bool) -> list[kit.Element]:
    made = [propose_button(row, t, primary=True)] if coming else []
    if own and coming:
        options = [kit.option(point.text, str(point.id)) for point in own]
        made.append(kit.menu(t._("Withdraw a point of yours…"), WITHDRAW, options))
    made.append(open_button(t._("The event"), Ask("event", row.ref), "event"))
    return [*made, *share_button(t, Ask("agenda", row.ref), where)]
