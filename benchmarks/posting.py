"""How fast the real bot posts 10,000 direct messages: as fast as it can, and under a workspace's limits."""

import asyncio
import os
import sys
from asyncio.subprocess import Process
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from alliance.delivery import Kind, Planned, occurrence_ref
from benchmarks import data
from benchmarks.measure import Row
from bot.clock import Clock
from bot.manifest import manifest
from storage import deliveries
from storage.models import Member
from storage.store import Store
from workspace.limits import workspace_burst
from workspace.people import Person
from workspace.server import Options, Workspace

MESSAGES = 10_000
WANTED = 300.0
"""Messages a second without limits, on two cores: one for the bot and one for the workspace."""

A_MINUTE = 6_000.0
"""The limit is scaled so that it takes less than two minutes; a real workspace allows several hundred."""

DAY = "world-day-against-child-labour"


async def unlimited(folder: Path, scale: float) -> Row:
    """Without limits."""
    count = max(1_000, int(MESSAGES * scale))
    seconds = await _posted(folder / "unlimited", count, Options(manifest(), rate_limits=False), 60_000)
    rate = count / seconds
    return Row(f"{count:,} messages, no limits", f"{rate:.0f} a second", f"wanted: {WANTED:.0f}", WANTED / rate, 1.0)


async def within_limits(folder: Path, scale: float) -> Row:
    """Under limits that the workspace enforces; the bot is told the same number."""
    count, per_second = max(1_000, int(MESSAGES * scale)), A_MINUTE / 60
    seconds = await _posted(folder / "limited", count, Options(manifest(), messages_a_minute=A_MINUTE), int(A_MINUTE))
    allowed = (count - workspace_burst(per_second)) / per_second
    return Row(
        f"{count:,} messages, {A_MINUTE:,.0f} a minute",
        f"{seconds:.1f} s",
        f"the limits allow {allowed:.1f} s",
        seconds / allowed,
        1.05,
    )


async def _posted(folder: Path, count: int, options: Options, per_minute: int) -> float:
    """Seconds from the first message to the last."""
    await asyncio.to_thread(folder.mkdir)
    now = Clock()()
    people = [Person(f"U{number:08}", f"person-{number}", f"Person {number}") for number in range(count)]
    options.people, options.channels = people, []
    store = await data.with_content(folder / "alliance.db", now.date())
    await _plan(store, people, now)
    await store.close()
    workspace = Workspace(options)
    await workspace.start()
    environment = os.environ | {
        "SLACK_BOT_TOKEN": options.bot_token,
        "SLACK_APP_TOKEN": options.app_token,
        "SLACK_API_URL": workspace.api_url,
        "DATABASE_URL": f"sqlite:///{folder / 'alliance.db'}",
        "ALLIANCE_POSTS_PER_MINUTE": str(per_minute),
        "PYTHONPATH": str(Path(__file__).parent.parent),
    }
    with (folder / "log.txt").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", "run", env=environment, cwd=folder, stdout=log, stderr=log
        )
    try:
        return await _seconds(workspace, count, process)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
        await workspace.close()


async def _plan(store: Store, people: Sequence[Person], now: datetime) -> None:
    """Each asked to be reminded again today; the bot knows them all."""
    known = [
        {
            "user_id": person.id,
            "slack_locale": person.locale,
            "slack_zone": person.tz,
            "groups": [],
            "secretariat": False,
            "guest": False,
            "refreshed_at": now,
        }
        for person in people
    ]
    async with store.write() as session:
        await session.execute(insert(Member), known)
    event = occurrence_ref(DAY, date(now.year + 1, 6, 12))
    due, over = now - timedelta(minutes=1), now + timedelta(days=1)
    await deliveries.plan(store, [Planned(Kind.AGAIN, p.id, event, str(now.date()), due, over) for p in people])


async def _seconds(workspace: Workspace, count: int, bot: Process) -> float:
    posts: list[float] = []
    seen = 0
    while len(posts) < count:
        await asyncio.sleep(0.1)
        if bot.returncode is not None:
            raise RuntimeError(f"the bot ended with {bot.returncode} after {len(posts)} posts")
        fresh, seen = workspace.calls[seen:], len(workspace.calls)
        posts += [c.when.timestamp() for c in fresh if c.method == "chat.postMessage" and (c.response or {}).get("ok")]
    return posts[-1] - posts[0]
