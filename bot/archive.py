"""The public archive of newsletters over HTTP, where it is switched on."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.mailpages import PATH
from handlers import archivepage
from handlers.archivepage import Issue
from handlers.tongue import Tongue
from storage import newsletters
from storage.store import Store

CACHE: Final = {"Cache-Control": "public, max-age=300"}


class Archive:
    """Answers everybody. `public`: the address of the bot's web server, as it is seen from outside."""

    def __init__(self, store: Store, public: str, clock: Callable[[], datetime]) -> None:
        self._store, self._base, self._clock = store, f"{public}{PATH}", clock

    def routes(self) -> list[web.RouteDef]:
        """For a server of aiohttp."""
        listing: Handler = self._listing
        feed: Handler = self._feed
        page: Handler = self._page
        return [
            web.get(PATH, listing),
            web.get(f"{PATH}feed.atom", feed),
            web.get(f"{PATH}{{number:[0-9]{{1,8}}}}", page),
        ]

    async def _listing(self, request: web.Request) -> web.Response:
        return _html(archivepage.listing(await self._issues(), self._base, _tongue(request)))

    async def _page(self, request: web.Request) -> web.Response:
        number = int(request.match_info["number"])
        found = next((one for one in await self._issues() if one.number == number), None)
        if found is None:
            return web.Response(status=404, text="There is no newsletter at this address (any more).\n")
        return _html(archivepage.page(found, self._base, _tongue(request)))

    async def _feed(self, request: web.Request) -> web.Response:
        content = archivepage.feed(await self._issues(), self._base, _tongue(request), self._clock())
        return web.Response(body=content, headers=CACHE | {"Content-Type": "application/atom+xml; charset=utf-8"})

    async def _issues(self) -> list[Issue]:
        found = await newsletters.published(self._store)
        return [Issue(one.id, one.content, one.approved_at or one.changed_at) for one in found]


def _tongue(request: web.Request) -> Tongue:
    accepted = request.headers.get("Accept-Language", "")
    return Tongue(archivepage.language_of(request.query.get("lang", ""), accepted))


def _html(page: str) -> web.Response:
    return web.Response(text=page, content_type="text/html", headers=CACHE)
