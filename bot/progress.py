"""Shows the secretariat how far a large run of deliveries is: a message for each of them, brought up to date in place.

The message is a NOTICE in the ledger like any other, so it is posted once; its `slack_ts` says what to update. All that
is needed stands in the database: after a crash another look goes on, and of several processes one looks at a time.
Nothing here can hurt the sending: a message that cannot be changed is logged and left.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from alliance.delivery import Kind, Planned, State
from alliance.pace import a_minute, ends_at
from bot.notices import USEFUL
from bot.posting import EVENT_TYPE, MAYBE_DONE, OUR_FAULT, RATELIMITED, retry_after
from bot.slack import error_code
from handlers.answers import Answer
from handlers.tongue import Tongue
from handlers.views.progress import Sight, progress
from storage import deliveries, members, runs, sending
from storage.library import Library
from storage.runs import RunRow
from storage.store import Store
from storage.values import DeliveryRow

LEAST: Final = 50
LONG: Final = 20.0
"""A run is shown when more than LEAST deliveries are due, and they take more than so many seconds at the bot's pace."""

EVERY: Final = 5.0
"""Seconds from one update to the next."""

FOR_EACH: Final = 1.5
"""But so many for each message, since Slack allows about 50 updates a minute in a workspace."""

PATIENCE: Final = 4.0
"""Seconds for an update: less than EVERY, so that none arrives after a later one."""

GIVE_UP: Final = timedelta(minutes=10)
"""So long after its end it is tried to show how a run ended."""

PASSING: Final = frozenset({RATELIMITED, "rate_limited", *MAYBE_DONE, *OUR_FAULT})
"""Error codes after which the next update may work; after any other the message is left alone."""

log = structlog.get_logger(__name__)


async def sight(store: Store, run: RunRow, now: datetime, limit: float) -> Sight:
    """What is to be shown of a run; `limit`: posts a minute."""
    figures = await runs.progress(store, run, now)
    measured = a_minute(figures.recent, min(runs.RECENTLY, now - run.began_at))
    return Sight(
        run.id,
        run.title,
        figures,
        await sending.paused(store),
        round(measured),
        ends_at(figures.left, measured, limit, now) if measured else None,
        run.ended_at,
        now,
    )


async def announcement(store: Store, run_id: str, now: datetime, t: Tongue) -> Answer | None:
    """The message as it is first posted; None where there is no such run. It is too early to say when it will end."""
    run = await runs.get(store, int(run_id))
    return progress(await sight(store, run, now, float("inf")), t) if run else None


class ProgressMessages:
    """One per process. `per_minute`: what the bot may post in a minute. `monotonic` gives seconds."""

    def __init__(
        self,
        store: Store,
        library: Library,
        client: AsyncWebClient,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
        per_minute: float,
    ) -> None:
        self._store = store
        self._library = library
        self._client = client
        self._clock = clock
        self._monotonic = monotonic
        self._limit = per_minute
        self._threshold = max(LEAST, int(per_minute / 60 * LONG))
        self._every = timedelta(seconds=EVERY)
        self._quiet_until = 0.0
        self._left_alone: set[int] = set()

    async def run(self) -> None:
        """Begin to show a run where much is due, and look at those that are shown. For a job of each second."""
        now = self._clock()
        if await self._begins(now):
            await runs.begin(self._store, now)
        if self._monotonic() < self._quiet_until:
            return
        for run in await runs.not_closed(self._store):
            if await runs.take(self._store, run.id, now, self._every):
                await self._look(run, now)

    async def _begins(self, now: datetime) -> bool:
        if not await runs.many_due(self._store, now, self._threshold):
            return False
        return await sending.paused(self._store) is None

    async def _look(self, run: RunRow, now: datetime) -> None:
        seen = await sight(self._store, run, now, self._limit)
        notices = await runs.notices(self._store, run)
        if run.ended_at is None and not seen.progress.left:
            await runs.end(self._store, run.id, seen.progress, now)
            seen = replace(seen, ended_at=now)
            log.info("run_ended", run=run.id, sent=seen.progress.sent, failed=seen.progress.failed)
        elif run.ended_at is None and not notices:
            await self._announce(run, now)
            log.info("run_began", run=run.id, due=seen.progress.due)
        shown = await self._show(run, seen, [row for row in notices if row.state == State.SENT])
        waiting = any(row.state in (State.PLANNED, State.CLAIMED, State.UNKNOWN) for row in notices)
        if seen.ended_at and ((shown and not waiting) or now - seen.ended_at > GIVE_UP):
            await runs.close(self._store, run.id, now)

    async def _announce(self, run: RunRow, now: datetime) -> None:
        """Plan its message for each of the secretariat, before all that is due."""
        first = await runs.oldest_due(self._store, now) - timedelta(seconds=1)
        wanted = [
            Planned(Kind.NOTICE, user, run.notice, "", first, now + USEFUL)
            for user in await members.secretariat(self._store)
        ]
        await deliveries.plan(self._store, wanted)

    async def _show(self, run: RunRow, seen: Sight, posted: Sequence[DeliveryRow]) -> bool:
        """Update the messages where they say something else; whether all say this now, or can never say it."""
        self._every = timedelta(seconds=max(EVERY, FOR_EACH * len(posted)))
        said = _said(seen, posted)
        if said == run.shown:
            return True
        updated = await asyncio.gather(*(self._update(row, seen) for row in posted if row.id not in self._left_alone))
        if all(updated):
            await runs.shows(self._store, run.id, said)
        return all(updated)

    async def _update(self, row: DeliveryRow, seen: Sight) -> bool:
        """Bring one message up to date. False where it may work later."""
        member = await members.get(self._store, row.target)
        language = self._library.community.language
        t = Tongue(member.language(language), member.zone) if member else Tongue(language)
        answer = progress(seen, t)
        try:
            async with asyncio.timeout(PATIENCE):
                await self._client.chat_update(
                    channel=row.slack_channel or row.target,
                    ts=row.slack_ts or "",
                    text=answer.text,
                    blocks=answer.blocks,
                    metadata={"event_type": EVENT_TYPE, "event_payload": {"id": row.id, "key": row.key}},
                )
        except SlackApiError as error:
            return self._refused(row, error)
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            log.warning("progress_not_shown", delivery=row.id, reason=type(error).__name__)
            return False
        return True

    def _refused(self, row: DeliveryRow, error: SlackApiError) -> bool:
        """Slack did not change the message: wait if it says so, and leave a message alone that cannot be changed."""
        code = error_code(error)
        log.warning("progress_not_shown", delivery=row.id, reason=code)
        if code in (RATELIMITED, "rate_limited", "http_429"):
            self._quiet_until = self._monotonic() + retry_after(error)
        if code in PASSING or code.startswith(("http_429", "http_5")):
            return False
        self._left_alone.add(row.id)
        return True


def _said(seen: Sight, posted: Sequence[DeliveryRow]) -> str:
    """What the messages say, in short, and how many of them there are."""
    figures = seen.progress
    counts = (figures.due, figures.under_way, figures.unknown, figures.sent, figures.failed, figures.skipped)
    switch = f"{seen.pause.since:%Y%m%dT%H%M%S}" if seen.pause else "on"
    return f"{'/'.join(map(str, counts))} {switch} {'ended' if seen.ended_at else 'going'} {len(posted)}"
