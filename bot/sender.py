"""Posts what is due, once. The protocol (docs/decisions/ledger.md): claim, commit, post, settle."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, Generic, Protocol, TypeVar
from uuid import uuid4

import structlog

from alliance.delivery import Kind, Late, when_due
from bot.lease import Clocks, Lease
from bot.notices import Notices
from bot.pacing import Pacing
from bot.posting import (
    HTTP_TIMEOUT,
    RATELIMITED,
    TOO_LATE,
    NobodyKnows,
    NotPosted,
    Outcome,
    Posted,
    Postpone,
    Refused,
    Skip,
)
from bot.secondposts import SecondPosts
from bot.together import Together
from storage import channels, claims, deliveries
from storage.store import Store
from storage.trouble import DATABASE_TROUBLE, reason
from storage.values import DeliveryRow

LOOK: Final = 200
"""Rows that are looked at in one go."""

AT_ONCE: Final = 64
"""So many deliveries are claimed and under way at once."""

RENDERED_AT_ONCE: Final = 4
"""So many are rendered at once: fewer than the database's pool has connections, since opening one is dear."""

LOOK_SECONDS: Final = 0.05
LOOKS: Final = 20
"""While posts are under way, more are begun when half of them have ended, or after so many looks: a second. So slow
ones keep no others waiting, and the database is not asked for each."""

MOST_ATTEMPTS: Final = 20
"""A delivery that failed to be posted so often is given up: something is wrong with this one."""

GONE_CHANNEL: Final = frozenset({"channel_not_found", "is_archived", "not_in_channel"})
"""The bot is no longer in the channel: nothing more is planned for it until it is invited again."""

log = structlog.get_logger(__name__)


M = TypeVar("M")
"""What is posted: a message of Slack, or an e-mail."""

Made = TypeVar("Made", covariant=True)
Taken = TypeVar("Taken", contravariant=True)


class Renderer(Protocol[Made]):
    """What to post for a delivery, from the facts of this moment."""

    async def render(self, row: DeliveryRow, now: datetime) -> Made | Skip | Postpone:
        """The message, or why there is none."""
        ...


class Posts(Protocol[Taken]):
    """Posts once, and takes back what was posted twice (bot.posting.Poster, bot.smtp.MailPoster)."""

    async def post(self, target: str, message: Taken, delivery_id: int, key: str, holds: Callable[[], bool]) -> Outcome:
        """One attempt."""
        ...

    async def delete(self, channel: str, ts: str) -> bool:
        """Whether it is gone."""
        ...


