"""iCalendar feeds over HTTP: `/feeds/<token>.ics`, for the calendar programs of members.

A program asks every hour or so, and mostly nothing has changed: such a request costs one query. What has changed is put
together in a thread, and each event that stayed the same is not written anew.
"""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from alliance.languages import Language
from handlers.icsfeed import Piece, Version, piece, whole
from handlers.tongue import Tongue
from storage import feeds
from storage.entries import Event, Observance
from storage.feeds import Reading, Source
from storage.library import Library
from storage.schedule import horizon
from storage.store import Store

PATH: Final = "/feeds/"
CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
FRESH: Final = timedelta(minutes=1)
"""A feed is put together again after so long, whatever seems to have changed: of two bots on one database, the change
that was begun first may be committed last."""

MOST_BYTES: Final = 32_000_000
"""So much of the feeds that were put together is kept in memory."""

MOST_PIECES: Final = 50_000
"""So many events are kept as they were last written (in a language)."""

REMEMBERED: Final = timedelta(days=400)
"""So long a feed says of a removed event that it is cancelled."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was put together, and when."""

    content: bytes
    etag: str
    version: tuple[int, str]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Written:
    """An event as it was last written in a language, and the groups that it is of."""

    version: Version
    groups: frozenset[str]
    piece: Piece


Key = tuple[Language, str | None, frozenset[str]]
"""Members with the same groups and language read the same feed."""


class Feeds:
    """Answers calendar programs."""

    def __init__(self, store: Store, library: Library, clock: Callable[[], datetime]) -> None:
        self._store, self._library, self._clock = store, library, clock
        self._made: OrderedDict[Key, Feed] = OrderedDict()
        self._written: dict[tuple[str, Language], Written] = {}
        self._one_at_a_time = asyncio.Lock()

    def routes(self) -> list[web.RouteDef]:
        """For a server of aiohttp."""
        answer: Handler = self._answer
        return [web.get(f"{PATH}{{token:[A-Za-z0-9_-]{{20,60}}}}.ics", answer)]

    async def _answer(self, request: web.Request) -> web.Response:
        reading = await feeds.opened_by(self._store, request.match_info["token"])
        if reading is None or (reading.group is not None and reading.group not in self._library.groups):
            return web.Response(status=404, text="There is no calendar at this address (any more).\n")
        feed = await self.of(reading)
        headers = {"ETag": feed.etag, "Cache-Control": "private, max-age=300"}
        if _knows(request.headers.get("If-None-Match", ""), feed.etag):
            return web.Response(status=304, headers=headers)
        return web.Response(body=feed.content, headers=headers | {"Content-Type": CONTENT_TYPE})

    async def of(self, reading: Reading) -> Feed:
        """The feed as it is now."""
        language = reading.language or self._library.community.language
        key = (language, reading.group, reading.groups)
        if found := self._fresh(key, reading):
            return found
        async with self._one_at_a_time:
            if found := self._fresh(key, reading):
                return found
            now = self._clock()
            found_sources = await feeds.sources(self._store)
            new = [one.slug for one in found_sources if self._last_written(one, language) is None]
            documents = await feeds.documents(self._store, new)
            content = await asyncio.to_thread(
                self._put_together, found_sources, documents, reading, Tongue(language), now
            )
            made = Feed(content, f'"{sha256(content).hexdigest()[:32]}"', reading.version, now)
            self._keep(key, made)
            return made

    def _fresh(self, key: Key, reading: Reading) -> Feed | None:
        found = self._made.get(key)
        if found is None or found.version != reading.version or abs(self._clock() - found.made_at) > FRESH:
            return None
        self._made.move_to_end(key)
        return found

    def _keep(self, key: Key, feed: Feed) -> None:
        self._made[key] = feed
        self._made.move_to_end(key)
        while len(self._made) > 1 and sum(len(one.content) for one in self._made.values()) > MOST_BYTES:
            self._made.popitem(last=False)

    def _put_together(
        self,
        found: Sequence[Source],
        documents: Mapping[str, tuple[Source, str]],
        reading: Reading,
        t: Tongue,
        now: datetime,
    ) -> bytes:
        if len(self._written) + len(documents) > MOST_PIECES:
            for key in self._written.keys() - {(source.slug, t.language) for source in found}:
                del self._written[key]
        for source, document in documents.values():
            self._written[source.slug, t.language] = _written(source, document, t, now)
        pieces = []
        for source in found:
            if source.removed_at and now - source.removed_at > REMEMBERED:
                continue
            written = self._written.get((source.slug, t.language))
            if written and belongs(source.kind, written.groups, reading):
                pieces.append(written.piece)
        group = self._library.groups[reading.group] if reading.group else None
        name = t.text((group or self._library.community).name.model_dump())
        return whole(pieces, f"Alliance 8.7: {name}" if group else name)

    def _last_written(self, source: Source, language: Language) -> Written | None:
        """It, if it was written as it is now."""
        written = self._written.get((source.slug, language))
        return written if written and written.version == _version(source) else None


def _version(source: Source) -> Version:
    return Version(source.revision, source.changed_at, source.removed_at is not None)


def _written(source: Source, document: str, t: Tongue, now: datetime) -> Written:
    values = json.loads(document)
    model = Observance if source.kind == "observance" else Event
    made = piece(model.model_validate(values), _version(source), horizon(now.date()), t)
    return Written(_version(source), frozenset(values.get("groups") or ()), made)


def belongs(kind: str, groups: frozenset[str], reading: Reading) -> bool:
    """Whether the event is in that feed: as reminders have it, a group's meetings are there without international days.

    A member's feed holds the events of the groups that they follow or joined, those of no group, and all such days.
    """
    if reading.group is not None:
        return kind != "observance" and reading.group in groups
    return kind == "observance" or not groups or bool(groups & reading.groups)


def _knows(header: str, etag: str) -> bool:
    """Whether a program has that version already (RFC 9110, If-None-Match: weak comparison)."""
    return header.strip() == "*" or etag in {one.strip().removeprefix("W/") for one in header.split(",")}
