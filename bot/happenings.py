"""What the bot does when Slack tells of an event. Slack may tell twice: each of these is safe to do again."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from alliance.delivery import Kind, Planned
from bot.app import Body, EventHandler
from bot.presence import Presence
from handlers.router import Router
from storage import deliveries, reactions
from storage.store import Store

WELCOME_WITHIN: Final = timedelta(days=3)
"""A welcome that comes later than this is no welcome."""


class Happenings:
    """The events that manifest.yml subscribes to."""

    def __init__(self, store: Store, router: Router, presence: Presence, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._router = router
        self._presence = presence
        self._clock = clock

    def table(self) -> Mapping[str, EventHandler]:
        """What to do, by the type of event; others are acknowledged and forgotten."""
        return {
            "app_home_opened": self._home_opened,
            "team_join": self._member_joined,
            "member_joined_channel": self._channel_joined,
            "reaction_added": self._reaction_added,
            "reaction_removed": self._reaction_removed,
        }

    async def _home_opened(self, event: Body) -> None:
        if event.get("tab") == "home":
            await self._router.home(str(event["user"]))

    async def _member_joined(self, event: Body) -> None:
        """One welcome a member, for ever: the key of the delivery sees to that."""
        user: dict[str, Any] = event.get("user") or {}
        if user.get("is_bot") or not user.get("id"):
            return
        now = self._clock()
        welcome = Planned(Kind.WELCOME, str(user["id"]), "community", "", now, now + WELCOME_WITHIN)
        await deliveries.plan(self._store, [welcome])

    async def _channel_joined(self, event: Body) -> None:
        await self._presence.somebody_joined(str(event["channel"]))

    async def _reaction_added(self, event: Body) -> None:
        """Only those to newsletters are counted; others are forgotten."""
        await reactions.added(self._store, *_reaction(event))

    async def _reaction_removed(self, event: Body) -> None:
        await reactions.removed(self._store, *_reaction(event))


def _reaction(event: Body) -> tuple[str, str, str, str]:
    """The channel and ts of the message, who reacted, and how; of a reaction to a file both are empty."""
    item: dict[str, Any] = event.get("item") or {}
    return str(item.get("channel", "")), str(item.get("ts", "")), str(event["user"]), str(event["reaction"])
