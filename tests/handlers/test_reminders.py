"""What a channel or a member is reminded of, who may change it, and what a form refuses."""

from dataclasses import replace

from storage import audit, channels, members
from storage.values import ChannelSettings
from tests.handlers.desk import Desk, buttons, shown
from tests.handlers.forms import chosen, initial, several, written

MIGRATION = ChannelSettings("C0MIGRATION", "ag-migration", "en", "Europe/Zurich", group="migration")
UNKNOWN_CITY = "I do not know a time zone of this name. Write a larger city, or an IANA name such as Africa/Douala."
UNCHANGED = {
    "subjects": several("observances"),
    "language": chosen("en"),
    "zone": chosen("Europe/Zurich"),
    "city": written(),
    "observance": written("30d, 7d, 0d"),
    "workshop": written("14d, 1d"),
    "meeting": written("7d, 1d, 15m"),
}


async def open_channel(desk: Desk, *subjects: str) -> None:
    """The channel of the Migration group, which Prakash leads, with the bot in it."""
    await channels.save(desk.store, MIGRATION)
    await members.set_leads(desk.store, "migration", ["U0PRAKASH"])
    for subject in subjects:
        await channels.subscribe(desk.store, MIGRATION.channel_id, subject, desk.now)


async def test_a_channel_says_what_it_is_reminded_of_and_what_comes_next(desk: Desk) -> None:
    await open_channel(desk, "observances")
    answer = await desk.type("reminders", user="U0PRAKASH", channel="C0MIGRATION")
    assert shown(answer).split("\n") == [
        "Reminders in this channel",
        "What it is about",
        "- International days",
        "Language: English",
        "Time zone: Geneva (Europe/Zurich)",
        "When they come",
        "- International days: 30 days before, 7 days before and on the day",
        "- Workshops and other events: 14 days before and 1 day before",
        "- Meetings: 7 days before, 1 day before and 15 minutes before",
        "The next reminders",
        "- 21 April 2019, 07:00  World Day for Safety and Health at Work (7 days before)",
        "- 24 April 2019, 07:00  International Workers’ Day (7 days before)",
        "- 28 April 2019, 07:00  World Day for Safety and Health at Work (on the day)",
        "- 1 May 2019, 07:00  International Workers’ Day (on the day)",
        "- 5 May 2019, 07:00  International Day of Innocent Children Victims of Aggression (30 days before)",
        "[Change…]",
        "[My own reminders]",
    ]


async def test_a_member_sees_the_channels_reminders_but_no_button_to_change_them(desk: Desk) -> None:
    await open_channel(desk)
    answer = await desk.type("rappels", channel="C0MIGRATION")
    assert list(buttons(answer)) == ["My own reminders"]
    assert "The secretariat and the leads of the channel’s group can change this." in shown(answer)
    assert "This channel is reminded of nothing yet." in shown(answer)


async def test_of_a_channel_that_is_no_group_s_only_the_secretariat_is_named(desk: Desk) -> None:
    await channels.save(desk.store, ChannelSettings("C0COMMUNITY", "community", "en", "Europe/Zurich"))
    answer = shown(await desk.type("reminders", channel="C0COMMUNITY"))
    assert "The secretariat can change this." in answer.split("\n")


async def test_the_lead_changes_subjects_language_zone_and_lead_times(desk: Desk) -> None:
    await open_channel(desk, "observances")
    form = (await desk.click("reminders.edit", "C0MIGRATION", user="U0PRAKASH")).open_view
    assert form is not None
    assert initial(form) == {
        "subjects": ["observances"],
        "language": "en",
        "zone": "Europe/Zurich",
        "city": "",
        "observance": "30d, 7d, 0d",
        "workshop": "14d, 1d",
        "meeting": "7d, 1d, 15m",
    }
    state = UNCHANGED | {
        "subjects": several("events", "group:migration"),
        "language": chosen("fr"),
        "city": written("Katmandou"),
        "observance": written("2 weeks, 10d"),
        "meeting": written(),
    }
    reply = await desk.submit("reminders.save", state, "C0MIGRATION", "U0PRAKASH")
    assert reply.ack is not None
    assert shown(reply.ack["view"]).split("\n")[:2] == ["Saved.", "Reminders in this channel"]
    assert await channels.get(desk.store, "C0MIGRATION") == replace(
        MIGRATION, language="fr", zone="Asia/Katmandu", lead_times={"observance": "14d, 10d", "meeting": ""}
    )
    assert await channels.subjects_of(desk.store, "C0MIGRATION") == ("events", "group:migration")
    [entry] = await audit.everything(desk.store)
    assert (entry.actor, entry.action, entry.subject) == ("U0PRAKASH", "change_channel_reminders", "C0MIGRATION")
    assert entry.detail == {"channel": MIGRATION.name, "subjects": ["events", "group:migration"]}


