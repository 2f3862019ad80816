"""The minutes of a meeting: what was said, decided and promised; and the form in which they are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.answers import Answer, Block, Modal
from handlers.asking import Ask
from handlers.call import Where
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import open_button, share_button
from handlers.views.dates import when_elements
from handlers.views.items import listed
from handlers.views.meetings import original
from storage.actionitems import Item
from storage.meetings import Minutes
from storage.values import EventDetail

EDIT, SAVE, FILE = "minutes.edit", "minutes.save", "minutes.file"
TEXT, ATTACHED, DECISIONS, ITEMS = "text", "attached", "decisions", "items"
LONGEST = 3_000
LONGEST_LINE = 300
MOST_LINES = 20
BEGINNING, A_FEW = 300, 5


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a meeting afterwards. `items`: the action items that were agreed at it."""

    minutes: Minutes | None
    items: Sequence[Item] = ()


def page(
    detail: EventDetail, record: Record, t: Tongue, today: date, where: Where, *, may_write: bool, notice: str = ""
) -> Answer:
    """The minutes of one meeting."""
    row = detail.row
    title = t._("Minutes: {event}", event=t.text(row.title))
    when, fallback = when_elements(row.when, t)
    blocks = [kit.context(notice)] if notice else []
    blocks += [kit.header(title), *original(row.title, t)]
    blocks += [kit.rich(parts.fact(t._("When:"), *when)), *blocks_of(record, t, today)]
    blocks.append(kit.actions(*_buttons(detail, record.minutes, t, where, may_write=may_write)))
    return Answer(f"{title} · {fallback}", blocks, title=t._("Minutes"))


def blocks_of(record: Record, t: Tongue, today: date, *, briefly: bool = False) -> list[Block]:
    """What was said, decided and promised; each by itself, so that a long one does not hide the others.

    `briefly`: how it begins, and the first few of each.
    """
    minutes = record.minutes
    if minutes is None:
        return [kit.say(t._("There are no minutes yet."))]
    most = A_FEW if briefly else MOST_LINES
    text = kit.clip(minutes.text, BEGINNING) if briefly else minutes.text
    said = [kit.paragraph(kit.text(line)) for line in text.splitlines() if line.strip()]
    if minutes.file:
        said += parts.said(t._("File:"), minutes.file.name)
    promised = listed(record.items, t, today, most)
    if promised:
        promised.insert(0, kit.paragraph(kit.text(t._("Action items"), bold=True)))
    before, after = t._("Written by {member}, {day}.", member="{member}", day=t.day(minutes.written_at.date())).split(
        "{member}"
    )
    written = (kit.text(before, italic=True), parts.user_mention(minutes.written_by), kit.text(after, italic=True))
    sections = (said, parts.named_list(t._("Decisions"), minutes.decisions[:most]), promised, [kit.paragraph(*written)])
    return [kit.rich(*section) for section in sections if section]


def form(detail: EventDetail, record: Record, memory: str, t: Tongue) -> Modal:
    """Write the minutes, or change them."""
    minutes = record.minutes
    blocks = [
        kit.say(t.text(detail.row.title)),
        kit.field(t._("What was said"), TEXT, _lines(TEXT, minutes.text if minutes else "", LONGEST), optional=True),
        kit.field(t._("Or a file"), ATTACHED, _file(), hint=_file_hint(minutes, t), optional=True),
        kit.field(
            t._("Decisions"),
            DECISIONS,
            _lines(DECISIONS, "\n".join(minutes.decisions) if minutes else "", LONGEST),
            hint=t._("One on each line."),
            optional=True,
        ),
        *_items_field(record.items, t),
    ]
    return Modal(t._("Minutes"), blocks, callback=SAVE, submit=t._("Save"), memory=memory)


def overtaken(minutes: Minutes, t: Tongue) -> Answer:
    """Somebody else wrote minutes in the meantime: nothing was overwritten."""
    before, after = t._(
        "{member} has written minutes of this meeting in the meantime. Nothing was overwritten: copy what you wrote, "
        "close this form and open it again."
    ).split("{member}")
    elements = (kit.text(before), parts.user_mention(minutes.written_by), kit.text(after))
    return Answer(before + after, [kit.rich(kit.paragraph(*elements))], title=t._("Minutes"), replace=False)


def on_its_way(t: Tongue) -> Answer:
    """The file was asked for."""
    sentence = t._("The file is on its way to your direct messages.")
    return parts.beside(sentence, t._("Minutes"))


def _lines(name: str, initial: str, limit: int) -> kit.Element:
    return kit.line_input(name, initial[:limit], limit=limit) | {"multiline": True}


def _file() -> kit.Element:
    return {"type": "file_input", "action_id": ATTACHED, "max_files": 1}


def _file_hint(minutes: Minutes | None, t: Tongue) -> str:
    if minutes and minutes.file:
        return t._("Without another file, “{name}” stays.", name=kit.clip(minutes.file.name, 100))
    return t._("Whoever asks for the minutes gets it in their direct messages.")


def _items_field(there: Sequence[Item], t: Tongue) -> list[Block]:
    element: kit.Element = {"type": "rich_text_input", "action_id": ITEMS}
    hint = t._("One on each line: @ and who does it, what, and until when. For example: @Lan send the survey by 14 May")
    made: list[Block] = [kit.field(t._("New action items"), ITEMS, element, hint=hint, optional=True)]
    if there:
        words = t.n("{count} action item stands already.", "{count} action items stand already.", len(there))
        made.append(kit.context(words))
    return made


def _buttons(
    detail: EventDetail, minutes: Minutes | None, t: Tongue, where: Where, *, may_write: bool
) -> list[kit.Element]:
    made = []
    if may_write:
        words = t._("Change the minutes…") if minutes else t._("Write the minutes…")
        made.append(kit.button(words, EDIT, detail.row.ref, primary=minutes is None))
    if minutes and minutes.file:
        made.append(kit.button(t._("Send me the file"), FILE, detail.row.ref))
    made.append(open_button(t._("The event"), Ask("event", detail.row.ref), "event"))
    return [*made, *share_button(t, Ask("minutes", detail.row.ref), where)]
