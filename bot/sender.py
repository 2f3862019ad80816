"""Posts what is due, once. The protocol (docs/decisions/ledger.md): claim, commit, post, settle."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import uuid4

import structlog

from alliance.delivery import Kind, Late, when_due
from bot.notices import Notices
from bot.pacing import Pacing
from bot.posting import (
    HTTP_TIMEOUT,
    TOO_LATE,
    Message,
    NobodyKnows,
    NotPosted,
    Outcome,
    Posted,
    Poster,
    Postpone,
    Refused,
    Rendered,
    Skip,
)
from storage import channels, deliveries
from storage.store import Store
from storage.values import DeliveryRow

LEASE: Final = 60.0
"""Seconds for which a claim holds: nobody else touches the row, and after it history may be asked."""

SKEW: Final = 10.0
"""The clocks of several bots on one PostgreSQL may differ by so many seconds."""

LOOK: Final = 50
"""Rows that are looked at in one go."""

MOST_ATTEMPTS: Final = 20
"""A delivery that failed to be posted so often is given up: something is wrong with this one."""

GONE_CHANNEL: Final = frozenset({"channel_not_found", "is_archived", "not_in_channel"})
"""The bot is no longer in the channel: nothing more is planned for it until it is invited again."""

log = structlog.get_logger(__name__)


class Renderer(Protocol):
    """What to post for a delivery, from the facts of this moment."""

    async def render(self, row: DeliveryRow, now: datetime) -> Rendered:
        """The message, or why there is none."""
        ...


class Sender:
    """One per process. `monotonic` measures leases, because the wall clock may be moved."""

    def __init__(
        self,
        store: Store,
        poster: Poster,
        renderer: Renderer,
        notices: Notices,
        pacing: Pacing,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
    ) -> None:
        self._store = store
        self._poster = poster
        self._renderer = renderer
        self._notices = notices
        self._pacing = pacing
        self._clock = clock
        self._monotonic = monotonic
        self._name = uuid4().hex
        self._in_flight: set[int] = set()
        self._stopping = False
        self._turn = asyncio.Lock()

    def busy(self) -> frozenset[int]:
        """The deliveries that are claimed and not settled by this process right now."""
        return frozenset(self._in_flight)

    async def finish(self) -> None:
        """Claim nothing more, and wait until what is claimed is settled."""
        self._stopping = True
        async with self._turn:
            return

    async def tick(self) -> int:
        """Post what is due and what pacing allows now; returns how many posts were made."""
        async with self._turn:
            return await self._tick()

    async def _tick(self) -> int:
        posts = 0
        while not self._stopping and (room := self._pacing.room()):
            due = await self._in_time(await deliveries.due(self._store, self._clock(), LOOK))
            if not (chosen := self._choose(due, room)):
                break
            posts += await self._send(chosen)
        return posts

    async def _in_time(self, rows: Sequence[DeliveryRow]) -> list[DeliveryRow]:
        """The rows that are still of use; the others are skipped, and the secretariat hears of it once."""
        now = self._clock()
        late = [row for row in rows if when_due(row.due_at, row.useful_until, now) is Late.SKIP]
        for row in late:
            await deliveries.skipped(self._store, row.id, None, TOO_LATE, now)
        if late:
            log.warning("deliveries_too_late", count=len(late))
            await self._notices.late(now)
        return [row for row in rows if row not in late]

    def _choose(self, rows: Sequence[DeliveryRow], room: int) -> list[DeliveryRow]:
        """At most one row a target, of targets that may be posted to now."""
        first: dict[str, DeliveryRow] = {}
        for row in rows:
            if row.target not in first and self._pacing.free(row.target):
                first[row.target] = row
        return list(first.values())[:room]

    async def _send(self, rows: Sequence[DeliveryRow]) -> int:
        began, now = self._monotonic(), self._clock()
        check_at = now + timedelta(seconds=LEASE)
        ids = [row.id for row in rows]
        self._in_flight.update(ids)
        try:
            claimed = await deliveries.claim(self._store, ids, self._name, now, check_at)
            work = (self._one(row, began, check_at) for row in claimed)
            results = await asyncio.gather(*work, return_exceptions=True)
        finally:
            self._in_flight.difference_update(ids)
        for row, result in zip(claimed, results, strict=True):
            if isinstance(result, BaseException):  # its claim stays, so that history will tell what became of it
                log.error("delivery_defect", delivery=row.id, exc_info=result)
        return sum(result is True for result in results)

    async def _one(self, row: DeliveryRow, began: float, check_at: datetime) -> bool:
        """Render, post and settle one claimed row; whether a post was made."""
        now = self._clock()
        if row.attempts >= MOST_ATTEMPTS:
            await self._fail(row, "too many attempts", now)
            return False
        rendered = await self._renderer.render(row, now)
        if isinstance(rendered, Skip):
            await deliveries.skipped(self._store, row.id, self._name, rendered.reason, now)
            log.info("delivery_skipped", delivery=row.id, reason=rendered.reason)
            return False
        if isinstance(rendered, Postpone):
            await deliveries.release(self._store, row.id, self._name, rendered.due_at)
            return False
        if not self._lease_holds(began, check_at):
            await deliveries.release(self._store, row.id, self._name, row.due_at)
            return False
        return await self._post(row, rendered)

    def _lease_holds(self, began: float, check_at: datetime) -> bool:
        """Whether a post that starts now ends before anybody may ask history about it.

        By both clocks: a suspended machine stops the one, and a moved wall clock misleads the other.
        """
        left = LEASE - (self._monotonic() - began)
        return min(left, (check_at - self._clock()).total_seconds()) > HTTP_TIMEOUT + SKEW

    async def _post(self, row: DeliveryRow, message: Message) -> bool:
        self._pacing.take(row.target)
        outcome = await self._poster.post(row.target, message, row.id, row.key)
        await self._settle(row, outcome)
        log.info("delivery_attempted", delivery=row.id, kind=row.kind, outcome=type(outcome).__name__)
        return isinstance(outcome, Posted)

    async def _settle(self, row: DeliveryRow, outcome: Outcome) -> None:
        now = self._clock()
        match outcome:
            case Posted(channel, ts):
                await deliveries.sent(self._store, row.id, self._name, channel, ts, now)
            case NotPosted(reason, again_in):
                self._pacing.pause(again_in)
                log.warning("slack_asks_to_wait", reason=reason, seconds=again_in)
                again_at = now + timedelta(seconds=again_in)
                await deliveries.release(self._store, row.id, self._name, again_at)
            case NobodyKnows(reason):
                log.warning("delivery_unknown", delivery=row.id, reason=reason)
                check_at = now + timedelta(seconds=HTTP_TIMEOUT)
                await deliveries.unknown(self._store, row.id, self._name, check_at)
            case Refused(reason):
                await self._fail(row, reason, now)

    async def _fail(self, row: DeliveryRow, reason: str, now: datetime) -> None:
        await deliveries.failed(self._store, row.id, self._name, reason, now)
        log.error("delivery_failed", delivery=row.id, target=row.target, reason=reason)
        if reason in GONE_CHANNEL:
            await channels.mark_absent(self._store, row.target)
        if row.kind != Kind.NOTICE:
            await self._notices.failed(row, reason, now)
