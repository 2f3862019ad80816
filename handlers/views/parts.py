"""Pieces that several views share: facts with a label, lists with a name, mentions, and lines that name an event."""

from collections.abc import Iterable, Sequence

from handlers.answers import Answer
from handlers.asking import OPEN, Ask
from handlers.tongue import Tongue
from handlers.views import kit
from handlers.views.asking import ask_option, open_button
from handlers.views.dates import capital, written
from storage.values import EventRow


def channel_mention(channel_id: str) -> kit.Element:
    """A channel, as a link that each reader sees by its name."""
    return {"type": "channel", "channel_id": channel_id}


def user_mention(user_id: str) -> kit.Element:
    """A person, by name. In a private answer it notifies nobody."""
    return {"type": "user", "user_id": user_id}


def users_menu(placeholder: str, action: str, initial: Sequence[str] = (), *, most: int = 20) -> kit.Element:
    """A menu of the workspace's members, of which several can be chosen."""
    made: kit.Element = {
        "type": "multi_users_select",
        "placeholder": kit.plain(placeholder, 150),
        "action_id": action,
        "max_selected_items": most,
    }
    if initial:
        made["initial_users"] = list(initial)
    return made


def beside(sentence: str, title: str) -> Answer:
    """A sentence beside what was clicked, not in its place."""
    return Answer(sentence, [kit.say(sentence)], title=title, replace=False)


def fact(label: str, *elements: kit.Element) -> kit.Element:
    """A paragraph with its label in bold: "Where: Geneva". The label brings its colon, as its language writes it."""
    return kit.paragraph(kit.text(f"{label} ", bold=True), *elements)


def said(label: str, words: str) -> list[kit.Element]:
    """The same for plain words; nothing where there are none."""
    return [fact(label, kit.text(words))] if words else []


def named_list(name: str, items: Iterable[str]) -> list[kit.Element]:
    """A list under its name in bold; nothing where there are no items."""
    lines = [[kit.text(item)] for item in items if item]
    return [kit.paragraph(kit.text(name, bold=True)), kit.bullets(lines)] if lines else []


def mentions(elements: Sequence[kit.Element]) -> list[kit.Element]:
    """Mentions with commas between them."""
    made: list[kit.Element] = []
    for element in elements:
        made.extend([kit.text(", "), element] if made else [element])
    return made


def menu_words(row: EventRow, t: Tongue) -> str:
    """One event as an entry of a menu: "17 April 2019: Second workshop"."""
    return t._("{when}: {event}", when=capital(written(row.when, t)), event=t.text(row.title))


def event_menu(rows: Sequence[EventRow], t: Tongue) -> list[kit.Element]:
    """A menu that opens one of these events; nothing where there are none."""
    options = [ask_option(menu_words(row, t), Ask("event", row.ref)) for row in rows]
    return [kit.menu(t._("Open an event…"), f"{OPEN}:event", options)] if options else []


def no_such_name(subject: str, words: str, near: Sequence[tuple[str, str]], t: Tongue) -> Answer:
    """A name that nothing has: the nearest names (slug and name) as buttons, and the way to all of them."""
    sentence = t._("I do not know “{words}”.", words=kit.clip(words, 60))
    blocks = [kit.say(sentence)]
    if near:
        blocks.append(kit.say(t._("Did you mean one of these?")))
    buttons = [open_button(name, Ask(subject, slug), slug) for slug, name in near]
    blocks.append(kit.actions(*buttons, open_button(t._("Show all"), Ask(subject), "all")))
    return Answer(sentence, blocks, title=t._("Not found"))
