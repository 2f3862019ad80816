"""Several bots on one database: one is stopped for longer than its claims hold, and another takes over."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from alliance.delivery import State
from bot.lease import LEASE
from bot.notices import Notices
from bot.pacing import Pacing
from bot.posting import CLAIM_OVER, Message, NotPosted, Outcome, Posted, Poster, Rendered, posting_session
from bot.render import Renderer
from bot.sender import Sender
from bot.slack import writing_client
from handlers.answers import Answer
from storage.values import DeliveryRow, Member
from tests.bot.office import GENERAL, Office

WORLD_DAY = "In 30 days: World Day against Child Labour. 12 June 2019"


class Stop:
    """Where a process stands still until it is told to go on."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.over = asyncio.Event()

    async def __call__(self) -> None:
        self.reached.set()
        await self.over.wait()

    async def reached_by(self, tick: asyncio.Task[int]) -> None:
        """Wait until the process stands still; what went wrong before that fails the test."""
        reached = asyncio.create_task(self.reached.wait())
        await asyncio.wait({tick, reached}, return_when=asyncio.FIRST_COMPLETED)
        assert reached.done(), f"the tick ended with {tick.result()}"


class StopsAfterRendering:
    def __init__(self, office: Office, stop: Stop) -> None:
        self._renderer = Renderer(office.store, office.library, office.slack, no_welcome)
        self._stop = stop

    async def render(self, row: DeliveryRow, now: datetime) -> Rendered:
        rendered = await self._renderer.render(row, now)
        await self._stop()
        return rendered


class StopsAtTheRequest(Poster):
    """It has looked at its claim for the last time, and is stopped before the request is written."""

    def __init__(self, office: Office, stop: Stop) -> None:
        super().__init__(client(office))
        self._stop = stop

    async def post(
        self, target: str, message: Message, delivery_id: int, key: str, holds: Callable[[], bool] = lambda: True
    ) -> Outcome:
        assert holds()
        await self._stop()
        return await super().post(target, message, delivery_id, key)


async def no_welcome(_member: Member) -> Answer:
    return Answer("", [])


def client(office: Office, session: aiohttp.ClientSession | None = None) -> AsyncWebClient:
    return writing_client("xoxb-local", office.workspace.api_url, session)


@pytest.fixture
async def office(any_office: Office) -> Office:
    """One reminder is due."""
    await any_office.only(GENERAL, "observances")
    any_office.at("2019-05-13T07:00Z")
    return any_office


def sender(
    office: Office, renderer: StopsAfterRendering | Renderer, poster: Poster, clock: Callable[[], datetime]
) -> Sender[Message]:
    steps = office.steps
    return Sender(office.store, poster, renderer, Notices(office.store), Pacing(steps, 600), clock, steps)


async def taken_over(office: Office) -> None:
    """The claims run out; another process finds nothing in history and posts."""
    other = Office(office.store, office.library, office.workspace)
    other.later(seconds=LEASE + 1)
    assert await other.reconciler.run() == 1
    assert await other.post(seconds=1) == 1


async def test_a_process_that_wakes_after_its_claim_is_over_posts_nothing(office: Office) -> None:
    stop, clock = Stop(), office.workspace.clock.now
    stopped = sender(office, StopsAfterRendering(office, stop), Poster(client(office)), clock)
    tick = asyncio.create_task(stopped.tick())
    await stop.reached_by(tick)
    await taken_over(office)
    stop.over.set()
    assert await tick == 0
    assert office.seen_in(GENERAL) == [WORLD_DAY]


async def test_even_if_its_clocks_stood_still_too_the_database_tells_it(office: Office) -> None:
    """As after a machine was frozen and copied. Only where processes share a database does anybody take over."""
    if not office.store.postgresql:
        return
    stop, then = Stop(), office.workspace.clock.now()
    stopped = sender(office, StopsAfterRendering(office, stop), Poster(client(office)), lambda: then)
    tick = asyncio.create_task(stopped.tick())
    await stop.reached_by(tick)
    await taken_over(office)
    stop.over.set()
    assert await tick == 0
    assert office.seen_in(GENERAL) == [WORLD_DAY]


async def test_stopped_between_its_last_look_and_the_request_it_takes_its_second_post_back(office: Office) -> None:
    stop, clock = Stop(), office.workspace.clock.now
    renderer = Renderer(office.store, office.library, office.slack, no_welcome)
    stopped = sender(office, renderer, StopsAtTheRequest(office, stop), clock)
    tick = asyncio.create_task(stopped.tick())
    await stop.reached_by(tick)
    await taken_over(office)
    stop.over.set()
    assert await tick == 1
    assert office.seen_in(GENERAL) == [WORLD_DAY, WORLD_DAY]
    await stopped.tick()
    [post], [row] = office.posts(GENERAL), await office.has(State.SENT)
    assert post["ts"] == row.slack_ts


async def test_a_post_that_history_shows_to_others_is_kept(office: Office) -> None:
    """Its answer takes so long that another process looks into history first: it finds the post."""
    stop, clock = Stop(), office.workspace.clock.now
    renderer = Renderer(office.store, office.library, office.slack, no_welcome)
    stopped = sender(office, renderer, AnswersLate(office, stop), clock)
    tick = asyncio.create_task(stopped.tick())
    await stop.reached_by(tick)
    other = Office(office.store, office.library, office.workspace)
    other.later(seconds=LEASE + 1)
    assert await other.reconciler.run() == 1
    stop.over.set()
    assert await tick == 1
    await stopped.tick()
    assert await other.post() == 0
    assert office.seen_in(GENERAL) == [WORLD_DAY]


class AnswersLate(Poster):
    def __init__(self, office: Office, stop: Stop) -> None:
        super().__init__(client(office))
        self._stop = stop

    async def post(
        self, target: str, message: Message, delivery_id: int, key: str, holds: Callable[[], bool] = lambda: True
    ) -> Outcome:
        outcome = await super().post(target, message, delivery_id, key, holds)
        await self._stop()
        return outcome


async def test_the_claim_is_looked_at_when_the_connection_stands(office: Office) -> None:
    """It held when the post began, and no longer when the request was to be written: nothing is written."""
    async with posting_session() as session:
        poster, looks = Poster(client(office, session)), iter((True, False))
        outcome = await poster.post(GENERAL, Message("Good morning", []), 1, "key", lambda: next(looks))
        assert outcome == NotPosted(CLAIM_OVER, 0.0)
        assert office.posts(GENERAL) == []
        assert isinstance(await poster.post(GENERAL, Message("Good morning", []), 1, "key"), Posted)
    assert office.seen_in(GENERAL) == ["Good morning"]
