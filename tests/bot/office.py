"""For tests of what is posted unasked: the bot's own parts, moved by hand, and a local workspace over real sockets."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from alliance.delivery import State
from bot import planner
from bot.announcing import Announcer
from bot.manifest import manifest
from bot.notices import Notices
from bot.pacing import Pacing
from bot.planner import Planning
from bot.posting import Poster
from bot.presence import Presence
from bot.reconcile import Reconciler
from bot.render import Renderer
from bot.sender import Sender
from bot.slack import SlackDoor, reading_client, writing_client
from handlers.call import Deps
from handlers.router import Router
from storage import channels, contentload, deliveries, members
from storage.library import Library
from storage.store import Store
from storage.values import DeliveryRow
from tests.storage import small
from workspace import sample
from workspace.clock import Clock
from workspace.people import Channel
from workspace.server import Options, Workspace

APRIL = datetime(2019, 4, 3, 12, tzinfo=UTC)
GENERAL, MIGRATION = "C0GENERAL", "C0MIGRATION"
MANIFEST = manifest()


def rooms() -> list[Channel]:
    """The community's channel of the small content, and one group's."""
    everybody = {person.id for person in sample.people()} | {sample.BOT_USER}
    return [
        Channel(GENERAL, "general", is_general=True, members=set(everybody)),
        Channel(MIGRATION, "ag-migration", members=set(everybody)),
    ]


def local_workspace(**options: Any) -> Workspace:
    """A workspace at noon of 3 April 2019, without rate limits, not started."""
    defaults: dict[str, Any] = {"clock": Clock(start=APRIL), "channels": rooms(), "rate_limits": False}
    return Workspace(Options(manifest=MANIFEST, **(defaults | options)))


class Steps:
    """Seconds that run only when a test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Office:
    """The planner, the sender and the reconciler of one bot. Another office on the same store is another process."""

    def __init__(
        self,
        store: Store,
        library: Library,
        workspace: Workspace,
        *,
        per_minute: int = 6000,
        ahead: timedelta = timedelta(),
    ) -> None:
        """`ahead`: so much its clock is fast."""
        self.store, self.library, self.workspace = store, library, workspace
        self.steps = Steps()
        options = workspace.options
        self.slack = SlackDoor(
            reading_client(options.bot_token, workspace.api_url), writing_client(options.bot_token, workspace.api_url)
        )

        def clock() -> datetime:
            return workspace.clock.now() + ahead

        router = Router(Deps(store, library, self.slack, lambda work: work.close(), clock))
        self.presence = Presence(store, library, self.slack, clock)
        self.sender = Sender(
            store,
            Poster(writing_client(options.bot_token, workspace.api_url)),
            Renderer(store, library, self.slack, router.welcome_words),
            Notices(store),
            Pacing(self.steps, per_minute),
            clock,
            self.steps,
        )
        self.reconciler = Reconciler(store, self.slack, clock, self.sender.busy)
        self.announcer = Announcer(store, library, self.slack, clock)

    async def open(self) -> None:
        """What happens at a start: channels are read, the secretariat is known, reminders are planned."""
        await members.appoint_secretariat(self.store, ["U0JAMES"])
        await self.presence.sync()
        await self.plan()

    async def plan(self) -> Planning:
        return await planner.plan(self.store, self.workspace.clock.now())

    def later(self, **time: float) -> None:
        """So much time passes: `seconds=1`, `days=3`."""
        passed = timedelta(**time)
        self.steps.seconds += passed.total_seconds()
        self.workspace.clock.move_to(self.workspace.clock.now() + passed)

    def at(self, moment: str) -> None:
        """It is now that moment, such as "2019-05-13T07:00Z"."""
        self.later(seconds=(datetime.fromisoformat(moment) - self.workspace.clock.now()).total_seconds())

    async def post(self, *, seconds: int = 5) -> int:
        """The sender at work for some seconds, a tick each."""
        posts = 0
        for _second in range(seconds):
            posts += await self.sender.tick()
            self.later(seconds=1)
        return posts

    async def has(self, state: State) -> list[DeliveryRow]:
        """The ledger's rows in that state."""
        return await deliveries.recent(self.store, state, 1000)

    async def only(self, target: str, *subjects: str) -> None:
        """This target alone is reminded of these subjects alone."""
        for subscriber in await channels.subscribers(self.store):
            await channels.unsubscribe(self.store, subscriber.target, subscriber.subject)
        for subject in subjects:
            await channels.subscribe(self.store, target, subject, self.workspace.clock.now())
        await self.plan()

    async def learns(self, folder: Path, **texts: str) -> None:
        """The content changes, as `alliance-bot content load` changes it."""
        await contentload.load(self.store, small.content(folder, **texts), self.workspace.clock.now().date())

    def seen_in(self, channel: str) -> list[str]:
        """The texts that the bot posted there, in order."""
        return [post["text"] for post in self.posts(channel)]

    def posts(self, channel: str) -> list[dict[str, Any]]:
        """What the bot posted there."""
        return [message for message in self.workspace.messages(channel) if message.get("bot_id")]
