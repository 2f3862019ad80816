"""`/healthz`, `/readyz` and `/metrics`: for whatever watches over the bot. See docs/operating.md."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from aiohttp import web
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.metrics import CONTENT_TYPE, Metrics
from bot.problems import CannotListen
from storage import deliveries, sending
from storage.store import Store

PATIENCE: Final = 2.0
"""Seconds in which the database has to answer."""

LOOPBACK: Final = "127.0.0.1"

Check = Callable[[], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Health:
    """Answers the three addresses. `checks`: what must hold for /readyz, by the name that it says where one fails."""

    store: Store
    metrics: Metrics
    clock: Callable[[], datetime]
    checks: Mapping[str, Check]

    def routes(self) -> list[web.RouteDef]:
        """For a server of aiohttp."""
        return [
            web.get("/healthz", self._alive),
            web.get("/readyz", self._ready),
            web.get("/metrics", self._numbers),
        ]

    async def failing(self) -> list[str]:
        """The names of the checks that do not hold."""
        return [name for name, check in self.checks.items() if not await check()]

    async def _alive(self, _request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def _ready(self, _request: web.Request) -> web.Response:
        failing = await self.failing()
        return web.json_response({"ready": not failing, "failing": failing}, status=503 if failing else 200)

    async def _numbers(self, _request: web.Request) -> web.Response:
        if await answers(self.store):
            now, oldest = self.clock(), await deliveries.next_due(self.store)
            lag = max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
            paused = await sending.paused(self.store) is not None
            self.metrics.ledger(await sending.by_kind(self.store), lag, paused=paused)
        return web.Response(body=self.metrics.text(), headers={"Content-Type": CONTENT_TYPE})


async def answers(store: Store) -> bool:
    """Whether the database answers, in time."""
    try:
        async with asyncio.timeout(PATIENCE):
            await store.rows(text("SELECT 1"))
    except (TimeoutError, OSError, SQLAlchemyError):
        return False
    return True


class Aside:
    """A server for these addresses and `others`, on loopback: for Socket Mode, which has none."""

    def __init__(self, health: Health, port: int, others: Sequence[web.RouteDef] = ()) -> None:
        self._health = health
        self._port = port
        self._others = others
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Listen. Raises CannotListen where the port is taken."""
        served = web.Application()
        served.add_routes((*self._health.routes(), *self._others))
        self._runner = web.AppRunner(served, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, LOOPBACK, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise CannotListen(
                f"Cannot listen on {LOOPBACK}, port {self._port}: {error.strerror}. Set ALLIANCE_HEALTH_PORT to a "
                "free one, or take it away."
            ) from error

    async def close(self) -> None:
        """Listen no more."""
        if self._runner:
            await self._runner.cleanup()
