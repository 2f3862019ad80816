"""Calendar feeds and the month view, beside a bare aiohttp handler and a library that expands the same events."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp
from aiohttp import web
from sqlalchemy import insert

from benchmarks import apps
from benchmarks.data import NOW, with_content
from benchmarks.expanding import Expander
from benchmarks.measure import Row, milliseconds, once, p50_in_turns
from bot.feeds import Feeds
from storage import eventedits, eventstate, feeds
from storage.contentload import event_values
from storage.entries import Event
from storage.entryfields import Texts
from storage.eventedits import Editor
from storage.library import Library
from storage.models import Event as Table
from storage.schedule import sync_occurrences
from storage.store import Store

EVENTS, RECURRING = 5_000, 500
OWNER = "U0LAN"
TURNS = 30


async def feeds_and_months(folder: Path, api: str, scale: float) -> list[Row]:
    """Feeds of 5,000 events, of which 500 recur, and a month of them, from a warm bot."""
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
        count = f"{round(EVENTS * scale):,} events"
        beside = await _beside_expanding(folder / "all.ics", session, token, store, api, count)
    await runner.cleanup()
    await store.close()
    return [
        Row(
            f"feed of {count}, unchanged", milliseconds(known), f"{milliseconds(plain)} bare aiohttp", known / plain, 2
        ),
        Row(f"feed of {count}, handed out whole", milliseconds(whole), "", None, None),
        *beside,
    ]


async def _beside_expanding(
    file: Path, session: aiohttp.ClientSession, token: str, store: Store, api: str, count: str
) -> list[Row]:
    """The month as a member asks for it, and the feed after an event was changed, in turns with the library."""
    async with session.get(f"/feeds/{token}.ics") as answer:
        await asyncio.to_thread(file.write_bytes, await answer.read())
    months, built, month_expanded, year_expanded = [], [], [], []
    async with apps.bots(store, api) as app, Expander(file) as library:
        ask = apps.command(app, "calendrier juin 2019")
        get = _asking(session, f"/feeds/{token}.ics", {}, 200)
        for number in range(TURNS):
            await _rename(store, f"made-up-{number}", f"Meeting, called anew {number}")
            built.append(await once(get))
            months.append(await once(ask))
            month_expanded.append((await library.expand(date(2019, 6, 1), date(2019, 7, 1)))[0])
            year_expanded.append((await library.expand(date(2019, 1, 1), date(2020, 1, 1)))[0])
    return [
        _row(f"a month of {count}, French", months, "the month expanded", month_expanded),
        _row(f"feed of {count}, one changed", built, "the year expanded", year_expanded),
    ]


def _row(what: str, ours: list[float], beside: str, theirs: list[float]) -> Row:
    one, other = median(ours), median(theirs)
    return Row(what, milliseconds(one), f"{beside}: {milliseconds(other)}", one / other, 0.2)


async def _rename(store: Store, slug: str, name: str) -> None:
    before = await eventstate.get(store, slug)
    assert before is not None
    entry = before.entry.model_copy(update={"name": Texts(en=name)})
    await eventedits.change(store, Editor(OWNER, NOW), before.revision, entry)


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
    entries: list[Event] = []
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
        entries.append(entry)
        rows.append(event_values(entry) | {"origin": "member", "changed_at": NOW})
    async with store.write() as session:
        ids = await session.scalars(insert(Table).returning(Table.id, sort_by_parameter_order=True), rows)
        await sync_occurrences(session, list(zip(ids, entries, strict=True)), {}, NOW.date())
