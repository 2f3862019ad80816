"""The copies of a newsletter: correcting them where they stand, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select, update

from alliance.delivery import MAIL, Kind, State
from alliance.newsletters import Stage
from storage.deliverystates import COLUMNS, as_row, is_in, move, row_in
from storage.models import Delivery
from storage.newslettermodels import Newsletter as Table
from storage.newsletterstate import Newsletter, of_row
from storage.store import Store
from storage.values import DeliveryRow

CHANNELS, MEMBERS, MAILS = "channels", "members", "mails"
"""The ways by which readers are reached."""


@dataclass(frozen=True, slots=True)
class End:
    """So many copies that went by this way ended like this."""

    way: str
    state: State
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Count:
    """What became of the copies of one way."""

    sent: int = 0
    failed: int = 0
    skipped: int = 0
    coming: int = 0


async def to_correct(store: Store) -> tuple[Newsletter, ...]:
    """Those of which posts still have to be changed or deleted."""
    stages = (Stage.APPROVED.value, Stage.TAKEN_BACK.value)
    query = select(Table).where(Table.correcting.is_(True), Table.stage.in_(stages)).order_by(Table.id)
    async with store.read() as session:
        return tuple(of_row(row) for row in await session.scalars(query))


async def posts_to_correct(store: Store, newsletter: Newsletter, most: int) -> list[DeliveryRow]:
    """Posts in Slack that do not say what was approved last; of one that was taken back, all that are left."""
    where = [Delivery.subject == newsletter.ref, Delivery.kind == Kind.NEWSLETTER.value, is_in(State.SENT)]
    where.append(~Delivery.target.startswith(MAIL))
    if newsletter.stage is not Stage.TAKEN_BACK:
        where.append(Delivery.detail != newsletter.mark)
    rows = await store.rows(select(*COLUMNS).where(*where).order_by(Delivery.id).limit(most))
    return [as_row(row) for row in rows]


async def corrected(store: Store, row_id: int, newsletter: Newsletter) -> None:
    """This post says what was approved last, or is deleted."""
    values: dict[str, Any] = {"detail": newsletter.mark}
    if newsletter.stage is Stage.TAKEN_BACK:
        values = {"state": State.SKIPPED.value, "reason": "taken back"}
    await move(store, row_in(row_id, State.SENT), values)


async def all_corrected(store: Store, number: int) -> None:
    """Nothing is left to do."""
    async with store.write() as session:
        await session.execute(update(Table).where(Table.id == number).values(correcting=False))


async def ends(store: Store, ref: str) -> list[End]:
    """What became of its copies, counted by way, state and reason."""
    way_of = case(
        (Delivery.target.startswith(MAIL), MAILS),
        (Delivery.target.startswith("U") | Delivery.target.startswith("W"), MEMBERS),
        else_=CHANNELS,
    ).label("way")
    columns = (way_of, Delivery.state, func.coalesce(Delivery.reason, "").label("why"), func.count().label("copies"))
    where = (Delivery.subject == ref, Delivery.kind == Kind.NEWSLETTER.value)
    rows = await store.rows(
        select(*columns).where(*where).group_by("way", Delivery.state, "why").order_by("way", "why")
    )
    return [End(row.way, State(row.state), row.why, row.copies) for row in rows]


def by_way(found: Sequence[End]) -> dict[str, Count]:
    """The same as figures of each way."""
    made: dict[str, Count] = {}
    for way_name in (CHANNELS, MEMBERS, MAILS):
        of_way = [one for one in found if one.way == way_name]
        if of_way:
            states = {state: sum(one.count for one in of_way if one.state is state) for state in State}
            coming = states[State.PLANNED] + states[State.CLAIMED] + states[State.UNKNOWN]
            made[way_name] = Count(states[State.SENT], states[State.FAILED], states[State.SKIPPED], coming)
    return made
