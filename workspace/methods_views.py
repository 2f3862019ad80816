"""views.*"""

from workspace.arguments import Arguments
from workspace.errors import Json, SlackError, invalid_arguments
from workspace.methods import Method, Methods
from workspace.team import Team


def _view(args: Arguments) -> Json:
    args.required("view")
    view = args.json("view")
    if not isinstance(view, dict):
        raise invalid_arguments("must provide an object [json-pointer:/view]")
    return view


async def open_view(team: Team, args: Arguments) -> Json:
    """views.open: a modal, by a trigger id that is at most three seconds old and was not used."""
    trigger = team.triggers.exchange(args.required("trigger_id"))
    view = team.views.open(trigger.user, _view(args))
    team.changes.publish("modals", trigger.user)
    return {"view": view}


async def push(team: Team, args: Arguments) -> Json:
    """views.push: on top of the modal in which the trigger arose."""
    trigger = team.triggers.exchange(args.required("trigger_id"))
    view = team.views.push(trigger.user, _view(args))
    team.changes.publish("modals", trigger.user)
    return {"view": view}


async def update(team: Team, args: Arguments) -> Json:
    """views.update by view_id or external_id, optionally only if `hash` still fits."""
    if not args.given("view_id") and not args.given("external_id"):
        raise invalid_arguments("must define either `view_id` or `external_id`")
    found = team.views.find(args.text("view_id"), args.text("external_id"))
    if found is None:
        raise SlackError("not_found")
    user, old = found
    view = team.views.update(old, _view(args), args.text("hash"))
    team.changes.publish("home" if view["type"] == "home" else "modals", user)
    return {"view": view}


async def publish(team: Team, args: Arguments) -> Json:
    """views.publish: a person's Home tab."""
    if not team.app.home_tab:
        raise SlackError("not_enabled")
    user = team.person(args.required("user_id"))
    view = team.views.publish(user.id, _view(args), args.text("hash"))
    team.changes.publish("home", user.id)
    return {"view": view}


METHODS: Methods = {
    "views.open": Method(open_view, tier=4),
    "views.push": Method(push, tier=4),
    "views.update": Method(update, tier=4),
    "views.publish": Method(publish, tier=4),
}
