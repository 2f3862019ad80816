"""A newsletter that was corrected or taken back is changed or deleted wherever it stands in Slack.

What is left to do stands in the database, so that a crash or a limit of Slack only makes it take longer. E-mails stay
as they are.
"""

from collections.abc import Mapping
from typing import Final

import structlog

from alliance.languages import Language
from alliance.newsletters import Stage
from bot.slack import SlackDoor
from handlers.call import SlackRefused
from handlers.tongue import Tongue
from handlers.views.newsletterpost import post
from storage import channels, clicks, members, newsletterposts, newsletters
from storage.announcements import Posted
from storage.library import Library
from storage.newsletters import Newsletter
from storage.store import Store
from storage.values import DeliveryRow

AT_ONCE: Final = 20
"""Posts in one go: Slack allows about fifty changes a minute."""

GONE: Final = frozenset({"message_not_found", "cant_update_message", "channel_not_found", "is_archived"})
"""There is nothing left to change."""

log = structlog.get_logger(__name__)


class Corrections:
    """One per process; of several bots each may do some, since doing one twice does no harm."""

    def __init__(self, store: Store, library: Library, slack: SlackDoor, clicks_at: str = "") -> None:
        """`clicks_at`: where links of newsletters are counted; "" where they are not."""
        self._store, self._library, self._slack, self._clicks_at = store, library, slack, clicks_at

    async def run(self) -> int:
        """Change or delete some posts; how many."""
        done = 0
        for newsletter in await newsletterposts.to_correct(self._store):
            rows = await newsletterposts.posts_to_correct(self._store, newsletter, AT_ONCE)
            if not rows and not (await newsletters.way(self._store, newsletter.ref)).under_way:
                await newsletterposts.all_corrected(self._store, newsletter.id)
            ways = await clicks.ways(self._store, newsletter.id, self._clicks_at) if rows else {}
            for row in rows:
                if not await self._one(newsletter, row, ways):
                    return done
                done += 1
        return done

    async def _one(self, newsletter: Newsletter, row: DeliveryRow, ways: Mapping[str, str]) -> bool:
        posted = Posted(row.id, row.key, row.subject, row.target, row.slack_channel or row.target, row.slack_ts or "")
        try:
            if newsletter.stage is Stage.TAKEN_BACK:
                await self._slack.take_back(posted)
            else:
                answer = post(newsletter.content, Tongue(await self._language(row.target)), ways)
                await self._slack.revise(posted, answer.text, answer.blocks)
        except SlackRefused as refused:
            if str(refused) not in GONE:
                log.warning("newsletter_not_corrected", delivery=row.id, reason=str(refused))
                return False
        await newsletterposts.corrected(self._store, row.id, newsletter)
        return True

    async def _language(self, target: str) -> Language:
        if channel := await channels.get(self._store, target):
            return channel.language
        member = await members.get(self._store, target)
        return member.language(self._library.community.language) if member else self._library.community.language
