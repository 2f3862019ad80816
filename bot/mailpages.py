"""The web pages behind the links of e-mails: to confirm an address, and to leave with one click (RFC 8058).

A page asks and a button answers: programs that follow links to look for harm must neither confirm nor leave for people.
"""

from collections.abc import Callable
from datetime import datetime
from html import escape
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from handlers import mailpage
from handlers.tongue import Tongue
from storage import addresses
from storage.addresses import MailReader
from storage.store import Store

PATH: Final = "/newsletters/"
PAGE: Final = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Alliance 8.7</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<style>body {{ font: 18px/1.5 Arial, sans-serif; max-width: 34em; margin: 3em auto; padding: 0 1em; color: #1d2733; }}
button {{ font: inherit; padding: .5em 1.2em; background: #183f77; color: #fff; border: 0; border-radius: 6px; }}
</style></head><body><h1>Alliance 8.7</h1><p>{words}</p>{form}</body></html>
"""


def confirm_at(public: str, token: str) -> str:
    """Where an address is confirmed."""
    return f"{public}{PATH}confirm/{token}"


def leave_at(public: str, token: str) -> str:
    """Where its owner leaves."""
    return f"{public}{PATH}leave/{token}"


class MailPages:
    """Answers readers of e-mails."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    def routes(self) -> list[web.RouteDef]:
        """For a server of aiohttp."""
        token = "{token:[A-Za-z0-9_-]{20,60}}"
        ask: Handler = self._ask
        confirm: Handler = self._confirm
        leave: Handler = self._leave
        return [
            web.get(f"{PATH}{{what:confirm|leave}}/{token}", ask),
            web.post(f"{PATH}confirm/{token}", confirm),
            web.post(f"{PATH}leave/{token}", leave),
        ]

    async def _ask(self, request: web.Request) -> web.Response:
        reader = await addresses.by_token(self._store, request.match_info["token"])
        if reader is None:
            return _unknown()
        leaving = request.match_info["what"] == "leave"
        words, button = mailpage.asked(Tongue(reader.language, "UTC"), leaving=leaving)
        return _page(words, _form(button), reader)

    async def _confirm(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        await addresses.confirm(self._store, token, self._clock())
        return await self._done(token, leaving=False)

    async def _leave(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        await addresses.leave(self._store, token, self._clock())
        return await self._done(token, leaving=True)

    async def _done(self, token: str, *, leaving: bool) -> web.Response:
        reader = await addresses.by_token(self._store, token)
        if reader is None:
            return _unknown()
        t = Tongue(reader.language, "UTC")
        form = _form(mailpage.again(t), confirm_at("", token)) if leaving else ""
        return _page(mailpage.done(t, leaving=leaving), form, reader)


def _form(button: str, at: str = "") -> str:
    """A button that answers `at` that path, or at the page's own."""
    action = f' action="{escape(at)}"' if at else ""
    return f'<form method="post"{action}><button>{escape(button)}</button></form>'


def _page(words: str, form: str, reader: MailReader) -> web.Response:
    text = PAGE.format(language=reader.language, words=escape(words), form=form)
    return web.Response(text=text, content_type="text/html", headers={"Cache-Control": "no-store"})


def _unknown() -> web.Response:
    return web.Response(status=404, text="There is nothing at this address (any more).\n")
