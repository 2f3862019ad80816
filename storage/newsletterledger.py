"""What the ledger is told of a newsletter, each within the transaction that changes the newsletter."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.delivery import MAIL, Kind, Planned, State
from alliance.newsletters import USEFUL, due
from storage import deliveries
from storage.models import Delivery, Member
from storage.newslettermodels import MailAddress
from storage.newsletterstate import APPROVAL, DECIDED, Newsletter
from storage.readers import Reader
from storage.store import Store

OWNER: Final = "owner:"
"""Before the id of a member who has it by e-mail, which no target begins with."""


async def plan(
    store: Store, session: AsyncSession, newsletter: Newsletter, readers: Sequence[Reader], now: datetime
) -> None:
    """A delivery for each reader who does not have it. What failed or was left out before is tried like the first time.

    Who has it, and chose another way since, does not get it that way too: only who was to get it both ways does.
    """
    known = await _targets(session, newsletter.ref, *State)
    have = await _targets(session, newsletter.ref, State.SENT, State.CLAIMED, State.UNKNOWN)
    have |= await _owners(session, have)
    await forget(session, newsletter.ref, State.SKIPPED, State.FAILED)
    planned = []
    for reader in readers:
        if reader.target in have or (reader.target not in known and _has_it_otherwise(reader, have)):
            continue
        at = due(newsletter.content.plan, now, reader.zone, private=reader.private)
        planned.append(Planned(Kind.NEWSLETTER, reader.target, newsletter.ref, newsletter.mark, at, at + USEFUL))
    await deliveries.plan_in(store, session, planned)


def _has_it_otherwise(reader: Reader, have: Collection[str]) -> bool:
    """Whether the member has it in Slack, where this is their address, or the other way about."""
    return reader.member in have if reader.member else f"{OWNER}{reader.target}" in have


async def tell_approvers(store: Store, session: AsyncSession, newsletter: Newsletter, now: datetime) -> None:
    """Everybody of the secretariat who wrote none of it, once for this state of it."""
    approvers = await session.scalars(
        select(Member.user_id).where(Member.secretariat.is_(True)).order_by(Member.user_id)
    )
    subject = f"{APPROVAL}/{newsletter.id}"
    planned = [
        Planned(Kind.NOTICE, user_id, subject, str(newsletter.revision), now, now + USEFUL)
        for user_id in approvers
        if user_id not in newsletter.writers
    ]
    await deliveries.plan_in(store, session, planned)


async def tell_writers(store: Store, session: AsyncSession, newsletter: Newsletter, by: str, now: datetime) -> None:
    """Whoever wrote it, and did not decide themselves, that it was approved or sent back."""
    subject = f"{DECIDED}/{newsletter.id}"
    planned = [
        Planned(Kind.NOTICE, user_id, subject, str(newsletter.revision), now, now + USEFUL)
        for user_id in sorted(newsletter.writers - {by})
    ]
    await deliveries.plan_in(store, session, planned)


async def _targets(session: AsyncSession, ref: str, *states: State) -> frozenset[str]:
    """Who has a delivery of it in one of these states."""
    where = (Delivery.subject == ref, Delivery.kind == Kind.NEWSLETTER.value)
    found = select(Delivery.target).where(*where, Delivery.state.in_([state.value for state in states]))
    return frozenset(await session.scalars(found))


async def _owners(session: AsyncSession, targets: Collection[str]) -> frozenset[str]:
    """The members whose addresses are among these, each with OWNER before their id."""
    query = select(MailAddress.id, MailAddress.user_id).where(MailAddress.user_id.is_not(None))
    rows = await session.execute(query)
    return frozenset(f"{OWNER}{row.user_id}" for row in rows if f"{MAIL}{row.id}" in targets)


async def forget(session: AsyncSession, ref: str, *states: State) -> int:
    """Deliveries of it in these states are no more; how many those were."""
    where = (Delivery.subject == ref, Delivery.kind == Kind.NEWSLETTER.value)
    gone = delete(Delivery).where(*where, Delivery.state.in_([state.value for state in states]))
    return len((await session.execute(gone.returning(Delivery.id))).all())


async def leave_out(session: AsyncSession, ref: str, now: datetime) -> int:
    """What is planned and not claimed is not sent, and the numbers tell so; how much that is."""
    where = (Delivery.subject == ref, Delivery.kind == Kind.NEWSLETTER.value, Delivery.state == State.PLANNED.value)
    values = {"state": State.SKIPPED.value, "reason": "not approved", "settled_at": now}
    return len((await session.execute(update(Delivery).where(*where).values(values).returning(Delivery.id))).all())
