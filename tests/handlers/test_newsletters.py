"""`/alliance newsletter` on 3 April 2019: written by one, seen before it goes out, approved by another."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from alliance.activities import ActivityKind, ActivityState
from alliance.delivery import State
from alliance.languages import Language
from alliance.newsletters import Choice, Issue, Stage
from alliance.roles import Role
from handlers.call import PictureTrouble
from handlers.replies import Json, Reply
from handlers.router import Router
from storage import (
    actionitems,
    activities,
    audit,
    channels,
    clicks,
    deliveries,
    members,
    newsletters,
    reactions,
    readers,
    roles,
)
from storage.actionitems import Agreed, ItemState
from storage.activities import Work
from storage.eventedits import Editor
from storage.newsletters import Newsletter
from storage.values import ChannelSettings, SlackMember
from tests.bot.postoffice import address
from tests.handlers.desk import Desk, buttons, shown
from tests.handlers.everyaction import as_opened
from tests.handlers.forms import chosen, several, written
from tests.handlers.meetingroom import day

WRITER, CLAIRE, JAMES = "U0LAN", "U0CLAIRE", "U0JAMES"
PEOPLE = (
    SlackMember("U0AMINA", "fr-FR", "Africa/Nairobi", False),
    SlackMember("U0LUIS", "es-LA", "America/Lima", False),
    SlackMember("U0PRAKASH", "en-US", "Asia/Kathmandu", False),
    SlackMember(WRITER, "en-GB", "Europe/Zurich", False),
    SlackMember(CLAIRE, "en-GB", "Europe/Zurich", False),
    SlackMember(JAMES, "en-GB", "Europe/Zurich", False),
)


@pytest.fixture
async def office(desk: Desk) -> Desk:
    """Lan leads Communications; Claire and James are the secretariat; the bot is in #community."""
    await readers.keep_roster(desk.store, PEOPLE, desk.now)
    await members.appoint_secretariat(desk.store, [CLAIRE, JAMES])
    await roles.change(desk.store, CLAIRE, desk.now, Role.GROUP_LEAD, "communications", give=[WRITER])
    await channels.save(desk.store, ChannelSettings("C0COMMUNITY", "community", "en", "Europe/Zurich"))
    return desk


def view(reply: Reply) -> Json:
    assert reply.ack is not None, reply
    made: Json = reply.ack["view"]
    return made


async def press(desk: Desk, page: Json, button: str, user: str = WRITER) -> Json:
    """What a button of the page shows."""
    reply = await desk.click(*buttons(page)[button], user)
    made = reply.respond or reply.open_view
    assert made is not None, reply
    return made


async def fill(desk: Desk, form: Json, user: str = WRITER, /, **fields: Json) -> Reply:
    return await desk.submit(form["callback_id"], as_opened(form) | fields, form["private_metadata"], user)


async def drafted(desk: Desk, user: str = WRITER, **settings: Json) -> Json:
    """A draft in English for everybody, in its settings whatever else is given; its page."""
    form = await press(desk, await desk.type("newsletter", user), "New newsletter…", user)
    given = {"title_en": written("April news"), "members": chosen("all"), "waived": several("fr", "es")} | settings
    page = view(await fill(desk, form, user, **given))
    section = (await desk.click(*buttons(page)["Add a section…"], user)).open_view
    assert section is not None
    text = {"heading_en": written("Migration"), "body_en": written("A **call** on <b>9 April</b>.")}
    return view(await fill(desk, section, user, **text))


async def the_one(desk: Desk) -> Newsletter:
    [found] = await newsletters.latest(desk.store)
    return found


async def planned(desk: Desk) -> dict[str, str]:
    rows = await deliveries.recent(desk.store, State.PLANNED, 100)
    return {row.target: row.due_at.isoformat() for row in rows if row.kind == "newsletter"}


