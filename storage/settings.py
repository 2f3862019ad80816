"""What the bot remembers of itself: named texts, such as the digest of the loaded content."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Setting
from storage.store import Store
from storage.upsert import insert_into


async def get(store: Store, name: str) -> str | None:
    """The value, None where there is none."""
    async with store.read() as session:
        return await session.scalar(select(Setting.value).where(Setting.name == name))


async def put(store: Store, name: str, value: str) -> None:
    """Keep a value under this name (at most 60 characters), in place of the one before."""
    async with store.write() as session:
        await put_in(store, session, name, value)


async def put_in(store: Store, session: AsyncSession, name: str, value: str) -> None:
    """The same within a transaction that does more."""
    statement = insert_into(store, Setting).values(name=name, value=value)
    await session.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
