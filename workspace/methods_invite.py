"""conversations.invite, as its reference says: the app brings people into a channel in which it is itself."""

from workspace.acting import Acting
from workspace.arguments import Arguments
from workspace.errors import Json, SlackError
from workspace.methods import Method, Methods
from workspace.people import Channel
from workspace.team import Team

SCOPES = {
    "public_channel": ("channels:manage", "channels:write.invites"),
    "private_channel": ("groups:write", "groups:write.invites"),
}
"""One of them is enough, by the kind of channel."""

MOST = 100


def methods(acting: Acting) -> Methods:
    """The method; the people whom it brings in join as they would by themselves, with message and event."""

    async def invite(team: Team, args: Arguments) -> Json:
        channel = _channel(team, args)
        users = [user for user in args.text("users").split(",") if user]
        if not users:
            raise SlackError("no_user")
        if len(users) > MOST:
            raise SlackError("too_many_users")
        refused = {user: code for user in users if (code := _refusal(team, channel, user))}
        if refused and (len(refused) == len(users) or not args.flag("force")):
            errors = [{"user": user, "ok": False, "error": code} for user, code in refused.items()]
            raise SlackError(next(iter(refused.values())), more={"errors": errors})
        for user in users:
            if user not in refused:
                await acting.join(channel.id, user)
        return {"channel": channel.as_conversation(team.app.team_id, team.app.user_id)}

    return {"conversations.invite": Method(invite, tier=3)}


def _channel(team: Team, args: Arguments) -> Channel:
    """The channel into which the app may invite. Raises missing_scope, not_in_channel, …"""
    channel = team.channel(args.required("channel"))
    if channel.kind not in SCOPES:
        raise SlackError("method_not_supported_for_channel_type")
    team.app.need(*SCOPES[channel.kind])
    if channel.is_archived:
        raise SlackError("is_archived")
    if team.app.user_id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _refusal(team: Team, channel: Channel, user: str) -> str:
    """Why somebody cannot be invited, in Slack's code; "" where they can."""
    if user == team.app.user_id:
        return "cant_invite_self"
    person = team.people.get(user)
    if person is None:
        return "user_not_found"
    if person.deleted or person.is_bot:
        return "cant_invite"
    return "already_in_channel" if user in channel.members else ""
