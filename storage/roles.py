"""The roles that the secretariat gives and takes: one way to all of them, wherever they are kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, insert, literal, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.roles import Permission, Role
from storage import audit
from storage.membermodels import RoleGrant
from storage.models import GroupLead, Member
from storage.store import Store
from storage.upsert import insert_into

GIVEN: Final = (Role.SECRETARIAT, Role.STEERING_COMMITTEE, Role.CHAIR, Role.GROUP_LEAD, Role.FOCAL_POINT)
"""The roles that are given; the others follow from Slack or from what somebody wrote."""

OF_A_GROUP: Final = frozenset({Role.CHAIR, Role.GROUP_LEAD})
EVERYWHERE: Final = ""
"""The scope of a role that is not of one group or organisation."""


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


async def set_holders(
    store: Store, editor: str, now: datetime, role: Role, scope: str, user_ids: Collection[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Who holds a role, in place of those before; returns who got it and who lost it, each a line of the audit log.

    Raises NobodyLeft for a secretariat of nobody, ValueError for a role that cannot be given.
    """
    if role not in GIVEN:
        raise ValueError(f"'{role}' cannot be given")
    wanted = frozenset(user_ids)
    if role is Role.SECRETARIAT and not wanted:
        raise NobodyLeft
    async with store.write() as session:
        before = frozenset(await session.scalars(_holders(role, scope)))
        given, taken = wanted - before, before - wanted
        for user_id in sorted(taken):
            await _take(session, role, scope, user_id)
        for user_id in sorted(given):
            await _give(
                store, session, RoleGrant(role=role, scope=scope, user_id=user_id, granted_by=editor, granted_at=now)
            )
        for user_id, act in sorted({**dict.fromkeys(given, "given"), **dict.fromkeys(taken, "taken")}.items()):
            detail = {"role": role.value, "of": scope, "change": act}
            await audit.write(session, now, editor, Permission.APPOINT, user_id, detail)
    return given, taken


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
