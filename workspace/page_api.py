"""What the browser page asks for and does. JSON without cookies; who acts is the argument `as`."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import web

from workspace.acting import Acting
from workspace.clock import REPORT_YEAR
from workspace.delivery import Delivery
from workspace.elements import FIELD, NotThere
from workspace.errors import Json, SlackError
from workspace.faults import Faults
from workspace.forms import Forms
from workspace.people import Channel, Person
from workspace.seen import Seen
from workspace.team import Team

PAGE = Path(__file__).parent / "page"
KEEPALIVE_SECONDS = 15.0
NextReminder = Callable[[], Awaitable[datetime | None]]


class Mistake(ValueError):
    """The page asked for something that makes no sense; told with HTTP status 400."""


class PageApi:
    """The endpoints below /page/."""

    def __init__(
        self, team: Team, acting: Acting, forms: Forms, delivery: Delivery, faults: Faults,
        cut: Callable[[], Awaitable[None]], next_reminder: NextReminder | None,
    ) -> None:  # fmt: skip
        self._team = team
        self._acting = acting
        self._forms = forms
        self._delivery = delivery
        self._faults = faults
        self._cut = cut
        self._next_reminder = next_reminder

    def routes(self) -> list[web.RouteDef]:
        """All routes of the page."""
        table: list[web.RouteDef] = [web.get("/page/events", self.events)]
        for name, read in (
            ("state", self.state), ("messages", self.messages), ("home", self.home), ("modals", self.modals),
        ):  # fmt: skip
            table.append(web.get(f"/page/{name}", _reader(read)))
        for name, write in (
            ("send", self.send), ("action", self.action), ("submit", self.submit), ("close-modal", self.close_modal),
            ("open-home", self.open_home), ("join", self.join), ("new-member", self.new_member),
            ("clock", self.clock), ("faults", self.faults),
        ):  # fmt: skip
            table.append(web.post(f"/page/{name}", _writer(write)))
        return table

    async def state(self, asked: Json) -> Json:
        """GET /page/state"""
        team, me = self._team, self._me(asked)
        team.direct(me.id)
        return {
            "me": me.id,
            "people": [_described(p) for p in team.people.values() if not p.is_bot and not p.deleted],
            "channels": [self._listed(c, me.id) for c in team.channels.values() if _visible(c, me.id)],
            "bot": {"id": team.app.bot_id, "user_id": team.app.user_id, "name": team.app.name},
            "clock": self._clock(),
            "commands": [
                {name: c.get(name, "") for name in ("command", "description", "usage_hint")} for c in team.app.commands
            ],
            "connected": self._delivery.connected,
            "next_reminder_available": self._next_reminder is not None,
        }

    def _me(self, asked: Json) -> Person:
        """Who acts; a page that was just opened names nobody yet and gets the first person."""
        return self._team.person(asked.get("as") or next(iter(self._team.people)))

    def _clock(self) -> Json:
        clock = self._team.clock
        return {"now": clock.now().isoformat(), "offset_seconds": clock.offset_seconds, "mode": clock.mode}

    def _listed(self, channel: Channel, user: str) -> Json:
        read = self._team.read.get((user, channel.id), 0.0)
        shown = self._shown(channel.id, user) if user in channel.members else []
        return {
            "id": channel.id,
            "name": self._team.app.name if channel.is_im else channel.name,
            "topic": channel.topic,
            "is_im": channel.is_im,
            "is_private": channel.is_private,
            "member": user in channel.members,
            "read_only": channel.is_im and self._team.app.messages_read_only,
            "unread": sum(1 for m in shown if float(m["ts"]) > read and m["user"] != user and "subtype" not in m),
        }

    def _shown(self, channel: str, user: str) -> list[Json]:
        both = self._team.messages.lasting(channel) + self._team.messages.ephemeral(channel, user)
        return sorted(both, key=lambda message: float(message["ts"]))

    async def messages(self, asked: Json) -> Json:
        """GET /page/messages: what this person sees in a channel, oldest first; marks it as read."""
        user, channel = self._me(asked).id, self._team.channels.get(str(asked.get("channel", "")))
        if channel is None or not _visible(channel, user):
            raise Mistake("this person cannot see that channel")
        shown = self._shown(channel.id, user)
        if shown:
            self._team.read[user, channel.id] = max(float(m["ts"]) for m in shown)
        return {"messages": [_message(message) for message in shown]}

    async def home(self, asked: Json) -> Json:
        """GET /page/home"""
        return {"view": self._team.views.homes.get(self._me(asked).id)}

    async def modals(self, asked: Json) -> Json:
        """GET /page/modals"""
        return {"stack": self._team.views.stacks[self._me(asked).id]}

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

    async def submit(self, asked: Json) -> Json:
        """POST /page/submit"""
        values = asked.get("values") or {}
        return _told(await self._forms.submit(self._me(asked).id, str(asked.get("view_id")), values))

    async def close_modal(self, asked: Json) -> Json:
        """POST /page/close-modal"""
        return _told(await self._forms.close(self._me(asked).id, str(asked.get("view_id"))))

    async def open_home(self, asked: Json) -> Json:
        """POST /page/open-home"""
        return _told(await self._acting.open_home(self._me(asked).id))

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

    async def clock(self, asked: Json) -> Json:
        """POST /page/clock"""
        clock, to = self._team.clock, str(asked.get("to", ""))
        following: datetime | None = None
        if to == "today":
            clock.use_today()
        elif to == "2019":
            clock.move_to(REPORT_YEAR)
        elif to == "next_reminder":
            following = await self._next_reminder() if self._next_reminder is not None else None
            if following is None:
                raise Mistake("no reminder is planned")
            clock.move_to(following)
        else:
            try:
                clock.move_to(datetime.fromisoformat(to))
            except ValueError as error:
                raise Mistake("the clock needs a date and time with a zone, such as 2019-06-12T09:00+02:00") from error
        return {"ok": True, **self._clock(), "next": following.isoformat() if following else None}

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

    async def events(self, request: web.Request) -> web.StreamResponse:
        """GET /page/events: server-sent events that say what to fetch again."""
        queue = self._team.changes.listen(request.query.get("as"))
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        try:
            await response.prepare(request)
            await response.write(b": hello\n\n")
            while True:
                topics = await _next_topics(queue)
                if topics is None:
                    break
                said = json.dumps({"type": "changed", "what": topics})
                await response.write(f"data: {said}\n\n".encode() if topics else b": still here\n\n")
        except ConnectionError:
            return response
        finally:
            self._team.changes.forget(queue)
        return response


async def _next_topics(queue: asyncio.Queue[str | None]) -> list[str] | None:
    """All that changed since, without doubles; empty after a while without a change; None at the end."""
    try:
        topic = await asyncio.wait_for(queue.get(), KEEPALIVE_SECONDS)
    except TimeoutError:
        return []
    topics: list[str] = []
    while topic is not None:
        if topic not in topics and topic != "calls":
            topics.append(topic)
        if queue.empty():
            return topics
        topic = queue.get_nowait()
    return None


def _visible(channel: Channel, user: str) -> bool:
    return user in channel.members or (channel.kind == "public_channel" and not channel.is_archived)


def _described(person: Person) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "title": person.title,
        "locale": person.locale,
        "tz": person.tz,
        "avatar_color": person.avatar_color,
        "language_name": person.language_name,
    }


def _message(message: Json) -> Json:
    files = [{"id": f["id"], "name": f["name"], "url": f["url_private"]} for f in message.get("files", ())]
    shown: Json = {
        "ts": message["ts"],
        "user": message["user"],
        "bot": "bot_id" in message,
        "text": message["text"],
        "blocks": message.get("blocks", []),
        "ephemeral": bool(message.get("is_ephemeral")),
        "edited": "edited" in message,
        "files": files,
        "reactions": message.get("reactions", []),
    }
    if "metadata" in message:
        shown["metadata"] = message["metadata"]
    if "subtype" in message:
        shown["subtype"] = message["subtype"]
    return shown


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
