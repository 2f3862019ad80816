"""The composition root: everything is made here, once, started in order, and closed in order."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import app as bolt
from bot import planner
from bot.clock import Clock, monotonic
from bot.database import load_content, only_one, upgrade
from bot.happenings import Happenings
from bot.listening import Http, Listening, Socket
from bot.notices import Notices
from bot.pacing import Pacing
from bot.posting import HTTP_TIMEOUT, MAYBE_DONE, Poster
from bot.presence import Presence
from bot.problems import CannotListen
from bot.reconcile import Reconciler
from bot.render import Renderer
from bot.schedule import Jobs, scheduler
from bot.sender import Sender
from bot.settings import Settings, secret
from bot.slack import SlackDoor, reading_client, writing_client
from bot.tasks import Tasks
from handlers.call import Deps, SlackRefused
from handlers.router import Router
from storage import contentload, members
from storage.library import Library
from storage.store import Store, open_store

SHUTDOWN_SECONDS: Final = 7.0
"""What is being posted or answered may take so long at shutdown; then it is left to reconciliation."""

AFTERWARDS_SECONDS: Final = 2.0
RETRY_SECONDS: Final = 5.0
PASSING: Final = ("unreachable", "ratelimited", *MAYBE_DONE)
"""Reasons for which Slack does not answer now, but will."""

log = structlog.get_logger(__name__)


def run(settings: Settings, *, http: bool) -> None:
    """Run the bot until SIGTERM or Ctrl-C.

    Raises SettingsProblem, DatabaseTaken, FolderUnwritable, migrate.NewerDatabase, migrate.DatabaseUnusable,
    ContentErrors or CannotListen, each with a text for the person who started it.
    """
    settings.require("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET" if http else "SLACK_APP_TOKEN")
    with only_one(settings.sqlite_file):
        upgrade(settings.database_url)
        asyncio.run(_serve(settings, http=http))


@dataclass(frozen=True, slots=True)
class Parts:
    """What the bot consists of while it runs."""

    store: Store
    library: Library
    tasks: Tasks
    clock: Clock
    slack: SlackDoor
    presence: Presence
    sender: Sender
    reconciler: Reconciler
    listening: Listening


async def _serve(settings: Settings, *, http: bool) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with _parts(settings, stop, http=http) as parts:
        if parts is None:
            return
        await parts.listening.open()
        if settings.sqlite_file:
            await parts.reconciler.adopt()
        jobs = _jobs(parts)
        await jobs.channels()
        await jobs.plan()
        schedule = scheduler(jobs)
        schedule.start()
        log.info("started")
        await stop.wait()
        log.info("stopping")
        schedule.pause()
        await _finish(parts)
        schedule.shutdown(wait=False)
    log.info("stopped")


@asynccontextmanager
async def _parts(settings: Settings, stop: asyncio.Event, *, http: bool) -> AsyncIterator[Parts | None]:
    """Make everything; None where the bot is stopped before Slack answers."""
    clock, store, tasks = Clock(settings.alliance_clock_file), open_store(settings.database_url), Tasks()
    session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=HTTP_TIMEOUT))
    try:
        await load_content(store, clock().date(), settings.alliance_content)
        library = await Library.load(store)
        await members.appoint_secretariat(store, settings.alliance_secretariat)
        token = secret(settings.slack_bot_token)
        reading = reading_client(token, settings.slack_api_url, session)
        writing = writing_client(token, settings.slack_api_url)
        slack = SlackDoor(reading, writing)
        bot_user = await _introduce(slack, stop)
        if bot_user is None:
            yield None
            return
        deps = Deps(store, library, slack, tasks.later, clock, library.community.language)
        router = Router(deps)
        presence = Presence(store, library, slack, clock)
        pacing = Pacing(monotonic, settings.alliance_posts_per_minute)
        renderer = Renderer(store, library, slack, router.welcome_words)
        sender = Sender(store, Poster(writing), renderer, Notices(store), pacing, clock, monotonic)
        happenings = Happenings(store, router, presence, clock, bot_user)
        signing = secret(settings.slack_signing_secret)
        replies = bolt.Replies(slack, session, tasks)
        app = bolt.build(reading, signing, router, replies, happenings.table())
        yield Parts(
            store,
            library,
            tasks,
            clock,
            slack,
            presence,
            sender,
            Reconciler(store, slack, clock, sender.busy),
            _listening(settings, app, reading, tasks, http=http),
        )
    finally:
        await session.close()
        await store.close()


def _listening(settings: Settings, app: AsyncApp, client: AsyncWebClient, tasks: Tasks, *, http: bool) -> Listening:
    if http:
        return Http(app, settings.alliance_host, settings.port, tasks)
    return Socket(app, secret(settings.slack_app_token), client, tasks)


async def _introduce(slack: SlackDoor, stop: asyncio.Event) -> str | None:
    """The bot's own user id. Waits for a Slack that cannot be reached; raises CannotListen for a wrong token."""
    while not stop.is_set():
        try:
            facts, _scopes = await slack.who_am_i()
        except SlackRefused as refused:
            if str(refused) not in PASSING and not str(refused).startswith("http_5"):
                raise CannotListen(
                    f"Slack does not accept SLACK_BOT_TOKEN ({refused}). Copy it again from your app's page "
                    "'OAuth & Permissions'; 'alliance-bot doctor' checks it."
                ) from refused
            log.warning("slack_not_reached", reason=str(refused), again_in=RETRY_SECONDS)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), RETRY_SECONDS)
        else:
            return str(facts["user_id"])
    return None


def _jobs(parts: Parts) -> Jobs:
    """The regular work, with the time of each run."""

    async def channels() -> None:
        try:
            await parts.presence.sync()
        except SlackRefused as refused:
            log.warning("channels_not_read", reason=str(refused))

    async def plan() -> None:
        done = await planner.plan(parts.store, parts.clock())
        if done.planned or done.withdrawn:
            log.info("planned", planned=done.planned, withdrawn=done.withdrawn)

    async def extend() -> None:
        await contentload.extend(parts.store, parts.clock().date())

    async def refresh() -> None:
        await parts.library.refresh(parts.store)

    return Jobs(plan, parts.sender.tick, parts.reconciler.run, refresh, channels, extend)


async def _finish(parts: Parts) -> None:
    """Settle what is claimed, answer what has arrived; what takes too long is left to reconciliation."""
    try:
        async with asyncio.timeout(SHUTDOWN_SECONDS):
            await asyncio.gather(parts.sender.finish(), parts.listening.close())
    except TimeoutError:
        log.warning("stopped_before_the_end")
    await parts.tasks.finish(AFTERWARDS_SECONDS)