async def test_from_an_empty_draft_to_an_approved_newsletter(office: Desk) -> None:
    page = await drafted(office)
    assert shown(page).splitlines() == [
        "Saved.",
        "April news",
        "It is: Newsletter, draft",
        "Languages: English: 1 section · Français: done without · Español: done without",
        "Goes to: every member, directly",
        "When: as soon as it is approved",
        "Written by: U0LAN",
        "Sections",
        "- Migration",
        "[Add a section…]",
        "[Title and readers…]",
        "[Preview: English]",
        "[Preview: Français]",
        "[Preview: Español]",
        "[As an e-mail]",
        "[Send it to me to try]",
        "[Who would get it]",
        "[Ask for approval]",
        "[Throw it away…]",
        "[All newsletters]",
    ]
    waiting = await press(office, page, "Ask for approval")
    assert shown(waiting).startswith("It waits for approval by somebody of the secretariat who wrote none of it.")
    theirs = await office.type("newsletter 1", CLAIRE)
    done = await press(office, theirs, "Approve and send…", CLAIRE)
    assert shown(done).splitlines()[0] == "Approved. It goes to 6 channels and members."
    assert await planned(office) == {
        "U0AMINA": "2019-04-03T12:00:00+00:00",
        "U0LUIS": "2019-04-03T14:00:00+00:00",
        "U0PRAKASH": "2019-04-03T12:00:00+00:00",
        WRITER: "2019-04-03T12:00:00+00:00",
        CLAIRE: "2019-04-03T12:00:00+00:00",
        JAMES: "2019-04-03T12:00:00+00:00",
    }
    lines = [line for line in await audit.everything(office.store) if line.subject == "newsletter/1"]
    assert [(line.actor, line.detail["change"], line.detail.get("waived")) for line in reversed(lines)] == [
        (WRITER, "written", ["es", "fr"]),
        (WRITER, "changed", ["es", "fr"]),
        (WRITER, "submitted", ["es", "fr"]),
        (CLAIRE, "approved", ["es", "fr"]),
    ]


async def test_who_approves_reads_it_in_their_own_language(office: Desk) -> None:
    await drafted(office, title_fr=written("Nouvelles d’avril"), waived=several("es"))
    form = (await office.click("newsletter.section", "1:1", WRITER, chosen=True)).open_view
    assert form is not None
    await fill(office, form, heading_fr=written("Migrations"), body_fr=written("Un **appel**."))
    seen: tuple[tuple[Language, list[str]], ...] = (
        ("fr", ["Nouvelles d’avril", "- Migrations"]),
        ("es", ["April news", "- Migration"]),
    )
    for language, lines in seen:
        await members.choose_language(office.store, CLAIRE, language)
        shown_lines = shown(await office.type("newsletter 1", CLAIRE)).splitlines()
        assert [shown_lines[0], next(line for line in shown_lines if line.startswith("- "))] == lines


async def test_a_missing_translation_blocks_approval_until_it_is_written_or_waived(office: Desk) -> None:
    page = await drafted(office, waived=several("es"))
    assert "- Français: not written yet. Write it, or do without it under “Title and readers…”." in shown(page)
    assert "Ask for approval" not in buttons(page)
    refused = await office.click("newsletter.submit", "1:2", WRITER)
    assert refused.respond is not None
    assert shown(refused.respond).startswith("Français: not written yet.")
    section = (await office.click("newsletter.section", "1:1", WRITER, chosen=True)).open_view
    assert section is not None
    await fill(office, section, body_fr=written("Un appel le 9 avril."), heading_fr=written("Migration"))
    settings = await press(office, await office.type("newsletter 1"), "Title and readers…")
    page = view(await fill(office, settings, title_fr=written("Nouvelles d’avril")))
    assert "Ask for approval" in buttons(page)


async def test_who_wrote_any_of_it_is_told_that_somebody_else_approves(office: Desk) -> None:
    page = await drafted(office, CLAIRE)
    await press(office, page, "Ask for approval", CLAIRE)
    assert "Approve and send…" not in buttons(await office.type("newsletter 1", CLAIRE))
    forged = (await office.click("newsletter.approve", "1:3", CLAIRE)).respond
    assert forged is not None
    assert shown(forged) == "You wrote some of it, so somebody else of the secretariat has to approve it."
    assert (await planned(office), "Approve and send…" in buttons(await office.type("newsletter 1", JAMES))) == (
        {},
        True,
    )


