"""Where events that members add or change are announced: rows of the ledger, written with the change itself.

An announcement's `subject` is the occurrence that names its event for good (storage.entries.Event.lasting_day); its
`detail` is the revision that it shows since it was brought up to date, "" while it stands as it was posted. A notice of
a change has the same subject; its `detail` is the revision that people knew before ("r3").
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.delivery import Kind, Planned, State, occurrence_ref
from alliance.languages import DEFAULT
from storage import deliveries, models
from storage.entries import Event
from storage.models import Delivery
from storage.occurrences import takings
from storage.schedule import MOST_VALUES, horizon
from storage.store import Store

SETTLES: Final = timedelta(minutes=2)
"""A change is told so long after it was made: who corrects it at once gives one notice, with the facts of then."""

TOLD_WITHIN: Final = timedelta(days=3)
"""Later than this nobody is told of a change."""

TOLD: Final = (
    "name",
    "dates",
    "confirmed",
    "starts",
    "ends",
    "zone",
    "rule",
    "changes",
    "cancelled",
    "place",
    "link",
    "summary",
)
"""Of changes in these fields people are told; others only show in the announcement."""

TEXTS: Final = frozenset({"name", "place", "summary"})


@dataclass(frozen=True, slots=True)
class Posted:
    """An announcement that stands in a channel. `target` is the channel it was meant for."""

    id: int
    key: str
    subject: str
    target: str
    channel: str
    ts: str


def ref_of(entry: Event) -> str:
    """The occurrence that announcements of the event are about."""
    return occurrence_ref(entry.slug, entry.lasting_day)


async def channels_for(session: AsyncSession, groups: Collection[str]) -> tuple[str, ...]:
    """Where an event of these groups is announced: in their channels; without groups, in the community's."""
    channel = models.Channel
    query = select(channel.channel_id).where(channel.present.is_(True)).order_by(channel.channel_id)
    if groups:
        return tuple(await session.scalars(query.where(channel.group.in_(sorted(groups)))))
    community = await session.scalar(select(models.Entry.document).where(models.Entry.kind == "community"))
    name = community["channel"] if community else ""
    return tuple(await session.scalars(query.where(channel.name == name)))


async def channels_of(store: Store, groups: Collection[str]) -> tuple[str, ...]:
    """The same, for who asks before."""
    async with store.read() as session:
        return await channels_for(session, groups)


async def plan_new(store: Store, session: AsyncSession, entry: Event, now: datetime) -> None:
    """Announce a new event, unless it is over."""
    over = _over(entry, now)
    if over > now:
        ref = ref_of(entry)
        for target in await channels_for(session, entry.groups):
            planned = Planned(Kind.ANNOUNCEMENT, target, ref, "", now, over)
            await deliveries.plan_in(store, session, [planned])


async def plan_change(
    store: Store, session: AsyncSession, before: Event, after: Event, seen: int, now: datetime
) -> None:
    """Tell of a change, once, where the event was announced or reminded of, and where it belongs now.

    Nothing where an announcement or a notice is still to be posted: it will say what is true then.
    """
    if max(_over(before, now), _over(after, now)) <= now or not _worth_telling(before, after):
        return
    ref = ref_of(before)
    known = await _known(session, ref, before, now)
    coming = await session.scalars(
        select(Delivery.target).where(
            Delivery.subject == ref,
            Delivery.state == State.PLANNED.value,
            Delivery.kind.in_((Kind.ANNOUNCEMENT.value, Kind.CHANGE.value)),
        )
    )
    targets = known | set(await channels_for(session, after.groups))
    notices = [
        Planned(Kind.CHANGE, target, ref, f"r{seen}", now + SETTLES, now + TOLD_WITHIN)
        for target in sorted(targets - set(coming))
    ]
    await deliveries.plan_in(store, session, notices)


async def posted(store: Store, ref: str) -> list[Posted]:
    """The announcements of an event that stand in channels."""
    async with store.read() as session:
        return [_posted(row) for row in await session.scalars(_standing([ref]))]


