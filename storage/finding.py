"""The event that a name means, as people type it: without accents, case or exact spelling."""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import add
from typing import Final

from sqlalchemy import ColumnElement, case, func, or_, select

from alliance.names import Named, NameIndex, plain
from storage.models import Event, EventName, Occurrence
from storage.store import Store
from storage.values import Found

MOST_CANDIDATES: Final = 500
NEAR: Final = 5


async def find(store: Store, words: str, today: date) -> Found:
    """The one event that has this name, or whose name contains the words, or is spelt most like it.

    Where several do, or none is close enough, `near` has up to five: those that come next first, then the latest.
    """
    wanted = plain(words)[:200]
    if not wanted:
        return Found(None)
    exact = await _slugs(store, EventName.name == wanted)
    if len(exact) == 1:
        return Found(exact[0])
    containing = exact or await _slugs(
        store, or_(EventName.name.like(f"{wanted}%"), EventName.name.like(f"% {wanted}%"))
    )
    if len(containing) == 1:
        return Found(containing[0])
    if containing:
        ranked = await _coming_first(store, containing, today)
        return Found(None, ranked[:NEAR], len(ranked) > NEAR)
    return await _closest(store, wanted)


async def _slugs(store: Store, condition: ColumnElement[bool]) -> list[str]:
    query = (
        select(Event.slug)
        .distinct()
        .join(EventName, EventName.event_id == Event.id)
        .where(condition)
        .order_by(Event.slug)
        .limit(MOST_CANDIDATES)
    )
    async with store.read() as session:
        return list(await session.scalars(query))


async def _coming_first(store: Store, slugs: Sequence[str], today: date) -> tuple[tuple[str, dict[str, str]], ...]:
    """The titles of these events, one more than are shown: the next to come first, then the latest that is over."""
    coming = func.min(Occurrence.starts_on).filter(Occurrence.ends_on >= today)
    query = (
        select(Event.slug, Event.title)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .where(Event.slug.in_(slugs))
        .group_by(Event.id, Event.slug)
        .order_by(coming.is_(None), coming, func.max(Occurrence.starts_on).desc(), Event.slug)
        .limit(NEAR + 1)
    )
    async with store.read() as session:
        return tuple((slug, title) for slug, title in await session.execute(query))


async def _closest(store: Store, wanted: str) -> Found:
    """Spelt almost like it. One slip leaves one half of a word as it was: names that share most are compared."""
    pieces = sorted({piece for word in wanted.split()[:8] for piece in _halves(word)})
    shared = [case((EventName.name.like(f"%{piece}%"), 1), else_=0) for piece in pieces]
    likeness = reduce(add, shared)
    query = (
        select(Event.slug, Event.title, EventName.name)
        .join(EventName, EventName.event_id == Event.id)
        .where(likeness > 0)
        .order_by(likeness.desc(), EventName.name)
        .limit(MOST_CANDIDATES)
    )
    async with store.read() as session:
        rows = (await session.execute(query)).all()
    names = NameIndex(Named(row.slug, (row.name,)) for row in rows)
    titles: dict[str, dict[str, str]] = {row.slug: row.title for row in rows}
    if slug := names.close(wanted):
        return Found(slug)
    return Found(None, tuple((slug, titles[slug]) for slug in names.suggest(wanted, NEAR)))


def _halves(word: str) -> tuple[str, ...]:
    middle = len(word) // 2
    return (word[:middle], word[middle:]) if len(word) > 3 else (word,)
