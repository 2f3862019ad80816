"""Block Kit pieces as plain dicts, kept within Slack's limits.

Plain dicts because an answer of 20 rows must cost microseconds (docs/decisions/block-kit.md); tests hold every view
against slack_sdk's models and the local workspace. Text of people and of the content goes into rich_text and
plain_text elements, where `*`, `<!channel>` and `&` are just characters. Limits: Slack's Block Kit reference.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from handlers.answers import Block

Element = dict[str, Any]

MESSAGE_BLOCKS = 50
HEADER, BUTTON, OPTION, VALUE, MODAL_TITLE, CONTEXT = 150, 75, 75, 2000, 24, 2000
MOST_OPTIONS = 100
MESSAGE_CHARACTERS = 12_000
"""Slack refuses a message whose blocks hold more than about 13,200 characters; long lists are cut into pages before."""


def clip(text: str, limit: int) -> str:
    """The text, shortened with an ellipsis where it is longer than the limit."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def plain(text: str, limit: int = 3000) -> Element:
    """A plain_text object; Slack refuses an empty one, so that must not reach here."""
    return {"type": "plain_text", "text": clip(text, limit), "emoji": False}


def header(text: str) -> Block:
    """A headline."""
    return {"type": "header", "text": plain(text, HEADER)}


def divider() -> Block:
    """A line."""
    return {"type": "divider"}


def context(*texts: str) -> Block:
    """Small print, up to ten pieces."""
    return {"type": "context", "elements": [plain(text, CONTEXT) for text in texts if text][:10]}


def text(words: str, *, bold: bool = False, italic: bool = False) -> Element:
    """Words within a paragraph or list item."""
    if not (bold or italic):
        return {"type": "text", "text": words}
    return {
        "type": "text",
        "text": words,
        "style": ({"bold": True} if bold else {}) | ({"italic": True} if italic else {}),
    }


def code(words: str) -> Element:
    """Something to type."""
    return {"type": "text", "text": words, "style": {"code": True}}


def link(url: str, words: str) -> Element:
    """A link."""
    return {"type": "link", "url": url, "text": words}


def emoji(name: str) -> Element:
    """An emoji by its name, without colons."""
    return {"type": "emoji", "name": name}


def moment(at: datetime, form: str, fallback: str) -> Element:
    """An instant that each reader sees in their own zone, e.g. "{date_long} {time}"."""
    return {"type": "date", "timestamp": int(at.astimezone(UTC).timestamp()), "format": form, "fallback": fallback}


def paragraph(*elements: Element) -> Element:
    """A paragraph of a rich text."""
    return {"type": "rich_text_section", "elements": [e for e in elements if e.get("text") != ""]}


def bullets(items: Iterable[Sequence[Element]], *, ordered: bool = False) -> Element:
    """A list of a rich text."""
    style = "ordered" if ordered else "bullet"
    return {"type": "rich_text_list", "style": style, "elements": [paragraph(*item) for item in items]}


def rich(*parts: Element) -> Block:
    """Rich text: paragraphs and lists."""
    return {"type": "rich_text", "elements": list(parts)}


def say(words: str) -> Block:
    """One paragraph."""
    return rich(paragraph(text(words)))


def button(words: str, action: str, value: str = "", *, primary: bool = False, url: str = "") -> Element:
    """A button; `action` is an id of the subject table."""
    made: Element = {"type": "button", "text": plain(words, BUTTON), "action_id": action}
    if value:
        made["value"] = value[:VALUE]
    if primary:
        made["style"] = "primary"
    if url:
        made["url"] = url
    return made


def confirmed(button: Element, title: str, words: str, yes: str, no: str) -> Element:
    """The button with a question before it acts: Slack allows 100 characters of title, 300 of text, 30 an answer."""
    question = {"title": plain(title, 100), "text": plain(words, 300), "confirm": plain(yes, 30), "deny": plain(no, 30)}
    return button | {"confirm": question}


def option(words: str, value: str) -> Element:
    """An entry of a menu."""
    return {"text": plain(words, OPTION), "value": value[:150]}


def menu(placeholder: str, action: str, options: Sequence[Element], initial: str | None = None) -> Element:
    """A menu of up to 100 options; `initial` is the value of the one that is chosen at first."""
    made: Element = {
        "type": "static_select",
        "placeholder": plain(placeholder, 150),
        "action_id": action,
        "options": list(options)[:MOST_OPTIONS],
    }
    chosen = [entry for entry in made["options"] if entry["value"] == initial]
    if chosen:
        made["initial_option"] = chosen[0]
    return made


def multi_menu(placeholder: str, action: str, options: Sequence[Element], initial: Iterable[str] = ()) -> Element:
    """A menu of which several options can be chosen."""
    wanted = set(initial)
    made: Element = {
        "type": "multi_static_select",
        "placeholder": plain(placeholder, 150),
        "action_id": action,
        "options": list(options)[:MOST_OPTIONS],
    }
    chosen = [entry for entry in made["options"] if entry["value"] in wanted]
    if chosen:
        made["initial_options"] = chosen
    return made


def actions(*elements: Element) -> Block:
    """A row of buttons and menus, up to 25."""
    return {"type": "actions", "elements": list(elements)[:25]}


def field(label: str, block: str, element: Element, *, hint: str = "", optional: bool = False) -> Block:
    """A field of a form; `block` names it for errors."""
    made: Block = {"type": "input", "block_id": block, "label": plain(label, 2000), "element": element}
    if hint:
        made["hint"] = plain(hint, 2000)
    if optional:
        made["optional"] = True
    return made


def line_input(action: str, initial: str = "", *, limit: int = 200) -> Element:
    """A field for one line of text."""
    made: Element = {"type": "plain_text_input", "action_id": action, "max_length": limit}
    if initial:
        made["initial_value"] = initial
    return made
