"""A handler's view as Slack wants it: the body of the acknowledgement, a post to response_url, or a modal."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from handlers.answers import Answer, Block, FieldErrors, Modal, View
from handlers.call import Where
from handlers.payloads import private_metadata
from handlers.tongue import Tongue
from handlers.views import kit

Json = dict[str, Any]
MODAL_BLOCKS = 100
_COUNTED = frozenset({"text", "fallback", "url"})
FOR_MENUS = 1_500
"""Characters kept for buttons and menus, which are short and not counted one by one."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What to do with a payload: at most one of these, and an empty 200 for none.

    `ack`: the body of the acknowledgement. The others follow it: `respond` is posted to `behind`, else to the payload's
    response_url; `open_view` goes to views.open with its trigger id (views.push if the click was in a modal);
    `update_view` goes to views.update with the id of the modal in which the click was.
    """

    ack: Json | None = None
    respond: Json | None = None
    behind: str = ""
    open_view: Json | None = None
    update_view: Json | None = None
    body: str = ""
    """`ack` as JSON, where it is written already."""


def to_command(view: View, t: Tongue) -> Reply:
    """The reply to a slash command: one round trip, the answer in the acknowledgement."""
    if isinstance(view, Answer):
        return _written(view, t)
    return Reply(open_view=modal(view, t)) if isinstance(view, Modal) else Reply()


@lru_cache(maxsize=256)
def _written(answer: Answer, t: Tongue) -> Reply:
    """Remembered by the answer: the list that everybody asks for is one and the same all day."""
    message = _message(answer, t)
    return Reply(ack=message, body=json.dumps(message))


def to_click(view: View, t: Tongue, where: Where, *, message_private: bool, behind: str = "") -> Reply:
    """The reply to a click; the message of others is never replaced. A form remembers the message `behind` it."""
    if isinstance(view, Modal):
        form = modal(view, t) | {"private_metadata": private_metadata(view.memory, behind)}
        return Reply(update_view=form) if where == "modal" and view.replace else Reply(open_view=form)
    if not isinstance(view, Answer):
        return Reply()
    if where == "message":
        replace = view.replace and message_private and not view.public
        return Reply(respond=_message(view, t) | {"replace_original": replace})
    shown = modal(view, t)
    return Reply(update_view=shown) if where == "modal" and view.replace else Reply(open_view=shown)


def to_shortcut(view: View, t: Tongue) -> Reply:
    """The reply to a shortcut: it has no message to answer in, so everything opens as a modal."""
    return Reply(open_view=modal(view, t)) if isinstance(view, Answer | Modal) else Reply()


def to_form(view: View, t: Tongue, behind: str = "") -> Reply:
    """The reply to a form; an answer that does not replace it (a mistake) stands above it, so that nothing is lost.

    An answer that does, replaces the message `behind` the form as well, which would go on saying what was set before.
    """
    if isinstance(view, FieldErrors):
        return Reply(ack={"response_action": "errors", "errors": view.errors})
    if isinstance(view, Answer | Modal):
        push = isinstance(view, Answer) and not view.replace
        shown = modal(view, t)
        if behind and isinstance(view, Answer) and not push:
            shown["private_metadata"] = private_metadata("", behind)
            ack = {"response_action": "update", "view": shown}
            return Reply(ack, _message(view, t) | {"replace_original": True}, behind)
        if behind and isinstance(view, Modal):
            shown["private_metadata"] = private_metadata(view.memory, behind)
        return Reply(ack={"response_action": "push" if push else "update", "view": shown})
    return Reply()


def home(answer: Answer, t: Tongue) -> Json:
    """The App Home tab."""
    return {"type": "home", "blocks": fitted(answer.blocks, MODAL_BLOCKS, t)}


def modal(view: Answer | Modal, t: Tongue) -> Json:
    """A modal: a form, or an answer to read."""
    made: Json = {
        "type": "modal",
        "title": kit.plain(view.title or "Alliance 8.7", kit.MODAL_TITLE),
        "close": kit.plain(t._("Close"), kit.MODAL_TITLE),
        "blocks": fitted(view.blocks, MODAL_BLOCKS, t),
    }
    if isinstance(view, Modal):
        if view.submit:
            made["submit"] = kit.plain(view.submit, kit.MODAL_TITLE)
            made["close"] = kit.plain(view.close or t._("Cancel"), kit.MODAL_TITLE)
        made |= {"callback_id": view.callback, "private_metadata": view.memory}
    return made


def _message(answer: Answer, t: Tongue) -> Json:
    return {
        "response_type": "in_channel" if answer.public else "ephemeral",
        "text": kit.clip(answer.text, 3000),
        "blocks": fitted(answer.blocks, kit.MESSAGE_BLOCKS, t),
    }


def fitted(blocks: list[Block], most: int, t: Tongue) -> list[Block]:
    """The blocks, cut where Slack would refuse the whole message: too many of them, or too much text over all."""
    room = kit.MESSAGE_CHARACTERS - FOR_MENUS
    if len(blocks) <= most and _at_most(blocks) <= room:
        return blocks
    for count, block in enumerate(blocks):
        if block["type"] != "actions":
            room -= _length(block)
        if room < 0 or count == most:
            return [*blocks[: min(count, most - 1)], kit.context(t._("This answer is too long to be shown whole."))]
    return blocks


def _at_most(blocks: list[Block]) -> int:
    """More than the length of all texts: Python writes each with its quotes and keys, twenty times faster than a count.

    So nearly every answer is known to fit without being counted.
    """
    return len(repr([block for block in blocks if block["type"] != "actions"]))


def _length(part: Any) -> int:
    """The length of all texts of a block. Plain loops: this runs over every element of every answer."""
    total = 0
    if type(part) is dict:
        for key, value in part.items():
            if type(value) is str:
                if key in _COUNTED:
                    total += len(value)
            elif type(value) in (dict, list):
                total += _length(value)
    else:
        for value in part:
            if type(value) is dict:
                total += _length(value)
    return total
