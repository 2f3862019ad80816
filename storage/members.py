"""Who is in the Slack workspace: what Slack says of them, what they chose, and their roles."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, bindparam, delete, insert, literal, select, union_all

from alliance.languages import Language, first_known
from alliance.roles import Role, Standing
from storage import models
from storage.entryfields import ZONES
from storage.membermodels import RoleGrant
from storage.prepared import Prepared
from storage.store import Store
from storage.upsert import insert_into
from storage.values import Member


async def get(store: Store, user_id: str) -> Member | None:
    """Somebody with their roles; None for somebody of whom nothing is known yet."""
    rows = await store.ask(_ONE, {"user_id": user_id})
    return _member(rows[0], {(row.role, row.scope) for row in rows if row.role}) if rows else None


async def save_slack_facts(
    store: Store, user_id: str, locale: str | None, zone: str | None, now: datetime, *, guest: bool = False
) -> Member:
    """Keep what Slack says of somebody: locale ("fr-FR"), IANA zone (one that is unknown here counts as none), and
    whether they are a guest, which Slack says of guests only.
    """
    zone = zone if zone in ZONES else None
    await _put(store, user_id, slack_locale=locale, slack_zone=zone, guest=guest, refreshed_at=now)
    return await get(store, user_id) or Member(user_id, locale, zone, refreshed_at=now)


async def choose_language(store: Store, user_id: str, language: Language | None) -> None:
    """Their own language; None follows Slack again."""
    await _put(store, user_id, language=language)


async def choose_zone(store: Store, user_id: str, zone: str | None) -> None:
    """Their own IANA zone; None follows Slack again. Raises ValueError for an unknown zone."""
    if zone is not None and zone not in ZONES:
        raise ValueError(f"'{zone}' is not an IANA time zone")
    await _put(store, user_id, zone=zone)


async def set_groups(store: Store, user_id: str, groups: Collection[str]) -> None:
    """The action groups (slugs) that they follow, in place of those before."""
    await _put(store, user_id, groups=list(dict.fromkeys(groups)))


async def appoint_secretariat(store: Store, user_ids: Collection[str]) -> None:
    """Make these people secretariat; whoever is already, stays."""
    for user_id in user_ids:
        await _put(store, user_id, secretariat=True)


async def secretariat(store: Store) -> tuple[str, ...]:
    """The user ids of the secretariat."""
    query = select(models.Member.user_id).where(models.Member.secretariat.is_(True)).order_by(models.Member.user_id)
    async with store.read() as session:
        return tuple(await session.scalars(query))


async def set_leads(store: Store, group: str, user_ids: Collection[str]) -> None:
    """Who leads an action group (slug), in place of those before."""
    leads = models.GroupLead
    async with store.write() as session:
        await session.execute(delete(leads).where(leads.group == group))
        if user_ids:
            await session.execute(
                insert(leads), [{"group": group, "user_id": user_id} for user_id in dict.fromkeys(user_ids)]
            )
    for user_id in user_ids:
        await _put(store, user_id)


async def leads_of(store: Store, group: str) -> tuple[str, ...]:
    """The user ids of those who lead an action group."""
    leads = models.GroupLead
    async with store.read() as session:
        return tuple(await session.scalars(select(leads.user_id).where(leads.group == group).order_by(leads.user_id)))


async def _put(store: Store, user_id: str, **values: Any) -> None:
    """Keep these columns of somebody, who may be new."""
    statement = insert_into(store, models.Member).values(
        {"user_id": user_id, "groups": [], "secretariat": False} | values
    )
    async with store.write() as session:
        if values:
            await session.execute(statement.on_conflict_do_update(index_elements=["user_id"], set_=values))
        else:
            await session.execute(statement.on_conflict_do_nothing())


def _member(row: Any, roles: Collection[tuple[str, str]]) -> Member:
    """Somebody of whom Slack was not asked whether they are a guest may do no more than one, and is asked about."""

    def of(role: Role) -> frozenset[str]:
        return frozenset(scope for held, scope in roles if held == role)

    standing = Standing(
        row.secretariat,
        leads=of(Role.GROUP_LEAD),
        chairs=of(Role.CHAIR),
        steering_committee=bool(of(Role.STEERING_COMMITTEE)),
        speaks_for=of(Role.FOCAL_POINT),
        guest=row.guest is not False,
        sends_alone=bool(of(Role.SENDS_ALONE)),
    )
    return Member(
        user_id=row.user_id,
        slack_locale=row.slack_locale,
        slack_zone=row.slack_zone,
        chosen_language=first_known(row.language) if row.language else None,
        chosen_zone=row.zone,
        groups=tuple(row.groups),
        standing=standing,
        refreshed_at=row.refreshed_at if row.guest is not None else None,
    )


def _as_it_is(row: Any) -> Any:
    return row


def _one_query() -> Select[*tuple[Any, ...]]:
    """A row for each role that somebody holds, one for who holds none."""
    held = union_all(
        select(
            models.GroupLead.user_id.label("holder"),
            literal(Role.GROUP_LEAD.value).label("role"),
            models.GroupLead.group.label("scope"),
        ),
        select(RoleGrant.user_id, RoleGrant.role, RoleGrant.scope),
    ).subquery()
    columns: tuple[Any, ...] = (*models.Member.__table__.columns, held.c.role, held.c.scope)
    joined = select(*columns).join(held, held.c.holder == models.Member.user_id, isouter=True)
    return joined.where(models.Member.user_id == bindparam("user_id"))


_ONE: Final = Prepared(_one_query(), _as_it_is)
