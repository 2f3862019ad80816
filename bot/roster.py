"""Who is in the workspace: Slack's list of people, kept for those who are written to without having come first."""

from collections.abc import Callable
from datetime import datetime

import structlog

from bot.slack import SlackDoor
from storage import readers
from storage.store import Store

log = structlog.get_logger(__name__)


class Roster:
    """Keeps the members' language, zone and whether they are still here in line with Slack."""

    def __init__(self, store: Store, slack: SlackDoor, clock: Callable[[], datetime]) -> None:
        self._store, self._slack, self._clock = store, slack, clock

    async def sync(self) -> None:
        """Read the whole list: a request for each 200 people. Raises SlackRefused."""
        people = await self._slack.people()
        changed = await readers.keep_roster(self._store, people, self._clock())
        log.info("roster_read", people=len(people), changed=changed)
