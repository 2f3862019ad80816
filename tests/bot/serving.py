"""Parts of the bot's web server on a real port of loopback."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web


@asynccontextmanager
async def serving(routes: Iterable[web.AbstractRouteDef]) -> AsyncIterator[str]:
    """Answers on these routes for the length of a block; where: http://127.0.0.1:PORT."""
    application = web.Application()
    application.add_routes(routes)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def visiting(routes: Iterable[web.AbstractRouteDef]) -> AsyncIterator[aiohttp.ClientSession]:
    """The same, and somebody who asks there."""
    async with serving(routes) as address, aiohttp.ClientSession(address) as session:
        yield session
