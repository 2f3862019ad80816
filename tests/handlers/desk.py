"""For tests of answers: a member at their desk, who types commands and clicks, and Slack as far as handlers ask of it.

The router, the database and the content are the real ones; only Slack has a stand-in, which keeps what it got.
"""

from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from handlers.call import Deps, MemberFacts, SlackRefused
from handlers.replies import Json, Reply
from handlers.router import Router
from storage.announcements import Posted
from storage.library import Library
from storage.store import Store
from tests.handlers.validity import check_message, check_view


@dataclass
class SlackStandIn:
    """Says what it was told to say, and keeps what it was sent."""

    locales: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    files: list[tuple[str, str, bytes, str]] = field(default_factory=list)
    pictures: list[tuple[str, str, bytes, str, str]] = field(default_factory=list)
    forwarded: list[tuple[str, str, str]] = field(default_factory=list)
    put: dict[str, bytes] = field(default_factory=dict)
    homes: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    invited: list[tuple[str, str]] = field(default_factory=list)
    revised: list[tuple[str, str, Json]] = field(default_factory=list)
    guests: frozenset[str] = frozenset()
    refuses: bool = False

    async def member_facts(self, user_id: str) -> MemberFacts:
        self.asked.append(user_id)
        if self.refuses:
            raise SlackRefused("unreachable")
        return MemberFacts(*self.locales.get(user_id, (None, None)), guest=user_id in self.guests)

    async def channel_name(self, channel_id: str) -> str | None:
        return self.channels.get(channel_id)

    async def send_file(self, user_id: str, name: str, content: bytes, comment: str, alt: str = "") -> None:
        if alt:
            self.pictures.append((user_id, name, content, comment, alt))
        else:
            self.files.append((user_id, name, content, comment))

    async def forward_file(self, file_id: str, user_id: str, comment: str) -> None:
        self.forwarded.append((file_id, user_id, comment))

    async def invite(self, channel_id: str, user_id: str) -> None:
        if self.refuses:
            raise SlackRefused("not_in_channel")
        self.invited.append((channel_id, user_id))

    async def revise(self, posted: Posted, text: str, blocks: list[dict[str, Any]]) -> None:
        check_message({"text": text, "blocks": blocks})
        self.revised.append((posted.target, posted.ts, {"text": text, "blocks": blocks}))

    async def read_file(self, file_id: str, most: int) -> bytes:
        if file_id not in self.put or len(self.put[file_id]) > most:
            raise SlackRefused("file_too_large" if file_id in self.put else "file_not_found")
        return self.put[file_id]

    async def publish_home(self, user_id: str, view: dict[str, Any]) -> None:
        check_view(view)
        self.homes[user_id] = view


