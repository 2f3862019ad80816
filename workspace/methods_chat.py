"""chat.* and reactions.*"""

import json
import re

from workspace.arguments import Arguments
from workspace.errors import Json, SlackError, invalid_arguments
from workspace.methods import Method, Methods
from workspace.people import Channel
from workspace.responses import bot_fields, content_of
from workspace.team import Team

USER_ID = re.compile(r"^[UW][A-Z0-9]{2,}$")
EMOJI_NAME = re.compile(r"[a-z0-9_+'-]+")
TIMESTAMP = re.compile(r"\d+(\.\d+)?")
EARLIEST = 631_152_000
"""Before this second (1990) nothing is a thread_ts. Measured by the authors of backlot, as is much in this module."""
LONGEST_UPDATE = 4_000
LARGEST_METADATA = 16_000
"""Bytes of JSON. Slack documents metadata_too_large without a number; this is ours."""


def target(team: Team, name: str) -> Channel:
    """Where a message goes: a conversation id, `#name`, `name`, or a person's id (their direct conversation).

    Raises channel_not_found, not_in_channel, is_archived, messages_tab_disabled, user_disabled.
    """
    if name in team.people and name != team.app.user_id:
        if team.people[name].deleted:
            raise SlackError("user_disabled")
        channel = team.direct(name)
    else:
        named = (c for c in team.channels.values() if not c.is_im and c.name == name.removeprefix("#"))
        by_name = next(named, None)
        channel = team.channel(by_name.id if by_name else name)
    if channel.is_im and not team.app.messages_tab:
        raise SlackError("messages_tab_disabled")
    if channel.is_archived:
        raise SlackError("is_archived")
    if team.app.user_id not in channel.members and "chat:write.public" not in team.app.scopes:
        raise SlackError("not_in_channel")
    return channel


def content(args: Arguments, *, may_be_empty: bool = False) -> Json:
    """Text, blocks and metadata of a call. Raises no_text, invalid_blocks, invalid_metadata_format, …"""
    body: Json = {
        "text": args.text("text"),
        "blocks": args.values.get("blocks"),
        "attachments": args.json("attachments"),
    }
    made = content_of(body)
    if args.given("metadata"):
        made["metadata"] = metadata(args)
    return made


def metadata(args: Arguments) -> Json:
    """The `metadata` argument. Raises invalid_metadata_format, invalid_metadata_schema or metadata_too_large."""
    try:
        given = args.json("metadata")
    except SlackError as error:
        raise SlackError("invalid_metadata_format") from error
    if not isinstance(given, dict):
        raise SlackError("invalid_metadata_format")
    if not isinstance(given.get("event_type"), str) or not isinstance(given.get("event_payload"), dict):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(given)) > LARGEST_METADATA:
        raise SlackError("metadata_too_large")
    return {"event_type": given["event_type"], "event_payload": given["event_payload"]}


def thread_root(team: Team, channel: Channel, given: str) -> str:
    """The first message of the thread that `thread_ts` names; empty where it names none: the post is then no reply.

    Raises invalid_thread_ts for what cannot be the time of a message.
    """
    if not given:
        return ""
    if not TIMESTAMP.fullmatch(given) or not EARLIEST < float(given) < team.clock.now().timestamp() + 3600:
        raise SlackError("invalid_thread_ts")
    parent = team.messages.find(channel.id, given)
    return str(parent.get("thread_ts", parent["ts"])) if parent else ""


async def post_message(team: Team, args: Arguments) -> Json:
    """chat.postMessage"""
    channel = target(team, args.required("channel"))
    message = {**bot_fields(team.app), **content(args)}
    if root := thread_root(team, channel, args.text("thread_ts")):
        message["thread_ts"] = root
    stored = team.post(channel, message)
    return {"channel": channel.id, "ts": stored["ts"], "message": dict(stored)}


