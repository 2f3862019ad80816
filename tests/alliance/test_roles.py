"""Who may do what: every action with every role."""

import pytest

from alliance.roles import ALLOWED, Permission, Role, Standing

STANDINGS = {
    Role.SECRETARIAT: Standing(secretariat=True),
    Role.CHAIR: Standing(chairs=frozenset({"migration"})),
    Role.GROUP_LEAD: Standing(leads=frozenset({"migration"})),
    Role.STEERING_COMMITTEE: Standing(steering_committee=True),
    Role.FOCAL_POINT: Standing(speaks_for=frozenset({"A Union"})),
    Role.SENDS_ALONE: Standing(guest=True, sends_alone=True),
    Role.MEMBER: Standing(),
    Role.GUEST: Standing(guest=True),
    Role.AUTHOR: Standing(guest=True),
}

COLUMNS = "secretariat chair group_lead steering_committee focal_point member guest author sends_alone"
EXPECTED = """
change_channel_reminders  yes yes yes no  no  no  no  no   no
appoint                   yes no  no  no  no  no  no  no   no
rule_deliveries           yes no  no  no  no  no  no  no   no
read_audit                yes no  no  no  no  no  no  no   no
add_event                 yes yes yes yes yes no  no  no   no
change_event              yes yes yes yes no  no  no  yes   no
import_events             yes yes yes no  no  no  no  no   no
answer_invitation         yes yes yes yes yes yes yes yes   yes
see_who_comes             yes yes yes yes no  no  no  yes   no
propose_agenda            yes yes yes yes yes yes no  no   no
write_minutes             yes yes yes no  no  no  no  no   no
manage_action_items       yes yes yes no  no  no  no  no   no
close_action_item         yes yes yes no  no  no  no  yes   no
find_time                 yes yes yes yes yes yes no  no   no
join_group                yes yes yes yes yes yes no  no   no
decide_joining            yes yes yes no  no  no  no  no   no
plan_activity             yes yes yes yes yes no  no  no   no
change_activity           yes yes yes no  no  no  no  yes   no
edit_toolkit              yes yes yes no  no  no  no  no   no
renew_group_feed          yes yes yes no  no  no  no  no   no
write_newsletter          yes yes yes no  no  no  no  no   no
approve_newsletter        yes no  no  no  no  no  no  no   no
send_alone                no  no  no  no  no  no  no  no   yes
"""
"""The guest who wrote it stands for the author: being a guest alone gives nothing else."""


def expected() -> list[tuple[Permission, Role, bool]]:
    rows = [line.split() for line in EXPECTED.strip().splitlines()]
    roles = [Role(name) for name in COLUMNS.split()]
    return [
        (Permission(name), role, word == "yes")
        for name, *words in rows
        for role, word in zip(roles, words, strict=True)
    ]


def test_the_expectation_names_every_action_with_every_role() -> None:
    assert {(permission, role) for permission, role, _allowed in expected()} == {
        (permission, role) for permission in Permission for role in Role
    }
    assert set(ALLOWED) == set(Permission)


@pytest.mark.parametrize(("what", "role", "allowed"), expected())
def test_every_action_with_every_role(what: Permission, role: Role, allowed: bool) -> None:
    assert STANDINGS[role].may(what, "migration", author=role is Role.AUTHOR) is allowed


@pytest.mark.parametrize("role", [Role.CHAIR, Role.GROUP_LEAD])
@pytest.mark.parametrize("what", [Permission.CHANGE_EVENT, Permission.WRITE_MINUTES, Permission.DECIDE_JOINING])
@pytest.mark.parametrize("elsewhere", ["supply-chains", None])
def test_chairs_and_leads_rule_their_own_group_only(role: Role, what: Permission, elsewhere: str | None) -> None:
    assert not STANDINGS[role].may(what, elsewhere)


def test_what_is_not_in_the_table_is_refused() -> None:
    assert not Standing(secretariat=True).may("burn_the_archive")  # type: ignore[arg-type]  # what no table knows
