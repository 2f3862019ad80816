"""What people do in the browser page. JSON without cookies; who acts is the argument `as`."""

import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import web

from workspace.acting import Acting
from workspace.elements import FIELD, NotThere
from workspace.errors import Json, SlackError
from workspace.faults import Faults
from workspace.files import as_file
from workspace.forms import Forms
from workspace.page_clock import PageClock
from workspace.page_shows import Mistake, PageShows
from workspace.people import Person
from workspace.reacting import Reacting
from workspace.seen import Seen
from workspace.team import Team

PAGE = Path(__file__).parent / "page"


class PageApi:
    """The endpoints below /page/ that do something. Each takes what the page asked, and returns what it is told."""

    def __init__(
        self,
        team: Team,
        acting: Acting,
        forms: Forms,
        faults: Faults,
        cut: Callable[[], Awaitable[None]],
        clock: PageClock,
        reacting: Reacting,
    ) -> None:
        self._team = team
        self._acting = acting
        self._forms = forms
        self._faults = faults
        self._cut = cut
        self._clock = clock
        self._reacting = reacting

    def routes(self, shows: PageShows) -> list[web.RouteDef]:
        """All routes of the page."""
        return [
            web.get("/page/state", _reader(shows.state)),
            web.get("/page/messages", _reader(shows.messages)),
            web.get("/page/home", _reader(shows.home)),
            web.get("/page/modals", _reader(shows.modals)),
            web.get("/page/events", shows.events),
            web.post("/page/send", _writer(self.send)),
            web.post("/page/action", _writer(self.action)),
            web.post("/page/shortcut", _writer(self.shortcut)),
            web.post("/page/submit", _writer(self.submit)),
            web.post("/page/upload", self.upload),
            web.post("/page/close-modal", _writer(self.close_modal)),
            web.post("/page/open-home", _writer(self.open_home)),
            web.post("/page/react", _writer(self.react)),
            web.post("/page/join", _writer(self.join)),
            web.post("/page/new-member", _writer(self.new_member)),
            web.post("/page/clock", _writer(self._clock.move)),
            web.post("/page/faults", _writer(self.faults)),
        ]

    def _me(self, asked: Json) -> Person:
        return self._team.person(str(asked.get("as", "")))

    async def send(self, asked: Json) -> Json:
        """POST /page/send: a message, or a slash command."""
        user, channel, text = self._me(asked).id, str(asked.get("channel", "")), str(asked.get("text", ""))
        if text.lstrip().startswith("/"):
            return _told(await self._acting.command(user, channel, text))
        return _told(await self._acting.say(user, channel, text))

    async def action(self, asked: Json) -> Json:
        """POST /page/action: a click or a choice in a message or a view."""
        user, container = self._me(asked).id, asked.get("container") or {}
        given, action_id, block_id = asked.get("action") or {}, str(asked.get("action_id")), asked.get("block_id")
        state = asked.get("state") or {}
        state = state.get("values", state)
        value = given.get(FIELD.get(str(given.get("type")), "value"))
        if container.get("type") == "view":
            view_id = str(container.get("view_id"))
            done = self._acting.click_view(user, view_id, action_id, value, block_id=block_id, state=state)
            return _told(await done)
        channel, ts = str(container.get("channel")), str(container.get("ts"))
        return _told(await self._acting.click(user, channel, ts, action_id, value, block_id=block_id, state=state))

    async def shortcut(self, asked: Json) -> Json:
        """POST /page/shortcut: a global one, or with `channel` and `ts` one of a message's menu."""
        user, name = self._me(asked).id, str(asked.get("callback_id", ""))
        channel, ts = str(asked.get("channel") or ""), str(asked.get("ts") or "")
        return _told(await self._acting.shortcut(user, name, channel, ts))

    async def submit(self, asked: Json) -> Json:
        """POST /page/submit"""
        values = asked.get("values") or {}
        return _told(await self._forms.submit(self._me(asked).id, str(asked.get("view_id")), values))

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """POST /page/upload?as=…&name=…: the bytes of a file that somebody puts into a form."""
        # As for JSON: a plain form of another site cannot send this type without being asked first.
        if request.content_type != "application/octet-stream":
            return web.json_response({"ok": False, "error": "send the bytes"}, status=415)
        content = await request.read()

        async def take(asked: Json) -> Json:
            name = str(asked.get("name") or "file")
            file = self._team.files.choose(self._me(asked).id, name, content)
            return {"ok": True, "file": as_file(file, self._team.base_url, file.user)}

        return await _answered(take, dict(request.query))

    async def close_modal(self, asked: Json) -> Json:
        """POST /page/close-modal"""
        return _told(await self._forms.close(self._me(asked).id, str(asked.get("view_id"))))

    async def open_home(self, asked: Json) -> Json:
        """POST /page/open-home"""
        return _told(await self._acting.open_home(self._me(asked).id))

    async def react(self, asked: Json) -> Json:
        """POST /page/react: put a reaction to a message, or take it away again."""
        channel, ts, name = (str(asked.get(key, "")) for key in ("channel", "ts", "name"))
        return _told(await self._reacting.toggle(self._me(asked).id, channel, ts, name))

    async def join(self, asked: Json) -> Json:
        """POST /page/join"""
        return _told(await self._acting.join(str(asked.get("channel")), self._me(asked).id))

    async def new_member(self, asked: Json) -> Json:
        """POST /page/new-member"""
        real_name = str(asked.get("real_name") or asked.get("name") or "").strip()
        name = str(asked.get("name") or real_name.split(" ")[0]).strip().lower()
        zone, locale = str(asked.get("tz") or "UTC"), str(asked.get("locale") or "en-US")
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise Mistake(f"no such time zone: {zone}") from error
        if not name or any(person.name == name for person in self._team.people.values()):
            raise Mistake("a new member needs a name that nobody else has")
        language = {"fr": "Français", "es": "Español"}.get(locale[:2], "English")
        member = Person("U0" + secrets.token_hex(4).upper(), name, real_name, "", locale, zone, language_name=language)
        told = _told(await self._acting.add_member(member))
        return {**told, "id": member.id}

    async def faults(self, asked: Json) -> Json:
        """POST /page/faults"""
        faults, method = self._faults, asked.get("method")
        times, seconds = int(asked.get("times") or 1), float(asked.get("seconds") or 1)
        match asked.get("kind"):
            case "rate_limit":
                faults.rate_limit(method, max(1, int(seconds)), times=times)
            case "server_error":
                faults.server_error(int(asked.get("status") or 500), times, method)
            case "accept_and_drop":
                faults.accept_and_drop(method or "chat.postMessage", times)
            case "slow":
                faults.slow(method, seconds, times)
            case "refuse":
                faults.refuse(method, times)
            case "error":
                faults.error(method, str(asked.get("code") or "internal_error"), times)
            case "cut_sockets":
                await self._cut()
            case "clear":
                faults.clear()
            case other:
                raise Mistake(f"no such fault: {other}")
        return {"ok": True}


def _told(seen: Seen) -> Json:
    told: Json = {"ok": seen.ok}
    if seen.error:
        told["error"] = seen.error
    if seen.errors:
        told["errors"] = seen.errors
    if seen.details:
        told["details"] = list(seen.details)
    return told


Endpoint = Callable[[Json], Awaitable[Json]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _reader(endpoint: Endpoint) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        return await _answered(endpoint, dict(request.query))

    return handler


def _writer(endpoint: Endpoint) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        # Only JSON: a form that another site posts to this address is refused without looking at it.
        if request.content_type != "application/json":
            return web.json_response({"ok": False, "error": "send JSON"}, status=415)
        try:
            asked = await request.json()
        except ValueError:
            return web.json_response({"ok": False, "error": "this is not JSON"}, status=400)
        return await _answered(endpoint, asked if isinstance(asked, dict) else {})

    return handler


async def _answered(endpoint: Endpoint, asked: Json) -> web.StreamResponse:
    try:
        return web.json_response(await endpoint(asked), headers={"Cache-Control": "no-store"})
    except (Mistake, NotThere) as error:
        return web.json_response({"ok": False, "error": str(error)}, status=400)
    except SlackError as error:
        return web.json_response({"ok": False, "error": error.code}, status=400)
