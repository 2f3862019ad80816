"""Moving an event and calling it off: the whole, one meeting of a series, or all that follow."""

from collections.abc import Sequence
from typing import Final

from alliance.when import When
from handlers.answers import Block, Modal
from handlers.tongue import Tongue
from handlers.views import eventform as form
from handlers.views import kit
from handlers.views.eventchanges import Line
from handlers.views.localtimes import Where, list_of_times

MOVE_CHECK, MOVE_ONE, MOVE_FOLLOWING, CANCEL_SAVE = (
    "event.move_check",
    "event.move_one",
    "event.move_following",
    "event.cancel_save",
)
SCOPE: Final = "scope"
ONE, FOLLOWING, ALL, REMOVE, RESTORE = "one", "following", "all", "remove", "restore"


def move(values: form.Values, day: str, memory: str, t: Tongue, *, series: bool) -> Modal:
    """When else it takes place. `day`: which meeting of a series it is, in words."""
    blocks: list[Block] = []
    if series:
        choices = [(ONE, t._("Only the meeting of {day}", day=day)), (FOLLOWING, t._("This one and all that follow"))]
        blocks.append(kit.field(t._("What do you want to move?"), SCOPE, _menu(choices, t)))
    fields = form.when_fields(values, t, rhythm=series)
    return Modal(t._("Move the event"), [*blocks, *fields], MOVE_CHECK, t._("Check"), memory, replace=True)


def review_one(line: Line, when: When, places: Sequence[Where], told: kit.Element, memory: str, t: Tongue) -> Modal:
    """One meeting of a series, before it is moved."""
    blocks: list[Block] = [kit.rich(kit.paragraph(*line))]
    if when.starts and places:
        heading = kit.paragraph(kit.text(t._("What time it is there"), bold=True))
        blocks.append(kit.rich(heading, list_of_times(when.begins_at(), when.start, places, t)))
    blocks.append(kit.rich(told))
    return Modal(t._("Is this right?"), blocks, MOVE_ONE, t._("Save"), memory)


def cancel(title: str, day: str, memory: str, told: kit.Element, t: Tongue, *, series: bool, cancelled: bool) -> Modal:
    """What is called off, or taken back. `day`: which meeting of a series it is, in words."""
    choices: list[form.Choice] = []
    if series:
        choices.append((ONE, t._("Only the meeting of {day}", day=day)))
        choices.append((FOLLOWING, t._("This one and all that follow")))
    choices.append((ALL, t._("The whole event")))
    choices.append((REMOVE, t._("Remove it: it was entered by mistake")))
    if cancelled:
        choices = [(RESTORE, t._("It takes place after all")), choices[-1]]
    blocks = [
        kit.rich(kit.paragraph(kit.text(title, bold=True))),
        kit.field(t._("What do you want to cancel?"), SCOPE, _menu(choices, t)),
        kit.rich(told),
    ]
    return Modal(t._("Cancel the event"), blocks, CANCEL_SAVE, t._("Yes"), memory, t._("Keep it"), replace=True)


def _menu(choices: Sequence[form.Choice], t: Tongue) -> kit.Element:
    options = [kit.option(words, value) for value, words in choices]
    return kit.menu(t._("Choose…"), SCOPE, options, choices[0][0])
