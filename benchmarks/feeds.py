"""A calendar feed that has not changed: 304, beside a bare aiohttp handler; and one that is handed out whole."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from sqlalchemy import insert

from benchmarks.data import NOW, with_content
from benchmarks.measure import Row, milliseconds, p50_in_turns
from bot.feeds import Feeds
from storage import feeds
from storage.contentload import event_values
from storage.entries import Event, Texts
from storage.library import Library
from storage.models import Event as Table
from storage.store import Store

EVENTS, RECURRING = 5_000, 500
OWNER = "U0LAN"


async def unchanged(folder: Path, scale: float) -> list[Row]:
    """Feeds of 5,000 events, of which 500 recur, from a warm bot."""
    store = await with_content(folder / "feeds.db")
    await _fill(store, scale)
    served = web.Application()
    served.add_routes(Feeds(store, await Library.load(store), lambda: NOW).routes())
    served.router.add_get("/bare", _bare)
    runner = web.AppRunner(served, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    token = (await feeds.address(store, OWNER, NOW)).token
    async with aiohttp.ClientSession(f"http://{host}:{port}") as session:
        async with session.get(f"/feeds/{token}.ics") as answer:
            etag = answer.headers["ETag"]
            await answer.read()
        again = _asking(session, f"/feeds/{token}.ics", {"If-None-Match": etag}, 304)
        bare = _asking(session, "/bare", {}, 304)
        known, plain = await p50_in_turns(again, bare, 500)
        whole, _plain = await p50_in_turns(_asking(session, f"/feeds/{token}.ics", {}, 200), bare, 20)
    await runner.cleanup()
    await store.close()
    count = f"{round(EVENTS * scale):,} events"
    return [
        Row(
            f"feed of {count}, unchanged", milliseconds(known), f"{milliseconds(plain)} bare aiohttp", known / plain, 2
        ),
        Row(f"feed of {count}, handed out whole", milliseconds(whole), "", None, None),
    ]


async def _bare(_request: web.Request) -> web.Response:
    return web.Response(status=304)


def _asking(
    session: aiohttp.ClientSession, path: str, headers: dict[str, str], status: int
) -> Callable[[], Awaitable[None]]:
    async def ask() -> None:
        async with session.get(path, headers=headers) as answer:
            assert answer.status == status
            await answer.read()

    return ask


async def _fill(store: Store, scale: float) -> None:
    """Timed meetings throughout the years around now; a tenth of them every month."""
    rows: list[dict[str, Any]] = []
    for number in range(round(EVENTS * scale)):
        entry = Event.model_validate(
            {
                "slug": f"made-up-{number}",
                "section": "Made up",
                "kind": "meeting",
                "name": Texts(en=f"Meeting {number}"),
                "dates": f"{2017 + number % 5}-{number % 12 + 1:02}-{number % 28 + 1:02}",
                "starts": "15:00",
                "ends": "16:00",
                "zone": "Europe/Zurich",
                "rule": "FREQ=MONTHLY;COUNT=24" if number % (EVENTS // RECURRING) == 0 else None,
            }
        )
        rows.append(event_values(entry) | {"origin": "member", "changed_at": NOW})
    async with store.write() as session:
        await session.execute(insert(Table), rows)
