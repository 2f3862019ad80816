"""Taking back what was posted although another process had meanwhile taken the delivery over.

A process can be stopped in the instant between its last look at its claim and the request, for longer than the claim
holds. Then another looks into history, finds nothing and posts; and this one's request goes out when it is woken.
"""

from typing import Protocol

import structlog

from alliance.delivery import State
from storage import deliveries
from storage.store import Store

log = structlog.get_logger(__name__)


class Deletes(Protocol):
    """Takes a post back."""

    async def delete(self, channel: str, ts: str) -> bool:
        """Whether it is gone."""
        ...


class SecondPosts:
    """Posts of this process that the ledger knows nothing of, until it is clear whether there is another one."""

    def __init__(self, store: Store, poster: Deletes) -> None:
        self._store = store
        self._poster = poster
        self._posts: dict[int, tuple[str, str]] = {}

    def add(self, row_id: int, channel: str, ts: str) -> None:
        """This post was made, and the claim no longer held when it was to be written down."""
        self._posts[row_id] = (channel, ts)

    async def take_back(self) -> None:
        """Delete those for which the ledger names another post; keep those that history will find."""
        for row_id, (channel, ts) in list(self._posts.items()):
            row = await deliveries.get(self._store, row_id)
            if row is not None and row.state in (State.PLANNED, State.CLAIMED, State.UNKNOWN):
                continue
            if row is not None and row.state == State.SENT and row.slack_ts != ts:
                log.warning("second_post_taken_back", delivery=row_id, done=await self._poster.delete(channel, ts))
            del self._posts[row_id]
