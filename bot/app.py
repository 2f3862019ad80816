"""Slack's requests to the router, and its reply back. The same app serves Socket Mode and HTTP.

Bolt gets one listener for each kind of request (docs/decisions/one-listener.md) and answers within the acknowledgement;
what needs another call to Slack follows as a background task.
"""

import logging
import re
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import SlackDoor
from bot.tasks import Tasks
from handlers.call import SlackRefused
from handlers.replies import Reply
from handlers.router import Router

Body = dict[str, Any]
EventHandler = Callable[[Body], Coroutine[Any, Any, None]]
EVERYTHING: Final = re.compile("")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Replies:
    """Sends what follows an acknowledgement."""

    slack: SlackDoor
    session: aiohttp.ClientSession
    tasks: Tasks

    async def give(self, ack: AsyncAck, reply: Reply, body: Body) -> None:
        """Acknowledge, and leave the rest to a background task."""
        if reply.ack is None:
            await ack()
        else:
            await ack(reply.ack)
        if reply.respond is not None:
            self.tasks.later(self._respond(str(body.get("response_url", "")), reply.respond))
        elif reply.open_view is not None or reply.update_view is not None:
            self.tasks.later(self._show(reply, body))

    async def _respond(self, url: str, message: Body) -> None:
        try:
            async with self.session.post(url, json=message) as answer:
                text = await answer.text()
                if answer.status != 200 or '"ok":false' in text.replace(" ", ""):
                    log.warning("response_url_refused", status=answer.status, answer=text[:200])
        except (TimeoutError, aiohttp.ClientError, ValueError) as error:
            log.warning("response_url_failed", error=type(error).__name__)

    async def _show(self, reply: Reply, body: Body) -> None:
        view = body.get("view") or {}
        try:
            if reply.open_view is not None:
                in_modal = view.get("type") == "modal"
                await self.slack.open_view(str(body.get("trigger_id", "")), reply.open_view, push=in_modal)
            elif reply.update_view is not None:
                await self.slack.update_view(str(view.get("id", "")), reply.update_view)
        except SlackRefused as refused:
            log.warning("view_refused", reason=str(refused))


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
    async def command(ack: AsyncAck, body: Body) -> None:
        await replies.give(ack, await router.command(body), body)

    @app.action(EVERYTHING)
    async def action(ack: AsyncAck, body: Body) -> None:
        await replies.give(ack, await router.action(body), body)

    @app.view(EVERYTHING)
    async def submission(ack: AsyncAck, body: Body) -> None:
        await replies.give(ack, await router.submission(body), body)

    @app.event(EVERYTHING)
    async def event(ack: AsyncAck, body: Body) -> None:
        await ack()
        happened = body.get("event") or {}
        if handler := events.get(str(happened.get("type"))):
            replies.tasks.later(handler(happened))

    return app
