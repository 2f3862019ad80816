"""Slack's raw payloads read into plain values, with words cleaned of what cannot be shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from handlers.call import Where
from handlers.fieldvalues import field_value, sound

Body = Mapping[str, Any]

LONGEST = 1_000
"""Characters of a command that are looked at; what comes after has no use in any subject."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
"""Control characters, marks that turn the direction of text, and halves of characters."""


_ADDRESS = re.compile("https?://[!-~]{1,500}")

LONGEST_MESSAGE = 4_000
"""Characters of a message that a shortcut takes over: Slack recommends no longer ones."""

_MENTION = re.compile("<[@!][^<>]*>|<#[A-Z0-9]+>")
_LINK = re.compile(r"<(?P<address>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a payload says: who, where, what. Meanings as in handlers.call.Call; `id` is an action or callback id.

    `behind` is the response_url of the private message that was clicked, or from which the submitted form was opened.
    """

    user_id: str
    trigger_id: str
    id: str = ""
    words: str = ""
    value: str = ""
    channel_id: str = ""
    where: Where = "message"
    state: Mapping[str, Any] = field(default_factory=dict)
    memory: str = ""
    message_private: bool = True
    behind: str = ""


def cleaned(text: str) -> str:
    """The text as it can be shown: on one line, without control characters, at most LONGEST characters."""
    return " ".join(_UNSEEN.sub(" ", text[:LONGEST]).split())


def tidied(text: str) -> str:
    """The same for words that are kept: however long, and with the no-break spaces of good French."""
    return re.sub("[ \t\r\n]+", " ", _UNSEEN.sub(" ", text)).strip()


def unescaped(text: str) -> str:
    """Slack writes &, < and > of what people type as &amp;, &lt; and &gt;."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def command(body: Body) -> Asked:
    """A slash command. Raises KeyError for a body that is none."""
    return Asked(
        user_id=body["user_id"],
        trigger_id=body.get("trigger_id", ""),
        words=cleaned(unescaped(body.get("text") or "")),
        channel_id=body.get("channel_id", ""),
    )


def action(body: Body) -> Asked:
    """A click on a button or a choice in a menu (block_actions). Raises KeyError for a body that is none."""
    clicked = body["actions"][0]
    view = body.get("view") or {}
    container = body.get("container") or {}
    memory, behind = _remembered(view)
    where: Where = "message" if not view else "home" if view.get("type") == "home" else "modal"
    return Asked(
        user_id=body["user"]["id"],
        trigger_id=body.get("trigger_id", ""),
        id=clicked["action_id"],
        value=_clicked_value(clicked),
        channel_id=(body.get("channel") or {}).get("id") or container.get("channel_id") or "",
        where=where,
        state=_state(view or body),
        memory=memory,
        message_private=bool(container.get("is_ephemeral")) or where != "message",
        behind=str(body.get("response_url") or "") if container.get("is_ephemeral") else behind,
    )


def submission(body: Body) -> Asked:
    """A submitted form (view_submission). Raises KeyError for a body that is none."""
    view = body["view"]
    memory, behind = _remembered(view)
    return Asked(
        user_id=body["user"]["id"],
        trigger_id=body.get("trigger_id", ""),
        id=view.get("callback_id") or "",
        where="modal",
        state=_state(view),
        memory=memory,
        behind=behind,
    )


def shortcut(body: Body) -> Asked:
    """A shortcut, also one from a message's menu: its words are then that message. Raises KeyError for none."""
    message = body.get("message") or {}
    return Asked(
        user_id=body["user"]["id"],
        trigger_id=body.get("trigger_id", ""),
        id=body["callback_id"],
        words=sound(readable(str(message.get("text") or "")[:LONGEST_MESSAGE])),
        channel_id=(body.get("channel") or {}).get("id") or "",
    )


def readable(text: str) -> str:
    """A message of Slack as people typed it, line by line: links by their label, channels by their name, unescaped.

    Mentions of people are left out, since no name stands in them.
    """
    without = _MENTION.sub(" ", text)
    linked = _LINK.sub(_as_seen, without)
    return "\n".join(tidied(line) for line in unescaped(linked).splitlines()).strip()


def _as_seen(found: re.Match[str]) -> str:
    label = found["label"] or found["address"]
    return f"#{label}" if found["address"].startswith("#") else label


def private_metadata(memory: str, behind: str) -> str:
    """What a form carries: its memory, and the response_url of the message from which it was opened."""
    return f"{memory}\n{behind}" if behind else memory


def _remembered(view: Body) -> tuple[str, str]:
    """The memory of a form and the message behind it, as `private_metadata` wrote them; "" for what is no address."""
    memory, _, behind = str(sound(view.get("private_metadata"))).partition("\n")
    return memory, behind if _ADDRESS.fullmatch(behind) else ""


def _clicked_value(element: Body) -> str:
    """What the element carries or what was chosen in it; several choices are joined by commas."""
    value = field_value(element)
    return ",".join(value) if isinstance(value, list) else value or ""


def _state(holder: Body) -> dict[str, Any]:
    """The values of a view's or message's fields by action id, without what follows its colon."""
    blocks = (holder.get("state") or {}).get("values") or {}
    return {
        action_id.partition(":")[0]: field_value(element)
        for fields in blocks.values()
        for action_id, element in fields.items()
    }
