"""Events as those who change them see them: with the revision that a change names, and what became of it since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.delivery import occurrence_ref
from storage import models
from storage.entries import Event
from storage.membermodels import Audit
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Stored:
    """An event as it is: what its editor sees, and the revision to name when changing it. `by`: who changed it last."""

    entry: Event
    revision: int
    written_by: str | None
    changed_by: str | None
    changed_at: datetime | None

    @property
    def ref(self) -> str:
        """The occurrence that announcements of it are about."""
        return occurrence_ref(self.entry.slug, self.entry.lasting_day)


@dataclass(frozen=True, slots=True)
class Since:
    """An event as it was at some revision and as it is now. `reworded`: long texts that changed, which only are as now.

    `by`: who changed it last; None for the content's files.
    """

    before: Event
    now: Event
    reworded: frozenset[str]
    by: str | None
    removed: bool


class Changed(Exception):
    """Somebody changed it since the editor looked. `by` is None for the content's files; `what` names the fields."""

    def __init__(self, now: Stored, by: str | None, what: tuple[str, ...]) -> None:
        super().__init__(f"{now.entry.slug} is at revision {now.revision}")
        self.now, self.by, self.what = now, by, what


class Gone(Exception):
    """There is no such event any more."""


async def get(store: Store, slug: str) -> Stored | None:
    """An event that can be changed; None where there is none (any more), and for international days."""
    async with store.read() as session:
        return await stored_in(session, slug)


async def since(store: Store, slug: str, seen: int) -> Since | None:
    """What became of an event since a revision, also where it was removed; None where there never was one."""
    async with store.read() as session:
        row = await session.scalar(select(models.Event).where(models.Event.slug == slug))
        if row is None or row.kind == "observance":
            return None
        changes = await history(session, slug, seen)
    now = Event.model_validate(row.document)
    was: dict[str, Any] = {}
    for field, values in ((field, values) for detail in changes for field, values in detail.get("fields", {}).items()):
        if values is not None:
            was.setdefault(field, values[0])
    reworded = frozenset(
        field for detail in changes for field, values in detail.get("fields", {}).items() if not values
    )
    before = Event.model_validate(row.document | was)
    return Since(before, now, reworded, row.changed_by, removed=row.removed_at is not None)


async def revision(store: Store, slug: str) -> int:
    """How often it was changed, also where it was removed; 0 where there never was such an event."""
    async with store.read() as session:
        return await session.scalar(select(models.Event.revision).where(models.Event.slug == slug)) or 0


async def required(session: AsyncSession, slug: str) -> Stored:
    """An event within a transaction. Raises Gone."""
    stored = await stored_in(session, slug)
    if stored is None:
        raise Gone(slug)
    return stored


async def stored_in(session: AsyncSession, slug: str) -> Stored | None:
    """The same; None where there is none (any more)."""
    table = models.Event
    query = select(table).where(table.slug == slug, table.removed_at.is_(None), table.kind != "observance")
    row = await session.scalar(query.execution_options(populate_existing=True))
    return of_row(row) if row else None


def of_row(row: models.Event) -> Stored:
    """What a row of `event` keeps."""
    entry = Event.model_validate(row.document)
    return Stored(entry, row.revision, row.written_by, row.changed_by, row.changed_at)


async def changed_since(session: AsyncSession, now: Stored, seen: int) -> tuple[str, ...]:
    """The fields that changed after the revision that was seen, as the audit log has them."""
    found = await history(session, now.entry.slug, seen)
    return tuple(dict.fromkeys(field for detail in found for field in detail.get("fields", {})))


async def history(session: AsyncSession, slug: str, seen: int) -> list[Mapping[str, Any]]:
    """What the audit log says of the changes after a revision, the oldest first."""
    query = select(Audit.detail).where(Audit.subject == slug).order_by(Audit.at, Audit.id)
    return [detail for detail in await session.scalars(query) if detail.get("revision", 0) > seen]
