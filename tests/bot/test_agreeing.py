"""Several bots on one PostgreSQL, of which one has a wrong clock: it takes no post for lost that is under way."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.agreeing import agree
from bot.clock import Clock, machine_time
from bot.lease import LEASE
from bot.reconcile import Reconciler
from storage import deliveries
from storage.store import Store
from storage.values import DeliveryRow
from tests.bot.office import Office

HOUR = timedelta(hours=1)


def wrong_by(time: timedelta) -> Clock:
    """The clock of a machine whose time is so much ahead."""
    return Clock(machine=lambda: machine_time() + time)


async def claimed(store: Store, clock: Clock) -> DeliveryRow:
    """A delivery that some bot has just begun to post."""
    now = clock()
    [row] = await deliveries.due(store, now, 1)
    [held] = await deliveries.claim(store, [row.id], "other", now, now + timedelta(seconds=LEASE))
    return held


@pytest.mark.parametrize(("looker", "poster"), [(HOUR, timedelta()), (timedelta(), -HOUR)])
async def test_no_claim_is_taken_over_while_it_holds(any_office: Office, looker: timedelta, poster: timedelta) -> None:
    """Its clock is an hour fast; or the other's, who wrote down until when the claim holds, is an hour slow."""
    store = any_office.store
    if not store.postgresql:
        return
    theirs, ours = wrong_by(poster), wrong_by(looker)
    for clock in (theirs, ours):
        await agree(clock, store)
    row = await claimed(store, theirs)
    await Reconciler(store, any_office.slack, ours, frozenset).run()
    assert await deliveries.get(store, row.id) == row


async def test_a_sqlite_database_has_no_clock_and_one_bot_only(sqlite_store: Store) -> None:
    clock = wrong_by(HOUR)
    await agree(clock, sqlite_store)
    assert clock() - datetime.now(UTC) > timedelta(minutes=59)
