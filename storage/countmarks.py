"""Which announcements have to show other counts: marked with the answer itself, unmarked once they show them.

So the last counts always land, also after a crash; and of several processes one updates an announcement at a time, at
most once every EVERY, however many answers there are.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import settings
from storage.models import Setting
from storage.store import Store
from storage.upsert import insert_into

EVERY: Final = timedelta(seconds=3)
"""From one update of an announcement to the next: Slack recommends about one a second a channel at most."""

GIVEN_UP: Final = timedelta(seconds=20)
"""So long after its begin an update is over, however it ended: longer than a call to Slack takes."""

KEPT: Final = timedelta(hours=1)

MARK: Final = "answered:"
TURN: Final = "counting:"


@dataclass(frozen=True, slots=True)
class Mark:
    """An event with answers that its announcements may not show yet; `at`: when the last of them was given (UTC)."""

    name: str
    at: datetime
    slug: str

    @property
    def value(self) -> str:
        """As it is stored."""
        return f"{_text(self.at)}|{self.slug}"


async def put(store: Store, session: AsyncSession, slug: str, at: datetime) -> None:
    """Mark the event, within the transaction that keeps the answer."""
    mark = Mark(_name(MARK, slug), at, slug)
    await settings.put_in(store, session, mark.name, mark.value)


async def mark(store: Store, slug: str, at: datetime) -> None:
    """The same for something else that they do not show yet: that it is over."""
    async with store.write() as session:
        await put(store, session, slug, at)


async def pending(store: Store) -> list[Mark]:
    """The marks that are there, the oldest first."""
    query = select(Setting.name, Setting.value).where(Setting.name.startswith(MARK)).order_by(Setting.value)
    marks = []
    for row in await store.rows(query):
        at, _, slug = row.value.partition("|")
        marks.append(Mark(row.name, datetime.fromisoformat(at), slug))
    return marks


async def take_turn(store: Store, mark: Mark, now: datetime) -> bool:
    """Whether this process may update the announcements now; then no other does before `end_turn` or GIVEN_UP."""
    value = _text(now + GIVEN_UP)
    statement = insert_into(store, Setting).values(name=_name(TURN, mark.slug), value=value)
    free = statement.on_conflict_do_update(
        index_elements=["name"], set_={"value": value}, where=Setting.value <= _text(now)
    )
    async with store.write() as session:
        return (await session.execute(free.returning(Setting.name))).first() is not None


async def end_turn(store: Store, mark: Mark, now: datetime, *, shown: bool) -> None:
    """The next may follow in EVERY. Where the counts are `shown` the mark goes, unless there are newer answers."""
    async with store.write() as session:
        if shown:
            await session.execute(delete(Setting).where(Setting.name == mark.name, Setting.value == mark.value))
        await session.execute(delete(Setting).where(Setting.name.startswith(TURN), Setting.value < _text(now - KEPT)))
        await settings.put_in(store, session, _name(TURN, mark.slug), _text(now + EVERY))


def _name(prefix: str, slug: str) -> str:
    """Slugs are longer than names of settings."""
    return prefix + sha256(slug.encode()).hexdigest()[:40]


def _text(at: datetime) -> str:
    """Sorts as it is in time."""
    return at.isoformat(timespec="microseconds")
