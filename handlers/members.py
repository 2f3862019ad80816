"""Who asks: the member with their language and zone, remembered for half a minute so that an answer is one query."""

import asyncio
from datetime import datetime, timedelta

import structlog

from handlers.call import SLACK_PATIENCE, Deps, SlackRefused
from storage import members
from storage.values import Member

REMEMBERED = timedelta(seconds=30)
MOST_REMEMBERED = 2_000
REFRESH_AFTER = timedelta(days=1)

log = structlog.get_logger("handlers.members")


class Members:
    """Looks members up. What somebody may do is never read from here: permission checks read the database."""

    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._known: dict[str, tuple[datetime, Member]] = {}

    async def who(self, user_id: str, now: datetime) -> Member:
        """The member. A new one is asked of Slack and saved; one that Slack does not describe gets English and UTC."""
        remembered = self._known.get(user_id)
        if remembered and abs(now - remembered[0]) < REMEMBERED:
            return remembered[1]
        member = await members.get(self._deps.store, user_id)
        if member is None or member.refreshed_at is None:
            member = await self._introduced(member or Member(user_id), now)
        elif now - member.refreshed_at > REFRESH_AFTER:
            self._deps.later(self._refresh(user_id, now))
        self._remember(member, now)
        return member

    def forget(self, user_id: str) -> None:
        """Read the member afresh next time: they may have chosen another language."""
        self._known.pop(user_id, None)

    def _remember(self, member: Member, now: datetime) -> None:
        self._known.pop(member.user_id, None)
        while len(self._known) >= MOST_REMEMBERED:
            del self._known[next(iter(self._known))]
        self._known[member.user_id] = (now, member)

    async def _introduced(self, member: Member, now: datetime) -> Member:
        """The member with what Slack says of them; unsaved if Slack does not answer, so that it is asked again."""
        try:
            async with asyncio.timeout(SLACK_PATIENCE):
                facts = await self._deps.slack.member_facts(member.user_id)
        except (TimeoutError, SlackRefused) as error:
            log.warning("member_facts_missing", reason=str(error) or "timeout")
            return member
        return await members.save_slack_facts(
            self._deps.store, member.user_id, facts.locale, facts.zone, now, guest=facts.guest
        )

    async def _refresh(self, user_id: str, now: datetime) -> None:
        """Ask Slack again what it says of a member; they may have moved."""
        try:
            facts = await self._deps.slack.member_facts(user_id)
        except SlackRefused as error:
            log.warning("member_facts_missing", reason=str(error))
            return
        await members.save_slack_facts(self._deps.store, user_id, facts.locale, facts.zone, now, guest=facts.guest)
        self.forget(user_id)
