"""How often the links of a newsletter were followed, where that is switched on: counted by link, never by person."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from alliance import marked
from alliance.newsletters import Content
from storage.newslettermodels import NewsletterLink as Table
from storage.store import Store
from storage.upsert import insert_into

CODE: Final = 12
"""Characters of a link's address at the bot: enough that no two links of a newsletter have the same."""


async def keep_in(store: Store, session: AsyncSession, number: int, content: Content) -> None:
    """Remember what the newsletter links to, in the transaction that approves it.

    Those of an earlier state of it stay: they lie in mailboxes, and go on leading where they led.
    """
    bodies = [section.body for edition in content.editions.values() for section in edition.sections]
    for address in dict.fromkeys(address for body in bodies for address in marked.pages(body)):
        values = {"newsletter_id": number, "code": _code(address), "address": address, "clicks": 0}
        await session.execute(insert_into(store, Table).values(values).on_conflict_do_nothing())


async def ways(store: Store, number: int, base: str) -> dict[str, str]:
    """By where a link leads, its address at the bot, below `base`. Empty with base "", or where none are counted."""
    if not base:
        return {}
    rows = await store.rows(select(Table.address, Table.code).where(Table.newsletter_id == number))
    return {row.address: f"{base}{number}/{row.code}" for row in rows}


async def follow(store: Store, number: int, code: str, *, count: bool) -> str | None:
    """Where that link of the newsletter leads, counted with `count`; None for one that was never in it."""
    where = (Table.newsletter_id == number, Table.code == code)
    async with store.write() as session:
        statement = update(Table).where(*where).values(clicks=Table.clicks + int(count)).returning(Table.address)
        found: str | None = await session.scalar(statement)
        return found


async def counted(store: Store, number: int) -> Sequence[tuple[str, int]]:
    """The links of a newsletter with how often each was followed, the most frequent first."""
    query = select(Table.address, Table.clicks).where(Table.newsletter_id == number)
    return [(row.address, row.clicks) for row in await store.rows(query.order_by(Table.clicks.desc(), Table.address))]


def _code(address: str) -> str:
    return sha256(address.encode()).hexdigest()[:CODE]
