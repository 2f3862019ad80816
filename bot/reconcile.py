"""What became of a delivery whose end nobody saw: the channel's history tells, by the metadata of each post."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import structlog

from alliance.delivery import MAIL
from bot.posting import EVENT_TYPE, HTTP_TIMEOUT
from bot.slack import SlackDoor
from handlers.call import SlackRefused
from storage import lookups
from storage.store import Store
from storage.values import DeliveryRow

MARGIN: Final = timedelta(hours=2)
"""Slack's clock and ours may differ by so much: also when ours was an hour fast at the claim and was then set back."""

MOST_PAGES: Final = 25
"""History is read back so far (5,000 messages); a delivery beyond stays unknown and is logged."""

BATCH: Final = 50
AGAIN: Final = timedelta(minutes=1)
"""Where history could not be read, it is asked again after this."""

END_OF_TIME: Final = datetime.max.replace(tzinfo=UTC)

log = structlog.get_logger(__name__)


class Reconciler:
    """Settles deliveries that are `unknown`. `busy` tells the ids that this process is posting right now."""

    def __init__(
        self, store: Store, slack: SlackDoor, clock: Callable[[], datetime], busy: Callable[[], frozenset[int]]
    ) -> None:
        self._store = store
        self._slack = slack
        self._clock = clock
        self._busy = busy

    async def run(self) -> int:
        """Look up every claim whose time is over and every unknown; returns how many were settled."""
        now = self._clock()
        for row in await lookups.stale(self._store, now):
            log.warning("delivery_end_unseen", delivery=row.id)
        rows = await lookups.unknowns(self._store, now, BATCH)
        settled = 0
        for row in rows:
            if row.id not in self._busy():
                settled += await self._settle(row)
        return settled

    async def adopt(self) -> int:
        """At start, where no other process shares the database: every claim was left by one that is dead.

        History is asked once a post that the dead process may have begun has had the time of any other to arrive.
        """
        rows = await lookups.stale(self._store, END_OF_TIME)
        now, wait = self._clock(), timedelta(seconds=HTTP_TIMEOUT)
        for row in rows:
            log.warning("delivery_end_unseen", delivery=row.id)
            check_at = min(max(now, (row.claimed_at or now) + wait), now + wait)
            await lookups.look_again(self._store, row.id, check_at)
        return len(rows)

    async def _settle(self, row: DeliveryRow) -> bool:
        try:
            post = await self._find(row)
        except SlackRefused as refused:
            await lookups.look_again(self._store, row.id, self._clock() + AGAIN)
            log.warning("history_unreadable", delivery=row.id, reason=str(refused))
            return False
        if post:
            log.info("delivery_found", delivery=row.id)
            await lookups.found(self._store, row.id, *post, self._clock())
        else:
            log.info("delivery_not_found", delivery=row.id)
            await lookups.not_found(self._store, row.id)
        return True

    async def _find(self, row: DeliveryRow) -> tuple[str, str] | None:
        """The channel and ts of the post, None where it certainly is not there.

        Of e-mail there is no history: it is sent again, as the same message (bot/smtp.py).
        """
        if row.target.startswith(MAIL):
            return None
        channel = row.slack_channel or row.target
        if channel[:1] in ("U", "W"):
            channel = await self._slack.direct_channel(channel)
        since = (row.claimed_at or row.due_at) - MARGIN
        async for messages in self._slack.history(channel, since.timestamp(), MOST_PAGES):
            for message in messages:
                if _is_post_of(message, row):
                    return channel, str(message["ts"])
        return None


def _is_post_of(message: dict[str, Any], row: DeliveryRow) -> bool:
    """Whether this is the message that we posted for that delivery. By its key, which is unique for ever.

    After a backup was brought back, its id may be another one, and the id that it had may be another delivery's.
    """
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return metadata.get("event_type") == EVENT_TYPE and payload.get("key") == row.key
