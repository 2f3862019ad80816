"""Action groups: what they do, who leads them, and which of them a member follows."""

import pytest

from storage import channels, members
from storage.values import ChannelSettings
from tests.handlers.desk import Desk, buttons, shown
from tests.handlers.forms import initial
from tests.handlers.forms import members as chosen_members

GROUPS = (
    "Supply Chains",
    "Rule of Law and Governance",
    "Migration",
    "Conflict and Humanitarian Settings",
    "Communications and Engagement (CEAG)",
    "CEAG Steering Committee (CEAG-SC)",
)
MIGRATION = ChannelSettings("C0MIGRATION", "ag-migration", "en", "Europe/Zurich", group="migration")


async def test_all_groups_with_their_status_in_words(desk: Desk) -> None:
    assert shown(await desk.type("groups")) == "\n".join(
        [
            "Action groups",
            "- Supply Chains | Active. Lead: International Labour Organization (ILO).",
            "- Rule of Law and Governance | Starting its work. Lead: Office of the United Nations High Commissioner "
            "for Human Rights (OHCHR).",
            "- Migration | Active. Co-chairs: International Organization for Migration (IOM) and United Nations "
            "Children’s Fund (UNICEF).",
            "- Conflict and Humanitarian Settings | Waiting for a chair.",
            "- Communications and Engagement (CEAG) | Active. Lead: its Steering Committee (CEAG-SC).",
            "- CEAG Steering Committee (CEAG-SC) | Active.",
            "Choose a group to see its work plan, its next steps and its next meetings.",
            *(f"[{group}]" for group in GROUPS),
        ]
    )


async def test_a_group_by_its_french_name_without_accents_has_work_plan_channel_and_leads(desk: Desk) -> None:
    await channels.save(desk.store, MIGRATION)
    await members.set_leads(desk.store, "migration", ["U0PRAKASH"])
    page = await desk.type("groupe migration")
    assert page == await desk.type("group Migration")
    lines = shown(page).split("\n")
    assert lines[0] == "Migration"
    assert "Work plan" in lines
    assert "- Policy recommendations for pathfinder countries." in lines
    assert "Leads in Slack: U0PRAKASH" in lines
    assert [e for b in page["blocks"] for e in _inlines(b) if e["type"] == "channel"] == [
        {"type": "channel", "channel_id": "C0MIGRATION"}
    ]


async def test_a_group_without_a_known_channel_is_named_by_its_channel_and_asks_for_a_chair(desk: Desk) -> None:
    lines = shown(await desk.type("group conflict")).split("\n")
    assert "Channel: #ag-conflict-humanitarian" in lines
    assert "Could your organization chair it? Please tell the secretariat." in lines


@pytest.mark.parametrize("group", GROUPS)
async def test_every_group_opens_from_the_list_and_its_events_are_found(desk: Desk, group: str) -> None:
    page = (await desk.click(*buttons(await desk.type("groups"))[group])).respond
    assert page is not None
    assert shown(page).split("\n")[0] == group
    listed = (await desk.click(*buttons(page)["All its events"])).respond
    assert listed is not None
    assert "I did not understand" not in shown(listed)


async def test_an_unknown_group_gets_the_nearest_names(desk: Desk) -> None:
    answer = await desk.type("group rule of thumb")
    assert shown(answer).split("\n")[:3] == [
        "I do not know “rule of thumb”.",
        "Did you mean one of these?",
        "[Rule of Law and Governance]",
    ]
    assert buttons(answer)["Show all"] == ("ask.open:all", "groups||")


async def test_following_a_group_puts_it_into_the_overview_and_into_app_home(desk: Desk) -> None:
    page = await desk.type("group supply chains")
    reply = await desk.click(*buttons(page)["Follow this group"])
    assert reply.respond is not None
    assert reply.respond["replace_original"] is True
    assert "Stop following" in buttons(reply.respond)
    await desk.settle()
    for overview in (await desk.type(""), desk.slack.homes["U0LAN"]):
        lines = shown(overview).split("\n")
        assert lines[lines.index("My groups") + 1] == "Supply Chains"


async def test_who_stops_following_a_group_has_it_no_more(desk: Desk) -> None:
    await members.set_groups(desk.store, "U0LAN", ["migration", "supply-chains"])
    reply = await desk.click(*buttons(await desk.type("group migration"))["Stop following"])
    assert reply.respond is not None
    assert shown(reply.respond).split("\n")[0] == "You do not follow this group any more."
    lan = await members.get(desk.store, "U0LAN")
    assert lan is not None
    assert lan.groups == ("supply-chains",)


async def test_a_shared_group_page_has_no_button_that_is_only_for_one_member(desk: Desk) -> None:
    await members.appoint_secretariat(desk.store, ["U0CLAIRE"])
    page = await desk.type("group migration", user="U0CLAIRE")
    reply = await desk.click(*buttons(page)["Share in this channel"], user="U0CLAIRE")
    assert reply.respond is not None
    assert reply.respond["response_type"] == "in_channel"
    assert list(buttons(reply.respond)) == ["Minutes", "Action items", "All its events", "Find a time"]


async def test_the_secretariat_appoints_who_leads_a_group(desk: Desk) -> None:
    await members.appoint_secretariat(desk.store, ["U0CLAIRE"])
    await members.set_leads(desk.store, "migration", ["U0PRAKASH"])
    page = await desk.type("group migration", user="U0CLAIRE")
    form = (await desk.click(*buttons(page)["Leads in Slack…"], user="U0CLAIRE")).open_view
    assert form is not None
    assert initial(form) == {"holders": ["U0PRAKASH"]}
    saved = await desk.submit(
        form["callback_id"], {"holders": chosen_members("U0AMINA", "U0LAN")}, form["private_metadata"], "U0CLAIRE"
    )
    assert saved.ack is not None
    assert shown(saved.ack["view"]).split("\n")[0] == "Saved: given to 2 people and taken from 1 person."
    assert await members.leads_of(desk.store, "migration") == ("U0AMINA", "U0LAN")


async def test_nobody_else_can_appoint_leads(desk: Desk) -> None:
    await members.set_leads(desk.store, "migration", ["U0PRAKASH"])
    assert "Leads in Slack…" not in buttons(await desk.type("group migration", user="U0PRAKASH"))
    refused = await desk.click("roles.edit:leads", "group_lead|migration", user="U0PRAKASH")
    assert refused.respond is not None
    assert shown(refused.respond) == (
        "This is for: the secretariat. Please ask one of them, or the secretariat, to do it for you."
    )
    memory = '["group_lead","migration",["U0PRAKASH"]]'
    await desk.submit("roles.save", {"holders": chosen_members("U0PRAKASH", "U0LAN")}, memory, "U0PRAKASH")
    assert await members.leads_of(desk.store, "migration") == ("U0PRAKASH",)


async def test_a_button_for_a_group_that_is_gone_says_so(desk: Desk) -> None:
    reply = await desk.click("groups.follow", "no-such-group")
    assert reply.respond is not None
    assert shown(reply.respond) == "This button is too old to be used. Please type /alliance instead."


def _inlines(block: dict[str, object]) -> list[dict[str, object]]:
    parts = block["elements"] if block["type"] == "rich_text" else []
    assert isinstance(parts, list)
    return [e for part in parts if part["type"] == "rich_text_section" for e in part["elements"]]
