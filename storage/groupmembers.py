"""Who is in an action group: joining, asking to join, deciding on that, leaving. Each is one transaction.

A state only ever changes from the one that it is changed from, so that of two who decide at once one does; the notices
for leads and askers are rows of the ledger, written with the change. Their `subject` names group and person
("migration/U0LAN"), their `detail` begins with what happened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.delivery import Kind, Planned, State
from alliance.roles import Permission
from storage import audit, deliveries, models, roles
from storage.announcements import Posted
from storage.membermodels import GroupMember, GroupRule
from storage.models import Delivery
from storage.store import Store
from storage.upsert import insert_into


class Joining(StrEnum):
    """How a group is joined."""

    OPEN = "open"
    REQUEST = "request"
    """A chair or lead decides."""


class Belonging(StrEnum):
    """What somebody is to a group."""

    MEMBER = "member"
    ASKED = "asked"


class Happened(StrEnum):
    """What a notice tells: the first three to chairs and leads, the others to who asked."""

    JOINED = "joined"
    ASKED = "asked"
    LEFT = "left"
    ACCEPTED = "accepted"
    DECLINED = "declined"


TOLD_WITHIN: Final = timedelta(days=7)
ASKED_WITHIN: Final = timedelta(days=60)
"""So long a notice is of use, and a request."""


@dataclass(frozen=True, slots=True)
class People:
    """The people of a group: how many are in it, who asks to join (the first first), and what the reader is to it."""

    joining: Joining
    count: int
    asking: tuple[str, ...]
    own: Belonging | None


async def people(store: Store, group: str, user_id: str, usually: Joining) -> People:
    """Of an action group, for one member. `usually`: how it is joined where nobody has said so."""
    table = GroupMember
    counted = select(func.count()).where(table.group == group, table.state == Belonging.MEMBER.value)
    asking = select(table.user_id).where(table.group == group, table.state == Belonging.ASKED.value)
    async with store.read() as session:
        return People(
            await _joining(session, group, usually),
            await session.scalar(counted) or 0,
            tuple(await session.scalars(asking.order_by(table.since, table.user_id))),
            await _belonging(session, group, user_id),
        )


async def joined_since(store: Store, since: datetime) -> dict[str, int]:
    """How many became members of each action group (slug) since then (UTC)."""
    where = (GroupMember.state == Belonging.MEMBER.value, GroupMember.since >= since)
    columns = (GroupMember.group.label("slug"), func.count().label("joined"))
    rows = await store.rows(select(*columns).where(*where).group_by(GroupMember.group))
    return {row.slug: row.joined for row in rows}


async def belonging(store: Store, group: str, user_id: str) -> Belonging | None:
    """What somebody is to a group now."""
    async with store.read() as session:
        return await _belonging(session, group, user_id)


async def join(
    store: Store, user_id: str, group: str, now: datetime, usually: Joining, *, decides: bool = False
) -> Belonging:
    """Join an open group, or ask to join; who `decides` for the group joins at once. Again, it changes nothing."""
    async with store.write() as session:
        opened = decides or await _joining(session, group, usually) is Joining.OPEN
        state = Belonging.MEMBER if opened else Belonging.ASKED
        new = insert_into(store, GroupMember).values(group_slug=group, user_id=user_id, state=state.value, since=now)
        keys = ["group_slug", "user_id"]
        statement = (
            new.on_conflict_do_update(
                index_elements=keys,
                set_={"state": state.value, "since": now},
                where=GroupMember.state == Belonging.ASKED.value,
            )
            if opened
            else new.on_conflict_do_nothing(index_elements=keys)
        )
        if (await session.execute(statement.returning(GroupMember.user_id))).first() is None:
            return await _belonging(session, group, user_id) or state
        happened = Happened.JOINED if opened else Happened.ASKED
        await audit.write(session, now, user_id, Permission.JOIN_GROUP, group, {"change": happened.value})
        await _tell_leaders(store, session, group, user_id, happened, now)
    return state


async def leave(store: Store, user_id: str, group: str, now: datetime) -> Belonging | None:
    """Leave a group, or withdraw the request; returns what they were to it."""
    table = GroupMember
    gone = delete(table).where(table.group == group, table.user_id == user_id).returning(table.state)
    async with store.write() as session:
        state = await session.scalar(gone)
        if state is None:
            return None
        was = Belonging(state)
        change = Happened.LEFT.value if was is Belonging.MEMBER else "withdrawn"
        await audit.write(session, now, user_id, Permission.JOIN_GROUP, group, {"change": change})
        if was is Belonging.MEMBER:
            await _tell_leaders(store, session, group, user_id, Happened.LEFT, now)
    return was


async def decide(store: Store, editor: str, group: str, user_id: str, now: datetime, *, accept: bool) -> bool:
    """Accept or decline somebody's request; False where there is none any more."""
    table = GroupMember
    asked = table.group == group, table.user_id == user_id, table.state == Belonging.ASKED.value
    accepted = update(table).where(*asked).values(state=Belonging.MEMBER.value, since=now).returning(table.user_id)
    declined = delete(table).where(*asked).returning(table.user_id)
    async with store.write() as session:
        if await session.scalar(accepted if accept else declined) is None:
            return False
        happened = Happened.ACCEPTED if accept else Happened.DECLINED
        detail = {"member": user_id, "change": happened.value}
        await audit.write(session, now, editor, Permission.DECIDE_JOINING, group, detail)
        await deliveries.plan_in(store, session, [_notice(group, user_id, happened, user_id, now)])
    return True


