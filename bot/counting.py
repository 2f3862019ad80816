"""Slack's client and the poster, counted: each tells the metrics what it did, and is otherwise what it was."""

from collections.abc import Callable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.metrics import Metrics
from bot.posting import Message, Outcome, Poster
from bot.slack import error_code


class CountingClient(AsyncWebClient):
    """Slack's client. `count` is told of each call: the method, and "ok", Slack's error code or "unreachable"."""

    def __init__(self, count: Callable[[str, str], None], **options: Any) -> None:
        super().__init__(**options)
        self._count = count

    async def api_call(self, api_method: str, **options: Any) -> AsyncSlackResponse:
        """Call a method. Raises what AsyncWebClient raises."""
        outcome = "given up"
        try:
            answer = await super().api_call(api_method, **options)
            outcome = "ok"
            return answer
        except SlackApiError as error:
            outcome = error_code(error)
            raise
        except (TimeoutError, aiohttp.ClientError, OSError):
            outcome = "unreachable"
            raise
        finally:
            self._count(api_method, outcome)


def counted(client: AsyncWebClient, metrics: Metrics) -> AsyncWebClient:
    """The same client, counted."""
    return CountingClient(
        metrics.called,
        token=client.token,
        base_url=client.base_url,
        timeout=client.timeout,
        session=client.session,
        retry_handlers=client.retry_handlers,
    )


class CountingPoster(Poster):
    """A poster whose attempts are counted by kind of delivery and outcome."""

    def __init__(self, client: AsyncWebClient, metrics: Metrics) -> None:
        super().__init__(client)
        self._metrics = metrics

    async def post(
        self, target: str, message: Message, delivery_id: int, key: str, *more: Any, **named: Any
    ) -> Outcome:
        """Post once, as Poster does; a delivery's key begins with its kind."""
        outcome = await super().post(target, message, delivery_id, key, *more, **named)
        self._metrics.attempted(key.partition(":")[0], type(outcome).__name__.lower())
        return outcome