class Sender(Generic[M]):
    """One per process for Slack, and one for e-mail (`mail`)."""

    def __init__(
        self,
        store: Store,
        poster: Posts[M],
        renderer: Renderer[M],
        notices: Notices,
        pacing: Pacing,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
        *,
        mail: bool = False,
    ) -> None:
        self._mail = mail
        self._store = store
        self._poster = poster
        self._renderer = renderer
        self._notices = notices
        self._pacing = pacing
        self._clock = clock
        self._clocks = Clocks(clock, monotonic)
        self._name = uuid4().hex
        self._in_flight: set[int] = set()
        self._stopping = False
        self._turn = asyncio.Lock()
        self._rendering = asyncio.Semaphore(RENDERED_AT_ONCE)
        self._write_down = Together(self._sent)
        self._renew = Together(self._renewed)
        self._second_posts = SecondPosts(store, poster)

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
            await self._second_posts.take_back()
            return await self._tick()

    async def _tick(self) -> int:
        posts = 0
        running: set[asyncio.Task[bool]] = set()
        try:
            while running := running | await self._begin(AT_ONCE - len(running)):
                for _look in range(LOOKS):
                    ended, running = await asyncio.wait(running, timeout=LOOK_SECONDS)
                    posts += sum(task.result() for task in ended)
                    if len(running) <= AT_ONCE // 2:
                        break
        finally:
            if running:
                await asyncio.wait(running)
        return posts

    async def _begin(self, free: int) -> set[asyncio.Task[bool]]:
        """Claim what may be posted now, at most `free` rows, and start to post each."""
        room = 0 if self._stopping else min(self._pacing.room(), free)
        if not room:
            return set()
        due = await self._in_time(await deliveries.due(self._store, self._clock(), LOOK, mail=self._mail))
        ids = [row.id for row in self._choose(due, room)]
        lease = self._clocks.lease()
        self._in_flight.update(ids)
        claimed: list[DeliveryRow] = []
        try:
            if ids:
                claimed = await deliveries.claim(self._store, ids, self._name, self._clock(), lease.check_at)
        finally:
            self._in_flight.difference_update(set(ids) - {row.id for row in claimed})
        for row in claimed:
            self._pacing.take(row.target)
        return {asyncio.create_task(self._guarded(row, lease)) for row in claimed}

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

    async def _guarded(self, row: DeliveryRow, lease: Lease) -> bool:
        """Whether a post was made. What goes wrong is logged; the claim stays, so that history is asked."""
        try:
            return await self._one(row, lease)
        except DATABASE_TROUBLE as error:
            log.error("delivery_not_written_down", delivery=row.id, reason=reason(error))
            return False
        except Exception as error:
            log.error("delivery_defect", delivery=row.id, exc_info=error)
            return False
        finally:
            self._in_flight.discard(row.id)

    async def _one(self, row: DeliveryRow, lease: Lease) -> bool:
        """Render, post and settle one claimed row; whether a post was made."""
        now = self._clock()
        if row.attempts >= MOST_ATTEMPTS:
            await self._fail(row, "too many attempts", now)
            return False
        async with self._rendering:
            rendered = await self._renderer.render(row, now)
        if isinstance(rendered, Skip):
            await deliveries.skipped(self._store, row.id, self._name, rendered.reason, now)
            log.info("delivery_skipped", delivery=row.id, reason=rendered.reason)
            return False
        if isinstance(rendered, Postpone):
            await deliveries.release(self._store, row.id, self._name, rendered.due_at)
            return False
        return await self._post(row, rendered, await self._still_ours(row, lease))

    async def _still_ours(self, row: DeliveryRow, lease: Lease) -> Lease | None:
        """The lease under which the row may be posted; None where another process may have taken it over.

        Only where processes share a database can that be, and then the database is asked once more.
        """
        return await self._renew(row.id) if self._store.postgresql and lease.holds() else lease

    async def _renewed(self, ids: Sequence[int]) -> Sequence[Lease | None]:
        lease = self._clocks.lease()
        held = await claims.renew(self._store, self._name, ids, lease.check_at)
        return [lease if row_id in held else None for row_id in ids]

    async def _post(self, row: DeliveryRow, message: M, lease: Lease | None) -> bool:
        if lease is None:
            log.warning("claim_lost", delivery=row.id)
            return False
        if not lease.holds():
            await deliveries.release(self._store, row.id, self._name)
            return False
        self._pacing.posting(row.target)
        outcome = await self._poster.post(row.target, message, row.id, row.key, lease.holds)
        await self._settle(row, outcome)
        log.info("delivery_attempted", delivery=row.id, kind=row.kind, outcome=type(outcome).__name__)
        return isinstance(outcome, Posted)

    async def _settle(self, row: DeliveryRow, outcome: Outcome) -> None:
        now = self._clock()
        match outcome:
            case Posted(channel, ts):
                if not await self._write_down(claims.Sent(row.id, channel, ts, now)):
                    log.warning("posted_without_claim", delivery=row.id)
                    self._second_posts.add(row.id, channel, ts)
            case NotPosted(why, again_in):
                log.warning("not_posted_yet", delivery=row.id, reason=why, seconds=again_in)
                if outcome.alone:
                    again = now + timedelta(seconds=again_in)
                    await deliveries.release(self._store, row.id, self._name, again, 1)
                    return
                if why == RATELIMITED:
                    self._pacing.asked_to_wait(row.target, again_in)
                else:
                    self._pacing.pause(again_in)
                await deliveries.release(self._store, row.id, self._name)
            case NobodyKnows(why):
                log.warning("delivery_unknown", delivery=row.id, reason=why)
                check_at = now + timedelta(seconds=HTTP_TIMEOUT)
                await deliveries.unknown(self._store, row.id, self._name, check_at)
            case Refused(why):
                await self._fail(row, why, now)

    async def _sent(self, posts: Sequence[claims.Sent]) -> Sequence[bool]:
        held = await claims.sent(self._store, self._name, posts)
        return [post.row_id in held for post in posts]

    async def _fail(self, row: DeliveryRow, why: str, now: datetime) -> None:
        await deliveries.failed(self._store, row.id, self._name, why, now)
        log.error("delivery_failed", delivery=row.id, target=row.target, reason=why)
        if self._mail:
            return
        if why in GONE_CHANNEL:
            await channels.mark_absent(self._store, row.target)
        if row.kind != Kind.NOTICE:
            await self._notices.failed(row, why, now)