class Desk:
    """Types and clicks as members do. Every answer is checked against Slack's limits before it is returned."""

    def __init__(self, store: Store, library: Library, now: datetime) -> None:
        self.store, self.now = store, now
        self.slack = SlackStandIn()
        self._later: list[Coroutine[Any, Any, None]] = []
        self._clicks = count(1)
        self.deps = Deps(store, library, self.slack, self._later.append, lambda: self.now)
        self.router = Router(self.deps)

    def speaks(self, user: str, locale: str | None, zone: str | None = "UTC") -> None:
        """What Slack says of a member."""
        self.slack.locales[user] = (locale, zone)

    async def type(self, text: str, user: str = "U0LAN", channel: str = "C0COMMUNITY") -> Json:
        """The message that `/alliance TEXT` gets."""
        body = {
            "command": "/alliance",
            "text": text,
            "user_id": user,
            "channel_id": channel,
            "trigger_id": "1.1",
            "response_url": "http://127.0.0.1/response",
        }
        reply = await self.router.command(body)
        assert reply.ack is not None
        assert (reply.respond, reply.open_view, reply.update_view) == (None, None, None)
        check_message(reply.ack)
        return reply.ack

    async def click(
        self,
        action: str,
        value: str = "",
        user: str = "U0LAN",
        *,
        ephemeral: bool = True,
        view: Json | None = None,
        chosen: bool = False,
        trigger: str = "",
    ) -> Reply:
        """The reply to a click on a button, or to a choice in a menu, in a message or in a view.

        With the `trigger` id of an earlier click it is that one, delivered again.
        """
        trigger = trigger or f"click.{next(self._clicks)}"
        element: Json = {"action_id": action, "block_id": "b", "type": "static_select" if chosen else "button"}
        element |= {"selected_option": {"value": value}} if chosen else {"value": value}
        body: Json = {"type": "block_actions", "user": {"id": user}, "trigger_id": trigger, "actions": [element]}
        if view is None:
            body |= {
                "container": {"type": "message", "channel_id": "C0COMMUNITY", "is_ephemeral": ephemeral},
                "channel": {"id": "C0COMMUNITY"},
                "response_url": "http://127.0.0.1/response",
            }
        else:
            body |= {"container": {"type": "view"}, "view": view}
        return checked(await self.router.action(body))

    async def submit(self, callback: str, state: Json, memory: str = "", user: str = "U0LAN") -> Reply:
        """The reply to a form. `state`: the element of each field by action id, as Slack sends it."""
        values = {f"block-{action}": {action: element} for action, element in state.items()}
        view = {"type": "modal", "callback_id": callback, "private_metadata": memory, "state": {"values": values}}
        body = {"type": "view_submission", "user": {"id": user}, "view": view}
        return checked(await self.router.submission(body))

    async def shortcut(self, callback: str, user: str = "U0LAN", message: str = "", channel: str = "") -> Json:
        """The view that a shortcut opens; with `message`, one of that message's menu."""
        body: Json = {"type": "shortcut", "callback_id": callback, "user": {"id": user}, "trigger_id": "1.1"}
        if message:
            body |= {"type": "message_action", "message": {"text": message}, "channel": {"id": channel}}
        reply = checked(await self.router.shortcut(body))
        assert reply.open_view is not None
        return reply.open_view

    async def settle(self) -> None:
        """Let everything happen that follows the answers."""
        while self._later:
            await self._later.pop(0)


def checked(reply: Reply) -> Reply:
    """The reply, after everything in it was held against Slack's limits."""
    if reply.respond:
        check_message(reply.respond)
    for view in (reply.open_view, reply.update_view, (reply.ack or {}).get("view")):
        if view:
            check_view(view)
    return reply


def shown(message: Json) -> str:
    """All text of a message or view, a line for each paragraph, list item and button."""
    return "\n".join(line for block in message["blocks"] for line in _lines(block))


def buttons(message: Json) -> dict[str, tuple[str, str]]:
    """The buttons of a message by what stands on them: action id and value."""
    elements = [e for block in message["blocks"] if block["type"] == "actions" for e in block["elements"]]
    return {e["text"]["text"]: (e["action_id"], e.get("value", "")) for e in elements if e["type"] == "button"}


def options(message: Json) -> dict[str, str]:
    """The entries of the message's menus by what stands on them: their values."""
    elements = [e for block in message["blocks"] if block["type"] == "actions" for e in block["elements"]]
    return {o["text"]["text"]: o["value"] for e in elements if "options" in e for o in e["options"]}


def _lines(block: Json) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield block["text"]["text"]
        case "context":
            yield from (element["text"] for element in block["elements"])
        case "rich_text":
            for part in block["elements"]:
                if part["type"] == "rich_text_list":
                    yield from (f"- {_inline(item)}" for item in part["elements"])
                else:
                    yield _inline(part)
        case "actions":
            yield from (f"[{e['text']['text']}]" for e in block["elements"] if e["type"] == "button")
        case _:
            return


def _inline(paragraph: Json) -> str:
    names = ("text", "fallback", "user_id", "channel_id", "name")
    said = (next((e[name] for name in names if e.get(name)), "") for e in paragraph["elements"])
    return "".join(said).replace("\n", " | ")