async def test_an_edit_ends_the_approval_and_says_so(office: Desk) -> None:
    page = await drafted(office, timing=chosen("morning"), day=day("2019-04-10"))
    await press(office, page, "Ask for approval")
    await press(office, await office.type("newsletter 1", CLAIRE), "Approve and send…", CLAIRE)
    assert (await planned(office))["U0LUIS"] == "2019-04-10T14:00:00+00:00"
    settings = await press(office, await office.type("newsletter 1"), "Title and readers…")
    page = view(await fill(office, settings, title_en=written("Other news")))
    assert shown(page).startswith("Saved. The approval does not hold any more")
    assert await planned(office) == {}
    refused = (await office.click("newsletter.approve", "1:4", JAMES)).respond
    assert refused is not None
    assert shown(refused).startswith("It has changed since it was shown to you, and nothing was done.")
    assert await planned(office) == {}


async def test_who_would_get_it_by_language_region_and_time(office: Desk) -> None:
    await readers.choose(office.store, "U0PRAKASH", {Issue.NEWSLETTER: Choice.NONE})
    page = await drafted(office, channels=several("C0COMMUNITY"), timing=chosen("morning"), day=day("2019-04-10"))
    seen = await press(office, page, "Who would get it")
    assert shown(seen).splitlines() == [
        "Who would get it: April news",
        "- 1 channel",
        "- 5 members",
        "- English: 3",
        "- Français: 1",
        "- Español: 1",
        "By region: Europe 3, Africa 1 and Americas 1",
        "First: 10 April 2019, 09:00 Nairobi",
        "Last: 10 April 2019, 09:00 Lima",
        "Takes: about 1 minute",
        "Without it",
        "- 1 member does not want this kind",
        "English: 48 of 10000 characters",
        "[Back]",
    ]


@pytest.mark.parametrize(
    ("settings", "errors"),
    [
        ({"timing": chosen("at"), "day": day("2019-04-03"), "time": written("13:00")}, {"time": "This time is over."}),
        ({"timing": chosen("at"), "day": day("2019-05-03"), "time": written("25:00")}, {"time": "Please write the"}),
        ({"title_en": written(" ")}, {"title_en": "Please write a title"}),
        ({"timing": chosen("morning"), "day": day("2019-04-02")}, {"day": "This day is over."}),
        ({"timing": chosen("morning"), "day": day()}, {"day": "Please choose the day."}),
        ({"waived": several("en")}, {"waived": "It cannot do without the language"}),
    ],
)
async def test_a_time_that_is_over_and_other_mistakes_are_said_at_the_field(
    office: Desk, settings: dict[str, Json], errors: dict[str, str]
) -> None:
    form = await press(office, await office.type("newsletter", WRITER), "New newsletter…")
    ack = (await fill(office, form, **({"title_en": written("News"), "time": written()} | settings))).ack
    assert ack is not None
    assert ack["response_action"] == "errors"
    assert ack["errors"].keys() == errors.keys()
    assert all(ack["errors"][name].startswith(words) for name, words in errors.items())
    assert await newsletters.latest(office.store) == ()


@pytest.mark.parametrize("said", ["17:30", "17.30", "17h30", "17 h 30", "17\u00a0h\u00a030"])
async def test_a_time_may_be_written_as_in_english_french_or_spanish(office: Desk, said: str) -> None:
    await drafted(office, timing=chosen("at"), day=day("2019-05-03"), time=written(said))
    assert (await the_one(office)).content.plan.at == datetime(2019, 5, 3, 15, 30, tzinfo=UTC)


