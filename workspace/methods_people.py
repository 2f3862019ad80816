"""auth.*, api.*, users.*, team.* and bots.*"""

from workspace.arguments import Arguments, page
from workspace.errors import Json, SlackError
from workspace.methods import Method, Methods
from workspace.methods_conversations import listed
from workspace.team import Team


async def auth_test(team: Team, args: Arguments) -> Json:
    """auth.test"""
    app = team.app
    return {
        "url": f"{team.base_url}/",
        "team": app.team_name,
        "user": app.name.lower(),
        "team_id": app.team_id,
        "user_id": app.user_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


async def api_test(team: Team, args: Arguments) -> Json:
    """api.test: gives back the arguments, and the error that is asked for."""
    if error := args.text("error"):
        raise SlackError(error, more={"args": args.values})
    return {"args": args.values} if args.values else {}


async def users_info(team: Team, args: Arguments) -> Json:
    """users.info; the locale only with include_locale."""
    person = team.person(args.text("user"))
    locale = args.flag("include_locale")
    return {"user": person.as_user(team.app.team_id, team.clock.now(), include_locale=locale)}


async def users_list(team: Team, args: Arguments) -> Json:
    """users.list"""
    now, locale = team.clock.now(), args.flag("include_locale")
    users = [p.as_user(team.app.team_id, now, include_locale=locale) for p in team.people.values()]
    shown, cursor = page(users, args, default=1000, most=1000)
    return {"members": shown, "cache_ts": int(now.timestamp()), "response_metadata": {"next_cursor": cursor}}


async def users_conversations(team: Team, args: Arguments) -> Json:
    """users.conversations: of the app itself, or of another member where the app is too."""
    user = args.text("user") or team.app.user_id
    team.person(user)
    return listed(team, args, [c for c in team.channels.values() if user in c.members])


async def team_info(team: Team, args: Arguments) -> Json:
    """team.info"""
    return {"team": {"id": team.app.team_id, "name": team.app.team_name, "domain": team.app.team_domain,
                     "email_domain": "", "icon": {"image_default": True}}}  # fmt: skip


async def bots_info(team: Team, args: Arguments) -> Json:
    """bots.info"""
    app = team.app
    if args.text("bot", app.bot_id) != app.bot_id:
        raise SlackError("bot_not_found")
    bot = {"id": app.bot_id, "deleted": False, "name": app.name, "app_id": app.app_id, "user_id": app.user_id}
    return {"bot": bot}


METHODS: Methods = {
    "auth.test": Method(auth_test, tier=0),
    "api.test": Method(api_test, tier=0, token="any"),
    "users.info": Method(users_info, ("users:read",), tier=4, json=False),
    "users.list": Method(users_list, ("users:read",), tier=2, json=False),
    "users.conversations": Method(users_conversations, tier=3, json=False),
    "team.info": Method(team_info, ("team:read",), tier=3, json=False),
    "bots.info": Method(bots_info, ("users:read",), tier=3, json=False),
}
