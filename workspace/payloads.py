"""The payloads that Slack sends to an app, built from what a person did."""

import re
from collections.abc import Sequence

from workspace.errors import Json
from workspace.people import Channel, Person
from workspace.responses import Origin
from workspace.team import Team


def escape(text: str) -> str:
    """Typed text as Slack sends it: `&`, `<` and `>` escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def with_mentions(team: Team, text: str) -> str:
    """Escaped text in which `@name` and `#channel` became mentions (for commands: only where should_escape is on)."""
    people = {person.name: person.id for person in team.people.values()}
    channels = {channel.name: channel.id for channel in team.channels.values() if not channel.is_im}

    def person(found: re.Match[str]) -> str:
        name = found[1]
        return f"<@{people[name]}|{name}>" if name in people else found[0]

    def channel(found: re.Match[str]) -> str:
        name = found[1]
        return f"<#{channels[name]}|{name}>" if name in channels else found[0]

    return re.sub(r"#([\w-]+)", channel, re.sub(r"@([\w.-]+)", person, escape(text)))


def channel_name(channel: Channel) -> str:
    """What payloads call a channel: private ones and direct conversations have no name there."""
    return {"im": "directmessage", "private_channel": "privategroup"}.get(channel.kind, channel.name)


def response_url(team: Team, origin: Origin) -> str:
    """A fresh response_url, whole."""
    return team.base_url + team.responses.new_url(origin)


def command(team: Team, person: Person, channel: Channel, name: str, text: str) -> Json:
    """A slash command."""
    app = team.app
    return {
        "token": "local",
        "team_id": app.team_id,
        "team_domain": app.team_domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": person.name,
        "command": name,
        "text": text,
        "api_app_id": app.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url(team, Origin(person.id, channel.id)),
        "trigger_id": team.triggers.new(person.id),
    }


def interaction(team: Team, kind: str, person: Person, trigger: str) -> Json:
    """What all interactive payloads have in common."""
    app = team.app
    return {
        "type": kind,
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": app.team_id},
        "api_app_id": app.app_id,
        "token": "local",
        "trigger_id": trigger,
        "team": {"id": app.team_id, "domain": app.team_domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def message_action(
    team: Team, person: Person, channel: Channel, message: Json, actions: Sequence[Json], state: Json
) -> Json:
    """block_actions from a message. An ephemeral message is not repeated in the payload."""
    hidden = bool(message.get("is_ephemeral"))
    container = {"type": "message", "message_ts": message["ts"], "channel_id": channel.id, "is_ephemeral": hidden}
    return {
        **interaction(team, "block_actions", person, team.triggers.new(person.id)),
        "container": container,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        **({} if hidden else {"message": message}),
        "state": {"values": state},
        "response_url": response_url(team, Origin(person.id, channel.id, message["ts"], hidden)),
        "actions": list(actions),
    }


def view_action(team: Team, person: Person, view: Json, actions: Sequence[Json]) -> Json:
    """block_actions from a modal or the Home tab."""
    return {
        **interaction(team, "block_actions", person, team.triggers.new(person.id)),
        "container": {"type": "view", "view_id": view["id"]},
        "view": view,
        "actions": list(actions),
    }


def submission(team: Team, person: Person, view: Json) -> Json:
    """view_submission."""
    trigger = team.triggers.new(person.id)
    return {**interaction(team, "view_submission", person, trigger), "view": view, "response_urls": []}


def closed(team: Team, person: Person, view: Json, *, is_cleared: bool) -> Json:
    """view_closed, for views that ask for it."""
    made = interaction(team, "view_closed", person, "")
    made.pop("trigger_id")
    return {**made, "view": view, "is_cleared": is_cleared}


def shortcut(team: Team, person: Person, callback_id: str, ts: str) -> Json:
    """A global shortcut."""
    made = interaction(team, "shortcut", person, team.triggers.new(person.id))
    return {**made, "callback_id": callback_id, "action_ts": ts}


def message_shortcut(team: Team, person: Person, callback_id: str, channel: Channel, message: Json, ts: str) -> Json:
    """A shortcut from a message's menu."""
    made = interaction(team, "message_action", person, team.triggers.new(person.id))
    return {
        **made,
        "callback_id": callback_id,
        "action_ts": ts,
        "message_ts": message["ts"],
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": message,
        "response_url": response_url(team, Origin(person.id, channel.id, message["ts"])),
    }
