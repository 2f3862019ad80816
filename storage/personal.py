"""What the bot holds about one member, and erasing it. What is the community's record is kept, and said so."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, select

from alliance.coming import Answer
from alliance.delivery import State, parse_occurrence_ref
from alliance.newsletters import Choice
from storage import addresses, coming, membermodels, models, newslettermodels
from storage.eventstate import Gone
from storage.models import Delivery, Member, Subscription
from storage.store import Store

MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Held:
    """How much there is of each. `known`: what Slack says and what they chose; the second part is kept."""

    known: bool
    subscriptions: int
    answers: int
    groups: int
    feeds: int
    planned: int
    addresses: int
    declined: int
    reactions: int
    roles: int
    action_items: int
    written: int
    log_lines: int
    delivered: int


async def held(store: Store, user_id: str) -> Held:
    """All that there is about this member."""
    of, news = membermodels, newslettermodels
    written = [
        (of.AgendaItem.proposed_by,), (of.Minutes.written_by,), (of.Activity.written_by,), (of.Toolkit.written_by,),
        (models.Event.written_by,), (news.Newsletter.changed_by,),
    ]  # fmt: skip
    sent = (Delivery.target == user_id, Delivery.state != State.PLANNED.value)
    async with store.read() as session:

        async def count(*where: Any) -> int:
            return await session.scalar(select(func.count()).where(*where)) or 0

        return Held(
            known=await count(Member.user_id == user_id) > 0,
            subscriptions=await count(Subscription.target == user_id),
            answers=await count(of.Coming.user_id == user_id),
            groups=await count(of.GroupMember.user_id == user_id),
            feeds=await count(of.Feed.owner == user_id),
            planned=await count(Delivery.target == user_id, Delivery.state == State.PLANNED.value),
            addresses=await count(news.MailAddress.user_id == user_id),
            declined=await count(
                news.NewsletterChoice.user_id == user_id, news.NewsletterChoice.way == Choice.NONE.value
            ),
            reactions=await count(news.NewsletterReaction.user_id == user_id),
            roles=await count(of.RoleGrant.user_id == user_id) + await count(models.GroupLead.user_id == user_id),
            action_items=await count(of.ActionItem.owner == user_id),
            written=sum([await count(column == user_id) for (column,) in written]),
            log_lines=await count(of.Audit.actor == user_id),
            delivered=await count(*sent),
        )


async def erase(store: Store, user_id: str, now: datetime) -> None:
    """Erase what is theirs alone. Places that they give up go to the next on the waiting list, who is told.

    Kept: roles, the log, what they wrote for the community, what was delivered (so that nothing is sent again), and
    which newsletters they do not want. An address that left stays as one not to be asked, without whose it was.
    """
    for ref, said in await coming.answers_of(store, user_id, MOST):
        if said is not Answer.NO and parse_occurrence_ref(ref)[1] >= now.date():
            try:
                await coming.answer(store, ref, user_id, Answer.NO, now)
            except (Gone, coming.Cancelled):
                continue
    of, news = membermodels, newslettermodels
    gone = (
        delete(of.Coming).where(of.Coming.user_id == user_id),
        delete(of.GroupMember).where(of.GroupMember.user_id == user_id),
        delete(of.Feed).where(of.Feed.owner == user_id),
        delete(Subscription).where(Subscription.target == user_id),
        delete(Delivery).where(Delivery.target == user_id, Delivery.state == State.PLANNED.value),
        delete(news.NewsletterReaction).where(news.NewsletterReaction.user_id == user_id),
        delete(news.NewsletterChoice).where(
            news.NewsletterChoice.user_id == user_id, news.NewsletterChoice.way != Choice.NONE.value
        ),
        delete(Member).where(Member.user_id == user_id, Member.secretariat.is_(False)),
    )
    async with store.write() as session:
        await addresses.forget_of(session, user_id)
        for statement in gone:
            await session.execute(statement)
