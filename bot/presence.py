"""Which channels the bot is in, and what a channel is reminded of from the start."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

import structlog

from bot.slack import Conversation, SlackDoor
from storage import channels, subjects
from storage.library import Library
from storage.store import Store
from storage.values import ChannelSettings

log = structlog.get_logger(__name__)


class Presence:
    """Keeps the database's list of channels in line with Slack."""

    def __init__(self, store: Store, library: Library, slack: SlackDoor, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._library = library
        self._slack = slack
        self._clock = clock

    async def sync(self) -> None:
        """Record every channel that the bot is in, and mark those absent that it has left. Raises SlackRefused."""
        joined = await self._slack.joined()
        for channel in joined:
            await self._record(channel)
        here = {channel.channel_id for channel in joined}
        for known in await channels.all_present(self._store):
            if known.channel_id not in here:
                log.info("channel_left", channel=known.channel_id)
                await channels.mark_absent(self._store, known.channel_id)

    async def somebody_joined(self, channel_id: str) -> None:
        """Somebody was added to a channel: the bot, if it did not know the channel before. Raises SlackRefused."""
        known = await channels.get(self._store, channel_id)
        if known and known.present:
            return
        if channel := await self._slack.conversation(channel_id):
            await self._record(channel)

    async def _record(self, channel: Conversation) -> None:
        known = await channels.get(self._store, channel.channel_id)
        if known is None:
            await self._introduce(channel)
        elif not known.present or known.name != channel.name:
            await channels.save(self._store, replace(known, name=channel.name, present=True))

    async def _introduce(self, channel: Conversation) -> None:
        """A channel that is seen for the first time gets the subscriptions that the content gives it."""
        community = self._library.community
        group = next((group for group in self._library.groups.values() if group.channel == channel.name), None)
        await channels.save(
            self._store,
            ChannelSettings(
                channel_id=channel.channel_id,
                name=channel.name,
                language=community.language,
                zone=community.zone,
                group=group.slug if group else None,
            ),
        )
        for subject in self._first_subjects(channel.name, group.slug if group else None):
            await channels.subscribe(self._store, channel.channel_id, subject, self._clock())
        log.info("channel_joined", channel=channel.channel_id)

    def _first_subjects(self, name: str, group: str | None) -> Iterable[str]:
        """The community's channel: the days, and what belongs to no group; a group's channel: the group's events."""
        if name == self._library.community.channel:
            yield subjects.OBSERVANCES
            yield subjects.COMMON
        if group:
            yield subjects.GROUP + group
