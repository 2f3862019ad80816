"""What the queries of the ledger have in common: its rows, its states, and how a row changes from one to another."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Update, literal_column, update

from alliance.delivery import State
from storage.models import Delivery
from storage.store import Store
from storage.values import DeliveryRow

COLUMNS: Final = tuple(Delivery.__table__.columns)
"""What a DeliveryRow is made of."""


def is_in(state: State) -> ColumnElement[bool]:
    """The row is in this state. Written into the statement, since a parameter would hide a partial index."""
    return Delivery.state == written(state)


def written(state: State) -> ColumnElement[str]:
    """The state as the indexes of `delivery` name it in their conditions."""
    return literal_column(f"'{state.value}'")


async def move(store: Store, where: Iterable[ColumnElement[bool]], values: dict[str, Any]) -> bool:
    """Change the row if it is as `where` says; whether it was."""
    statement: Update = update(Delivery).where(*where).values(values)
    async with store.write() as session:
        return (await session.execute(statement.returning(Delivery.id))).first() is not None


def row_in(row_id: int, state: State) -> tuple[ColumnElement[bool], ...]:
    """That row, while it is in that state."""
    return (Delivery.id == row_id, Delivery.state == state.value)


def unsettled() -> ColumnElement[bool]:
    """The condition of the index `delivery_open`, in its own words."""
    return Delivery.state.in_([written(State.CLAIMED), written(State.UNKNOWN)])


def posted(channel: str, ts: str, now: datetime) -> dict[str, Any]:
    """What changes in a row that was posted: where it is in Slack, and when that was written down."""
    return {"state": State.SENT.value, "slack_channel": channel, "slack_ts": ts, "settled_at": now}


def planned_again(due_at: datetime | None, attempts_delta: int) -> dict[Any, Any]:
    """What changes in a row that was not posted; `due_at` None: it keeps the time at which it fell due."""
    return {
        Delivery.state: State.PLANNED.value,
        Delivery.due_at: due_at or Delivery.due_at,
        Delivery.attempts: Delivery.attempts + attempts_delta,
        Delivery.claimed_by: None,
        Delivery.claimed_at: None,
        Delivery.check_at: None,
    }


def as_row(row: Any) -> DeliveryRow:
    """A row of any query for COLUMNS."""
    return DeliveryRow(**{column.key: getattr(row, column.key) for column in COLUMNS})
