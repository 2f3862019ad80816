"""Reactions to messages: an emoji that people put below one, and take away again."""

import re
from typing import Final

from workspace.elements import NotThere
from workspace.errors import Json
from workspace.events import Events
from workspace.seen import Seen
from workspace.team import Team

NAME: Final = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")
INVALID: Final = "There is no such emoji."


class Reacting:
    """Puts and takes away reactions as a person, and tells the app that subscribed to it."""

    def __init__(self, team: Team, events: Events) -> None:
        self._team = team
        self._events = events

    async def toggle(self, user: str, channel: str, ts: str, name: str) -> Seen:
        """Put this reaction to a message, or take one's own away. Raises NotThere."""
        place = self._team.channels.get(channel)
        if place is None or user not in place.members or (message := self._team.messages.find(channel, ts)) is None:
            raise NotThere(f"no message {ts} in {channel}")
        if not NAME.fullmatch(name):
            return Seen(error=INVALID)
        there = _mine(message, user, name)
        _without(message, user, name) if there else _with(message, user, name)
        self._team.changes.publish(f"messages:{channel}")
        event: Json = {
            "type": "reaction_removed" if there else "reaction_added",
            "user": user,
            "reaction": name,
            "item": {"type": "message", "channel": channel, "ts": ts},
            "item_user": message.get("user") or self._team.app.user_id,
        }
        return Seen(message=message, ack=await self._events.emit(event, place))


def _mine(message: Json, user: str, name: str) -> bool:
    return any(one["name"] == name and user in one["users"] for one in message.get("reactions", ()))


def _with(message: Json, user: str, name: str) -> None:
    entry = next((one for one in message.setdefault("reactions", []) if one["name"] == name), None)
    if entry is None:
        entry = {"name": name, "users": [], "count": 0}
        message["reactions"].append(entry)
    entry["users"].append(user)
    entry["count"] = len(entry["users"])


def _without(message: Json, user: str, name: str) -> None:
    for entry in message["reactions"]:
        if entry["name"] == name:
            entry["users"].remove(user)
            entry["count"] = len(entry["users"])
    message["reactions"] = [one for one in message["reactions"] if one["users"]]
    if not message["reactions"]:
        del message["reactions"]
