"""Newsletters as they stand: what is read of them, and what can go wrong with a change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.delivery import Kind, State
from alliance.newsletters import EVERYBODY, Content, Stage, from_json
from storage.models import Delivery
from storage.newslettermodels import Newsletter as Table
from storage.store import Store

REF: Final = "newsletter/"
APPROVAL: Final = "approval"
"""Begins the subject of the notice that a newsletter waits for approval: "approval/12"."""

DECIDED: Final = "decided"
"""Begins the subject of the notice to its writers that it was approved or sent back: "decided/12"."""

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

    @property
    def mark(self) -> str:
        """What its deliveries carry of what was approved; "" where nothing was."""
        return (self.approved_print or "")[:PRINT]

    def goes_out_as(self, mark: str) -> bool:
        """Whether exactly this was approved, for a delivery that carries that mark."""
        return self.approved and self.mark == mark


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


async def get(store: Store, number: int) -> Newsletter | None:
    """One newsletter."""
    async with store.read() as session:
        return await get_in(session, number)


async def of_subject(store: Store, subject: str) -> Newsletter | None:
    """The newsletter that a delivery is about: "newsletter/12", "trial/12", "approval/12"."""
    number = subject.partition("/")[2]
    return await get(store, int(number)) if number.isdecimal() else None


async def latest(store: Store, most: int = MOST) -> tuple[Newsletter, ...]:
    """The newsletters, the one that was changed last first."""
    async with store.read() as session:
        rows = await session.scalars(select(Table).order_by(Table.changed_at.desc(), Table.id.desc()).limit(most))
        return tuple(of_row(row) for row in rows)


async def published(store: Store, most: int = MOST) -> tuple[Newsletter, ...]:
    """What went to the whole community and stands: for the archive, the last first."""
    found = [one for one in await latest(store, most) if one.approved and one.content.plan.members == EVERYBODY]
    went = await ways(store, [one.ref for one in found])
    sent = [one for one in found if went[one.ref].sent]
    return tuple(sorted(sent, key=lambda one: (one.approved_at or one.changed_at, one.id), reverse=True))


async def way(store: Store, ref: str) -> Way:
    """What became of its deliveries so far."""
    async with store.read() as session:
        return await way_in(session, ref)


async def way_in(session: AsyncSession, ref: str) -> Way:
    """The same within a transaction."""
    return (await _ways(session, [ref]))[ref]


async def ways(store: Store, refs: Sequence[str]) -> dict[str, Way]:
    """The same of several, by ref."""
    async with store.read() as session:
        return await _ways(session, refs)


async def _ways(session: AsyncSession, refs: Sequence[str]) -> dict[str, Way]:
    where = (Delivery.subject.in_(refs), Delivery.kind == Kind.NEWSLETTER.value)
    columns = (Delivery.subject, Delivery.state, func.count())
    found = dict.fromkeys(((ref, state) for ref in refs for state in State), 0)
    for ref, state, count in await session.execute(select(*columns).where(*where).group_by(*columns[:2])):
        found[ref, State(state)] = count
    return {
        ref: Way(
            found[ref, State.PLANNED],
            found[ref, State.CLAIMED] + found[ref, State.UNKNOWN],
            found[ref, State.SENT],
            found[ref, State.FAILED],
            found[ref, State.SKIPPED],
        )
        for ref in refs
    }


async def get_in(session: AsyncSession, number: int) -> Newsletter | None:
    """The same within a transaction."""
    row = await session.scalar(select(Table).where(Table.id == number))
    return of_row(row) if row else None


async def required(session: AsyncSession, number: int) -> Newsletter:
    """The newsletter, held against others until the transaction ends."""
    held = update(Table).where(Table.id == number).values(stage=Table.stage).returning(Table)
    row = (await session.execute(held)).scalar_one_or_none()
    if row is None:
        raise Gone(number)
    return of_row(row)


def of_row(row: Table) -> Newsletter:
    """A row as a value."""
    return Newsletter(
        row.id, from_json(row.document), Stage(row.stage), row.revision, frozenset(row.writers), row.changed_by,
        row.changed_at, row.approved_by, row.approved_at, row.approved_print,
    )  # fmt: skip
