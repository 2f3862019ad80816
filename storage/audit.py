"""What was done that not everybody may do: written with the change itself, read by the secretariat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.roles import Permission
from storage.membermodels import Audit
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. `at` is UTC; `subject` is an occurrence, a group, an organisation or a user id."""

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


async def page(
    store: Store, words: str = "", actor: str = "", page: int = 0, size: int = 20
) -> tuple[list[Entry], bool]:
    """A page (from 0) of the log, the latest first, and whether another follows.

    `words`: only lines whose action or subject contains them; `actor`: only of that user id.
    """
    found = await _entries(store, _query(words, actor).offset(page * size).limit(size + 1))
    return found[:size], len(found) > size


async def everything(store: Store) -> list[Entry]:
    """The whole log, the latest first."""
    return await _entries(store, _query("", ""))


def _query(words: str, actor: str) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = select(Audit.at, Audit.actor, Audit.action, Audit.subject, Audit.detail)
    if words:
        of_action, of_subject = (column.contains(words, autoescape=True) for column in (Audit.action, Audit.subject))
        query = query.where(of_action | of_subject)
    if actor:
        query = query.where(Audit.actor == actor)
    return query.order_by(Audit.at.desc(), Audit.id.desc())


async def _entries(store: Store, query: Select[*tuple[Any, ...]]) -> list[Entry]:
    async with store.read() as session:
        rows = await session.execute(query)
        return [Entry(row.at, row.actor, row.action, row.subject, row.detail) for row in rows]
