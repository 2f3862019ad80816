"""What is said of who comes: in reminders, and to a member for whom the waiting list has moved."""

from datetime import datetime

from alliance.coming import Answer
from bot.posting import Message, Rendered, Skip
from handlers.answers import Block
from handlers.tongue import Tongue
from handlers.views import invitation as views
from storage import coming, events
from storage.store import Store
from storage.values import DeliveryRow, EventDetail


async def question(store: Store, detail: EventDetail, user_id: str, now: datetime, t: Tongue) -> list[Block] | Skip:
    """'Coming?' for a reminder; nothing where one cannot answer. `user_id`: whom it is for, "" in a channel.

    Who said no is not reminded, whatever else they follow.
    """
    if not views.open_to_answers(detail.row, now, t):
        return []
    there = await coming.of(store, detail.row.ref, detail.document.get("capacity"))
    if user_id and there.answer_of(user_id) is Answer.NO:
        return Skip("they do not come")
    return views.in_reminder(detail.row, there, user_id, t)


async def place(store: Store, row: DeliveryRow, now: datetime, t: Tongue) -> Rendered:
    """They have a place now, or none any more: if that still holds when it is sent."""
    detail = await events.detail(store, row.subject)
    if detail is None:
        return Skip("no longer in the calendar")
    if not views.open_to_answers(detail.row, now, t):
        return Skip("cancelled" if detail.row.cancelled else "over")
    there = await coming.of(store, row.subject, detail.document.get("capacity"))
    users = there.coming if row.detail.startswith(coming.UP) else there.waiting
    if row.target not in users:
        return Skip("no longer so")
    answer = views.place(detail, there, row.target, now, t)
    return Message(answer.text, answer.blocks)
