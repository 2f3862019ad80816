"""The composition root: everything that the bot consists of is made here, once."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final

import aiohttp
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import app as bolt
from bot import planner
from bot.announcing import Announcer
from bot.archive import Archive
from bot.clicks import GO, Clicks
from bot.clock import Clock, monotonic
from bot.corrections import Corrections
from bot.counting import CountingPoster, counted
from bot.counts import Counts
from bot.database import load_content
from bot.feeds import PATH as FEEDS
from bot.feeds import Feeds
from bot.happenings import Happenings
from bot.health import Aside, Check, Health, answers
from bot.listening import Http, Listening, Socket
from bot.mail import Letter
from bot.mailpages import MailPages
from bot.mailrender import MailRenderer
from bot.metrics import Metrics
from bot.notices import Notices
from bot.pacing import Pacing
from bot.pictures import Pictures
from bot.posting import HTTP_TIMEOUT, Message, posting_session
from bot.presence import Presence
from bot.progress import ProgressMessages
from bot.pulse import Pulse
from bot.reconcile import Reconciler
from bot.render import Renderer
from bot.roster import Roster
from bot.sender import Sender
from bot.settings import Settings, secret
from bot.slack import SlackDoor, reading_client, writing_client
from bot.smtp import MailPoster, client_for
from bot.tasks import Tasks
from bot.tracing import TracedRenderer
from handlers.call import Deps
from handlers.router import Router
from storage import roles
from storage.library import Library
from storage.store import Store, open_store

NAME: Final = "Alliance 8.7"
"""Who e-mails come from, as mail programs show it."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the bot consists of while it runs."""

    store: Store
    library: Library
    tasks: Tasks
    clock: Clock
    slack: SlackDoor
    presence: Presence
    roster: Roster
    pacing: Pacing
    sender: Sender[Message]
    mail: Sender[Letter] | None
    """None where e-mail is off."""
    reconciler: Reconciler
    announcer: Announcer
    counts: Counts
    corrections: Corrections
    progress: ProgressMessages
    listening: Listening
    pulse: Pulse
    aside: Aside | None
    """The health addresses on a port of their own."""


@asynccontextmanager
async def assembled(settings: Settings, *, http: bool) -> AsyncIterator[Parts]:
    """Make everything, with the content loaded; close the database and the connections at the end of the block.

    Raises ContentErrors.
    """
    clock, store, tasks = Clock(settings.alliance_clock_file), open_store(settings.database_url), Tasks()
    session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=HTTP_TIMEOUT))
    posting = posting_session()
    try:
        await load_content(store, clock().date(), settings.alliance_content)
        library = await Library.load(store)
        await roles.begin_with(store, settings.alliance_secretariat, clock())
        token = secret(settings.slack_bot_token)
        metrics = Metrics()
        pulse = Pulse(metrics, monotonic)
        reading = counted(reading_client(token, settings.slack_api_url, session), metrics)
        writing = counted(writing_client(token, settings.slack_api_url), metrics)
        slack = SlackDoor(reading, writing)
        announcer = Announcer(store, library, slack, clock)

        def events_changed() -> None:
            tasks.later(_follow(store, clock, announcer))

        language, feeds_at = library.community.language, _feeds_at(settings)
        pace = settings.alliance_posts_per_minute
        by_mail, counting = settings.mail, settings.counts_clicks
        clicks_at = _clicks_at(settings)
        deps = Deps(
            store,
            library,
            slack,
            tasks.later,
            clock,
            language,
            events_changed,
            feeds_at,
            by_mail,
            Pictures(session).look,
            pace,
            counting,
        )
        router = Router(deps)
        presence = Presence(store, library, slack, clock)
        pacing = Pacing(monotonic, settings.alliance_posts_per_minute)
        renderer = TracedRenderer(Renderer(store, library, slack, router.welcome_words, clicks_at))
        poster = CountingPoster(counted(writing_client(token, settings.slack_api_url, posting), metrics), metrics)
        sender = Sender(store, poster, renderer, Notices(store), pacing, clock, monotonic)
        mail = _mail(settings, store, clock)
        happenings = Happenings(store, router, presence, clock)
        signing = secret(settings.slack_signing_secret)
        replies = bolt.Replies(slack, session, tasks, metrics)
        app = bolt.build(reading, signing, router, replies, happenings.table())
        checks: dict[str, Check] = {"database": partial(answers, store)}
        health, feeds = Health(store, metrics, clock, checks), Feeds(store, library, clock)
        others = [*feeds.routes(), *MailPages(store, clock).routes()]
        others += Clicks(store).routes()
        if settings.alliance_archive:
            others += Archive(store, settings.alliance_public_url, clock).routes()
        routes = [*health.routes(), *others]
        listening = _listening(settings, app, reading, tasks, routes, http=http)
        checks |= {"slack": listening.connected, "scheduler": pulse.started, "tick": pulse.recent}
        yield Parts(
            store,
            library,
            tasks,
            clock,
            slack,
            presence,
            Roster(store, slack, clock),
            pacing,
            sender,
            mail,
            Reconciler(store, slack, clock, _busy(sender, mail)),
            announcer,
            Counts(store, announcer, clock),
            Corrections(store, library, slack, clicks_at),
            ProgressMessages(store, library, writing, clock, monotonic, settings.alliance_posts_per_minute),
            listening,
            pulse,
            Aside(health, settings.alliance_health_port, others) if settings.alliance_health_port else None,
        )
    finally:
        await session.close()
        await posting.close()
        await store.close()


async def _follow(store: Store, clock: Clock, announcer: Announcer) -> None:
    """What follows at once when an event was changed; the regular jobs do the same, should the bot stop before."""
    await planner.plan(store, clock())
    await announcer.run()


def _mail(settings: Settings, store: Store, clock: Clock) -> Sender[Letter] | None:
    """What hands newsletters to a mail server, where one is set. Raises SettingsProblem."""
    if not settings.mail:
        return None
    client = client_for(secret(settings.alliance_smtp_url))
    poster = MailPoster(client, store, settings.alliance_mail_from, NAME, clock)
    renderer = TracedRenderer(MailRenderer(store, settings.alliance_public_url, _clicks_at(settings)))
    pacing = Pacing(monotonic, settings.alliance_mails_per_minute)
    return Sender(store, poster, renderer, Notices(store), pacing, clock, monotonic, mail=True)


def _clicks_at(settings: Settings) -> str:
    """Where links of newsletters are counted; "" where they are not. Raises SettingsProblem."""
    return f"{settings.alliance_public_url}{GO}" if settings.counts_clicks else ""


def _busy(sender: Sender[Message], mail: Sender[Letter] | None) -> Callable[[], frozenset[int]]:
    """What this process is posting right now."""
    return lambda: sender.busy() | (mail.busy() if mail else frozenset())


def _feeds_at(settings: Settings) -> str:
    return f"{settings.alliance_public_url}{FEEDS}" if settings.alliance_public_url else ""


def _listening(
    settings: Settings,
    app: AsyncApp,
    client: AsyncWebClient,
    tasks: Tasks,
    routes: Sequence[web.RouteDef],
    *,
    http: bool,
) -> Listening:
    if http:
        return Http(app, settings.alliance_host, settings.port, tasks, routes)
    return Socket(app, secret(settings.slack_app_token), client, tasks)
