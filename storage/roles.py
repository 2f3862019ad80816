"""The roles that the secretariat gives and takes: one way to all of them, wherever they are kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, insert, literal, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.roles import Permission, Role
from storage import audit
from storage.membermodels import Audit, RoleGrant
from storage.models import GroupLead, Member, Setting
from storage.store import Store
from storage.upsert import insert_into

GIVEN: Final = (
    Role.SECRETARIAT,
    Role.STEERING_COMMITTEE,
    Role.CHAIR,
    Role.GROUP_LEAD,
    Role.FOCAL_POINT,
    Role.SENDS_ALONE,
)
"""The roles that are given; the others follow from Slack or from what somebody wrote."""

OF_A_GROUP: Final = frozenset({Role.CHAIR, Role.GROUP_LEAD})
EVERYWHERE: Final = ""
"""The scope of a role that is not of one group or organisation."""
GIVEN_WORD, TAKEN_WORD = "given", "taken"
"""What the audit log calls it."""


class NobodyLeft(ValueError):
    """Without anybody in the secretariat nobody could give a role any more."""


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """A role, of which group (slug) or organisation (name), and who holds it (user id)."""

    role: Role
    scope: str
    user_id: str


async def everyone(store: Store) -> list[Grant]:
    """Every role that is given, in the order of GIVEN."""
    secretariat = select(literal(Role.SECRETARIAT.value), literal(EVERYWHERE), Member.user_id).where(
        Member.secretariat.is_(True)
    )
    leads = select(literal(Role.GROUP_LEAD.value), GroupLead.group, GroupLead.user_id)
    others = select(RoleGrant.role, RoleGrant.scope, RoleGrant.user_id)
    async with store.read() as session:
        rows = await session.execute(union_all(secretariat, leads, others))
        grants = [Grant(Role(role), scope, user_id) for role, scope, user_id in rows]
    return sorted(grants, key=lambda grant: (GIVEN.index(grant.role), grant.scope, grant.user_id))


async def of(store: Store, role: Role, scope: str) -> frozenset[str]:
    """Who holds a role (user ids)."""
    async with store.read() as session:
        return frozenset(await session.scalars(_holders(role, scope)))


async def leaders_of(store: Store, group: str) -> tuple[str, ...]:
    """Who leads or chairs an action group (user ids)."""
    async with store.read() as session:
        return await leaders(session, group)


async def leaders(session: AsyncSession, group: str) -> tuple[str, ...]:
    """The same, within a transaction."""
    held = [await session.scalars(_holders(role, group)) for role in sorted(OF_A_GROUP)]
    return tuple(sorted({user_id for users in held for user_id in users}))


async def change(
    store: Store,
    editor: str,
    now: datetime,
    role: Role,
    scope: str,
    *,
    give: Collection[str] = (),
    take: Collection[str] = (),
) -> tuple[frozenset[str], frozenset[str]]:
    """Give a role to some and take it from others; returns who got it and who lost it, each a line of the audit log.

    What is so already is no change, so that the same form sent twice changes things once. Of two at once the second
    sees what the first did. Raises NobodyLeft for a secretariat of nobody, ValueError for a role that is not given.
    """
    if role not in GIVEN:
        raise ValueError(f"'{role}' cannot be given")
    async with store.write() as session:
        await _one_at_a_time(store, session, now)
        before = frozenset(await session.scalars(_holders(role, scope)))
        given, taken = frozenset(give) - before, (frozenset(take) - frozenset(give)) & before
        if role is Role.SECRETARIAT and not before - taken | given:
            raise NobodyLeft
        await _apply(store, session, editor, now, role, scope, given, taken)
    return given, taken


async def begin_with(store: Store, user_ids: Collection[str], now: datetime) -> frozenset[str]:
    """The secretariat that the bot's settings name; from whom the role was taken in Slack since, stays without it."""
    async with store.write() as session:
        await _one_at_a_time(store, session, now)
        before = frozenset(await session.scalars(_holders(Role.SECRETARIAT, EVERYWHERE)))
        new = frozenset(user_ids) - before
        given = frozenset([user_id for user_id in sorted(new) if not await _was_taken(session, user_id)])
        await _apply(store, session, "", now, Role.SECRETARIAT, EVERYWHERE, given, frozenset())
    return given


async def _apply(
    store: Store,
    session: AsyncSession,
    editor: str,
    now: datetime,
    role: Role,
    scope: str,
    given: frozenset[str],
    taken: frozenset[str],
) -> None:
    for user_id in sorted(taken):
        await _take(session, role, scope, user_id)
    for user_id in sorted(given):
        grant = RoleGrant(role=role, scope=scope, user_id=user_id, granted_by=editor, granted_at=now)
        await _give(store, session, grant)
    for user_id, act in sorted({**dict.fromkeys(given, GIVEN_WORD), **dict.fromkeys(taken, TAKEN_WORD)}.items()):
        detail = {"role": role.value, "of": scope, "change": act}
        await audit.write(session, now, editor, Permission.APPOINT, user_id, detail)


async def _one_at_a_time(store: Store, session: AsyncSession, now: datetime) -> None:
    """Wait for whoever else is changing roles, on either database: what is read afterwards is what they left."""
    mine = insert_into(store, Setting).values(name="roles", value=now.isoformat())
    await session.execute(mine.on_conflict_do_update(index_elements=["name"], set_={"value": now.isoformat()}))


async def _was_taken(session: AsyncSession, user_id: str) -> bool:
    lines = select(Audit.detail).where(Audit.subject == user_id, Audit.action == Permission.APPOINT.value)
    details = await session.scalars(lines.order_by(Audit.at.desc(), Audit.id.desc()))
    last = next((detail for detail in details if detail["role"] == Role.SECRETARIAT.value), None)
    return last is not None and last["change"] == TAKEN_WORD


def _holders(role: Role, scope: str) -> Any:
    if role is Role.SECRETARIAT:
        return select(Member.user_id).where(Member.secretariat.is_(True))
    if role is Role.GROUP_LEAD:
        return select(GroupLead.user_id).where(GroupLead.group == scope)
    return select(RoleGrant.user_id).where(RoleGrant.role == role.value, RoleGrant.scope == scope)


async def _take(session: AsyncSession, role: Role, scope: str, user_id: str) -> None:
    if role is Role.SECRETARIAT:
        await session.execute(update(Member).where(Member.user_id == user_id).values(secretariat=False))
    elif role is Role.GROUP_LEAD:
        await session.execute(delete(GroupLead).where(GroupLead.group == scope, GroupLead.user_id == user_id))
    else:
        held = (RoleGrant.role == role.value, RoleGrant.scope == scope, RoleGrant.user_id == user_id)
        await session.execute(delete(RoleGrant).where(*held))


async def _give(store: Store, session: AsyncSession, grant: RoleGrant) -> None:
    """Somebody of whom nothing is known yet is kept as well, so that their roles are found."""
    secretariat = grant.role == Role.SECRETARIAT
    known = insert_into(store, Member).values(user_id=grant.user_id, groups=[], secretariat=secretariat)
    if secretariat:
        await session.execute(known.on_conflict_do_update(index_elements=["user_id"], set_={"secretariat": True}))
        return
    await session.execute(known.on_conflict_do_nothing())
    if grant.role == Role.GROUP_LEAD:
        await session.execute(insert(GroupLead).values(group=grant.scope, user_id=grant.user_id))
    else:
        session.add(grant)
