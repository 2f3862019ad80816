"""Socket Mode: tickets, connections, envelopes and their acknowledgements."""

import asyncio
import json
import secrets
import uuid

from aiohttp import WSCloseCode, WSMsgType, web

from workspace.app import App
from workspace.arguments import Arguments
from workspace.changes import Changes
from workspace.delivery import Ack, Attempt, Kind
from workspace.errors import Json, SlackError
from workspace.methods import Method, Methods
from workspace.team import Team

MOST_CONNECTIONS = 10
PING_SECONDS = 10.0


class Sockets:
    """The app's connections. Envelopes go to them in turn."""

    def __init__(self, app: App, changes: Changes, ack_seconds: float) -> None:
        self._app = app
        self._changes = changes
        self._ack_seconds = ack_seconds
        self._tickets: set[str] = set()
        self._live: list[web.WebSocketResponse] = []
        self._transports: dict[web.WebSocketResponse, asyncio.Transport] = {}
        self._waiting: dict[str, asyncio.Future[Json | None]] = {}

    @property
    def connected(self) -> bool:
        """Whether the app is connected."""
        return bool(self._live)

    @property
    def connections(self) -> int:
        """How many connections the app has open."""
        return len(self._live)

    def new_ticket(self) -> str:
        """A ticket for one connection."""
        ticket = str(uuid.uuid4())
        self._tickets.add(ticket)
        return ticket

    async def send(self, kind: Kind, payload: Json, attempt: Attempt) -> Ack:
        """Deliver a payload over the next connection. See Delivery."""
        if not self._live:
            return Ack("unreachable")
        socket = self._live.pop(0)
        self._live.append(socket)
        name = str(uuid.uuid4())
        envelope: Json = {"envelope_id": name, "type": kind, "payload": payload,
                          "accepts_response_payload": kind != "events_api"}  # fmt: skip
        if kind == "events_api":
            envelope.update(retry_attempt=attempt.number, retry_reason=attempt.reason)
        acked: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        self._waiting[name] = acked
        try:
            async with asyncio.timeout(self._ack_seconds):
                await socket.send_json(envelope)
                return Ack("acked", await acked)
        except TimeoutError:
            return Ack("timeout")
        except ConnectionError:
            return Ack("unreachable")
        finally:
            self._waiting.pop(name, None)

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """GET /link?ticket=…: one connection, until one of the two ends it."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden(text="this ticket is unknown or was used")
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse(heartbeat=PING_SECONDS)
        await socket.prepare(request)
        if len(self._live) >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets", "debug_info": {}})
            await socket.close()
            return socket
        await socket.send_json(self._hello(len(self._live) + 1))
        self._live.append(socket)
        if request.transport is not None:
            self._transports[socket] = request.transport
        self._changes.publish("state")
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._acknowledge(message.data)
        finally:
            self._transports.pop(socket, None)
            if socket in self._live:
                self._live.remove(socket)
            self._changes.publish("state")
        return socket

    def _hello(self, number: int) -> Json:
        debug = {"host": "workspace", "build_number": 1, "approximate_connection_time": 18060}
        info = {"app_id": self._app.app_id}
        return {"type": "hello", "num_connections": number, "debug_info": debug, "connection_info": info}

    def _acknowledge(self, text: str) -> None:
        try:
            said = json.loads(text)
        except ValueError:
            return
        name = said.get("envelope_id") if isinstance(said, dict) else None
        waiting = self._waiting.get(name) if isinstance(name, str) else None
        if waiting is not None and not waiting.done():
            payload = said.get("payload")
            waiting.set_result(payload if isinstance(payload, dict) and payload else None)

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask the app to reconnect (`warning` comes some seconds before, `refresh_requested` when it is time)."""
        for socket in list(self._live):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "workspace"}})

    async def cut(self, *, abruptly: bool = False) -> None:
        """End all connections: with a closing frame, or `abruptly`, as when a cable is pulled."""
        ending, self._live = self._live, []
        self._changes.publish("state")
        for socket in ending:
            transport = self._transports.get(socket)
            if abruptly and transport is not None:
                transport.abort()
            else:
                await socket.close(code=WSCloseCode.GOING_AWAY)


def methods(sockets: Sockets) -> Methods:
    """apps.connections.open: where to connect to."""

    async def open_connection(team: Team, args: Arguments) -> Json:
        """apps.connections.open"""
        if not team.base_url:
            raise SlackError("internal_error")
        url = f"{team.base_url.replace('http', 'ws', 1)}/link?ticket={sockets.new_ticket()}"
        return {"url": f"{url}&app_id={secrets.token_hex(16)}"}

    return {"apps.connections.open": Method(open_connection, tier=0, token="app")}
