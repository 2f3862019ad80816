"""A large run of deliveries: since when, how far it is, and which process shows that to the secretariat now.

A run is about everything that is due ("", one at a time), or about the deliveries of one subject, such as those of a
newsletter. Every count goes by an index of `delivery`: its cost depends on the deliveries of the run, not on all that
ever were.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, literal_column, or_, select, update

from alliance.delivery import State
from alliance.languages import Text
from storage.models import Delivery, Run
from storage.store import Store
from storage.upsert import insert_into
from storage.values import DeliveryRow

EVERYTHING: Final = ""
"""The subject of a run that is about all that is due."""

NOTICE: Final = "run"
"""The subject of the notices that show a run is "run/<id>"."""

RECENTLY: Final = timedelta(minutes=1)
"""How fast it goes is measured over this time."""

FAST_CLOCK: Final = timedelta(minutes=1)
"""A look that seems to be so far ahead was made by a clock that has been set back since: it keeps nobody waiting."""

SETTLED: Final = (State.SENT, State.FAILED, State.SKIPPED)
STATES: Final = (State.PLANNED, State.CLAIMED, State.UNKNOWN, *SETTLED)
"""In the order of the figures of Progress."""

_COLUMNS: Final = tuple(Run.__table__.columns)


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run; times are UTC. `title`: what it is about, None for everything that is due.

    `ended_at`: when nothing of it was left; from then on `sent`, `failed` and `skipped` stay as they were counted.
    `shown`: what its messages say (an opaque text); `closed_at`: since when nobody needs to look at it any more.
    """

    id: int
    subject: str
    title: Text | None
    began_at: datetime
    looked_at: datetime | None
    shown: str
    ended_at: datetime | None
    sent: int
    failed: int
    skipped: int
    closed_at: datetime | None

    @property
    def notice(self) -> str:
        """The subject of the notices that show it."""
        return f"{NOTICE}/{self.id}"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `recent`: sent within RECENTLY."""

    due: int
    under_way: int
    unknown: int
    sent: int
    failed: int
    skipped: int
    recent: int = 0

    @property
    def left(self) -> int:
        """How many have no end yet."""
        return self.due + self.under_way + self.unknown

    @property
    def done(self) -> int:
        """How many have one."""
        return self.sent + self.failed + self.skipped

    @property
    def total(self) -> int:
        """All of them."""
        return self.left + self.done


async def many_due(store: Store, now: datetime, threshold: int) -> bool:
    """Whether more than `threshold` deliveries are due, besides those of subjects that have a run of their own."""
    own = select(Run.subject).where(Run.ended_at.is_(None), Run.subject != EVERYTHING)
    some = select(Delivery.id).where(*_due(now), Delivery.subject.not_in(own)).limit(threshold + 1).subquery()
    async with store.read() as session:
        return (await session.scalar(select(func.count()).select_from(some)) or 0) > threshold


async def begin(store: Store, now: datetime, subject: str = EVERYTHING, title: Text | None = None) -> None:
    """Open a run, unless one with that subject is going on."""
    row = {"subject": subject, "title": title, "began_at": now, "shown": "", "sent": 0, "failed": 0, "skipped": 0}
    async with store.write() as session:
        await session.execute(insert_into(store, Run).values(row).on_conflict_do_nothing())


async def get(store: Store, run_id: int) -> RunRow | None:
    """One run."""
    async with store.read() as session:
        row = (await session.execute(select(*_COLUMNS).where(Run.id == run_id))).first()
    return _row(row) if row else None


async def not_closed(store: Store) -> list[RunRow]:
    """The runs that somebody has to look at, the oldest first."""
    query = select(*_COLUMNS).where(Run.closed_at.is_(None)).order_by(Run.id)
    async with store.read() as session:
        return [_row(row) for row in await session.execute(query)]


async def take(store: Store, run_id: int, now: datetime, again_in: timedelta) -> bool:
    """Whether it is time for another look, and this process is the one that looks: of several only one."""
    waits = or_(Run.looked_at.is_(None), Run.looked_at <= now - again_in, Run.looked_at > now + FAST_CLOCK)
    statement = update(Run).where(Run.id == run_id, Run.closed_at.is_(None), waits).values(looked_at=now)
    async with store.write() as session:
        return (await session.execute(statement.returning(Run.id))).first() is not None


async def hurry(store: Store) -> None:
    """Something changed that the secretariat wants to see now: look again at once."""
    async with store.write() as session:
        await session.execute(update(Run).where(Run.closed_at.is_(None)).values(looked_at=None))


async def end(store: Store, run_id: int, progress: Progress, now: datetime) -> None:
    """Nothing of it is left: the figures stay as they are."""
    values = {"ended_at": now, "sent": progress.sent, "failed": progress.failed, "skipped": progress.skipped}
    await _set(store, run_id, Run.ended_at.is_(None), values)


async def shows(store: Store, run_id: int, shown: str) -> None:
    """All its messages say this now."""
    await _set(store, run_id, Run.shown != shown, {"shown": shown})


async def close(store: Store, run_id: int, now: datetime) -> None:
    """Its messages say how it ended, or nobody can tell them."""
    await _set(store, run_id, Run.closed_at.is_(None), {"closed_at": now})


async def notices(store: Store, run: RunRow) -> list[DeliveryRow]:
    """The deliveries that show it, one for each of the secretariat."""
    columns: tuple[Any, ...] = tuple(Delivery.__table__.columns)
    query = select(*columns).where(Delivery.subject == run.notice).order_by(Delivery.id)
    async with store.read() as session:
        return [DeliveryRow(**row._mapping) for row in await session.execute(query)]


async def oldest_due(store: Store, now: datetime) -> datetime:
    """When what is due for longest fell due; `now` where nothing is."""
    query = select(Delivery.due_at).where(*_due(now)).order_by(Delivery.due_at).limit(1)
    async with store.read() as session:
        return await session.scalar(query) or now


async def progress(store: Store, run: RunRow, now: datetime) -> Progress:
    """How far it is; its own notices are not counted."""
    if run.ended_at:
        return Progress(0, 0, 0, run.sent, run.failed, run.skipped)
    if run.subject != EVERYTHING:
        return await _of_subject(store, run.subject, now)
    return await since(store, run.began_at, now, run.notice)


async def since(store: Store, began_at: datetime, now: datetime, notice: str = "") -> Progress:
    """What is due now, and what has been settled since then, without the notices of that subject.

    One statement, so that what ends meanwhile is not counted twice.
    """
    counts = (
        _how_many(*_due(now)),
        *(_how_many(_open(), Delivery.state == state.value) for state in (State.CLAIMED, State.UNKNOWN)),
        *(_how_many(*_settled(state, began_at)) for state in SETTLED),
    )
    own = (_how_many(Delivery.subject == notice, Delivery.state == state.value) for state in STATES)
    recent = _how_many(*_settled(State.SENT, max(began_at, now - RECENTLY)))
    async with store.read() as session:
        row = (await session.execute(select(recent, *counts, *own))).one()
    found, notices = row[1 : 1 + len(STATES)], row[1 + len(STATES) :]
    figures = (max(0, count - shown) for count, shown in zip(found, notices, strict=True))
    return replace(Progress(*figures), recent=row[0])


async def _of_subject(store: Store, subject: str, now: datetime) -> Progress:
    """Everything that was ever planned about it."""
    by_state = select(Delivery.state, func.count()).where(Delivery.subject == subject).group_by(Delivery.state)
    recent = _how_many(Delivery.subject == subject, *_settled(State.SENT, now - RECENTLY))
    async with store.read() as session:
        found = {State(state): count for state, count in await session.execute(by_state)}
        lately = await session.scalar(select(recent)) or 0
    return replace(Progress(*(found.get(state, 0) for state in STATES)), recent=lately)


async def _set(store: Store, run_id: int, where: ColumnElement[bool], values: dict[str, Any]) -> None:
    async with store.write() as session:
        await session.execute(update(Run).where(Run.id == run_id, where).values(values))


def _is(state: State) -> ColumnElement[bool]:
    """The row is in this state. Written into the statement, since a parameter would hide a partial index."""
    return Delivery.state == _written(state)


def _written(state: State) -> ColumnElement[str]:
    return literal_column(f"'{state.value}'")


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return _is(State.PLANNED), Delivery.due_at <= now


def _open() -> ColumnElement[bool]:
    """The condition of the index `delivery_open`, in its own words."""
    return Delivery.state.in_([_written(State.CLAIMED), _written(State.UNKNOWN)])


def _settled(state: State, after: datetime) -> tuple[ColumnElement[bool], ...]:
    return _is(state), Delivery.settled_at.is_not(None), Delivery.settled_at >= after


def _how_many(*where: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(Delivery).where(*where).scalar_subquery()


def _row(row: Any) -> RunRow:
    return RunRow(**{column.key: getattr(row, column.key) for column in _COLUMNS})
