"""What the browser page shows: the answers to its GET requests."""

import asyncio
import json

from aiohttp import web

from workspace.clock import Clock
from workspace.delivery import Delivery
from workspace.errors import Json
from workspace.people import Channel, Person
from workspace.team import Team

KEEPALIVE_SECONDS = 15.0


class Mistake(ValueError):
    """The page asked for something that makes no sense; told with HTTP status 400."""


class PageShows:
    """State, messages, Home tab and modals as one person sees them. Each takes the request's arguments."""

    def __init__(self, team: Team, delivery: Delivery, *, knows_reminders: bool) -> None:
        self._team = team
        self._delivery = delivery
        self._knows_reminders = knows_reminders

    async def state(self, asked: Json) -> Json:
        """GET /page/state; without `as`, of the first person."""
        team = self._team
        people = [person for person in team.people.values() if not person.is_bot and not person.deleted]
        user = str(asked.get("as") or people[0].id)
        me = team.direct(user, quietly=True).user or user
        return {
            "me": me,
            "workspace": team.app.team_name,
            "people": [described(person) for person in people],
            "channels": [self._listed(c, me) for c in team.channels.values() if visible(c, me)],
            "bot": {"id": team.app.bot_id, "user_id": team.app.user_id, "name": team.app.name},
            "clock": clock_state(team.clock),
            "commands": [
                {name: c.get(name, "") for name in ("command", "description", "usage_hint")} for c in team.app.commands
            ],
            "shortcuts": [dict(shortcut) for shortcut in team.app.shortcuts],
            "connected": self._delivery.connected,
            "next_reminder_available": self._knows_reminders,
        }

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
        user = self._team.person(str(asked.get("as", ""))).id
        channel = self._team.channels.get(str(asked.get("channel", "")))
        if channel is None or not visible(channel, user):
            raise Mistake("this person cannot see that channel")
        shown = self._shown(channel.id, user)
        latest = max((float(m["ts"]) for m in shown), default=0.0)
        if latest > self._team.read.get((user, channel.id), 0.0):
            self._team.read[user, channel.id] = latest
            self._team.changes.publish("state", user)
        return {"messages": [as_shown(message) for message in shown]}

    async def home(self, asked: Json) -> Json:
        """GET /page/home"""
        return {"view": self._team.views.homes.get(str(asked.get("as", "")))}

    async def modals(self, asked: Json) -> Json:
        """GET /page/modals"""
        return {"stack": self._team.views.stacks.get(str(asked.get("as", "")), [])}

    async def events(self, request: web.Request) -> web.StreamResponse:
        """GET /page/events: server-sent events that say what to fetch again."""
        queue = self._team.changes.listen(request.query.get("as"))
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        try:
            await response.prepare(request)
            await response.write(b": hello\n\n")
            while (topics := await _next_topics(queue)) is not None:
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


def clock_state(clock: Clock) -> Json:
    """The workspace's clock."""
    return {"now": clock.now().isoformat(), "offset_seconds": clock.offset_seconds, "mode": clock.mode}


def visible(channel: Channel, user: str) -> bool:
    """Whether a person finds the channel: their own, and public ones."""
    return user in channel.members or (channel.kind == "public_channel" and not channel.is_archived)


def described(person: Person) -> Json:
    """A person."""
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


def as_shown(message: Json) -> Json:
    """A message."""
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
    return {**shown, **{name: message[name] for name in ("metadata", "subtype", "thread_ts") if name in message}}