async def test_nobody_as_readers_and_a_time_that_passed_meanwhile_are_refused(office: Desk) -> None:
    page = await drafted(office, members=chosen("none"))
    refused = await press(office, page, "Ask for approval")
    assert shown(refused).startswith("Nobody would get it.")
    settings = await press(office, await office.type("newsletter 1"), "Title and readers…")
    at = {"timing": chosen("at"), "day": day("2019-04-04"), "time": written("9:00"), "members": chosen("all")}
    await press(office, view(await fill(office, settings, **at)), "Ask for approval")
    office.now += timedelta(days=2)
    late = await press(office, await office.type("newsletter 1", CLAIRE), "Approve and send…", CLAIRE)
    assert shown(late).startswith("The time that is set is over.")
    assert await planned(office) == {}


async def from_file(desk: Desk, content: bytes) -> Reply:
    form = await press(desk, await desk.type("newsletter", WRITER), "From a Markdown file…")
    desk.slack.put["F0FILE"] = content
    return await fill(desk, form, file={"type": "file_input", "files": [{"id": "F0FILE", "name": "news.md"}]})


async def test_a_markdown_file_is_a_draft_with_what_is_wrong_named(office: Desk) -> None:
    text = "# April news\n\nHello.\n\n## Links\n\n[here](ftp://x) and <script>alert(1)</script>\n\n## Empty\n"
    page = view(await from_file(office, text.encode()))
    lines = shown(page).splitlines()
    assert lines[0] == "This is a draft. Nobody gets it before somebody else approves it."
    assert [line for line in lines if "section " in line] == [
        "- English, section 2: Nobody can follow the link “ftp://x”.",
        "- English, section 3: It has no text.",
    ]
    preview = await press(office, page, "Preview: English")
    assert "<script>alert(1)</script>" in shown(preview)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"# News\n" + b"a" * 40_000, "A section of it has 40000 characters, and 3000 is the most."),
        (b"x" * 300_000, "The file is larger than 200 kB"),
        (b"# Only a title", "There is no text in this file."),
        ("# Été".encode("latin-1"), "The file is not a text in UTF-8."),
    ],
)
async def test_a_file_that_is_no_newsletter_is_refused_at_its_field(office: Desk, content: bytes, problem: str) -> None:
    ack = (await from_file(office, content)).ack
    assert ack is not None
    assert ack["errors"]["file"].startswith(problem)
    assert await newsletters.latest(office.store) == ()


async def test_forty_thousand_characters_in_sections_are_too_long_for_one_message(office: Desk) -> None:
    text = "# News\n" + "".join(f"## Part {number}\n{'word ' * 560}\n" for number in range(14))
    page = view(await from_file(office, text.encode()))
    assert any("characters; one message of Slack takes 10000." in line for line in shown(page).splitlines())
    assert "Ask for approval" not in buttons(page)


async def test_a_message_becomes_a_draft(office: Desk) -> None:
    form = await office.shortcut("newsletter.from_message", WRITER, "Workshop in Nepal\nIt went *well*.", "C0COMMUNITY")
    assert form["callback_id"] == "newsletter.save_settings"
    content = (await the_one(office)).content
    assert (content.title, content.editions["en"].sections[0].body) == ("Workshop in Nepal", "It went *well*.")


async def test_it_is_tried_by_its_writer_alone(office: Desk) -> None:
    page = await drafted(office)
    for _twice in range(2):
        answer = await press(office, page, "Send it to me to try")
        assert shown(answer) == "It is on its way to your direct messages, in English. Nobody else gets it."
    rows = await deliveries.recent(office.store, State.PLANNED, 100)
    mark = (await the_one(office)).content.fingerprint[:16]
    assert [(row.kind, row.target, row.subject, row.detail) for row in rows] == [
        ("trial", WRITER, "trial/1", f"{mark}:en")
    ]


async def test_the_second_of_two_editors_sees_how_it_stands_and_overwrites_nothing(office: Desk) -> None:
    await drafted(office)
    mine = await press(office, await office.type("newsletter 1"), "Title and readers…")
    theirs = await press(office, await office.type("newsletter 1", CLAIRE), "Title and readers…", CLAIRE)
    await fill(office, theirs, CLAIRE, title_en=written("Theirs"))
    page = view(await fill(office, mine, title_en=written("Mine")))
    assert shown(page).splitlines()[:2] == [
        "It has changed since it was shown to you, and nothing was done. It stands like this now.",
        "Theirs",
    ]


