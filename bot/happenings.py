"""What the bot does when Slack tells of an event. Slack may tell twice: each of these is safe to do again."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from alliance.delivery import Kind, Planned
from bot.app import Body, EventHandler
from bot.presence import Presence
from bot.slack import SlackDoor
from handlers.call import SlackRefused
from handlers.router import Router
from storage import deliveries, members
from storage.store import Store

WELCOME_AFTER: Final = timedelta(seconds=3)
"""Time to ask Slack for the new member's language before the welcome is written."""

WELCOME_WITHIN: Final = timedelta(days=3)
"""A welcome that comes later than this is no welcome."""

log = structlog.get_logger(__name__)


class Happenings:
    """The events that manifest.yml subscribes to. `bot_user` is the bot's own user id."""

    def __init__(
        self,
        store: Store,
        slack: SlackDoor,
        router: Router,
        presence: Presence,
        clock: Callable[[], datetime],
        bot_user: str,
    ) -> None:
        self._store = store
        self._slack = slack
        self._router = router
        self._presence = presence
        self._clock = clock
        self._bot_user = bot_user

    def table(self) -> Mapping[str, EventHandler]:
        """What to do, by the type of event; others are acknowledged and forgotten."""
        return {
            "app_home_opened": self._home_opened,
            "team_join": self._member_joined,
            "member_joined_channel": self._channel_joined,
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
        due_at = now + WELCOME_AFTER
        welcome = Planned(Kind.WELCOME, str(user["id"]), "community", "", due_at, now + WELCOME_WITHIN)
        await deliveries.plan(self._store, [welcome])
        try:
            locale, zone = await self._slack.member_facts(welcome.target)
        except SlackRefused as refused:
            log.warning("member_facts_missing", reason=str(refused))
            return
        await members.save_slack_facts(self._store, welcome.target, locale, zone, now)

    async def _channel_joined(self, event: Body) -> None:
        if event.get("user") == self._bot_user:
            await self._presence.invited(str(event["channel"]))
