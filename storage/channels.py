"""Channels that the bot knows, and what channels and members are reminded of."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.languages import first_known
from alliance.roles import Permission
from storage import audit, models
from storage.store import Store
from storage.upsert import insert_into
from storage.values import ChannelSettings, Subscriber


async def get(store: Store, channel_id: str) -> ChannelSettings | None:
    """How a channel's reminders are written; None for a channel that the bot does not know."""
    found = await _settings(store, select(models.Channel).where(models.Channel.channel_id == channel_id))
    return found[0] if found else None


async def save(store: Store, channel: ChannelSettings) -> None:
    """Keep a channel as it is given, new or known."""
    async with store.write() as session:
        await _save_in(store, session, channel)


async def change(store: Store, channel: ChannelSettings, subjects: Collection[str], by: str, now: datetime) -> None:
    """Keep a channel's settings and exactly these subscriptions, with a line in the audit log: all of it or nothing."""
    async with store.write() as session:
        await _save_in(store, session, channel)
        await subscribe_in(store, session, channel.channel_id, subjects, now)
        detail = {"channel": channel.name, "subjects": sorted(subjects)}
        await audit.write(session, now, by, Permission.CHANGE_CHANNEL_REMINDERS, channel.channel_id, detail)


async def _save_in(store: Store, session: AsyncSession, channel: ChannelSettings) -> None:
    values: dict[str, Any] = {
        "name": channel.name,
        "language": channel.language,
        "zone": channel.zone,
        "lead_times": dict(channel.lead_times),
        "group": channel.group,
        "present": channel.present,
    }
    table = models.Channel
    columns = {getattr(table, name): value for name, value in values.items()}
    statement = insert_into(store, table).values({table.channel_id: channel.channel_id} | columns)
    await session.execute(statement.on_conflict_do_update(index_elements=["channel_id"], set_=columns))


async def all_present(store: Store) -> tuple[ChannelSettings, ...]:
    """The channels that the bot is in, by name."""
    table = models.Channel
    query = select(table).where(table.present.is_(True)).order_by(table.name, table.channel_id)
    return tuple(await _settings(store, query))


async def mark_absent(store: Store, channel_id: str) -> None:
    """The bot is no longer in this channel; its settings and subscriptions stay for when it comes back."""
    async with store.write() as session:
        await session.execute(
            update(models.Channel).where(models.Channel.channel_id == channel_id).values(present=False)
        )


async def subscribe(store: Store, target: str, subject: str, since: datetime) -> bool:
    """Remind a channel or a member of a subject from `since` on; False where they already were (`since` then stays)."""
    statement = insert_into(store, models.Subscription).values(target=target, subject=subject, since=since)
    async with store.write() as session:
        added = await session.execute(statement.on_conflict_do_nothing().returning(models.Subscription.target))
        return added.first() is not None


async def unsubscribe(store: Store, target: str, subject: str) -> bool:
    """Remind them no more; False where they were not."""
    table = models.Subscription
    async with store.write() as session:
        gone = await session.execute(
            delete(table).where(table.target == target, table.subject == subject).returning(table.target)
        )
        return gone.first() is not None


async def subscribe_to(store: Store, target: str, subjects: Collection[str], since: datetime) -> None:
    """Remind a channel or a member of exactly these subjects; `since` holds for those that are new."""
    async with store.write() as session:
        await subscribe_in(store, session, target, subjects, since)


async def subscribe_in(
    store: Store, session: AsyncSession, target: str, subjects: Collection[str], since: datetime
) -> None:
    """The same within a transaction that does more."""
    table = models.Subscription
    await session.execute(delete(table).where(table.target == target, table.subject.not_in(sorted(subjects))))
    if subjects:
        rows = [{"target": target, "subject": subject, "since": since} for subject in sorted(subjects)]
        await session.execute(insert_into(store, table).values(rows).on_conflict_do_nothing())


async def subjects_of(store: Store, target: str) -> tuple[str, ...]:
    """What a channel or a member is reminded of."""
    table = models.Subscription
    async with store.read() as session:
        return tuple(await session.scalars(select(table.subject).where(table.target == target).order_by(table.subject)))


async def subscribers(store: Store) -> list[Subscriber]:
    """Every subscription with how its reminders are written: of channels that the bot is in, and of members."""
    subscription, channel, member = models.Subscription, models.Channel, models.Member
    query = (
        select(subscription, channel, member)
        .join(channel, channel.channel_id == subscription.target, isouter=True)
        .join(member, member.user_id == subscription.target, isouter=True)
        .order_by(subscription.target, subscription.subject)
    )
    async with store.read() as session:
        rows = (await session.execute(query)).all()
    return [
        _subscriber(row.Subscription, row.Channel, row.Member)
        for row in rows
        if row.Member or (row.Channel and row.Channel.present)
    ]


def _subscriber(
    subscription: models.Subscription, channel: models.Channel | None, member: models.Member | None
) -> Subscriber:
    if channel:
        language, zone, leads = first_known(channel.language), channel.zone, dict(channel.lead_times)
    else:
        assert member is not None
        language = first_known(member.language, member.slack_locale)
        zone, leads = member.zone or member.slack_zone or "UTC", {}
    return Subscriber(subscription.target, subscription.subject, subscription.since, language, zone, leads)


async def _settings(store: Store, query: Select[models.Channel]) -> list[ChannelSettings]:
    async with store.read() as session:
        return [
            ChannelSettings(
                channel_id=row.channel_id,
                name=row.name,
                language=first_known(row.language),
                zone=row.zone,
                lead_times=dict(row.lead_times),
                group=row.group,
                present=row.present,
            )
            for row in await session.scalars(query)
        ]
