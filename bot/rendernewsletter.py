"""What a newsletter says to one channel or member: only what was approved, in their language."""

from datetime import datetime

from alliance.languages import first_known
from alliance.newsletters import Stage, awake
from bot.nights import put_off
from bot.posting import Message, Postpone, Rendered, Skip
from handlers.tongue import Tongue
from handlers.views import newsletterlooks as looks
from handlers.views.newsletterpost import post
from storage import clicks, newsletters
from storage.store import Store
from storage.values import DeliveryRow


async def newsletter(
    store: Store, row: DeliveryRow, now: datetime, t: Tongue, *, private: bool, clicks_at: str
) -> Rendered:
    """The message; Skip where it was stopped, changed, or is not the one that was approved for this delivery.

    Postpone where it comes late to a member (`private`), and it is night there. `clicks_at`: see Renderer.
    """
    found = await newsletters.of_subject(store, row.subject)
    if found is None:
        return Skip("no longer there")
    if not found.goes_out_as(row.detail):
        return Skip("not approved")
    if private and (wait := put_off(row, row.due_at, now, t.zone)):
        return wait
    answer = post(found.content, t, await clicks.ways(store, found.id, clicks_at))
    return Message(answer.text, answer.blocks)


async def approval(store: Store, row: DeliveryRow, t: Tongue) -> Rendered:
    """To who may approve it; Skip where it does not wait any more, or not like this."""
    found = await newsletters.of_subject(store, row.subject)
    if found is None or found.stage is not Stage.REVIEW or str(found.revision) != row.detail:
        return Skip("approved or changed since")
    answer = looks.waits(found, t)
    return Message(answer.text, answer.blocks)


async def decided(store: Store, row: DeliveryRow, now: datetime, t: Tongue) -> Rendered:
    """To who wrote it: it is approved, or sent back; Skip where it was changed since, Postpone where it is night."""
    found = await newsletters.of_subject(store, row.subject)
    if found is None or str(found.revision) != row.detail:
        return Skip("changed since")
    if (morning := awake(now, t.zone)) > now:
        return Postpone(min(morning, row.useful_until or morning))
    answer = looks.decided(found, t)
    return Message(answer.text, answer.blocks)


async def trial(store: Store, row: DeliveryRow, t: Tongue) -> Rendered:
    """To who asked for it: as it stands; Skip where it was changed since."""
    mark, _, language = row.detail.partition(":")
    found = await newsletters.of_subject(store, row.subject)
    if found is None or not found.content.fingerprint.startswith(mark):
        return Skip("changed since")
    answer = looks.trial(post(found.content, Tongue(first_known(language), t.zone)), t)
    return Message(answer.text, answer.blocks)
