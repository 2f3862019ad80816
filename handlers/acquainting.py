"""Members whom the bot will write to before they have written to it: Slack is asked for their language and zone."""

from collections.abc import Iterable
from datetime import datetime

import structlog

from handlers.call import Deps, SlackRefused
from storage import members

log = structlog.get_logger("handlers.acquainting")


async def acquaint(user_ids: Iterable[str], deps: Deps, now: datetime) -> None:
    """Keep what Slack says of those whom the bot does not know yet, so that they are asked in their own morning."""
    for user_id in dict.fromkeys(user_ids):
        known = await members.get(deps.store, user_id)
        if known and known.refreshed_at:
            continue
        try:
            facts = await deps.slack.member_facts(user_id)
        except SlackRefused as refused:
            log.warning("member_facts_missing", reason=str(refused))
            continue
        await members.save_slack_facts(deps.store, user_id, facts.locale, facts.zone, now, guest=facts.guest)