async def test_it_is_sent_back_and_what_goes_out_is_stopped_and_goes_on(office: Desk) -> None:
    await press(office, await drafted(office), "Ask for approval")
    back = await press(office, await office.type("newsletter 1", CLAIRE), "Send it back", CLAIRE)
    assert shown(back).startswith("It is a draft again.")
    await press(office, await office.type("newsletter 1"), "Ask for approval")
    await press(office, await office.type("newsletter 1", CLAIRE), "Approve and send…", CLAIRE)
    stopped = await press(office, await office.type("newsletter 1", CLAIRE), "Stop the rest…", CLAIRE)
    assert shown(stopped).startswith("Stopped. 6 do not get it.")
    assert await planned(office) == {}
    await press(office, await office.type("newsletter 1"), "Ask for approval")
    await press(office, await office.type("newsletter 1", CLAIRE), "Approve and send…", CLAIRE)
    assert len(await planned(office)) == 6


async def test_members_choose_what_they_want_and_read_the_latest(office: Desk) -> None:
    page = await office.type("infolettre", "U0AMINA")
    assert shown(page).splitlines() == [
        "Infolettres",
        "Il n’y a pas encore d’infolettre.",
        "[Ce que je souhaite recevoir…]",
    ]
    form = await press(office, page, "Ce que je souhaite recevoir…", "U0AMINA")
    assert (
        shown(view(await fill(office, form, "U0AMINA", newsletter=chosen("none"), update=chosen("none"))))
        == "C’est enregistré."
    )
    assert list((await readers.choices(office.store, "U0AMINA")).values()) == [Choice.NONE, Choice.NONE, Choice.SLACK]
    await press(office, await drafted(office), "Ask for approval")
    await press(office, await office.type("newsletter 1", CLAIRE), "Approve and send…", CLAIRE)
    assert "U0AMINA" not in await planned(office)
    [row] = [one for one in await deliveries.due(office.store, office.now, 10) if one.target == "U0PRAKASH"]
    await deliveries.claim(office.store, [row.id], "sender", office.now, office.now)
    await deliveries.sent(office.store, row.id, "sender", "D0PRAKASH", "1.1", office.now)
    latest = shown(await office.type("infolettre", "U0AMINA")).splitlines()
    assert latest[:4] == ["April news", "Uniquement en anglais", "Migration | ", "A call on <b>9 April</b>. | "]


async def test_a_digest_in_three_languages_tells_what_comes_and_each_part_can_be_dropped(office: Desk) -> None:
    form = await press(office, await office.type("newsletter", WRITER), "Draft a digest…")
    offered = [option["value"] for option in form["blocks"][0]["element"]["options"]]
    assert offered == ["events", "days"]
    page = view(await fill(office, form, parts=several("events")))
    assert "Languages: English: 1 section · Français: 1 section · Español: 1 section" in shown(page).splitlines()
    content = (await the_one(office)).content
    assert {one: edition.title for one, edition in content.editions.items()} == {
        "en": "What happened, and what comes: April 2019",
        "fr": "Ce qui s’est passé et ce qui vient\u00a0: avril 2019",
        "es": "Qué ha pasado y qué viene: abril de 2019",
    }
    lines = content.editions["fr"].sections[0].body.splitlines()
    assert any(line.startswith("- **12 juin 2019**") or "avril 2019" in line for line in lines)
    preview = await press(office, page, "Preview: Français")
    assert "\\" not in shown(preview)
    refused = await fill(office, form, parts=several())
    assert refused.ack is not None
    assert refused.ack["errors"] == {"parts": "Please keep at least one part."}


