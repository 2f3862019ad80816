"""The bot's Bolt app and a bare one, dispatched to in process: what an answer costs without the network."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.data import NOW
from bot.app import Replies, build
from bot.metrics import Metrics
from bot.slack import SlackDoor
from bot.tasks import Tasks
from handlers import SUBJECTS
from handlers.call import Deps
from handlers.router import Router
from handlers.subject import Subject
from storage import members
from storage.library import Library
from storage.store import Store

TOKEN = "xoxb-local"
READER = "U0AMINA"
Dispatch = Callable[[], Awaitable[object]]


def bare(api: str) -> AsyncApp:
    """What one gets by following Bolt's tutorial."""
    app = AsyncApp(
        client=AsyncWebClient(TOKEN, base_url=api), signing_secret="local", request_verification_enabled=False
    )

    @app.command("/alliance")
    async def command(ack: AsyncAck) -> None:
        await ack("hi")

    return app


@asynccontextmanager
async def bots(store: Store, api: str, subjects: Sequence[Subject] = SUBJECTS) -> AsyncIterator[AsyncApp]:
    """The bot's app over a store; the reader reads French."""
    client = AsyncWebClient(TOKEN, base_url=api)
    door = SlackDoor(client, client)
    tasks = Tasks()
    await members.save_slack_facts(store, READER, "fr-FR", "Africa/Nairobi", NOW)
    deps = Deps(store, await Library.load(store), door, tasks.later, lambda: NOW)
    async with aiohttp.ClientSession() as session:
        yield build(client, "local", Router(deps, subjects), Replies(door, session, tasks, Metrics()), {})
        await tasks.finish(5)


def command(app: AsyncApp, text: str) -> Dispatch:
    """One `/alliance` command of the reader, as Socket Mode hands it to Bolt."""
    body = {
        "command": "/alliance",
        "text": text,
        "user_id": READER,
        "team_id": "T0ALLIANCE",
        "channel_id": "C0COMMUNITY",
        "api_app_id": "A0ALLIANCE",
        "trigger_id": "1.2.3",
        "response_url": "",
    }
    return _dispatch(app, body)


def click(app: AsyncApp, action_id: str, value: str) -> Dispatch:
    """One click of the reader on a button in a private message."""
    body: dict[str, Any] = {
        "type": "block_actions",
        "user": {"id": READER, "team_id": "T0ALLIANCE"},
        "team": {"id": "T0ALLIANCE"},
        "api_app_id": "A0ALLIANCE",
        "trigger_id": "1.2.3",
        "container": {"type": "message", "is_ephemeral": True, "channel_id": "C0COMMUNITY"},
        "channel": {"id": "C0COMMUNITY"},
        "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": value}],
    }
    return _dispatch(app, body)


def _dispatch(app: AsyncApp, body: dict[str, Any]) -> Dispatch:
    async def run() -> object:
        answer = await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
        if answer.status != 200:
            raise RuntimeError(f"the app answered {answer.status}")
        return answer

    return run