async def post_ephemeral(team: Team, args: Arguments) -> Json:
    """chat.postEphemeral: only one member of the channel sees it, and it cannot be changed by chat.update."""
    args.need("user", "channel")
    user = args.text("user")
    if not USER_ID.fullmatch(user):
        raise invalid_arguments(f"input must match regex pattern: {USER_ID.pattern} [json-pointer:/user]")
    channel = team.channel(args.text("channel"))
    if team.app.user_id not in channel.members:
        raise SlackError("not_in_channel")
    if channel.is_archived:
        raise SlackError("is_archived")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    message = {**bot_fields(team.app), **content(args, may_be_empty=True), "is_ephemeral": True}
    message.pop("metadata", None)
    stored = team.messages.add_ephemeral(channel.id, user, message)
    team.changes.publish(f"messages:{channel.id}", user)
    return {"message_ts": stored["ts"]}


def _own(team: Team, args: Arguments, refusal: str) -> tuple[Channel, Json]:
    args.need("channel", "ts")
    channel = team.channel(args.text("channel"))
    message = team.messages.find(channel.id, args.text("ts"))
    if message is None:
        raise SlackError("message_not_found")
    if message.get("bot_id") != team.app.bot_id:
        raise SlackError(refusal)
    return channel, message


async def update(team: Team, args: Arguments) -> Json:
    """chat.update: what is not given stays (blocks too); an empty list of blocks removes them."""
    channel, message = _own(team, args, "cant_update_message")
    if channel.is_archived:
        raise SlackError("is_archived")
    if len(args.text("text")) > LONGEST_UPDATE:
        raise SlackError("msg_too_long")
    fresh = content(args)
    if not args.given("text"):
        fresh.pop("text")
    if args.given("blocks"):
        message.pop("blocks", None)
    message.update(fresh)
    message["edited"] = {"user": team.app.user_id, "ts": f"{team.clock.now().timestamp():.6f}"}
    team.changes.publish(f"messages:{channel.id}")
    echoed = {name: value for name, value in message.items() if name not in ("ts", "reactions")}
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": echoed}


async def delete(team: Team, args: Arguments) -> Json:
    """chat.delete"""
    channel, message = _own(team, args, "cant_delete_message")
    team.messages.remove(channel.id, message["ts"])
    team.changes.publish(f"messages:{channel.id}")
    return {"channel": channel.id, "ts": message["ts"]}


def _message_at(team: Team, args: Arguments) -> Json:
    if args.text("timestamp") in ("", "0"):
        raise SlackError("bad_timestamp")
    channel = team.channel(args.text("channel"))
    message = team.messages.find(channel.id, args.text("timestamp"))
    if message is None:
        raise SlackError("message_not_found")
    return message


async def add_reaction(team: Team, args: Arguments) -> Json:
    """reactions.add"""
    args.need("name", "timestamp", "channel")
    message = _message_at(team, args)
    name = args.text("name")
    if not EMOJI_NAME.fullmatch(name):
        raise SlackError("invalid_name")
    reactions: list[Json] = message.setdefault("reactions", [])
    reaction = next((r for r in reactions if r["name"] == name), None)
    if reaction is None:
        reaction = {"name": name, "users": [], "count": 0}
        reactions.append(reaction)
    if team.app.user_id in reaction["users"]:
        raise SlackError("already_reacted")
    reaction["users"].append(team.app.user_id)
    reaction["count"] += 1
    team.changes.publish(f"messages:{args.text('channel')}")
    return {}


async def get_reactions(team: Team, args: Arguments) -> Json:
    """reactions.get"""
    return {"type": "message", "channel": args.text("channel"), "message": _message_at(team, args)}


METHODS: Methods = {
    "chat.postMessage": Method(post_message, ("chat:write",), tier=0, message=True),
    "chat.postEphemeral": Method(post_ephemeral, ("chat:write",), tier=4),
    "chat.update": Method(update, ("chat:write",), tier=3),
    "chat.delete": Method(delete, ("chat:write",), tier=3),
    "reactions.add": Method(add_reaction, ("reactions:write",), tier=3),
    "reactions.get": Method(get_reactions, ("reactions:read",), tier=3, json=False),
}
