"""The addresses of iCalendar feeds, and what a feed is made of."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, Text, and_, bindparam, cast, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.languages import Language, first_known
from alliance.roles import Permission
from storage import audit, models
from storage.announcements import batched
from storage.contentload import DIGEST
from storage.membermodels import Audit, Feed, GroupMember
from storage.prepared import Prepared
from storage.store import Store
from storage.upsert import insert_into

REMEMBERED: Final = 20_000
"""So many events are kept as they were last seen: mostly one has changed."""

GROUP: Final = "group:"
"""Begins the owner of a group's feed; a member's is their user id."""


_COLUMNS: Final[tuple[Any, ...]] = (
    models.Event.slug,
    models.Event.kind,
    models.Event.revision,
    models.Event.changed_at,
    models.Event.removed_at,
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a feed is read. `made_at` (UTC) tells one token of an owner from the next."""

    owner: str
    token: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """What a token opens: a member's feed (their groups, the community's events and international days) or a group's.

    `version` changes with every change of an event: each is in the audit log, or in the digest of the content.
    """

    owner: str
    language: Language | None
    groups: frozenset[str]
    version: tuple[int, str]

    @property
    def group(self) -> str | None:
        """The slug, where it is a group's."""
        return self.owner.removeprefix(GROUP) if self.owner.startswith(GROUP) else None


@dataclass(frozen=True, slots=True)
class Source:
    """Which state of an event is stored."""

    slug: str
    kind: str
    revision: int
    changed_at: datetime | None
    removed_at: datetime | None


def of_group(slug: str) -> str:
    """The owner of that group's feed."""
    return f"{GROUP}{slug}"


async def address(store: Store, owner: str, now: datetime) -> Address:
    """The address of somebody's or a group's feed, made where there is none yet."""
    async with store.read() as session:
        if found := await _address(session, owner):
            return found
    async with store.write() as session:
        made = insert_into(store, Feed).values(owner=owner, token=_token(), made_at=now)
        await session.execute(made.on_conflict_do_nothing())
        return await _required(session, owner)


async def renew(store: Store, owner: str, seen: datetime, by: str, now: datetime) -> Address:
    """Another address; the old one leads nowhere from now on. A group's is noted in the audit log.

    `seen`: when the one was made that is to be replaced, so that a double click renews once.
    """
    async with store.write() as session:
        statement = update(Feed).where(Feed.owner == owner, Feed.made_at == seen)
        renewed = await session.scalar(statement.values(token=_token(), made_at=now).returning(Feed.owner))
        if renewed and owner.startswith(GROUP):
            group = owner.removeprefix(GROUP)
            await audit.write(session, now, by, Permission.RENEW_GROUP_FEED, group, {"renewed": True})
        return await _required(session, owner)


async def opened_by(store: Store, token: str) -> Reading | None:
    """What a token opens; None for one that is unknown or was renewed."""
    rows = await store.ask(_OPENED, {"token": token})
    if not rows:
        return None
    first = rows[0]
    language = first.group_language or first.language or first.slack_locale
    followed = {*(first.groups or ()), *(row.joined for row in rows if row.joined)}
    return Reading(
        first.owner,
        first_known(language) if language else None,
        frozenset(followed),
        (first.last_change or 0, first.digest or ""),
    )


async def sources(store: Store) -> Sequence[Source]:
    """Every event that there is or was, by slug."""
    return await store.ask(_SOURCES, {})


async def documents(store: Store, slugs: Sequence[str]) -> dict[str, tuple[Source, str]]:
    """What these events say, as JSON text not yet read, each with the state that says it."""
    found: dict[str, tuple[Source, str]] = {}
    text = cast(models.Event.document, Text).label("document")
    for some in batched(slugs):
        rows = await store.rows(select(*_COLUMNS, text).where(models.Event.slug.in_(some)))
        found |= {row.slug: (_source(row), row.document) for row in rows}
    return found


def _source(row: Any) -> Source:
    return Source(row.slug, row.kind, row.revision, row.changed_at, row.removed_at)


def _token() -> str:
    return secrets.token_urlsafe(32)


async def _address(session: AsyncSession, owner: str) -> Address | None:
    row = (await session.execute(select(Feed.owner, Feed.token, Feed.made_at).where(Feed.owner == owner))).one_or_none()
    return Address(*row) if row else None


async def _required(session: AsyncSession, owner: str) -> Address:
    found = await _address(session, owner)
    assert found is not None
    return found


def _opened_query() -> Select[*tuple[Any, ...]]:
    """A row for each group that the member joined, one for who joined none."""
    person, channel = models.Member, models.Channel
    group_language = select(func.min(channel.language)).where(literal(GROUP) + channel.group == Feed.owner)
    columns: tuple[Any, ...] = (
        Feed.owner,
        person.language,
        person.slack_locale,
        person.groups,
        GroupMember.group.label("joined"),
        group_language.scalar_subquery().label("group_language"),
        select(func.max(Audit.id)).scalar_subquery().label("last_change"),
        select(models.Setting.value).where(models.Setting.name == DIGEST).scalar_subquery().label("digest"),
    )
    belongs = and_(GroupMember.user_id == Feed.owner, GroupMember.state == "member")
    joined = select(*columns).select_from(Feed).join(person, person.user_id == Feed.owner, isouter=True)
    return joined.join(GroupMember, belongs, isouter=True).where(Feed.token == bindparam("token"))


def _as_it_is(row: Any) -> Any:
    return row


_OPENED: Final = Prepared(_opened_query(), _as_it_is)

_SOURCES: Final = Prepared(select(*_COLUMNS).order_by(models.Event.slug), _source, remember=REMEMBERED)