async def test_a_digest_tells_what_groups_got_done_and_what_was_published(office: Desk) -> None:
    writer = Editor(WRITER, office.now)
    for title, state in (("Photo story", ActivityState.PUBLISHED), ("Film", ActivityState.DRAFTED)):
        work = Work(title, ActivityKind.POST, "", WRITER, "ILO", date(2019, 3, 20), state, "en")
        await activities.add(office.store, writer, work)
    for text, ended in (("Send the survey", ItemState.DONE), ("Write the guide", ItemState.DROPPED)):
        item = await actionitems.add(office.store, writer, "migration", None, Agreed(WRITER, text, None))
        await actionitems.close(office.store, writer, item.id, item.revision, ended)
    form = await press(office, await office.type("newsletter", WRITER), "Draft a digest…")
    offered = [option["value"] for option in form["blocks"][0]["element"]["options"]]
    assert offered == ["events", "days", "highlights", "updates"]
    await fill(office, form, parts=several("highlights", "updates"))
    editions = (await the_one(office)).content.editions
    assert [(one.heading, one.body) for one in editions["fr"].sections] == [
        ("Temps forts", "- **20 mars 2019**\u00a0: Photo story (ILO)"),
        ("Ce que les groupes d’action ont accompli", "- **Migration**\u00a0: Send the survey"),
    ]


async def test_numbers_are_what_slack_and_mail_servers_tell_and_come_as_a_picture(office: Desk) -> None:
    await press(office, await drafted(office, channels=several("C0COMMUNITY")), "Ask for approval")
    await press(office, await office.type("newsletter 1", CLAIRE), "Approve and send…", CLAIRE)
    rows = {row.target: row for row in await deliveries.due(office.store, office.now, 20)}
    await deliveries.claim(office.store, [row.id for row in rows.values()], "sender", office.now, office.now)
    for target in ("C0COMMUNITY", "U0AMINA", CLAIRE):
        await deliveries.sent(office.store, rows[target].id, "sender", target, "1.1", office.now)
    for channel, user, name in (
        ("C0COMMUNITY", "U0LUIS", "clap"),
        ("C0COMMUNITY", "U0AMINA", "clap::skin-tone-5"),
        ("U0AMINA", "U0AMINA", "heart"),
    ):
        assert await reactions.added(office.store, channel, "1.1", user, name)
    await deliveries.failed(office.store, rows[JAMES].id, "sender", "user_disabled", office.now)
    page = await press(office, await office.type("newsletter 1"), "Numbers")
    assert page["blocks"][1]["elements"][0]["elements"][0]["text"].splitlines() == [
        "          delivered  not delivered  left out  to come",
        "Channels          1              0         0        0",
        "Members           2              1         0        3",
    ]
    assert "1: This member’s account is not active any more. Nothing needs to be done." in shown(page)
    assert shown(page).splitlines()[-6:-3] == ["3 reactions in Slack", "- clap 2", "- heart 1"]
    assert "click" not in shown(page)
    await press(office, page, "As a picture")
    await office.settle()
    [(user, name, content, _comment, alt)] = office.slack.pictures
    assert (user, name, content[:4]) == (WRITER, "newsletter-1.png", b"\x89PNG")
    assert alt == (
        "Channels: delivered 1, not delivered 0, left out 0, to come 0; "
        "Members: delivered 2, not delivered 1, left out 0, to come 3; 3 reactions in Slack"
    )
    assert shown(await office.type("newsletter", "U0LUIS")).startswith("April news")


async def test_a_draft_that_nobody_needs_is_thrown_away(office: Desk) -> None:
    page = await drafted(office)
    gone = await press(office, page, "Throw it away…")
    assert shown(gone).splitlines() == ["It is thrown away.", "[All newsletters]"]
    assert await newsletters.latest(office.store) == ()
    late = await office.click("newsletter.submit", "1:2", WRITER)
    assert "This newsletter is not there any more." in str(late)


async def test_three_sections_one_after_the_other_stay_in_one_window(office: Desk) -> None:
    """Slack takes three windows above each other, and no fourth."""
    page = await drafted(office)
    for number in (2, 3, 4):
        reply = await office.click(*buttons(page)["Add a section…"], WRITER, view=page)
        assert (reply.open_view, reply.update_view is None) == (None, False)
        assert reply.update_view is not None
        page = view(await fill(office, reply.update_view, body_en=written(f"Text {number}")))
    assert "Languages: English: 4 sections" in shown(page)


