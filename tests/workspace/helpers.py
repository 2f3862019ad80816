"""The project's manifest with variations, the stock clients, and blocks to send."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.async_api import Page
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from workspace.server import Workspace

START = datetime(2019, 4, 3, 12, 0, tzinfo=UTC)
MANIFEST = Path(__file__).parents[2] / "manifest.yml"

Json = dict[str, Any]
Start = Callable[..., Awaitable[Workspace]]
Connect = Callable[[Workspace, AsyncApp], Awaitable[AsyncSocketModeHandler]]
Visit = Callable[..., Awaitable[Page]]


def manifest(*, scopes: tuple[str, ...] = (), events: tuple[str, ...] = (), **features: Any) -> Json:
    """The project's manifest, with more scopes, events and features."""
    made: Json = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    made["oauth_config"]["scopes"]["bot"] += scopes
    made["settings"]["event_subscriptions"]["bot_events"] += events
    made["features"].update(features)
    return made


def client_of(workspace: Workspace, token: str | None = "xoxb-local") -> AsyncWebClient:
    """The stock client, without its retries: what is refused is seen at once."""
    return AsyncWebClient(token=token, base_url=workspace.api_url, retry_handlers=[])


def app_of(workspace: Workspace) -> AsyncApp:
    """A stock Bolt app for the workspace."""
    return AsyncApp(client=client_of(workspace), process_before_response=True)


async def refusal(call: Awaitable[Any]) -> Json:
    """What a refused call was answered."""
    with pytest.raises(SlackApiError) as refused:
        await call
    data = refused.value.response.data
    assert isinstance(data, dict)
    return data


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text: str = "More", action: str = "more", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action, **more}


def actions(*elements: Json, block: str = "choice") -> Json:
    return {"type": "actions", "block_id": block, "elements": list(elements)}


def option(value: str, text: str = "") -> Json:
    return {"text": plain(text or value), "value": value}


def menu(*values: str, action: str = "menu", **more: Any) -> Json:
    return {"type": "static_select", "action_id": action, "options": [option(value) for value in values], **more}


def field(block: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": block, "label": plain(block.title()), "element": element, **more}


def line(action: str = "line", **more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": action, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Reminders"), "submit": plain("Save"), "blocks": list(blocks), **more}


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}
