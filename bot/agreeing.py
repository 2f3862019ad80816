"""Bots that share a PostgreSQL database go by its clock, so that they agree on when a claim is over.

Whether a claim may be looked up is told by one process from the time that another wrote. Were a machine's clock fast by
more than a claim is long, its bot would take the others' posts for lost while they are under way.
"""

import structlog
from sqlalchemy import func, select

from bot.clock import Clock
from storage.store import Store

log = structlog.get_logger(__name__)


async def agree(clock: Clock, store: Store) -> None:
    """Set the clock by the database's, where several bots may share it; a correction is logged."""
    if not store.postgresql:
        return
    asked = clock.machine()
    [(there,)] = await store.rows(select(func.clock_timestamp()))
    fast = clock.agree(there, asked, clock.machine())
    if fast is not None:
        log.warning("clock_set_by_database", machine_is_fast_by_seconds=round(fast, 1))
