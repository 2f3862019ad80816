"""One attempt to post a message to Slack, and what can be known of how it ended."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

HTTP_TIMEOUT: Final = 15.0
"""Seconds after which a call to Slack is given up."""

MAYBE_DONE: Final = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Slack on these: "It's possible some aspect of the operation succeeded before the error was raised"."""

OUR_FAULT: Final = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "token_revoked",
        "token_expired",
        "missing_scope",
        "no_permission",
        "ekm_access_denied",
    }
)
"""Nothing can be posted until somebody mends the app's token or scopes: no delivery is to blame."""

IDLE_SECONDS: Final = 2.0
"""A connection that was idle for longer is not used again: the other end may just be closing it."""

RATELIMITED: Final = "ratelimited"
CLAIM_OVER: Final = "claim_over"

EVENT_TYPE: Final = "alliance_delivery"
"""The type of the message metadata by which a post is found again."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: Block Kit, and the text that notifications show."""

    text: str
    blocks: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Skip:
    """There is nothing to post any more."""

    reason: str


@dataclass(frozen=True, slots=True)
class Postpone:
    """It is not due yet: the facts have changed since it was planned."""

    due_at: datetime


Rendered = Message | Skip | Postpone

TOO_LATE: Final = "too late to be of use"
"""The reason of a skipped delivery that the late policy ended."""


@dataclass(frozen=True, slots=True)
class Posted:
    """It is in the channel."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class NotPosted:
    """It is certain that it was not posted; it may be tried again after so many seconds.

    `alone`: this one waits by itself; else the others wait as well, since they would fare no better.
    """

    reason: str
    again_in: float
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """It was not posted, and trying again would not help. `reason` is Slack's error code."""

    reason: str


@dataclass(frozen=True, slots=True)
class NobodyKnows:
    """It may have been posted or not: only the channel's history tells."""

    reason: str


Outcome = Posted | NotPosted | Refused | NobodyKnows


class ClaimOver(Exception):
    """The claim no longer holds at the moment at which the request would be written."""


_holds: ContextVar[Callable[[], bool]] = ContextVar("holds")


async def _last_look(_session: aiohttp.ClientSession, _context: SimpleNamespace, _request: object) -> None:
    """aiohttp calls this when it is connected, right before it writes the request."""
    if not _holds.get(_always)():
        raise ClaimOver


def _always() -> bool:
    return True


def posting_session() -> aiohttp.ClientSession:
    """The connections for posts. They are kept for the next post, but not long enough to die of old age.

    The sender bounds how many there are. Whoever makes the session closes it.
    """
    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(_last_look)
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=IDLE_SECONDS)
    timeout = aiohttp.ClientTimeout(total=HTTP_TIMEOUT)
    return aiohttp.ClientSession(connector=connector, timeout=timeout, trace_configs=[trace])


class Poster:
    """Posts with a client that never repeats a request by itself (`retry_handlers=[]`)."""

    def __init__(self, client: AsyncWebClient) -> None:
        if client.retry_handlers:
            raise ValueError("a client that repeats requests by itself could post twice")
        self._client = client

    async def post(
        self, target: str, message: Message, delivery_id: int, key: str, holds: Callable[[], bool] = _always
    ) -> Outcome:
        """Post once. `target` is a channel or user id. Never raises for what Slack or the network does.

        `holds` is asked last of all, when the connection stands: False, and nothing is written to it.
        """
        if not holds():
            return NotPosted(CLAIM_OVER, 0.0)
        _holds.set(holds)
        arguments = {
            "channel": target,
            "text": message.text,
            "blocks": message.blocks,
            "metadata": {"event_type": EVENT_TYPE, "event_payload": {"id": delivery_id, "key": key}},
            "unfurl_links": False,
            "unfurl_media": False,
        }
        try:
            # Not chat_postMessage: it looks through all blocks for slack_sdk's own classes, which costs as much as the
            # rest of what slack_sdk does for a request.
            answer = await self._client.api_call("chat.postMessage", json=arguments)
        except SlackApiError as error:
            return _of_error(error)
        except ClaimOver:
            return NotPosted(CLAIM_OVER, 0.0)
        except aiohttp.ClientConnectorError:
            return NotPosted("unreachable", 5.0)
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            return NobodyKnows(type(error).__name__)
        return Posted(str(answer["channel"]), str(answer["ts"]))

    async def delete(self, channel: str, ts: str) -> bool:
        """Take a post back; whether it is gone."""
        try:
            await self._client.chat_delete(channel=channel, ts=ts)
        except SlackApiError as error:
            return bool(error.response.get("error") == "message_not_found")
        except (TimeoutError, aiohttp.ClientError, OSError):
            return False
        return True


def _of_error(error: SlackApiError) -> Outcome:
    """What an error answer means. See docs/decisions/ledger.md."""
    status = int(getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0))
    data = getattr(error.response, "data", None)
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == 429 or code in (RATELIMITED, "rate_limited"):
        return NotPosted(RATELIMITED, retry_after(error))
    if status >= 500 or not code or code in MAYBE_DONE:
        return NobodyKnows(code or f"http_{status}")
    return NotPosted(code, 60.0) if code in OUR_FAULT else Refused(code)


def retry_after(error: SlackApiError, default: float = 30.0) -> float:
    """The seconds that Slack asks to wait; `default` where it does not say a number."""
    headers = getattr(error.response, "headers", None) or {}
    given = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(given) if str(given).isdigit() else default
