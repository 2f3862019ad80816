"""Activities on both databases: planned, moved on, changed by whoever was first, removed."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from alliance.activities import ActivityKind, ActivityState
from storage import activities, audit
from storage.activities import Activity, Changed, Gone, Work
from storage.eventedits import Editor
from storage.store import Store

LAN = Editor("U0LAN", datetime(2019, 4, 3, 12, tzinfo=UTC))
AMINA = Editor("U0AMINA", datetime(2019, 4, 3, 12, 5, tzinfo=UTC))
JUNE = date(2019, 6, 12)
DAY = "world-day@2019-06-12"
WORK = Work("A post on hazardous work", ActivityKind.POST, DAY, "U0LAN", "ILO", JUNE, ActivityState.IDEA, "en")


async def test_what_is_planned_stands_in_its_month_in_order(store: Store) -> None:
    later = await activities.add(store, LAN, replace(WORK, title="Later", due_on=date(2019, 6, 20)))
    first = await activities.add(store, LAN, WORK)
    await activities.add(store, LAN, replace(WORK, due_on=date(2019, 7, 1)))
    assert await activities.between(store, date(2019, 6, 1), date(2019, 6, 30)) == (first, later)


async def test_the_same_form_sent_twice_at_once_is_one(store: Store) -> None:
    made = await asyncio.gather(*(activities.add(store, LAN, WORK) for _ in range(4)))
    assert await activities.between(store, JUNE, JUNE) == (made[0],)


async def test_of_two_who_change_it_at_once_the_second_is_told_and_overwrites_nothing(store: Store) -> None:
    there = await activities.add(store, LAN, WORK)
    moved = await activities.advance(store, LAN, there.id, 1, ActivityState.PLANNED)
    assert moved == Activity(there.id, replace(WORK, state=ActivityState.PLANNED), 2, "U0LAN", LAN.now)
    with pytest.raises(Changed) as told:
        await activities.change(store, AMINA, there.id, 1, replace(WORK, title="Another"))
    assert (told.value.activity, await activities.get(store, there.id)) == (moved, moved)


async def test_a_click_that_comes_twice_acts_once(store: Store) -> None:
    there = await activities.add(store, LAN, WORK)
    twice = [await activities.advance(store, LAN, there.id, 1, ActivityState.PLANNED) for _ in range(2)]
    assert twice[0] == twice[1]
    assert [(entry.action, entry.detail) for entry in await audit.everything(store)] == [
        ("change_activity", {"state": "planned", "revision": 2}),
        ("plan_activity", {"revision": 1}),
    ]


async def test_what_was_removed_is_nowhere_and_cannot_be_changed(store: Store) -> None:
    there = await activities.add(store, LAN, WORK)
    for _ in range(2):
        await activities.remove(store, LAN, there.id, 1)
    assert await activities.between(store, JUNE, JUNE) == ()
    with pytest.raises(Gone):
        await activities.change(store, LAN, there.id, 2, WORK)
