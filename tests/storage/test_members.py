"""Members: what Slack says of them, what they choose, and who may do what."""

from datetime import UTC, datetime

import pytest

from alliance.roles import Permission, Standing
from storage import members
from storage.store import Store
from storage.values import Member

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)


async def test_nothing_is_known_of_somebody_new(store: Store) -> None:
    assert await members.get(store, "U1") is None


async def test_what_slack_says_holds_until_the_member_chooses(store: Store) -> None:
    amina = await members.save_slack_facts(store, "U1", "fr-FR", "Africa/Nairobi", NOW)
    assert amina == Member("U1", "fr-FR", "Africa/Nairobi", refreshed_at=NOW)
    assert (amina.language(), amina.zone) == ("fr", "Africa/Nairobi")
    await members.choose_language(store, "U1", "es")
    await members.choose_zone(store, "U1", "Asia/Kathmandu")
    chosen = await members.save_slack_facts(store, "U1", "en-GB", "Africa/Kampala", NOW)
    assert (chosen.language(), chosen.zone) == ("es", "Asia/Kathmandu")
    await members.choose_language(store, "U1", None)
    await members.choose_zone(store, "U1", None)
    again = await members.get(store, "U1")
    assert again == Member("U1", "en-GB", "Africa/Kampala", refreshed_at=NOW)


async def test_a_zone_that_nobody_knows_is_not_kept(store: Store) -> None:
    assert (await members.save_slack_facts(store, "U1", "en-US", "Mars/Olympus", NOW)).zone == "UTC"
    with pytest.raises(ValueError, match="'Mars/Olympus' is not an IANA time zone"):
        await members.choose_zone(store, "U1", "Mars/Olympus")


async def test_somebody_of_whom_slack_said_nothing_can_choose_as_well(store: Store) -> None:
    await members.set_groups(store, "U1", ["migration", "supply-chains", "migration"])
    assert await members.get(store, "U1") == Member(
        "U1", groups=("migration", "supply-chains"), standing=Standing(guest=True)
    )


async def test_the_secretariat_stays_appointed(store: Store) -> None:
    await members.appoint_secretariat(store, ["U1"])
    await members.appoint_secretariat(store, ["U2"])
    await members.save_slack_facts(store, "U1", "en-US", "UTC", NOW)
    assert await members.secretariat(store) == ("U1", "U2")
    first = await members.get(store, "U1")
    assert first is not None
    assert first.standing == Standing(secretariat=True)


async def test_a_group_lead_may_change_the_reminders_of_their_own_group_until_replaced(store: Store) -> None:
    await members.set_leads(store, "migration", ["U1", "U2"])
    await members.set_leads(store, "supply-chains", ["U2"])
    lead = await members.get(store, "U2")
    assert lead is not None
    assert lead.standing == Standing(leads=frozenset({"migration", "supply-chains"}), guest=True)
    assert lead.standing.may(Permission.CHANGE_CHANNEL_REMINDERS, "migration")
    await members.set_leads(store, "migration", ["U3"])
    assert await members.leads_of(store, "migration") == ("U3",)
    assert await members.leads_of(store, "supply-chains") == ("U2",)
    await members.set_leads(store, "supply-chains", [])
    former = await members.get(store, "U2")
    assert former is not None
    assert former.standing == Standing(guest=True)
