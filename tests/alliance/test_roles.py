"""Who may do what."""

import pytest

from alliance.roles import Permission, Standing

MEMBER = Standing()
SECRETARIAT = Standing(secretariat=True)
LEAD = Standing(leads=frozenset({"migration"}))


@pytest.mark.parametrize(
    ("who", "what", "group", "allowed"),
    [
        (SECRETARIAT, Permission.CHANGE_CHANNEL_REMINDERS, None, True),
        (SECRETARIAT, Permission.CHANGE_CHANNEL_REMINDERS, "migration", True),
        (SECRETARIAT, Permission.APPOINT_LEADS, "migration", True),
        (LEAD, Permission.CHANGE_CHANNEL_REMINDERS, "migration", True),
        (LEAD, Permission.CHANGE_CHANNEL_REMINDERS, "supply-chains", False),
        (LEAD, Permission.CHANGE_CHANNEL_REMINDERS, None, False),
        (LEAD, Permission.APPOINT_LEADS, "migration", False),
        (SECRETARIAT, Permission.RULE_DELIVERIES, None, True),
        (LEAD, Permission.RULE_DELIVERIES, "migration", False),
        (MEMBER, Permission.RULE_DELIVERIES, None, False),
        (MEMBER, Permission.CHANGE_CHANNEL_REMINDERS, "migration", False),
        (MEMBER, Permission.APPOINT_LEADS, "migration", False),
    ],
)
def test_only_the_secretariat_and_a_groups_own_leads_may(
    who: Standing, what: Permission, group: str | None, allowed: bool
) -> None:
    assert who.may(what, group) is allowed
