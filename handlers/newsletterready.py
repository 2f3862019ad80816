"""Whether a newsletter can be approved: nothing is missing, somebody gets it, and somebody may approve it."""

from collections.abc import Collection

from alliance.newsletters import Timing, hindrances
from handlers.call import Call, Deps, UserMistake
from handlers.views.newsletterwords import hindrance
from storage import members, readers
from storage.newsletters import Newsletter
from storage.readers import Readership


async def readership(newsletter: Newsletter, deps: Deps) -> Readership:
    """Who gets it, as of now."""
    content, zone = newsletter.content, deps.library.community.zone
    return await readers.of(deps.store, content.plan, content.issue, zone, mail=deps.mail)


async def must_be_ready(newsletter: Newsletter, call: Call, deps: Deps) -> Readership:
    """Who gets it. Raises UserMistake where something is missing, nobody would get it, or its time is over."""
    missing = hindrances(newsletter.content)
    if missing:
        raise UserMistake(hindrance(missing[0], call.t))
    plan = newsletter.content.plan
    over = (plan.timing is Timing.AT and plan.at and plan.at < call.now) or (
        plan.timing is Timing.MORNING and plan.day and plan.day < call.today
    )
    if over:
        raise UserMistake(call.t._("The time that is set is over. Please set another one under “Title and readers…”."))
    found = await readership(newsletter, deps)
    if not found.readers:
        raise UserMistake(
            call.t._("Nobody would get it. Please choose channels or members under “Title and readers…”.")
        )
    return found


async def somebody_can_approve(writers: Collection[str], call: Call, deps: Deps) -> None:
    """Raises UserMistake where everybody of the secretariat wrote some of it."""
    if set(await members.secretariat(deps.store)).issubset(writers):
        raise UserMistake(
            call.t._(
                "Everybody of the secretariat wrote some of it, so nobody could approve it. Let one person write it "
                "anew, or take somebody into the secretariat with /alliance roles."
            )
        )
