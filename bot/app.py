"""Slack's requests to the router, and its reply back. The same app serves Socket Mode and HTTP.

Bolt gets one listener for each kind of request (docs/decisions/one-listener.md) and answers within the acknowledgement;
what needs another call to Slack follows as a background task.
"""

import asyncio
import json
import logging
import re
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import aiohttp
import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from structlog.contextvars import bind_contextvars

from bot import tracing
from bot.clock import monotonic
from bot.metrics import Metrics
from bot.slack import SlackDoor
from bot.tasks import Tasks
from handlers.call import SlackRefused
from handlers.replies import Reply
from handlers.router import Router

Body = dict[str, Any]
EventHandler = Callable[[Body], Coroutine[Any, Any, None]]
EVERYTHING: Final = re.compile("")
RESPONSE_URL: Final = "response_url"
"""How the answers to clicks are counted among the calls to Slack."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Replies:
    """Sends what follows an acknowledgement."""

    slack: SlackDoor
    session: aiohttp.ClientSession
    tasks: Tasks
    metrics: Metrics

    async def give(self, ack: AsyncAck, reply: Reply, body: Body) -> BoltResponse:
        """Acknowledge, and leave the rest to a background task. Bolt sends what its listener returns."""
        if reply.body:
            acknowledged = BoltResponse(status=200, body=reply.body)
        else:
            acknowledged = await ack() if reply.ack is None else await ack(reply.ack)
        if reply.respond is not None:
            self.tasks.later(self._respond(reply.behind or str(body.get("response_url", "")), reply.respond))
        elif reply.open_view is not None or reply.update_view is not None:
            self.tasks.later(self._show(reply, body))
        return acknowledged

    async def _respond(self, url: str, message: Body) -> None:
        try:
            async with self.session.post(url, json=message) as answer:
                reason = _refusal(answer.status, await answer.text())
        except (TimeoutError, aiohttp.ClientError, ValueError) as error:
            self.metrics.called(RESPONSE_URL, "unreachable")
            log.warning("response_url_failed", error=type(error).__name__)
            return
        self.metrics.called(RESPONSE_URL, reason or "ok")
        if reason:
            log.warning("response_url_refused", reason=reason)

    async def _show(self, reply: Reply, body: Body) -> None:
        view = body.get("view") or {}
        try:
            if reply.open_view is not None and _is_third(view):
                await self.slack.update_view(str(view["id"]), reply.open_view)
            elif reply.open_view is not None:
                in_modal = view.get("type") == "modal"
                await self.slack.open_view(str(body.get("trigger_id", "")), reply.open_view, push=in_modal)
            elif reply.update_view is not None:
                await self.slack.update_view(str(view.get("id", "")), reply.update_view)
        except SlackRefused as refused:
            log.warning("view_refused", reason=str(refused))


def _is_third(view: Body) -> bool:
    """Whether two modals lie below this one: Slack takes no fourth, so what comes next takes its place (views.push)."""
    below = view.get("previous_view_id")
    return bool(below) and below != view.get("root_view_id")


def _refusal(status: int, text: str) -> str:
    """Slack's error code in the answer of a response_url, "" where it took the message (then it says "ok")."""
    try:
        answer = json.loads(text)
    except ValueError:
        answer = {}
    if isinstance(answer, dict) and answer.get("ok") is False:
        return str(answer.get("error"))
    return "" if status == 200 else f"http_{status}"


@contextmanager
def _answering(kind: tracing.Kind, metrics: Metrics) -> Iterator[None]:
    """Count, time and log the answer that is given in the block; the line is written when the answer is under way."""
    began = monotonic()
    with tracing.answering(kind):
        yield
        subject, outcome = tracing.answered()
        seconds = monotonic() - began
        metrics.answered(kind, subject, outcome, seconds)
        asyncio.get_running_loop().call_soon(partial(log.info, "answered", ms=round(seconds * 1000, 1)))


def build(
    client: AsyncWebClient, signing_secret: str, router: Router, replies: Replies, events: Mapping[str, EventHandler]
) -> AsyncApp:
    """The Bolt app. `events`: what to do for an event by its type, after it is acknowledged.

    Slack delivers an event again when it saw no acknowledgement, so these must be safe to do twice.
    """
    app = AsyncApp(
        name="alliance",
        logger=logging.getLogger("slack_bolt"),
        client=client,
        signing_secret=signing_secret,
        process_before_response=True,
    )

    @app.command(EVERYTHING)
    async def command(ack: AsyncAck, body: Body) -> BoltResponse:
        with _answering("command", replies.metrics):
            return await replies.give(ack, await router.command(body), body)

    @app.action(EVERYTHING)
    async def action(ack: AsyncAck, body: Body) -> BoltResponse:
        with _answering("action", replies.metrics):
            return await replies.give(ack, await router.action(body), body)

    @app.view(EVERYTHING)
    async def submission(ack: AsyncAck, body: Body) -> BoltResponse:
        with _answering("submission", replies.metrics):
            return await replies.give(ack, await router.submission(body), body)

    @app.shortcut(EVERYTHING)
    async def shortcut(ack: AsyncAck, body: Body) -> BoltResponse:
        with _answering("shortcut", replies.metrics):
            return await replies.give(ack, await router.shortcut(body), body)

    @app.event(EVERYTHING)
    async def event(ack: AsyncAck, body: Body) -> None:
        await ack()
        happened = body.get("event") or {}
        kind = str(happened.get("type"))
        if handler := events.get(kind):
            with _answering("event", replies.metrics):
                bind_contextvars(subject=kind)
                replies.tasks.later(handler(happened))

    return app
