"""Bringing events in from another calendar: the form, what would become of each entry, and what did."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.answers import Answer, Block, Modal
from handlers.importreading import Read
from handlers.tongue import Tongue
from handlers.views import kit
from handlers.views.dates import written
from storage.entries import Event

EDIT, PREVIEW, SAVE = "import.edit", "import.preview", "import.save"
TEXT, FILE, GROUP = "text", "file", "group"
EVERYBODY = "-"
LONGEST = 2_500
SHOWN = 20
"""So many entries of a kind are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would become of each entry. `changed`: the event as it would be, with the revision that was seen."""

    new: Sequence[tuple[Read, Event]]
    changed: Sequence[tuple[Read, int, Event]]
    same: int
    refused: Sequence[Read]

    @property
    def does_something(self) -> bool:
        """Whether there is anything to save."""
        return bool(self.new or self.changed)


def start(t: Tongue) -> Answer:
    """What it is, and the way to the form."""
    title = t._("Import events")
    words = t._(
        "Bring in events from another calendar: an .ics file, or a table (.csv) whose first line names its columns: "
        "title, date, start, end, zone, place, link. You see what would be added, changed or refused before anything "
        "is saved."
    )
    button = kit.button(t._("Choose a file…"), EDIT, primary=True)
    return Answer(title, [kit.header(title), kit.say(words), kit.actions(button)], title=title)


def form(choices: Sequence[tuple[str, str]], t: Tongue) -> Modal:
    """Where it is pasted. `choices`: the groups that the events may be given to, by slug and name."""
    options = [kit.option(name, slug) for slug, name in choices]
    field = kit.line_input(TEXT, limit=LONGEST) | {"multiline": True}
    hint = t._("For example: title,date,start,zone and below it: Group call,2019-05-14,15:00,Europe/Zurich")
    return Modal(
        t._("Import events"),
        [
            kit.field(t._("For"), GROUP, kit.menu(t._("Choose…"), GROUP, options, choices[0][0])),
            kit.field(t._("File (.ics or .csv)"), FILE, _file(), optional=True),
            kit.field(t._("Or paste its text"), TEXT, field, hint=hint, optional=True),
        ],
        callback=PREVIEW,
        submit=t._("Look at it"),
    )


def preview(plan: Plan, memory: str, t: Tongue, notice: str = "") -> Modal:
    """What would be added, changed and refused, and why."""
    blocks: list[Block] = [kit.context(notice)] if notice else []
    count = len(plan.new)
    blocks += _listed(
        t.n("{count} event would be added", "{count} events would be added", count),
        [_named(read, entry, t) for read, entry in plan.new],
        t,
    )
    count = len(plan.changed)
    blocks += _listed(
        t.n("{count} event would change", "{count} events would change", count),
        [_named(read, entry, t) for read, _seen, entry in plan.changed],
        t,
    )
    count = len(plan.refused)
    blocks += _listed(t.n("{count} entry is refused", "{count} entries are refused", count), _refusals(plan, t), t)
    if plan.same:
        blocks.append(
            kit.say(
                t.n("{count} event is here already, the same.", "{count} events are here already, the same.", plan.same)
            )
        )
    submit = t._("Save") if plan.does_something else ""
    return Modal(
        t._("Import events"), blocks, callback=SAVE if submit else "", submit=submit, memory=memory, replace=True
    )


def done(added: int, changed: int, t: Tongue) -> Answer:
    """It was saved."""
    title = t._("Import events")
    words = (
        t.n("{count} event was added.", "{count} events were added.", added),
        t.n("{count} event was changed.", "{count} events were changed.", changed),
    )
    return Answer(title, [kit.header(title), kit.say(" ".join(words))], title=title)


def _file() -> kit.Element:
    return {"type": "file_input", "action_id": FILE, "filetypes": ["ics", "csv"], "max_files": 1}


def _refusals(plan: Plan, t: Tongue) -> list[str]:
    return [
        t._("Line {number}: {title}: {problem}", number=read.line, title=kit.clip(read.title, 60), problem=read.problem)
        if read.title
        else t._("Line {number}: {problem}", number=read.line, problem=read.problem)
        for read in plan.refused
    ]


def _named(read: Read, entry: Event, t: Tongue) -> str:
    return t._(
        "Line {number}: {title}, {when}", number=read.line, title=kit.clip(read.title, 80), when=written(entry.when, t)
    )


def _listed(heading: str, lines: Sequence[str], t: Tongue) -> list[Block]:
    if not lines:
        return []
    items = [[kit.text(line)] for line in lines[:SHOWN]]
    if len(lines) > SHOWN:
        items.append([kit.text(t.n("and {count} more", "and {count} more", len(lines) - SHOWN))])
    return [kit.rich(kit.paragraph(kit.text(heading, bold=True)), kit.bullets(items))]
