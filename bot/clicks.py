"""Follows the links of newsletters to where they lead and counts them, where that is switched on.

No cookie, no name, no address of who follows is kept. Only what a newsletter links to is led to, so nobody can use this
to lead people elsewhere.
"""

from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.mailpages import PATH
from storage import clicks
from storage.store import Store

GO: Final = f"{PATH}go/"


class Clicks:
    """Answers everybody. A request for the head alone is a program that looks whether the link works: not counted."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def routes(self) -> list[web.RouteDef]:
        """For a server of aiohttp."""
        follow: Handler = self._follow
        return [web.get(f"{GO}{{number:[0-9]{{1,8}}}}/{{code:[0-9a-f]{{{clicks.CODE}}}}}", follow)]

    async def _follow(self, request: web.Request) -> web.Response:
        number, code = int(request.match_info["number"]), request.match_info["code"]
        address = await clicks.follow(self._store, number, code, count=request.method == "GET")
        if address is None:
            return web.Response(status=404, text="There is nothing at this address (any more).\n")
        headers = {"Location": address, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
        return web.Response(status=302, headers=headers)
