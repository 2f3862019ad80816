"""Joining, deciding and leaving on both databases: whoever is first does it, and everything else finds it done."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from alliance.delivery import State
from alliance.roles import Role
from storage import audit, deliveries, groupmembers, roles
from storage.groupmembers import Belonging, Joining, People
from storage.store import Store

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
OPEN, REQUEST = Joining.OPEN, Joining.REQUEST
GROUP, LAN, AWA, PRAKASH = "migration", "U0LAN", "U0AWA", "U0PRAKASH"


@pytest.fixture
async def led(store: Store) -> Store:
    """A group with a lead and a chair."""
    await roles.change(store, "U0CLAIRE", NOW, Role.GROUP_LEAD, GROUP, give=[PRAKASH])
    await roles.change(store, "U0CLAIRE", NOW, Role.CHAIR, GROUP, give=[AWA])
    return store


async def told(store: Store) -> list[tuple[str, str]]:
    rows = await deliveries.recent(store, State.PLANNED, 100)
    return [(row.target, row.detail.partition("/")[0]) for row in rows]


async def changes(store: Store) -> list[tuple[str, str]]:
    lines = await audit.everything(store)
    return [(line.actor, str(line.detail["change"])) for line in lines if line.action != "appoint"]


async def test_the_same_click_ten_times_at_once_joins_once(led: Store) -> None:
    states = await asyncio.gather(*(groupmembers.join(led, LAN, GROUP, NOW, OPEN) for _click in range(10)))
    assert states == [Belonging.MEMBER] * 10
    assert sorted(await told(led)) == [(AWA, "joined"), (PRAKASH, "joined")]
    assert await changes(led) == [(LAN, "joined")]
    assert await groupmembers.people(led, GROUP, LAN, OPEN) == People(OPEN, 1, (), Belonging.MEMBER)


async def test_ten_decisions_at_once_are_one(led: Store) -> None:
    await groupmembers.join(led, LAN, GROUP, NOW, REQUEST)
    editors = [AWA, PRAKASH] * 5
    decided = await asyncio.gather(
        *(
            groupmembers.decide(led, editor, GROUP, LAN, LATER, accept=number % 2 == 0)
            for number, editor in enumerate(editors)
        )
    )
    assert sorted(decided) == [False] * 9 + [True]
    accepted = decided.index(True) % 2 == 0
    assert [what for target, what in await told(led) if target == LAN] == ["accepted" if accepted else "declined"]
    assert await groupmembers.belonging(led, GROUP, LAN) is (Belonging.MEMBER if accepted else None)
    assert len(await changes(led)) == 2


async def test_a_decision_and_a_withdrawal_at_once_leave_one_of_both(led: Store) -> None:
    await groupmembers.join(led, LAN, GROUP, NOW, REQUEST)
    decided, was = await asyncio.gather(
        groupmembers.decide(led, AWA, GROUP, LAN, LATER, accept=True), groupmembers.leave(led, LAN, GROUP, LATER)
    )
    assert (decided, was) in [(True, Belonging.MEMBER), (False, Belonging.ASKED)]
    assert await groupmembers.belonging(led, GROUP, LAN) is None


async def test_who_asked_before_the_group_was_opened_joins_with_another_click(led: Store) -> None:
    assert await groupmembers.join(led, LAN, GROUP, NOW, REQUEST) is Belonging.ASKED
    assert await groupmembers.join(led, LAN, GROUP, LATER, REQUEST) is Belonging.ASKED
    await groupmembers.set_joining(led, AWA, GROUP, OPEN, LATER)
    assert (await groupmembers.people(led, GROUP, AWA, REQUEST)).asking == (LAN,)
    assert await groupmembers.join(led, LAN, GROUP, LATER, REQUEST) is Belonging.MEMBER


async def test_how_a_group_is_joined_is_logged_when_it_changes(led: Store) -> None:
    for joining in (REQUEST, REQUEST, OPEN):
        await groupmembers.set_joining(led, AWA, GROUP, joining, NOW)
    logged = [line.detail for line in await audit.everything(led) if line.action == "decide_joining"]
    assert logged == [{"joining": "open"}, {"joining": "request"}]


async def test_a_lead_who_joins_does_not_tell_themselves(led: Store) -> None:
    assert await groupmembers.join(led, AWA, GROUP, NOW, REQUEST, decides=True) is Belonging.MEMBER
    assert await told(led) == [(PRAKASH, "joined")]


async def test_who_is_not_in_a_group_leaves_nothing(led: Store) -> None:
    assert await groupmembers.leave(led, LAN, GROUP, NOW) is None
    assert (await told(led), await changes(led)) == ([], [])


async def test_how_many_joined_a_group_of_late(led: Store) -> None:
    await groupmembers.join(led, LAN, GROUP, NOW, OPEN)
    await groupmembers.join(led, "U0LUIS", GROUP, LATER, OPEN)
    await groupmembers.join(led, "U0EVA", "supply-chains", LATER, REQUEST)
    assert await groupmembers.joined_since(led, NOW) == {GROUP: 2}
    assert await groupmembers.joined_since(led, LATER) == {GROUP: 1}
