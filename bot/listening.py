"""The two ways in which Slack's requests arrive: Socket Mode (no public address needed) and HTTP."""

from collections.abc import Sequence
from typing import Any, Final, Protocol

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot import tracing
from bot.problems import CannotListen
from bot.slack import error_code
from bot.tasks import Tasks

PATH: Final = "/slack/events"
PING_SECONDS: Final = 5.0
"""A connection that answers no ping for a few times this is replaced."""

log = structlog.get_logger(__name__)


class Listening(Protocol):
    """A way in. `close` ends what is being answered first."""

    async def open(self) -> None:
        """Start taking requests. Raises CannotListen."""
        ...

    async def connected(self) -> bool:
        """Whether Slack's requests reach the bot now, as far as it can know."""
        ...

    async def close(self) -> None:
        """Answer what has arrived, then take no more."""
        ...


class _Handler(AsyncSocketModeHandler):
    """Counts what is being answered, so that shutdown can wait for it."""

    def __init__(self, app: AsyncApp, app_token: str, client: AsyncWebClient, tasks: Tasks) -> None:
        super().__init__(app, app_token, web_client=client, ping_interval=PING_SECONDS)
        self._tasks = tasks

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override] # as in Bolt
        with self._tasks.answering(), tracing.request(req.envelope_id):
            await super().handle(client, req)


class Socket:
    """Socket Mode."""

    def __init__(self, app: AsyncApp, app_token: str, client: AsyncWebClient, tasks: Tasks) -> None:
        self._app = app
        self._app_token = app_token
        self._client = client
        self._tasks = tasks
        self._socket: Any = None  # Bolt's methods for opening and closing carry no types

    async def open(self) -> None:
        """Connect; a connection that breaks later is made again by itself. Raises CannotListen for a wrong token."""
        try:
            address = (await self._client.apps_connections_open(app_token=self._app_token))["url"]
        except SlackApiError as error:
            raise CannotListen(
                f"Slack does not accept SLACK_APP_TOKEN ({error_code(error)}). Make a new token with the scope "
                "connections:write on your app's page 'Basic Information', and check that Socket Mode is on."
            ) from error
        self._socket = _Handler(self._app, self._app_token, self._client, self._tasks)
        self._socket.client.wss_uri = address
        await self._socket.connect_async()
        log.info("connected", way="socket mode")

    async def connected(self) -> bool:
        """Whether the connection stands."""
        return self._socket is not None and bool(await self._socket.client.is_connected())

    async def close(self) -> None:
        """Answer what has arrived, then disconnect."""
        await self._tasks.answered()
        if self._socket is not None:
            await self._socket.close_async()


class Http:
    """A web server for Slack's requests at PATH; Bolt checks their signatures. `others`: what else it answers."""

    def __init__(self, app: AsyncApp, host: str, port: int, tasks: Tasks, others: Sequence[web.RouteDef] = ()) -> None:
        self._others = others
        self._app = app
        self._host = host
        self._port = port
        self._tasks = tasks
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Listen. Raises CannotListen where the port is taken."""
        served = web.Application()
        served.router.add_post(PATH, self._answer)
        served.add_routes(self._others)
        self._runner = web.AppRunner(served, access_log=None, shutdown_timeout=5)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise CannotListen(
                f"Cannot listen on {self._host}, port {self._port}: {error.strerror}. Set PORT to a free one."
            ) from error
        log.info("connected", way="http", port=self._port, path=PATH)

    async def _answer(self, request: web.Request) -> web.Response:
        with self._tasks.answering(), tracing.request():
            return await to_aiohttp_response(await self._app.async_dispatch(await to_bolt_request(request)))

    async def connected(self) -> bool:
        """Whether it listens; whether Slack can reach the address shows only when it does."""
        return self._runner is not None

    async def close(self) -> None:
        """Take no new connections and answer what has arrived."""
        if self._runner:
            await self._runner.cleanup()
