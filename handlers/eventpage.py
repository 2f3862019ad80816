"""The page of one occurrence, as the member who asks may see and use it."""

from alliance.roles import Permission
from handlers.answers import Answer
from handlers.asking import Ask, parse_ask
from handlers.call import Call, Deps
from handlers.topics import names_in
from handlers.views import event as views
from storage.values import EventDetail


def page(detail: EventDetail, call: Call, deps: Deps) -> Answer:
    """Everything of it, with buttons to change it for who may; whoever presses them is asked again what they may do."""
    names = {kind: names_in(detail.document, kind, deps.library, call.t) for kind in views.TOPICS}
    return views.page(detail, names, call.now, _back(call.value), call.t, call.where, may_change=_may(detail, call))


def _may(detail: EventDetail, call: Call) -> bool:
    if detail.row.kind == "observance":
        return False
    author = detail.written_by == call.member.user_id
    groups = detail.document.get("groups") or (None,)
    return any(call.member.standing.may(Permission.CHANGE_EVENT, group, author=author) for group in groups)


def _back(value: str) -> Ask:
    """The list that the reader came from, else all coming events."""
    try:
        return parse_ask(value)
    except ValueError:
        return Ask("events")
