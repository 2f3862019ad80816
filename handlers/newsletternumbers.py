"""What became of a newsletter's copies, as a table and as a picture."""

import asyncio
from collections import Counter

from alliance.delivery import State
from handlers import files
from handlers.answers import View
from handlers.call import Call, Deps
from handlers.newsletterpage import may_write, named
from handlers.views import newsletternumbers as views
from handlers.views.newsletternumbers import Numbers
from handlers.views.parts import beside
from storage import clicks, newsletterposts, reactions
from storage.newsletters import Newsletter


async def show(call: Call, deps: Deps) -> View:
    """The table."""
    await may_write(call, deps)
    return views.page(await _numbers(await named(call.value, call, deps), deps), call.t)


async def picture(call: Call, deps: Deps) -> View:
    """Send it to the member's direct messages."""
    await may_write(call, deps)
    numbers = await _numbers(await named(call.value, call, deps), deps)
    deps.later(_send(numbers, call, deps))
    words = call.t._("The picture is on its way to your direct messages.")
    return beside(words, call.t._("Numbers"))


async def _numbers(newsletter: Newsletter, deps: Deps) -> Numbers:
    ends = await newsletterposts.ends(deps.store, newsletter.ref)
    refused = Counter({one.reason: one.count for one in ends if one.state is State.FAILED and one.reason})
    omitted = Counter({one.reason: one.count for one in ends if one.state is State.SKIPPED and one.reason})
    reacted = await reactions.counted(deps.store, newsletter.ref)
    followed = await clicks.counted(deps.store, newsletter.id)
    return Numbers(newsletter, newsletterposts.by_way(ends), refused, omitted, reacted, followed)


async def _send(numbers: Numbers, call: Call, deps: Deps) -> None:
    content = await asyncio.to_thread(views.drawn, numbers, call.t)
    name = f"newsletter-{numbers.newsletter.id}.png"
    alt = views.described(numbers, call.t)
    await files.send(call, deps, name, content, call.t._("Numbers"), alt, refused="newsletter_picture_refused")
