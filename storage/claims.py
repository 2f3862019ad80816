"""Many claims at once: a sender that posts hundreds of messages a second cannot afford a transaction for each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, update

from alliance.delivery import State
from storage.models import Delivery
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Sent:
    """A delivery that is in Slack: where, and when it was written down (UTC)."""

    row_id: int
    channel: str
    ts: str
    at: datetime


async def sent(store: Store, by: str, posts: Sequence[Sent]) -> frozenset[int]:
    """Posted: claimed -> sent, all in one transaction. Returns the rows that `by` still held; the others stay."""
    values = [{"row_id": p.row_id, "by": by, "channel": p.channel, "ts": p.ts, "at": p.at} for p in posts]
    written = {post.row_id: post.ts for post in posts}
    async with store.engine.begin() as connection:
        await connection.execute(_SENT, values)
        rows = await connection.execute(_WRITTEN, {"ids": list(written)})
        return frozenset(row.id for row in rows if row.slack_ts == written[row.id])


async def renew(store: Store, by: str, ids: Collection[int], check_at: datetime) -> frozenset[int]:
    """Hold these claims until `check_at`. Returns those that `by` still held: only they may be posted."""
    held = (Delivery.id.in_(ids), Delivery.state == State.CLAIMED.value, Delivery.claimed_by == by)
    async with store.write() as session:
        rows = await session.execute(update(Delivery).where(*held).values(check_at=check_at).returning(Delivery.id))
        return frozenset(rows.scalars())


_SENT: Final = (
    update(Delivery)
    .where(
        Delivery.id == bindparam("row_id"),
        Delivery.state == State.CLAIMED.value,
        Delivery.claimed_by == bindparam("by"),
    )
    .values(
        state=State.SENT.value,
        slack_channel=bindparam("channel"),
        slack_ts=bindparam("ts"),
        settled_at=bindparam("at"),
    )
)
_WRITTEN: Final = select(Delivery.id, Delivery.slack_ts).where(
    Delivery.id.in_(bindparam("ids", expanding=True)), Delivery.state == State.SENT.value
)
