"""`/alliance my data`: what the bot holds about a member, and erasing what is theirs alone."""

from handlers.answers import View
from handlers.call import Call, Deps
from handlers.subject import Subject
from handlers.views import personal as views
from storage import personal


async def show(call: Call, deps: Deps) -> View:
    """Both lists: what can be erased, and what is kept."""
    return views.page(await personal.held(deps.store, call.member.user_id), call.t)


async def erase(call: Call, deps: Deps) -> View:
    """Erase it; twice is once."""
    await personal.erase(deps.store, call.member.user_id, call.now)
    deps.events_changed()
    return views.page(await personal.held(deps.store, call.member.user_id), call.t, call.t._("It is erased."))


SUBJECT = Subject(
    words=("data", "données", "datos"),
    help_line=lambda t: t._("What I hold about you, and how to erase it"),
    examples=lambda t: (t._("data"),),
    command=show,
    actions={views.ERASE: erase},
)
