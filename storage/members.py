"""Who is in the Slack workspace: what Slack says of them, what they chose, and their roles."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, insert, select

from alliance.languages import Language, first_known
from alliance.roles import Standing
from storage import models
from storage.entries import ZONES
from storage.prepared import Prepared
from storage.store import Store
from storage.upsert import insert_into
from storage.values import Member


async def get(store: Store, user_id: str) -> Member | None:
    """Somebody with their roles; None for somebody of whom nothing is known yet."""
    rows = await store.ask(_ONE, {"user_id": user_id})
    return _member(rows[0], frozenset(row.leads for row in rows if row.leads)) if rows else None


async def save_slack_facts(store: Store, user_id: str, locale: str | None, zone: str | None, now: datetime) -> Member:
    """Keep what Slack says of somebody: locale ("fr-FR") and IANA zone (one that is unknown here counts as none)."""
    zone = zone if zone in ZONES else None
    await _put(store, user_id, slack_locale=locale, slack_zone=zone, refreshed_at=now)
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


def _member(row: Any, leads: frozenset[str]) -> Member:
    return Member(
        user_id=row.user_id,
        slack_locale=row.slack_locale,
        slack_zone=row.slack_zone,
        chosen_language=first_known(row.language) if row.language else None,
        chosen_zone=row.zone,
        groups=tuple(row.groups),
        standing=Standing(row.secretariat, leads),
        refreshed_at=row.refreshed_at,
    )


def _as_it_is(row: Any) -> Any:
    return row


_ONE: Final = Prepared(
    select(*models.Member.__table__.columns, models.GroupLead.group.label("leads"))
    .join(models.GroupLead, models.GroupLead.user_id == models.Member.user_id, isouter=True)
    .where(models.Member.user_id == bindparam("user_id")),
    _as_it_is,
)
"""A row for each group that they lead, one for who leads none."""