async def being_posted(store: Store, ref: str) -> bool:
    """Whether an announcement of the event was rendered, and nobody knows yet whether it stands."""
    begun = Delivery.state.in_((State.CLAIMED.value, State.UNKNOWN.value))
    query = select(Delivery.id).where(Delivery.subject == ref, Delivery.kind == Kind.ANNOUNCEMENT.value, begun)
    return bool(await store.rows(query.limit(1)))


async def outdated(store: Store, since: datetime) -> list[Posted]:
    """Announcements that do not show the last change of their event, of events that changed since then."""
    table = models.Event
    query = select(table.slug, table.revision, table.document, table.changed_at).where(table.changed_at > since)
    async with store.read() as session:
        changed = {ref_of(Event.model_validate(row.document)): row for row in await session.execute(query)}
        standing = [row for refs in batched(sorted(changed)) for row in await session.scalars(_standing(refs))]
    return [
        _posted(row)
        for row in standing
        if not _shows(row, changed[row.subject].revision, changed[row.subject].changed_at)
    ]


async def told_since(store: Store, since: datetime) -> dict[str, datetime]:
    """The events that members added or changed since, with when they last did."""
    table = models.Event
    query = select(table.slug, table.changed_at).where(table.changed_at > since)
    async with store.read() as session:
        return {row.slug: row.changed_at for row in await session.execute(query)}


async def shows(store: Store, posted_id: int, revision: int) -> None:
    """Keep that the announcement shows this revision."""
    async with store.write() as session:
        await session.execute(update(Delivery).where(Delivery.id == posted_id).values(detail=f"r{revision}"))


def _shows(row: Delivery, revision: int, changed_at: datetime) -> bool:
    """Whether it was brought up to date since, or rendered after the change: a claim comes before that."""
    as_posted = not row.detail and row.claimed_at is not None and row.claimed_at >= changed_at
    return as_posted or row.detail == f"r{revision}"


def _standing(refs: Sequence[str]) -> Select[Delivery]:
    return select(Delivery).where(
        Delivery.subject.in_(refs),
        Delivery.state == State.SENT.value,
        Delivery.kind == Kind.ANNOUNCEMENT.value,
        Delivery.slack_ts.is_not(None),
    )


def _posted(row: Delivery) -> Posted:
    return Posted(row.id, row.key, row.subject, row.target, str(row.slack_channel), str(row.slack_ts))


async def _known(session: AsyncSession, ref: str, before: Event, now: datetime) -> set[str]:
    """The channels in which the event was announced, or reminded of with what is still to come."""
    begun = (State.SENT.value, State.CLAIMED.value, State.UNKNOWN.value)
    announced = select(Delivery.target).where(
        Delivery.subject == ref, Delivery.kind == Kind.ANNOUNCEMENT.value, Delivery.state.in_(begun)
    )
    found = set(await session.scalars(announced))
    coming = [
        occurrence_ref(before.slug, taking.original_day)
        for taking in takings(before, horizon(now.date()))
        if taking.when.ends_at() > now
    ]
    for refs in batched(coming):
        reminded = select(Delivery.target).where(
            Delivery.subject.in_(refs), Delivery.kind == Kind.REMINDER.value, Delivery.state.in_(begun)
        )
        found |= {target for target in await session.scalars(reminded) if target.startswith(("C", "G"))}
    return found


def _over(entry: Event, now: datetime) -> datetime:
    """When the last time that it takes place, as far as it is planned, is over (UTC)."""
    ends = [taking.when.ends_at() for taking in takings(entry, horizon(now.date()))]
    return max(ends, default=now)


def _worth_telling(before: Event, after: Event) -> bool:
    """Whether something is different that people act on; a translation that was added is not."""
    if before is after:
        return True
    was, now = before.model_dump(), after.model_dump()
    return any(_seen(was, field) != _seen(now, field) for field in TOLD)


def _seen(entry: dict[str, Any], field: str) -> Any:
    """The value; of a text what stands in the language in which the event was written."""
    value = entry[field]
    if field in TEXTS and value:
        return value.get(entry["written_in"] or DEFAULT, value)
    return value


def batched(refs: Sequence[str]) -> list[Sequence[str]]:
    """Both databases bound how many values one statement may carry."""
    return [refs[start : start + MOST_VALUES] for start in range(0, len(refs), MOST_VALUES)]
