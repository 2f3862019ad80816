"""What was done that not everybody may do: written with the change itself, read by the secretariat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.roles import Permission
from storage.membermodels import Audit
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. `at` is UTC; `actor` a user id, "" for the bot's own settings; `subject` is an event, an
    occurrence, a group or a user id.
    """

    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any]


async def write(
    session: AsyncSession, at: datetime, actor: str, permission: Permission, subject: str, detail: Mapping[str, Any]
) -> None:
    """Add a line, in the transaction of the change: both stand, or neither does."""
    values = {"at": at, "actor": actor, "action": permission.value, "subject": subject[:160], "detail": dict(detail)}
    await session.execute(insert(Audit).values(values))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: of a person, who did it or to whom it was done; of an action; whose subject contains these words."""

    person: str = ""
    action: str = ""
    words: str = ""


EVERYTHING: Final = Wanted()


async def page(store: Store, wanted: Wanted = EVERYTHING, page: int = 0, size: int = 20) -> tuple[list[Entry], bool]:
    """A page (from 0) of the log, the latest first, and whether another follows."""
    found = await _entries(store, _query(wanted).offset(page * size).limit(size + 1))
    return found[:size], len(found) > size


async def everything(store: Store, wanted: Wanted = EVERYTHING) -> list[Entry]:
    """All of these lines, the latest first."""
    return await _entries(store, _query(wanted))


def _query(wanted: Wanted) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = select(Audit.at, Audit.actor, Audit.action, Audit.subject, Audit.detail)
    if wanted.person:
        query = query.where(or_(Audit.actor == wanted.person, Audit.subject == wanted.person))
    if wanted.action:
        query = query.where(Audit.action == wanted.action)
    if wanted.words:
        query = query.where(Audit.subject.icontains(wanted.words, autoescape=True))
    return query.order_by(Audit.at.desc(), Audit.id.desc())


async def _entries(store: Store, query: Select[*tuple[Any, ...]]) -> list[Entry]:
    async with store.read() as session:
        rows = await session.execute(query)
        return [Entry(row.at, row.actor, row.action, row.subject, row.detail) for row in rows]
