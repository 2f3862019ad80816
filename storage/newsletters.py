"""Newsletters: drafts, approval, and what the ledger is told. Whoever changes one names the revision that they saw.

An approval holds for what was approved: any change ends it, in the transaction that makes the change, and takes back
what is planned. Planning is part of the approval's transaction, so that there is never one without the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import case, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.delivery import MAIL, Kind, Planned, State
from alliance.newsletters import EVERYBODY, USEFUL, Content, Stage, as_json, due, from_json, may_approve
from alliance.roles import Permission
from storage import audit, deliveries
from storage.actionitems import one_at_a_time
from storage.deliverystates import COLUMNS, as_row, is_in, move, row_in
from storage.eventedits import Editor
from storage.models import Delivery, Member
from storage.newslettermodels import Newsletter as Table
from storage.readers import Reader
from storage.store import Store
from storage.values import DeliveryRow

REF: Final = "newsletter/"
APPROVAL: Final = "approval"
"""Begins the subject of the notice that a newsletter waits for approval: "approval/12"."""

TRIAL: Final = "trial/"
"""Begins the subject of what is sent to a writer to try."""

MOST: Final = 200

PRINT: Final = 16
"""So much of the fingerprint a delivery carries."""


@dataclass(frozen=True, slots=True)
class Newsletter:
    """A newsletter as it stands. `writers`: everybody who wrote any of it (user ids)."""

    id: int
    content: Content
    stage: Stage
    revision: int
    writers: frozenset[str]
    changed_by: str
    changed_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None
    approved_print: str | None = None

    @property
    def ref(self) -> str:
        """How deliveries and the audit log name it."""
        return f"{REF}{self.id}"

    @property
    def approved(self) -> bool:
        """Whether exactly this was approved and may go out."""
        return self.stage is Stage.APPROVED and self.approved_print == self.content.fingerprint


class Changed(Exception):
    """Somebody changed it since the editor looked; `newsletter` is how it stands now."""

    def __init__(self, newsletter: Newsletter) -> None:
        super().__init__(newsletter.ref)
        self.newsletter = newsletter


class Gone(Exception):
    """It is not there any more."""


class OwnWork(Exception):
    """Who wrote any of it cannot approve it."""


class OnItsWay(Exception):
    """It is just going out: the text that was approved stays as it is until everybody has it."""


@dataclass(frozen=True, slots=True)
class Way:
    """How many deliveries of a newsletter are in each state."""

    planned: int = 0
    under_way: int = 0
    sent: int = 0
    failed: int = 0
    skipped: int = 0

    @property
    def begun(self) -> bool:
        """Whether anybody has it, or may have it."""
        return bool(self.under_way or self.sent or self.failed)

    @property
    def total(self) -> int:
        """All of them."""
        return self.planned + self.under_way + self.sent + self.failed + self.skipped


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


async def get(store: Store, number: int) -> Newsletter | None:
    """One newsletter."""
    async with store.read() as session:
        return await _get(session, number)


async def latest(store: Store, most: int = MOST) -> tuple[Newsletter, ...]:
    """The newsletters, the one that was changed last first."""
    async with store.read() as session:
        rows = await session.scalars(select(Table).order_by(Table.changed_at.desc(), Table.id.desc()).limit(most))
        return tuple(_of(row) for row in rows)


async def published(store: Store, most: int = MOST) -> tuple[Newsletter, ...]:
    """What went to the whole community and stands: for the archive, the last first."""
    found = [one for one in await latest(store, most) if one.approved and one.content.plan.members == EVERYBODY]
    sent = [one for one in found if (await way(store, one.ref)).sent]
    return tuple(sorted(sent, key=lambda one: (one.approved_at or one.changed_at, one.id), reverse=True))


async def way(store: Store, ref: str) -> Way:
    """What became of its deliveries so far."""
    async with store.read() as session:
        return await _way(session, ref)


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


async def add(store: Store, editor: Editor, content: Content) -> Newsletter:
    """A new draft. The same one again by the same member (a repeated request) is one."""
    async with store.write() as session:
        await one_at_a_time(store, session, f"newsletter/{editor.user_id}")
        newest = await session.scalar(
            select(Table).where(Table.changed_by == editor.user_id).order_by(Table.id.desc()).limit(1)
        )
        if newest is not None and newest.revision == 1 and _of(newest).content == content:
            return _of(newest)
        values = {
            "document": as_json(content), "stage": Stage.DRAFT.value, "revision": 1, "writers": [editor.user_id],
            "written_at": editor.now, "changed_by": editor.user_id, "changed_at": editor.now,
        }  # fmt: skip
        made = _of((await session.execute(insert(Table).values(values).returning(Table))).scalar_one())
        await _log(session, editor, Permission.WRITE_NEWSLETTER, made, "written")
        return made


async def change(store: Store, editor: Editor, number: int, seen: int, content: Content) -> Newsletter:
    """Keep it as it is given: a draft again, whatever it was. Raises Changed, Gone, or OnItsWay.

    One that everybody has can be corrected: once it is approved again, it is changed where it stands.
    """
    async with store.write() as session:
        before = await _required(session, number)
        if before.content == content and before.revision in (seen, seen + 1):
            return before
        values = {
            "document": as_json(content), "stage": Stage.DRAFT.value,
            "writers": sorted({*before.writers, editor.user_id}), **NOT_APPROVED,
        }  # fmt: skip
        after = await _move(session, editor, before, seen, values)
        left = await _take_from_ledger(session, before.ref)
        now = await _way(session, before.ref)
        if now.under_way or (left and now.begun) or before.stage in (Stage.STOPPED, Stage.TAKEN_BACK):
            raise OnItsWay(before.ref)
        await _log(session, editor, Permission.WRITE_NEWSLETTER, after, "changed")
        return after


async def submit(store: Store, editor: Editor, number: int, seen: int) -> Newsletter:
    """Ask for approval. Raises Changed or Gone."""
    async with store.write() as session:
        before = await _required(session, number)
        if before.stage is Stage.REVIEW and before.revision in (seen, seen + 1):
            return before
        if before.stage is not Stage.DRAFT:
            raise Changed(before)
        after = await _move(session, editor, before, seen, {"stage": Stage.REVIEW.value})
        await _tell_approvers(store, session, after, editor.now)
        await _log(session, editor, Permission.WRITE_NEWSLETTER, after, "submitted")
        return after


async def approve(
    store: Store, editor: Editor, number: int, seen: int, readers: Sequence[Reader], *, alone: bool = False
) -> Newsletter:
    """Approve exactly what was seen, and plan a delivery for each reader. Twice is once.

    `alone`: the secretariat allowed this person to send without a second one. Raises Changed, Gone or OwnWork.
    """
    async with store.write() as session:
        before = await _required(session, number)
        if before.approved and before.approved_by == editor.user_id and before.revision == seen + 1:
            return before
        if before.stage is not Stage.REVIEW:
            raise Changed(before)
        if not may_approve(editor.user_id, before.writers, alone=alone):
            raise OwnWork(before.ref)
        values = {
            "stage": Stage.APPROVED.value, "approved_by": editor.user_id, "approved_at": editor.now,
            "approved_print": before.content.fingerprint, "correcting": (await _way(session, before.ref)).sent > 0,
        }  # fmt: skip
        after = await _move(session, editor, before, seen, values)
        await _plan(store, session, after, readers, editor.now)
        permission = Permission.SEND_ALONE if editor.user_id in before.writers else Permission.APPROVE_NEWSLETTER
        await _log(session, editor, permission, after, "approved", readers=len(readers))
        return after


async def send_back(store: Store, editor: Editor, number: int, seen: int) -> Newsletter:
    """Do not approve it: it is a draft again. Raises Changed or Gone."""
    async with store.write() as session:
        before = await _required(session, number)
        if before.stage is not Stage.REVIEW:
            raise Changed(before)
        after = await _move(session, editor, before, seen, {"stage": Stage.DRAFT.value})
        await _log(session, editor, Permission.APPROVE_NEWSLETTER, after, "sent back")
        return after


async def stop(store: Store, editor: Editor, number: int) -> tuple[Newsletter, int]:
    """Whoever does not have it yet does not get it; how many those are. Twice is once. Raises Gone."""
    async with store.write() as session:
        before = await _required(session, number)
        if before.stage is not Stage.APPROVED:
            return before, 0
        left = await _take_from_ledger(session, before.ref)
        values = {"stage": Stage.STOPPED.value}
        after = await _move(session, editor, before, before.revision, values)
        await _log(session, editor, Permission.WRITE_NEWSLETTER, after, "stopped", left=left)
        return after, left


async def take_back(store: Store, editor: Editor, number: int) -> Newsletter:
    """Delete it where it was delivered, and send it to nobody more. Twice is once. Raises Gone."""
    async with store.write() as session:
        before = await _required(session, number)
        if before.stage is Stage.TAKEN_BACK:
            return before
        await _take_from_ledger(session, before.ref)
        values = {"stage": Stage.TAKEN_BACK.value, "correcting": True}
        after = await _move(session, editor, before, before.revision, values)
        await _log(session, editor, Permission.APPROVE_NEWSLETTER, after, "taken back")
        return after


async def to_correct(store: Store) -> tuple[Newsletter, ...]:
    """Those of which posts still have to be changed or deleted."""
    stages = (Stage.APPROVED.value, Stage.TAKEN_BACK.value)
    query = select(Table).where(Table.correcting.is_(True), Table.stage.in_(stages)).order_by(Table.id)
    async with store.read() as session:
        return tuple(_of(row) for row in await session.scalars(query))


async def posts_to_correct(store: Store, newsletter: Newsletter, most: int) -> list[DeliveryRow]:
    """Posts in Slack that do not say what was approved last; of one that was taken back, all that are left."""
    where = [Delivery.subject == newsletter.ref, Delivery.kind == Kind.NEWSLETTER.value, is_in(State.SENT)]
    where.append(~Delivery.target.startswith(MAIL))
    if newsletter.stage is not Stage.TAKEN_BACK:
        where.append(Delivery.detail != (newsletter.approved_print or "")[:PRINT])
    rows = await store.rows(select(*COLUMNS).where(*where).order_by(Delivery.id).limit(most))
    return [as_row(row) for row in rows]


async def corrected(store: Store, row_id: int, newsletter: Newsletter) -> None:
    """This post says what was approved last, or is deleted."""
    values: dict[str, Any] = {"detail": (newsletter.approved_print or "")[:PRINT]}
    if newsletter.stage is Stage.TAKEN_BACK:
        values = {"state": State.SKIPPED.value, "reason": "taken back"}
    await move(store, row_in(row_id, State.SENT), values)


async def all_corrected(store: Store, number: int) -> None:
    """Nothing is left to do."""
    async with store.write() as session:
        await session.execute(update(Table).where(Table.id == number).values(correcting=False))


NOT_APPROVED: Final[dict[str, Any]] = {"approved_by": None, "approved_at": None, "approved_print": None}


async def _plan(
    store: Store, session: AsyncSession, newsletter: Newsletter, readers: Sequence[Reader], now: datetime
) -> None:
    planned = []
    have = await _who_has(session, newsletter.ref)
    for reader in readers:
        if reader.target in have:
            continue
        at = due(newsletter.content.plan, now, reader.zone, private=reader.private)
        detail = (newsletter.approved_print or "")[:PRINT]
        planned.append(Planned(Kind.NEWSLETTER, reader.target, newsletter.ref, detail, at, at + USEFUL))
    await deliveries.plan_in(store, session, planned)


async def _tell_approvers(store: Store, session: AsyncSession, newsletter: Newsletter, now: datetime) -> None:
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


async def _who_has(session: AsyncSession, ref: str) -> frozenset[str]:
    """Who got an earlier state of it: theirs is changed where it stands, and nobody gets it twice."""
    states = (State.SENT.value, State.CLAIMED.value, State.UNKNOWN.value)
    where = (Delivery.subject == ref, Delivery.kind == Kind.NEWSLETTER.value, Delivery.state.in_(states))
    return frozenset(await session.scalars(select(Delivery.target).where(*where)))


async def _take_from_ledger(session: AsyncSession, ref: str) -> int:
    """What is planned and not claimed goes; how much that is. Of what is claimed the sender asks again."""
    where = (Delivery.subject == ref, Delivery.kind == Kind.NEWSLETTER.value, Delivery.state == State.PLANNED.value)
    return len((await session.execute(delete(Delivery).where(*where).returning(Delivery.id))).all())


async def _move(
    session: AsyncSession, editor: Editor, before: Newsletter, seen: int, values: dict[str, Any]
) -> Newsletter:
    where = (Table.id == before.id, Table.revision == seen)
    changed = {**values, "revision": seen + 1, "changed_by": editor.user_id, "changed_at": editor.now}
    row = (await session.execute(update(Table).where(*where).values(changed).returning(Table))).scalar_one_or_none()
    if row is None:
        raise Changed(await _required(session, before.id))
    return _of(row)


async def _way(session: AsyncSession, ref: str) -> Way:
    where = (Delivery.subject == ref, Delivery.kind == Kind.NEWSLETTER.value)
    query = select(Delivery.state, func.count()).where(*where).group_by(Delivery.state)
    found = {State(state): count for state, count in await session.execute(query)}
    return Way(
        found.get(State.PLANNED, 0),
        found.get(State.CLAIMED, 0) + found.get(State.UNKNOWN, 0),
        found.get(State.SENT, 0),
        found.get(State.FAILED, 0),
        found.get(State.SKIPPED, 0),
    )


async def _log(
    session: AsyncSession, editor: Editor, permission: Permission, made: Newsletter, what: str, **numbers: int
) -> None:
    """What was done to which text: its fingerprint, never the text."""
    detail = {"change": what, "revision": made.revision, "print": made.content.fingerprint[:16], **numbers}
    waived = sorted(made.content.waived)
    if waived:
        detail["waived"] = waived
    await audit.write(session, editor.now, editor.user_id, permission, made.ref, detail)


async def _get(session: AsyncSession, number: int) -> Newsletter | None:
    row = await session.scalar(select(Table).where(Table.id == number))
    return _of(row) if row else None


async def _required(session: AsyncSession, number: int) -> Newsletter:
    """The newsletter, held against others until the transaction ends."""
    held = update(Table).where(Table.id == number).values(stage=Table.stage).returning(Table)
    row = (await session.execute(held)).scalar_one_or_none()
    if row is None:
        raise Gone(number)
    return _of(row)


def _of(row: Table) -> Newsletter:
    return Newsletter(
        row.id, from_json(row.document), Stage(row.stage), row.revision, frozenset(row.writers), row.changed_by,
        row.changed_at, row.approved_by, row.approved_at, row.approved_print,
    )  # fmt: skip