async def test_a_wrong_lead_time_or_city_is_named_at_its_field_and_nothing_is_saved(desk: Desk) -> None:
    await open_channel(desk, "observances")
    state = UNCHANGED | {
        "subjects": several("events"),
        "city": written("Nowhere at all"),
        "observance": written("30d, 15m"),
        "workshop": written("14d, soon"),
        "meeting": written("400d"),
    }
    reply = await desk.submit("reminders.save", state, "C0MIGRATION", "U0PRAKASH")
    assert reply.ack == {
        "response_action": "errors",
        "errors": {
            "city": UNKNOWN_CITY,
            "observance": "International days have no time of day. Write days, such as 30d.",
            "workshop": "“soon” is not a lead time between 1 minute and 366 days. Write 30d, 2h or 15m, "
            "with commas between them.",
            "meeting": "“400d” is not a lead time between 1 minute and 366 days. Write 30d, 2h or 15m, "
            "with commas between them.",
        },
    }
    assert await channels.get(desk.store, "C0MIGRATION") == MIGRATION
    assert await channels.subjects_of(desk.store, "C0MIGRATION") == ("observances",)


async def test_default_lead_times_are_not_kept_as_the_channels_own(desk: Desk) -> None:
    await open_channel(desk)
    await desk.submit("reminders.save", UNCHANGED, "C0MIGRATION", "U0PRAKASH")
    assert await channels.get(desk.store, "C0MIGRATION") == MIGRATION


async def test_only_secretariat_and_leads_change_a_channel_whatever_they_were_a_moment_ago(desk: Desk) -> None:
    await open_channel(desk, "observances")
    refusal = "Only the secretariat and the leads of the channel’s group can change its reminders."
    await desk.type("reminders", user="U0PRAKASH", channel="C0MIGRATION")
    await members.set_leads(desk.store, "migration", [])
    for user in ("U0LAN", "U0PRAKASH"):
        clicked = await desk.click("reminders.edit", "C0MIGRATION", user=user)
        assert clicked.respond is not None
        assert shown(clicked.respond) == refusal
        submitted = await desk.submit("reminders.save", UNCHANGED | {"subjects": several()}, "C0MIGRATION", user)
        assert submitted.ack is not None
        assert shown(submitted.ack["view"]) == refusal
    assert await channels.subjects_of(desk.store, "C0MIGRATION") == ("observances",)
    await members.appoint_secretariat(desk.store, ["U0LAN"])
    assert (await desk.click("reminders.edit", "C0MIGRATION", user="U0LAN")).open_view is not None


async def test_a_lead_of_another_group_may_not_change_this_channel(desk: Desk) -> None:
    await open_channel(desk)
    await members.set_leads(desk.store, "supply-chains", ["U0LAN"])
    assert (await desk.click("reminders.edit", "C0MIGRATION")).open_view is None


async def test_where_the_bot_is_not_it_says_how_to_invite_it(desk: Desk) -> None:
    assert shown(await desk.type("reminders", channel="C0ELSEWHERE")).split("\n") == [
        "I am not in this channel, so I cannot post reminders here.",
        "To invite me, type /invite @Alliance here. Then type /alliance reminders again.",
        "[My own reminders]",
    ]


async def test_a_channel_that_it_joined_unnoticed_is_known_after_the_first_question(desk: Desk) -> None:
    desk.slack.channels["C0CONFLICT"] = "ag-conflict-humanitarian"
    answer = await desk.type("reminders", channel="C0CONFLICT")
    assert shown(answer).split("\n")[:2] == [
        "Reminders in this channel",
        "This channel is reminded of nothing yet.",
    ]
    assert await channels.get(desk.store, "C0CONFLICT") == ChannelSettings(
        "C0CONFLICT", "ag-conflict-humanitarian", "en", "Europe/Zurich", group="conflict-humanitarian"
    )


async def test_in_direct_messages_members_see_their_own_in_their_own_zone(desk: Desk) -> None:
    desk.speaks("U0LAN", "en-US", "Asia/Ho_Chi_Minh")
    await channels.subscribe(desk.store, "U0LAN", "events", desk.now)
    own = await desk.type("reminders", channel="D0LAN")
    assert shown(own).split("\n")[:6] == [
        "My reminders",
        "What it is about",
        "- All events",
        "The next reminders",
        "- 11 April 2019, 09:00  National Strategic Workshop: Albania (1 day before)",
        "- 16 April 2019, 09:00  National Strategic Workshop: Uganda (1 day before)",
    ]
    asked = await desk.click("ask.open:mine", "reminders|me|")
    assert asked.respond is not None
    assert asked.respond["blocks"] == own["blocks"]
