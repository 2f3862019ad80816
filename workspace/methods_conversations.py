"""conversations.*"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from workspace.arguments import Arguments, page
from workspace.errors import Json, SlackError
from workspace.methods import Method, Methods
from workspace.people import Channel
from workspace.team import Team

FAMILY = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
"""The scope family of a conversation type: `channels:read`, `groups:history`, …"""


def permitted(team: Team, args: Arguments, right: str) -> Channel:
    """The conversation of a call that needs `right` (`read`, `history`) for its kind. Raises missing_scope, …"""
    channel = team.channel(args.required("channel"))
    team.app.need(f"{FAMILY[channel.kind]}:{right}")
    return channel


def listed(team: Team, args: Arguments, channels: Iterable[Channel]) -> Json:
    """One page of conversations of the asked types. Raises missing_scope, invalid_types."""
    types = [t.strip() for t in (args.text("types") or "public_channel").split(",")]
    if not set(types) <= set(FAMILY):
        raise SlackError("invalid_types")
    for kind in types:
        team.app.need(f"{FAMILY[kind]}:read")
    bot = team.app.user_id
    visible = [
        channel.as_conversation(team.app.team_id, bot)
        for channel in channels
        if channel.kind in types
        and (channel.kind == "public_channel" or bot in channel.members)
        and not (channel.is_archived and args.flag("exclude_archived"))
    ]
    shown, cursor = page(visible, args, default=100, most=1000)
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


async def list_all(team: Team, args: Arguments) -> Json:
    """conversations.list"""
    return listed(team, args, team.channels.values())


async def info(team: Team, args: Arguments) -> Json:
    """conversations.info"""
    channel = permitted(team, args, "read")
    found = channel.as_conversation(team.app.team_id, team.app.user_id)
    if not args.flag("include_num_members"):
        found.pop("num_members", None)
    if args.flag("include_locale"):
        found["locale"] = "en-US"
    return {"channel": found}


async def members(team: Team, args: Arguments) -> Json:
    """conversations.members"""
    channel = permitted(team, args, "read")
    people = [{"id": user} for user in sorted(channel.members)]
    shown, cursor = page(people, args, default=100, most=1000)
    return {"members": [entry["id"] for entry in shown], "response_metadata": {"next_cursor": cursor}}


@dataclass(frozen=True)
class Window:
    """From when to when, in seconds; None: no bound."""

    oldest: float | None
    latest: float | None
    inclusive: bool

    def holds(self, message: Json) -> bool:
        """Whether a message lies within. The bounds themselves only where `inclusive`."""
        ts = float(message["ts"])
        after = self.oldest is None or ts > self.oldest or (self.inclusive and ts == self.oldest)
        before = self.latest is None or ts < self.latest or (self.inclusive and ts == self.latest)
        return after and before


def window(args: Arguments) -> Window:
    """The time window of a call. Raises invalid_ts_latest or invalid_ts_oldest."""
    inclusive = args.text("inclusive").lower() not in ("", "0", "false")
    latest = _bound(args.text("latest"), "invalid_ts_latest")
    return Window(_bound(args.text("oldest"), "invalid_ts_oldest"), latest, inclusive)


def _bound(given: str, refusal: str) -> float | None:
    if given in ("", "0"):
        return None
    try:
        moment = float(given)
    except ValueError as error:
        raise SlackError(refusal) from error
    if not 0 < moment < inf:
        raise SlackError(refusal)
    return moment


def _as_asked(messages: Iterable[Json], args: Arguments) -> list[Json]:
    hidden = set() if args.flag("include_all_metadata") else {"metadata"}
    return [{name: value for name, value in m.items() if name not in hidden} for m in messages]


def _readable(team: Team, args: Arguments) -> Channel:
    channel = permitted(team, args, "history")
    if team.app.user_id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


async def history(team: Team, args: Arguments) -> Json:
    """conversations.history: newest first, without replies in threads; metadata only with include_all_metadata.

    With `oldest` alone the pages go forward from there (each still newest first), otherwise back in time.
    """
    channel = _readable(team, args)
    span = window(args)
    top = [m for m in team.messages.lasting(channel.id) if m.get("thread_ts", m["ts"]) == m["ts"] and span.holds(m)]
    forward = span.oldest is not None and span.latest is None
    shown, cursor = page(top if forward else top[::-1], args, default=100, most=999)
    found: Json = {
        "messages": _as_asked(shown[::-1] if forward else shown, args),
        "has_more": bool(cursor),
        "pin_count": 0,
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }
    found.update({name: args.text(name) for name in ("latest", "oldest") if args.text(name) not in ("", "0")})
    return {**found, "response_metadata": {"next_cursor": cursor}} if cursor else found


async def replies(team: Team, args: Arguments) -> Json:
    """conversations.replies: the parent and its replies, oldest first; any message of the thread may be named."""
    args.need("channel", "ts")
    channel = _readable(team, args)
    named = team.messages.find(channel.id, args.text("ts"))
    if named is None:
        raise SlackError("thread_not_found")
    root, span = named.get("thread_ts", named["ts"]), window(args)
    thread = [m for m in team.messages.lasting(channel.id) if root in (m["ts"], m.get("thread_ts")) and span.holds(m)]
    shown, cursor = page(_as_asked(thread, args), args, default=1000, most=1000)
    return {"messages": shown, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


async def open_direct(team: Team, args: Arguments) -> Json:
    """conversations.open with one person (or a direct conversation's id)."""
    if args.given("channel"):
        channel = team.channel(args.text("channel"))
        if not channel.is_im:
            raise SlackError("method_not_supported_for_channel_type")
        known = True
    else:
        users = [user for user in args.text("users").split(",") if user]
        if not users:
            raise SlackError("users_list_not_supplied")
        if len(users) > 1:
            team.app.need("mpim:write")
            raise SlackError("invalid_user_combination")
        if users[0] == team.app.user_id:
            raise SlackError("cannot_dm_bot")
        if team.person(users[0]).deleted:
            raise SlackError("user_disabled")
        known = "D" + users[0].removeprefix("U") in team.channels
        channel = team.direct(users[0])
    whole = args.flag("return_im")
    found = channel.as_conversation(team.app.team_id, team.app.user_id) if whole else {"id": channel.id}
    return {**({"no_op": True, "already_open": True} if known else {}), "channel": found}


async def join(team: Team, args: Arguments) -> Json:
    """conversations.join: the app itself joins a public channel."""
    channel = team.channel(args.required("channel"))
    if channel.kind != "public_channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    already = team.app.user_id in channel.members
    channel.members.add(team.app.user_id)
    team.changes.publish("state")
    found: Json = {"channel": channel.as_conversation(team.app.team_id, team.app.user_id)}
    if already:
        found.update(warning="already_in_channel", response_metadata={"warnings": ["already_in_channel"]})
    return found


METHODS: Methods = {
    "conversations.list": Method(list_all, tier=2, json=False),
    "conversations.info": Method(info, tier=3, json=False),
    "conversations.members": Method(members, tier=4, json=False),
    "conversations.history": Method(history, tier=3, json=False),
    "conversations.replies": Method(replies, tier=3, json=False),
    "conversations.open": Method(open_direct, ("im:write",), tier=3),
    "conversations.join": Method(join, ("channels:join",), tier=3),
}