async def set_joining(store: Store, editor: str, group: str, joining: Joining, now: datetime) -> None:
    """How a group is joined from now on; who asked before still waits for a decision."""
    new = insert_into(store, GroupRule).values(group_slug=group, joining=joining.value)
    changed = new.on_conflict_do_update(
        index_elements=["group_slug"], set_={"joining": joining.value}, where=GroupRule.joining != joining.value
    )
    async with store.write() as session:
        if (await session.execute(changed.returning(GroupRule.group))).first() is not None:
            detail = {"joining": joining.value}
            await audit.write(session, now, editor, Permission.DECIDE_JOINING, group, detail)


async def requests_posted(store: Store, group: str, user_id: str) -> list[Posted]:
    """The messages with a request of this person that stand in Slack."""
    standing = (
        Delivery.subject == subject_of(group, user_id),
        Delivery.state == State.SENT.value,
        Delivery.kind == Kind.JOINING.value,
        Delivery.detail.startswith(f"{Happened.ASKED.value}/"),
        Delivery.slack_ts.is_not(None),
    )
    async with store.read() as session:
        rows = await session.scalars(select(Delivery).where(*standing).order_by(Delivery.id))
        return [
            Posted(row.id, row.key, row.subject, row.target, str(row.slack_channel), str(row.slack_ts)) for row in rows
        ]


def subject_of(group: str, user_id: str) -> str:
    """How deliveries name it: "migration/U0LAN"."""
    return f"{group}/{user_id}"


def parse_subject(subject: str) -> tuple[str, str]:
    """The group (slug) and the person (user id)."""
    group, _, user_id = subject.rpartition("/")
    return group, user_id


def happened_of(detail: str) -> Happened:
    """What a notice tells. Raises ValueError for anything else."""
    return Happened(detail.partition("/")[0])


async def _joining(session: AsyncSession, group: str, usually: Joining) -> Joining:
    said = await session.scalar(select(GroupRule.joining).where(GroupRule.group == group))
    return Joining(said) if said else usually


async def _belonging(session: AsyncSession, group: str, user_id: str) -> Belonging | None:
    query = select(GroupMember.state).where(GroupMember.group == group, GroupMember.user_id == user_id)
    state = await session.scalar(query)
    return Belonging(state) if state else None


async def _tell_leaders(
    store: Store, session: AsyncSession, group: str, user_id: str, happened: Happened, now: datetime
) -> None:
    """Chairs and leads; the secretariat gets requests of a group that nobody leads, so that somebody decides."""
    told: Sequence[str] = await roles.leaders(session, group)
    if not told and happened is Happened.ASKED:
        told = tuple(await session.scalars(select(models.Member.user_id).where(models.Member.secretariat.is_(True))))
    notices = [_notice(group, user_id, happened, target, now) for target in told if target != user_id]
    await deliveries.plan_in(store, session, notices)


def _notice(group: str, user_id: str, happened: Happened, target: str, now: datetime) -> Planned:
    within = ASKED_WITHIN if happened is Happened.ASKED else TOLD_WITHIN
    detail = f"{happened.value}/{now:%Y%m%dT%H%M%S%f}"
    return Planned(Kind.JOINING, target, subject_of(group, user_id), detail, now, now + within)
