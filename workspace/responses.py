"""What an app answers with, in an acknowledgement or to a response_url, becomes what people see.

A response_url works five times within thirty minutes (of the workspace's clock).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from workspace.app import App
from workspace.blocks import checked
from workspace.changes import Changes
from workspace.clock import Clock
from workspace.errors import Json, SlackError
from workspace.messages import Messages

MOST_USES = 5
LIFETIME = timedelta(minutes=30)
LONGEST_TEXT = 40_000


@dataclass
class Origin:
    """What an answer belongs to: who did it, where, and in which message (that only they see, or everybody)."""

    user: str
    channel: str
    message_ts: str | None = None
    is_ephemeral: bool = False


@dataclass
class ResponseUrl:
    """One response_url."""

    origin: Origin
    made: datetime
    uses: int = 0


class Responses:
    """Turns answers into messages, and keeps the response_urls."""

    def __init__(self, app: App, clock: Clock, messages: Messages, changes: Changes) -> None:
        self._app = app
        self._clock = clock
        self._messages = messages
        self._changes = changes
        self._urls: dict[str, ResponseUrl] = {}

    def new_url(self, origin: Origin) -> str:
        """The path of a fresh response_url."""
        name = f"{self._app.team_id}/{secrets.randbelow(10**12)}/{secrets.token_hex(12)}"
        self._urls[name] = ResponseUrl(origin, self._clock.now())
        return f"/response/{name}"

    def answer_url(self, name: str, body: Json) -> Json:
        """A POST to a response_url. Raises SlackError with status 404 for one that is unknown, used up or too old."""
        url = self._urls.get(name)
        if url is None:
            raise SlackError("invalid_url", status=404)
        if url.uses >= MOST_USES:
            raise SlackError("used_url", status=404)
        if self._clock.now() - url.made > LIFETIME:
            raise SlackError("expired_url", status=404)
        try:
            self.answer(url.origin, body)
        except SlackError as error:
            raise SlackError(error.code, status=400, more=error.more) from error
        url.uses += 1
        return {"ok": True}

    def answer(self, origin: Origin, body: Json) -> Json | None:
        """Show an answer: a new message, the clicked one changed or gone. Raises no_text, invalid_blocks, …"""
        if body.get("delete_original"):
            self._replace(origin, None)
            return None
        content = content_of(body)
        if body.get("replace_original") and origin.message_ts is not None:
            return self._replace(origin, content)
        message = {**bot_fields(self._app), **content}
        if body.get("response_type", "ephemeral") == "in_channel":
            shown = self._messages.add(origin.channel, message)
        else:
            shown = self._messages.add_ephemeral(origin.channel, origin.user, {**message, "is_ephemeral": True})
        self._changes.publish(f"messages:{origin.channel}")
        return shown

    def _replace(self, origin: Origin, content: Json | None) -> Json | None:
        ts = origin.message_ts
        if ts is None:
            return None
        owner = origin.user if origin.is_ephemeral else None
        find = self._messages.find
        old = self._messages.find_ephemeral(origin.channel, owner, ts) if owner else find(origin.channel, ts)
        self._changes.publish(f"messages:{origin.channel}")
        if old is None:
            return None
        if content is None:
            self._messages.remove(origin.channel, ts, owner)
            return None
        old.pop("blocks", None)
        old.update(content)
        if owner is None:
            old["edited"] = {"user": self._app.user_id, "ts": f"{self._clock.now().timestamp():.6f}"}
        return old


def bot_fields(app: App) -> Json:
    """What every message of the app carries."""
    return {
        "user": app.user_id,
        "bot_id": app.bot_id,
        "app_id": app.app_id,
        "team": app.team_id,
        "bot_profile": {"id": app.bot_id, "app_id": app.app_id, "name": app.name, "deleted": False,
                        "team_id": app.team_id},
    }  # fmt: skip


def content_of(body: Json, *, may_be_empty: bool = False) -> Json:
    """Text, blocks and attachments of a message. Raises no_text without any; text above 40,000 characters is cut."""
    text = body.get("text") or ""
    if not isinstance(text, str):
        raise SlackError("invalid_payload")
    given = body.get("blocks")
    blocks = checked(given) if given is not None and given != [] else []
    if not text and not blocks and not body.get("attachments") and not may_be_empty:
        raise SlackError("no_text")
    content: Json = {"text": text[:LONGEST_TEXT]}
    if blocks:
        content["blocks"] = blocks
    if body.get("attachments"):
        content["attachments"] = body["attachments"]
    return content
