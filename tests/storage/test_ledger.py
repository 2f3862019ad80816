"""Nothing is posted twice and nothing is lost, in whatever order bots work, crash and reconcile."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from alliance.delivery import Kind, Planned, State
from storage import deliveries, lookups
from storage.models import Delivery
from storage.store import Store
from storage.values import DeliveryRow

START = datetime(2019, 4, 3, 12, tzinfo=UTC)
CHECK_AFTER = timedelta(minutes=5)
PLANNED = [
    Planned(
        Kind.REMINDER,
        f"C{number % 3}",
        f"event-{number}@2019-04-10",
        "7d",
        START + timedelta(minutes=number // 2),
        None,
    )
    for number in range(6)
]


@dataclass
class World:
    """Slack's history and the bots, beside the real ledger. `given_up`: what was failed or skipped on purpose."""

    store: Store
    now: datetime = START
    history: list[str] = field(default_factory=list)
    given_up: set[str] = field(default_factory=set)
    holds: dict[str, list[tuple[DeliveryRow, bool]]] = field(default_factory=lambda: {"A": [], "B": []})
    """What each bot claimed, and whether it has posted it."""

    async def plan(self, _bot: str) -> None:
        await deliveries.plan(self.store, PLANNED)

    async def wait(self, _bot: str) -> None:
        self.now += timedelta(minutes=3)

    async def take(self, bot: str) -> None:
        """Claim what is due and post the first of it."""
        await self.claim(bot)
        await self.post(bot)

    async def claim(self, bot: str) -> None:
        due = await deliveries.due(self.store, self.now, 4)
        claimed = await deliveries.claim(self.store, [row.id for row in due], bot, self.now, self.now + CHECK_AFTER)
        self.holds[bot] += [(row, False) for row in claimed]

    async def post(self, bot: str) -> None:
        """Call Slack; a bot does so only while its claim is fresh."""
        for index, (row, posted) in enumerate(self.holds[bot]):
            assert row.check_at is not None
            if not posted and self.now < row.check_at:
                self.history.append(row.key)
                self.holds[bot][index] = (row, True)
                return

    async def answered(self, bot: str) -> None:
        """Slack's answer arrives: what was posted is recorded, what was not goes back."""
        for row, posted in self._take(bot):
            if posted:
                await deliveries.sent(self.store, row.id, bot, row.target, "1.2", self.now)
            else:
                await deliveries.release(self.store, row.id, bot, self.now, 1)

    async def unanswered(self, bot: str) -> None:
        for row, _posted in self._take(bot):
            await deliveries.unknown(self.store, row.id, bot, self.now + CHECK_AFTER)

    async def give_up(self, bot: str) -> None:
        for row, posted in self._take(bot):
            if posted:
                await deliveries.sent(self.store, row.id, bot, row.target, "1.2", self.now)
            elif await deliveries.failed(self.store, row.id, bot, "channel_not_found", self.now):
                self.given_up.add(row.key)

    async def crash(self, bot: str) -> None:
        """The bot forgets all that it holds, posted or not."""
        self._take(bot)

    async def skip(self, bot: str) -> None:
        for row in (await deliveries.due(self.store, self.now, 3))[:1]:
            if await deliveries.skipped(self.store, row.id, None, "too late", self.now):
                self.given_up.add(row.key)

    async def reconcile(self, _bot: str) -> None:
        await lookups.stale(self.store, self.now)
        for row in await lookups.unknowns(self.store, self.now, 10):
            if row.key in self.history:
                await lookups.found(self.store, row.id, row.target, "1.2", self.now)
            else:
                await lookups.not_found(self.store, row.id)

    async def until_nothing_is_left(self) -> None:
        """Bots that work well from now on bring everything to its end."""
        await self.plan("A")
        for bot in self.holds:
            await self.crash(bot)
        for _round in range(5):
            self.now += timedelta(hours=1)
            await self.reconcile("A")
            await self.claim("A")
            if not self.holds["A"]:
                return
            for _row in PLANNED:
                await self.post("A")
            await self.answered("A")
        raise AssertionError("there is always something left")

    def _take(self, bot: str) -> list[tuple[DeliveryRow, bool]]:
        taken, self.holds[bot] = self.holds[bot], []
        return taken


STEPS = st.sampled_from(["take", "post"]) | st.sampled_from(["answered", "unanswered", "give_up", "crash"])
MEANWHILE = st.sampled_from(["wait", "reconcile", "plan", "skip"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(STEPS | MEANWHILE, st.sampled_from("AB")), min_size=5, max_size=30))
async def test_nothing_is_posted_twice_and_nothing_is_lost(store: Store, steps: list[tuple[str, str]]) -> None:
    async with store.write() as session:
        await session.execute(delete(Delivery))
    world = World(store)
    await world.plan("A")
    for step, bot in steps:
        await getattr(world, step)(bot)
    await world.until_nothing_is_left()
    counts = await deliveries.counts(store)
    every = {planned.key for planned in PLANNED}
    assert sorted(world.history) == sorted(every - world.given_up)
    assert counts[State.SENT] == len(world.history)
    assert counts[State.FAILED] + counts[State.SKIPPED] == len(world.given_up)
    assert sum(counts.values()) == len(every)
