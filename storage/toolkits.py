"""Toolkits: what partners may use around an international day, by language; every saving adds a version."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.languages import Language, first_known
from alliance.roles import Permission
from storage import audit
from storage.actionitems import one_at_a_time
from storage.eventedits import Editor
from storage.membermodels import Toolkit as Table
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in it, each a text of several lines, "" for none."""

    messages: str = ""
    hashtags: str = ""
    logos: str = ""
    links: str = ""


@dataclass(frozen=True, slots=True)
class Toolkit:
    """One version, counted from 1, of an observance (slug) in a language; `written_at` is UTC."""

    slug: str
    language: Language
    version: int
    contents: Contents
    written_by: str
    written_at: datetime


class Changed(Exception):
    """Somebody saved another version since the editor looked; `toolkit` is the newest."""

    def __init__(self, toolkit: Toolkit) -> None:
        super().__init__(toolkit.slug)
        self.toolkit = toolkit


async def newest(store: Store, slug: str) -> Mapping[Language, Toolkit]:
    """The newest version in each language that has one."""
    query = select(Table).where(Table.slug == slug).order_by(Table.version)
    async with store.read() as session:
        return {(kit := _toolkit(row)).language: kit for row in await session.scalars(query)}


async def versions(store: Store, slug: str, language: Language, limit: int = 10) -> tuple[Toolkit, ...]:
    """The last versions in a language, the newest first."""
    query = select(Table).where(Table.slug == slug, Table.language == language).order_by(Table.version.desc())
    async with store.read() as session:
        return tuple(_toolkit(row) for row in await session.scalars(query.limit(limit)))


async def version(store: Store, slug: str, language: Language, number: int) -> Toolkit | None:
    """One version."""
    query = select(Table).where(Table.slug == slug, Table.language == language, Table.version == number)
    async with store.read() as session:
        row = await session.scalar(query)
        return _toolkit(row) if row else None


async def slugs(store: Store) -> tuple[str, ...]:
    """What has a toolkit in any language."""
    async with store.read() as session:
        return tuple(await session.scalars(select(Table.slug).distinct().order_by(Table.slug)))


async def save(
    store: Store, editor: Editor, slug: str, language: Language, seen: int, contents: Contents
) -> Toolkit:  # fmt: skip
    """Add a version after `seen` (0: there was none). The same again (a repeated request) is one. Raises Changed."""
    async with store.write() as session:
        await one_at_a_time(store, session, f"toolkit/{slug}/{language}")
        now = await _newest(session, slug, language)
        if now is not None and now.contents == contents:
            return now
        if now is not None and now.version != seen:
            raise Changed(now)
        values = {
            "slug": slug, "language": language, "version": seen + 1 if now else 1, "document": asdict(contents),
            "written_by": editor.user_id, "written_at": editor.now,
        }  # fmt: skip
        made = _toolkit((await session.execute(insert(Table).values(values).returning(Table))).scalar_one())
        detail = {"language": language, "revision": made.version}
        await audit.write(session, editor.now, editor.user_id, Permission.EDIT_TOOLKIT, slug, detail)
        return made


async def _newest(session: AsyncSession, slug: str, language: Language) -> Toolkit | None:
    query = select(Table).where(Table.slug == slug, Table.language == language).order_by(Table.version.desc()).limit(1)
    row = await session.scalar(query)
    return _toolkit(row) if row else None


def _toolkit(row: Table) -> Toolkit:
    contents = Contents(**{name: str(row.document.get(name) or "") for name in asdict(Contents())})
    return Toolkit(row.slug, first_known(row.language), row.version, contents, row.written_by, row.written_at)
