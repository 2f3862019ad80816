"""Reactions to newsletters. Who reacted is kept so that none counts twice, and one that was taken away not at all."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import delete, func, literal_column, select

from alliance.delivery import Kind
from storage.models import Delivery
from storage.newslettermodels import NewsletterReaction as Table
from storage.store import Store
from storage.upsert import insert_into

LONGEST: Final = 100
"""Characters of an emoji's name, at most, in Slack."""

OF_NEWSLETTERS: Final = Delivery.kind == literal_column(f"'{Kind.NEWSLETTER.value}'")
"""As the index `delivery_newsletter` names it; a parameter would hide the index."""


async def added(store: Store, channel: str, ts: str, user_id: str, name: str) -> bool:
    """Count a reaction if that message is a newsletter (twice is once); whether it is one."""
    delivery = await _newsletter(store, channel, ts)
    if delivery is None:
        return False
    values = {"delivery_id": delivery, "user_id": user_id, "name": _plain(name)}
    async with store.write() as session:
        await session.execute(insert_into(store, Table).values(values).on_conflict_do_nothing())
    return True


async def removed(store: Store, channel: str, ts: str, user_id: str, name: str) -> bool:
    """Count it no longer; whether that message is a newsletter."""
    delivery = await _newsletter(store, channel, ts)
    if delivery is None:
        return False
    where = (Table.delivery_id == delivery, Table.user_id == user_id, Table.name == _plain(name))
    async with store.write() as session:
        await session.execute(delete(Table).where(*where))
    return True


async def counted(store: Store, ref: str) -> Sequence[tuple[str, int]]:
    """The reactions to a newsletter ("newsletter/12") in all its copies: name and how many, the most frequent first."""
    count = func.count().label("times")
    query = select(Table.name, count).join(Delivery, Delivery.id == Table.delivery_id)
    query = query.where(Delivery.subject == ref, Delivery.kind == Kind.NEWSLETTER.value)
    rows = await store.rows(query.group_by(Table.name).order_by(count.desc(), Table.name))
    return [(row.name, row.times) for row in rows]


async def _newsletter(store: Store, channel: str, ts: str) -> int | None:
    where = (OF_NEWSLETTERS, Delivery.slack_ts == ts, Delivery.slack_channel == channel)
    async with store.read() as session:
        found: int | None = await session.scalar(select(Delivery.id).where(*where))
        return found


def _plain(name: str) -> str:
    """Without the colour of skin: ":+1::skin-tone-2:" is ":+1:"."""
    return name.partition("::")[0][:LONGEST]
