"""The page of one occurrence, as the member who asks may see and use it."""

from alliance.roles import Permission
from handlers.answers import Answer, Block
from handlers.asking import SHARE, Ask, parse_ask
from handlers.call import Call, Deps
from handlers.topics import names_in
from handlers.views import event as views
from handlers.views import invitation
from storage import coming
from storage.values import EventDetail, Member


async def page(detail: EventDetail, call: Call, deps: Deps) -> Answer:
    """Everything of it, with buttons to answer, and to change it for who may; a click is asked again what it may do."""
    names = {kind: names_in(detail.document, kind, deps.library, call.t) for kind in views.TOPICS}
    answering = await _invitation(detail, call, deps)
    return views.page(
        detail,
        names,
        call.now,
        _back(call.value),
        call.t,
        call.where,
        may_change=_may(Permission.CHANGE_EVENT, detail, call.member),
        invitation=answering,
    )


def may_see(detail: EventDetail, member: Member) -> bool:
    """Whether this member may see who comes."""
    return _may(Permission.SEE_WHO_COMES, detail, member)


async def _invitation(detail: EventDetail, call: Call, deps: Deps) -> list[Block]:
    """'Coming?', while it can be answered; a copy for everybody says nothing of the one who shares it."""
    if not invitation.open_to_answers(detail.row, call.now, call.t):
        return []
    there = await coming.of(deps.store, detail.row.ref, detail.document.get("capacity"))
    shared = call.id.partition(":")[0] == SHARE
    reader = "" if shared else call.member.user_id
    seen = may_see(detail, call.member) and not shared
    return invitation.on_page(detail, there, reader, call.now, call.t, may_see=seen)


def _may(permission: Permission, detail: EventDetail, member: Member) -> bool:
    if detail.row.kind == "observance":
        return False
    author = detail.written_by == member.user_id
    groups = detail.document.get("groups") or (None,)
    return any(member.standing.may(permission, group, author=author) for group in groups)


def _back(value: str) -> Ask:
    """The list that the reader came from, else all coming events."""
    try:
        return parse_ask(value)
    except ValueError:
        return Ask("events")
