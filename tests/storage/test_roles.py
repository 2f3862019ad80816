"""Roles are given and taken, and every change stands in the audit log."""

import asyncio
from datetime import UTC, datetime

import pytest

from alliance.roles import Role
from storage import audit, members, roles
from storage.audit import Wanted
from storage.roles import Grant
from storage.store import Store

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
OFFICE = "U0OFFICE"


async def give(store: Store, role: Role, scope: str, *user_ids: str) -> tuple[frozenset[str], frozenset[str]]:
    return await roles.change(store, OFFICE, NOW, role, scope, give=user_ids)


async def test_every_role_that_can_be_given_is_found_again(store: Store) -> None:
    await give(store, Role.SECRETARIAT, "", OFFICE)
    await give(store, Role.CHAIR, "migration", "U0CHAIR")
    await give(store, Role.GROUP_LEAD, "migration", "U0LEAD", "U0OTHER")
    await give(store, Role.STEERING_COMMITTEE, "", "U0STEERS")
    await give(store, Role.FOCAL_POINT, "A Union", "U0FOCAL")

    assert await roles.everyone(store) == [
        Grant(Role.SECRETARIAT, "", OFFICE),
        Grant(Role.STEERING_COMMITTEE, "", "U0STEERS"),
        Grant(Role.CHAIR, "migration", "U0CHAIR"),
        Grant(Role.GROUP_LEAD, "migration", "U0LEAD"),
        Grant(Role.GROUP_LEAD, "migration", "U0OTHER"),
        Grant(Role.FOCAL_POINT, "A Union", "U0FOCAL"),
    ]
    held = {user: await members.get(store, user) for user in (OFFICE, "U0CHAIR", "U0LEAD", "U0STEERS", "U0FOCAL")}
    standings = {user: member.standing for user, member in held.items() if member}
    assert standings[OFFICE].secretariat
    assert standings["U0CHAIR"].chairs == frozenset({"migration"})
    assert standings["U0LEAD"].leads == frozenset({"migration"})
    assert standings["U0STEERS"].steering_committee
    assert standings["U0FOCAL"].speaks_for == frozenset({"A Union"})


async def test_one_gets_the_role_another_loses_it_and_the_log_tells_both(store: Store) -> None:
    await give(store, Role.GROUP_LEAD, "migration", "U0LEAD", "U0STAYS")

    change = {"give": ["U0NEW", "U0STAYS"], "take": ["U0LEAD", "U0NOBODY"]}
    assert await roles.change(store, OFFICE, NOW, Role.GROUP_LEAD, "migration", **change) == (
        frozenset({"U0NEW"}),
        frozenset({"U0LEAD"}),
    )
    assert await roles.of(store, Role.GROUP_LEAD, "migration") == frozenset({"U0NEW", "U0STAYS"})

    former = await members.get(store, "U0LEAD")
    assert former is not None
    assert former.standing.leads == frozenset()
    log, more = await audit.page(store)
    assert not more
    assert [(line.actor, line.action, line.subject, line.detail["change"]) for line in log] == [
        (OFFICE, "appoint", "U0NEW", "given"),
        (OFFICE, "appoint", "U0LEAD", "taken"),
        (OFFICE, "appoint", "U0STAYS", "given"),
        (OFFICE, "appoint", "U0LEAD", "given"),
    ]
    assert await audit.page(store, Wanted(words="u0new")) == (log[:1], False)
    assert await audit.page(store, Wanted(person="U0STAYS")) == (log[2:3], False)
    assert await audit.page(store, Wanted(person=OFFICE)) == (log, False)
    assert await audit.page(store, Wanted(action="add_event")) == ([], False)
    assert await audit.page(store, page=1, size=3) == (log[3:], False)
    assert await audit.everything(store) == log


async def test_saying_the_same_again_changes_nothing(store: Store) -> None:
    await give(store, Role.CHAIR, "migration", "U0CHAIR")

    assert await give(store, Role.CHAIR, "migration", "U0CHAIR") == (frozenset(), frozenset())

    assert len(await audit.everything(store)) == 1


async def test_the_last_of_the_secretariat_stays(store: Store) -> None:
    await give(store, Role.SECRETARIAT, "", OFFICE)

    with pytest.raises(roles.NobodyLeft):
        await roles.change(store, OFFICE, NOW, Role.SECRETARIAT, "", take=[OFFICE])

    assert await roles.everyone(store) == [Grant(Role.SECRETARIAT, "", OFFICE)]
    assert len(await audit.everything(store)) == 1


async def test_two_who_take_it_from_each_other_at_once_do_not_both_succeed(store: Store) -> None:
    await give(store, Role.SECRETARIAT, "", "U0ONE", "U0OTHER")

    ended = await asyncio.gather(
        roles.change(store, "U0ONE", NOW, Role.SECRETARIAT, "", take=["U0OTHER"]),
        roles.change(store, "U0OTHER", NOW, Role.SECRETARIAT, "", take=["U0ONE"]),
        return_exceptions=True,
    )

    assert sorted(isinstance(end, roles.NobodyLeft) for end in ended) == [False, True]
    assert len(await roles.of(store, Role.SECRETARIAT, "")) == 1


async def test_the_settings_name_the_first_secretariat_but_do_not_bring_back_who_was_removed(store: Store) -> None:
    assert await roles.begin_with(store, [OFFICE, "U0LEFT"], NOW) == frozenset({OFFICE, "U0LEFT"})
    await roles.change(store, OFFICE, NOW, Role.SECRETARIAT, "", take=["U0LEFT"])

    assert await roles.begin_with(store, [OFFICE, "U0LEFT", "U0NEW"], NOW) == frozenset({"U0NEW"})

    assert await roles.of(store, Role.SECRETARIAT, "") == frozenset({OFFICE, "U0NEW"})
    await give(store, Role.SECRETARIAT, "", "U0LEFT")
    assert "U0LEFT" in await roles.of(store, Role.SECRETARIAT, "")
    assert [(line.actor, line.subject) for line in (await audit.everything(store))[:2]] == [
        (OFFICE, "U0LEFT"),
        ("", "U0NEW"),
    ]


async def test_what_follows_from_slack_cannot_be_given(store: Store) -> None:
    with pytest.raises(ValueError, match="member"):
        await give(store, Role.MEMBER, "", "U0SOMEBODY")
