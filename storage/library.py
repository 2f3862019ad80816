"""The undated content in memory: the community, its groups, countries, regions and themes."""

from collections.abc import Mapping, Sequence
from typing import Final, Self, TypeVar

from sqlalchemy import select

from alliance.names import Named, NameIndex
from alliance.vocabulary import Vocabulary
from storage import models, settings
from storage.contentload import DIGEST
from storage.entries import Community, Country, Entry, Group, Region, Theme
from storage.store import Store

Kind = TypeVar("Kind", bound=Entry)

MODELS: Final[Mapping[str, type[Entry]]] = {
    "community": Community,
    "region": Region,
    "theme": Theme,
    "group": Group,
    "country": Country,
}


class NoContent(Exception):
    """The database has no content yet; the text says what to do."""


class Library:
    """What the content says of everything undated, in the order of the files. `refresh` keeps it up to date."""

    def __init__(self, entries: Sequence[Entry], digest: str) -> None:
        self._take(entries, digest)

    @classmethod
    async def load(cls, store: Store) -> Self:
        """Read it from the database. Raises NoContent where no content was loaded."""
        return cls(*await _read(store))

    async def refresh(self, store: Store) -> bool:
        """Read it again if other content was loaded since; whether that was so. For a job that runs every minute."""
        if await settings.get(store, DIGEST) in (self.digest, None):
            return False
        self._take(*await _read(store))
        return True

    def names(self, kind: str) -> NameIndex:
        """Finds the slug that a name means; `kind` is "region", "theme", "group" or "country"."""
        return self._names[kind]

    def _take(self, entries: Sequence[Entry], digest: str) -> None:
        communities = _by_slug(entries, Community)
        if not communities:
            raise NoContent("the database has no content yet: load it with 'alliance-bot content load'")
        self.digest = digest
        self.community = next(iter(communities.values()))
        self.regions = _by_slug(entries, Region)
        self.themes = _by_slug(entries, Theme)
        self.groups = _by_slug(entries, Group)
        self.countries = _by_slug(entries, Country)
        named = {
            kind: [Named(entry.slug, _names(entry)) for entry in entries if isinstance(entry, model)]
            for kind, model in MODELS.items()
        }
        self._names = {kind: NameIndex(things) for kind, things in named.items()}
        self.vocabulary = Vocabulary({kind: named[kind] for kind in ("region", "country", "group", "theme")})


def _by_slug(entries: Sequence[Entry], model: type[Kind]) -> dict[str, Kind]:
    return {entry.slug: entry for entry in entries if isinstance(entry, model)}


def _names(entry: Entry) -> tuple[str, ...]:
    return (*entry.name.model_dump().values(), *entry.aliases.en, *entry.aliases.fr, *entry.aliases.es)


async def _read(store: Store) -> tuple[list[Entry], str]:
    async with store.read() as session:
        query = select(models.Entry.kind, models.Entry.document).order_by(models.Entry.position)
        entries = [MODELS[row.kind].model_validate(row.document) for row in await session.execute(query)]
    return entries, await settings.get(store, DIGEST) or ""
