"""What the ledger already holds for the owners of action items and activities, and in which zone they live."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, literal, select

from alliance.delivery import Kind, State
from storage.announcements import batched
from storage.models import Delivery, Member
from storage.store import Store


async def used(store: Store, refs: Collection[str]) -> dict[str, dict[int, datetime]]:
    """By action item (its ref) and number, when the nudges that were posted, begun or given up fell due (UTC)."""
    found: dict[str, dict[int, datetime]] = {}
    async with store.read() as session:
        for some in batched(sorted(refs)):
            query = select(Delivery.subject, Delivery.detail, Delivery.due_at).where(
                Delivery.subject.in_(some),
                Delivery.kind == Kind.NUDGE.value,
                Delivery.state != State.PLANNED.value,
            )
            for subject, number, due_at in await session.execute(query):
                found.setdefault(subject, {})[int(number)] = due_at
    return found


async def planned(store: Store) -> dict[str, tuple[datetime, datetime | None]]:
    """By key, when what is still planned for owners falls due, and until when it is of use (UTC)."""
    query = select(Delivery.key, Delivery.due_at, Delivery.useful_until).where(
        Delivery.state == literal(State.PLANNED.value, literal_execute=True),
        Delivery.kind.in_((Kind.NUDGE.value, Kind.ACTIVITY.value)),
    )
    async with store.read() as session:
        return {row.key: (row.due_at, row.useful_until) for row in await session.execute(query)}


async def zones(store: Store, user_ids: Collection[str]) -> dict[str, str]:
    """The IANA zone of each of these members of which one is known."""
    found: dict[str, str] = {}
    zone = func.coalesce(Member.zone, Member.slack_zone).label("zone")
    async with store.read() as session:
        for some in batched(sorted(user_ids)):
            query = select(Member.user_id, zone).where(Member.user_id.in_(some), zone.is_not(None))
            found |= {row.user_id: row.zone for row in await session.execute(query)}
    return found