async def test_a_language_into_which_somebody_writes_is_not_done_without_any_more(office: Desk) -> None:
    form = await press(office, await office.type("newsletter", WRITER), "Breaking news…")
    page = view(await fill(office, form, title_en=written("Flood"), body_en=written("Closed."),
                           channels=several("C0COMMUNITY")))  # fmt: skip
    assert "Français: done without" in shown(page)
    section = await press(office, page, "Add a section…")
    page = view(await fill(office, section, body_en=written("Until Monday."), body_fr=written("Jusqu’à lundi.")))
    assert shown(page).splitlines()[0] == "Saved. It is a draft again: ask for approval once more."
    assert "Français: missing" in shown(page)
    half = await fill(office, form, title_en=written("Flood"), body_en=written("Text"), title_fr=written("Crue"),
                      channels=several("C0COMMUNITY"))  # fmt: skip
    assert half.ack is not None
    assert half.ack["errors"] == {"body_fr": "Please write both, the title and the text, or neither."}


async def test_what_everybody_of_the_secretariat_wrote_is_not_left_waiting_for_nobody(office: Desk) -> None:
    page = await drafted(office)
    for user in (CLAIRE, JAMES):
        section = await press(office, await office.type("newsletter 1", user), "Add a section…", user)
        page = view(await fill(office, section, user, body_en=written(f"More of {user}")))
        assert "You are one of its writers now, so somebody else approves it." in shown(page)
    refused = await press(office, page, "Ask for approval", JAMES)
    assert "nobody could approve it" in shown(refused)
    assert (await the_one(office)).stage is Stage.DRAFT


async def test_numbers_have_the_clicks_where_they_are_counted(office: Desk) -> None:
    office.router = Router(replace(office.deps, counts_clicks=True))
    page = await drafted(office)
    section = await press(office, page, "Add a section…")
    await fill(office, section, body_en=written("The [guide](https://ilo.org/guide)."))
    await press(office, await office.type("newsletter 1"), "Ask for approval")
    await press(office, await office.type("newsletter 1", CLAIRE), "Approve and send…", CLAIRE)
    [code] = [way.rpartition("/")[2] for way in (await clicks.ways(office.store, 1, "/")).values()]
    await clicks.follow(office.store, 1, code, count=True)
    page = await press(office, await office.type("newsletter 1"), "Numbers")
    assert shown(page).splitlines()[-6:-3] == [
        "1 click on a link",
        "- 1: https://ilo.org/guide",
        "By link, never by person. Programs that look whether a link is safe count too.",
    ]


async def test_breaking_news_takes_two_clicks_and_still_a_second_person(office: Desk) -> None:
    form = await press(office, await office.type("newsletter", WRITER), "Breaking news…")
    wrong = await fill(office, form, title_en=written("Flood"), body_en=written("Text"), channels=several())
    assert wrong.ack is not None
    assert wrong.ack["errors"] == {"channels": "Please choose at least one channel."}
    page = view(
        await fill(
            office, form, title_en=written("Flood"), body_en=written("Offices are closed."),
            channels=several("C0COMMUNITY"),
        )
    )  # fmt: skip
    assert shown(page).splitlines()[:3] == [
        "It waits for approval by somebody of the secretariat who wrote none of it.",
        "Flood",
        "It is: Breaking news, waits for approval",
    ]
    rows = await deliveries.recent(office.store, State.PLANNED, 10)
    assert sorted((row.kind, row.target, row.subject) for row in rows) == [
        ("notice", CLAIRE, "approval/1"),
        ("notice", JAMES, "approval/1"),
    ]
    await press(office, await office.type("newsletter 1", JAMES), "Approve and send…", JAMES)
    assert list(await planned(office)) == ["C0COMMUNITY"]


