"""What a newsletter says to one channel or member: only what was approved, in their language."""

from alliance.newsletters import Content
from bot.posting import Message, Rendered, Skip
from handlers.tongue import Tongue
from handlers.views.newsletterpost import post
from storage import newsletters
from storage.store import Store
from storage.values import DeliveryRow


async def newsletter(store: Store, row: DeliveryRow, t: Tongue) -> Rendered:
    """The message; Skip where it was stopped, changed, or is not the one that was approved for this delivery."""
    number = row.subject.removeprefix(newsletters.REF)
    found = await newsletters.get(store, int(number)) if number.isdecimal() else None
    if found is None:
        return Skip("no longer there")
    if not found.approved or not (found.approved_print or "").startswith(row.detail):
        return Skip("not approved")
    return message(found.content, t)


def message(content: Content, t: Tongue) -> Message:
    """As a reader of that language sees it."""
    answer = post(content, t)
    return Message(answer.text, answer.blocks)
