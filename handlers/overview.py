"""`/alliance` without words, and App Home: what comes next for this member."""

from dataclasses import replace
from datetime import timedelta

import structlog

from alliance.roles import Permission
from handlers import replies
from handlers.answers import Answer
from handlers.call import Call, Deps, SlackRefused
from handlers.subject import Subject
from handlers.views import overview as views
from storage import events

NEXT_EVENTS, NEXT_OF_GROUPS = 5, 3
OBSERVANCE = frozenset({"observance"})
YEAR = timedelta(days=366)

log = structlog.get_logger(__name__)


async def show(call: Call, deps: Deps) -> Answer:
    """The overview."""
    today = call.today
    groups = [deps.library.groups[slug] for slug in call.member.groups if slug in deps.library.groups]
    topics = frozenset(f"group:{group.slug}" for group in groups)
    observances = await events.between(deps.store, today, today + YEAR, OBSERVANCE, 1)
    facts = views.Overview(
        events=await events.upcoming_for(deps.store, frozenset(), today, NEXT_EVENTS),
        groups=groups,
        group_events=await events.upcoming_for(deps.store, topics, today, NEXT_OF_GROUPS) if groups else (),
        observance=observances[0] if observances else None,
        may_add=call.member.standing.may_somewhere(Permission.ADD_EVENT),
    )
    return views.overview(facts, call.t)


async def republish(call: Call, deps: Deps) -> None:
    """Show the overview of now in the member's App Home. A refusal by Slack is logged: opening it does it again."""
    answer = await show(replace(call, where="home"), deps)
    try:
        await deps.slack.publish_home(call.member.user_id, replies.home(answer, call.t))
    except SlackRefused as refused:
        log.warning("home_refused", reason=str(refused))


SUBJECT = Subject(
    words=("overview", "aperçu", "accueil", "resumen", "inicio"),
    help_line=lambda t: t._("What comes next: events, my groups, the next international day"),
    examples=lambda t: ("",),
    command=show,
    reads_only=True,
)