async def test_a_picture_is_looked_at_before_it_is_kept(office: Desk) -> None:
    async def look(at: str) -> PictureTrouble | None:
        return None if at.endswith("small.png") else PictureTrouble.TOO_LARGE

    office.deps = replace(office.deps, look_at=look)
    office.router = Router(office.deps)
    await drafted(office)
    section = (await office.click("newsletter.section", "1:1", WRITER, chosen=True)).open_view
    assert section is not None
    for at, said in (
        ("https://ilo.org/large.png", "The picture is larger than 2 MB"),
        ("http://ilo.org/small.png", "Nothing is at this address that everybody can see."),
    ):
        ack = (await fill(office, section, picture=written(at), alt_en=written("A school"))).ack
        assert ack is not None
        assert ack["errors"]["picture"].startswith(said)
    await fill(office, section, picture=written("https://ilo.org/small.png"), alt_en=written("A school"))
    [kept] = (await the_one(office)).content.editions["en"].sections
    assert (kept.picture, kept.alt) == ("https://ilo.org/small.png", "A school")


async def test_a_member_chooses_e_mail_and_is_asked_whether_the_address_is_theirs(office: Desk) -> None:
    office.deps = replace(office.deps, mail=True)
    office.router = Router(office.deps)
    form = await press(office, await office.type("newsletter", "U0LUIS"), "Lo que quiero recibir…", "U0LUIS")
    for text, said in ((" ", "Escriba su dirección"), ("luis", "Esto no es una dirección")):
        ack = (await fill(office, form, "U0LUIS", newsletter=chosen("mail"), address=written(text))).ack
        assert ack is not None
        assert ack["errors"]["address"].startswith(said)
    await fill(office, form, "U0LUIS", newsletter=chosen("mail"), address=written(address("luis")))
    assert (await readers.choices(office.store, "U0LUIS"))[Issue.NEWSLETTER] is Choice.MAIL
    rows = await deliveries.recent(office.store, State.PLANNED, 10)
    assert [(row.kind, row.target) for row in rows] == [("confirm", "mail:1")]


async def test_who_is_trusted_sends_breaking_news_alone_and_the_log_says_so(office: Desk) -> None:
    await roles.change(office.store, CLAIRE, office.now, Role.SENDS_ALONE, "", give=[WRITER, "U0LUIS"])
    form = await press(office, await office.type("newsletter", WRITER), "Breaking news…")
    news = {"title_en": written("Flood"), "body_en": written("Closed."), "channels": several("C0COMMUNITY")}
    page = view(await fill(office, form, **news))
    assert shown(page).startswith("It goes out now. The log says that you sent it alone.")
    assert list(await planned(office)) == ["C0COMMUNITY"]
    lines = [line for line in await audit.everything(office.store) if line.subject == "newsletter/1"]
    assert (lines[0].actor, lines[0].action) == (WRITER, "send_alone")
    refused = view(await fill(office, form, "U0LUIS", **news))
    assert len(await newsletters.latest(office.store)) == 1
    assert "U0LUIS" not in shown(refused)


async def test_its_writer_sees_it_as_an_e_mail_in_each_language(office: Desk) -> None:
    page = await drafted(office)
    answer = await press(office, page, "As an e-mail")
    assert shown(answer).startswith("It is on its way to your direct messages, a file for each language")
    await office.settle()
    [(user, name, content, comment)] = office.slack.files
    assert (user, name, comment) == (WRITER, "newsletter-1-en.html", "April news")
    assert b"A <strong>call</strong> on &lt;b&gt;9 April&lt;/b&gt;." in content


@pytest.mark.parametrize("alone", [False, True])
async def test_breaking_news_that_is_submitted_twice_is_one_and_goes_out_once(office: Desk, alone: bool) -> None:
    if alone:
        await roles.change(office.store, CLAIRE, office.now, Role.SENDS_ALONE, "", give=[WRITER])
    form = await press(office, await office.type("newsletter", WRITER), "Breaking news…")
    news = {"title_en": written("Flood"), "body_en": written("Closed."), "channels": several("C0COMMUNITY")}
    first, second = [view(await fill(office, form, **news)) for _twice in range(2)]
    assert shown(first) == shown(second)
    assert len(await newsletters.latest(office.store)) == 1
    assert len(await planned(office)) == int(alone)
    office.now += timedelta(days=1)
    await fill(office, form, **news)
    assert len(await newsletters.latest(office.store)) == 2
