"""Keeps announcements true: each is changed where it stands when its event is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from alliance.delivery import parse_occurrence_ref
from bot.posting import EVENT_TYPE, MAYBE_DONE, OUR_FAULT, RATELIMITED
from bot.renderannouncement import announcement
from bot.slack import SlackDoor
from handlers.call import SlackRefused
from handlers.tongue import Tongue
from storage import announcements, channels, eventedits
from storage.announcements import Posted
from storage.library import Library
from storage.store import Store

BACK: Final = timedelta(days=2)
"""So long after a change an announcement is tried again, should Slack not be reached or the bot be down."""

PASSING: Final = frozenset({"unreachable", RATELIMITED, "rate_limited", *MAYBE_DONE, *OUR_FAULT})
"""Reasons for which Slack does not change a message now, but may later."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Announcer:
    """Changes announcements in place. Safe to run twice, and in several processes: a message says what it said."""

    store: Store
    library: Library
    slack: SlackDoor
    clock: Callable[[], datetime]

    async def run(self) -> int:
        """Bring every announcement up to date whose event changed; returns with how many that was done."""
        now = self.clock()
        return sum([await self._update(posted, now) for posted in await announcements.outdated(self.store, now - BACK)])

    async def refresh(self, ref: str) -> bool:
        """Bring the announcements of one event up to date, where something that they show changed (who comes).

        False where one of them could not be changed now, but may later.
        """
        now = self.clock()
        return all([await self._update(posted, now) for posted in await announcements.posted(self.store, ref)])

    async def _update(self, posted: Posted, now: datetime) -> bool:
        """Change one message. One that is gone, or cannot be changed any more, is left alone from then on."""
        slug, _day = parse_occurrence_ref(posted.subject)
        revision = await eventedits.revision(self.store, slug)
        answer = await announcement(self.store, self.library, posted.subject, now, await self._tongue(posted.target))
        if answer is None:
            return False
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"id": posted.id, "key": posted.key}}
        try:
            await self.slack.update_message(posted.channel, posted.ts, answer.text, answer.blocks, metadata)
        except SlackRefused as refused:
            code = str(refused)
            log.warning("announcement_not_updated", delivery=posted.id, reason=code)
            if code in PASSING or code.startswith(("http_429", "http_5")):
                return False
        await announcements.shows(self.store, posted.id, revision)
        return True

    async def _tongue(self, target: str) -> Tongue:
        channel = await channels.get(self.store, target)
        community = self.library.community
        return Tongue(channel.language, channel.zone) if channel else Tongue(community.language, community.zone)
