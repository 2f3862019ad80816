"""Owners of action items are asked whether they are done: on the day, three and ten days later, and never again."""

from dataclasses import replace
from datetime import date

from alliance.activities import ActivityKind, ActivityState
from alliance.delivery import State
from bot.planner import Planning
from storage import actionitems, activities, deliveries, meetings, members
from storage.actionitems import Agreed, Item, ItemState
from storage.activities import Activity, Work
from storage.eventedits import Editor
from tests.bot.office import MIGRATION, Office

CALL = "migration-call@2019-04-09"
MAY = date(2019, 5, 14)


async def promised(office: Office, due_on: date | None = MAY, owner: str = "U0PRAKASH") -> Item:
    """Prakash, in Kathmandu, is to send the survey by 14 May; the bot has met him."""
    await members.save_slack_facts(office.store, owner, "en-US", "Asia/Kathmandu", office.workspace.clock.now())
    editor = Editor("U0AMINA", office.workspace.clock.now())
    agreed = Agreed(owner, "Send the survey", due_on)
    return await actionitems.add(office.store, editor, "migration", CALL, agreed)


async def mornings(office: Office, *days: str) -> list[str]:
    """What Prakash has read by 9:05 in Kathmandu of each of these days."""
    await office.only(MIGRATION)
    for day in days:
        office.at(f"{day}T03:20Z")
        await office.plan()
        await office.post()
    return office.seen_in("U0PRAKASH")


async def test_three_nudges_in_the_owners_morning_and_no_fourth(any_office: Office) -> None:
    office = any_office
    await promised(office)
    seen = await mornings(office, "2019-05-13", "2019-05-14", "2019-05-16", "2019-05-17", "2019-05-24", "2019-06-03")
    assert seen == [
        "This is due today. Send the survey",
        "Is this done? Send the survey",
        "Is this done? Send the survey",
    ]
    sent = [row for row in await office.has(State.SENT) if row.kind == "nudge"]
    assert sorted(row.due_at.isoformat() for row in sent) == [
        f"2019-05-{day}T03:15:00+00:00" for day in (14, 17, 24)
    ]  # fmt: skip
    assert await office.plan() == Planning(0, 0)


async def test_planned_twice_they_are_the_same_and_go_when_the_item_is_closed(any_office: Office) -> None:
    office = any_office
    item = await promised(office)
    await office.only(MIGRATION)
    assert len(await deliveries.planned_keys(office.store, {"nudge"})) == 3
    assert await office.plan() == Planning(0, 0)
    office.at("2019-05-14T03:20Z")
    await office.post()
    await actionitems.close(office.store, Editor("U0PRAKASH", office.workspace.clock.now()), item.id, 1, ItemState.DONE)
    assert await office.plan() == Planning(0, 2)
    assert await mornings(office, "2019-05-17", "2019-05-24") == ["This is due today. Send the survey"]


async def test_one_that_is_due_when_the_item_was_just_done_is_skipped(office: Office) -> None:
    item = await promised(office)
    await office.only(MIGRATION)
    office.at("2019-05-14T03:20Z")
    await actionitems.close(
        office.store, Editor("U0PRAKASH", office.workspace.clock.now()), item.id, 1, ItemState.DROPPED
    )
    await office.post()
    assert office.seen_in("U0PRAKASH") == []
    assert [row.reason for row in await office.has(State.SKIPPED)] == ["done or dropped"]


async def test_a_new_date_moves_what_is_left_of_the_three(any_office: Office) -> None:
    office = any_office
    item = await promised(office)
    await mornings(office, "2019-05-14")
    editor = Editor("U0PRAKASH", office.workspace.clock.now())
    await actionitems.move(office.store, editor, item.id, 1, date(2019, 6, 3))
    seen = await mornings(office, "2019-05-17", "2019-05-24", "2019-06-03", "2019-06-06", "2019-06-13")
    assert seen == [
        "This is due today. Send the survey",
        "This is due today. Send the survey",
        "Is this done? Send the survey",
    ]


async def test_a_new_date_that_the_planner_has_not_seen_yet_is_kept_to(office: Office) -> None:
    item = await promised(office)
    await office.only(MIGRATION)
    office.at("2019-05-14T03:20Z")
    editor = Editor("U0PRAKASH", office.workspace.clock.now())
    await actionitems.move(office.store, editor, item.id, 1, date(2019, 5, 20))
    await office.post()
    assert office.seen_in("U0PRAKASH") == []
    assert await mornings(office, "2019-05-20") == ["This is due today. Send the survey"]


async def test_after_a_downtime_one_is_asked_once_and_not_at_night(office: Office) -> None:
    await promised(office)
    await office.only(MIGRATION)
    office.at("2019-05-17T20:00Z")
    await office.plan()
    await office.post()
    assert office.seen_in("U0PRAKASH") == []
    assert await mornings(office, "2019-05-18") == ["Is this done? Send the survey"]


async def test_nobody_is_asked_about_what_is_due_on_no_day(office: Office) -> None:
    await promised(office, due_on=None)
    await office.only(MIGRATION)
    assert await deliveries.planned_keys(office.store, {"nudge"}) == {}


async def in_the_calendar(office: Office, due_on: date = MAY) -> Activity:
    """Prakash is to publish a film on that day."""
    await members.save_slack_facts(office.store, "U0PRAKASH", "en-US", "Asia/Kathmandu", office.workspace.clock.now())
    work = Work("A film", ActivityKind.POST, "", "U0PRAKASH", "ILO", due_on, ActivityState.PLANNED, "en")
    return await activities.add(office.store, Editor("U0AMINA", office.workspace.clock.now()), work)


async def test_the_owner_of_an_activity_hears_of_it_a_week_before_and_on_its_day(any_office: Office) -> None:
    office = any_office
    await in_the_calendar(office)
    assert await mornings(office, "2019-05-06", "2019-05-07", "2019-05-13", "2019-05-14", "2019-05-15") == [
        "Your activity is due on 14 May 2019. A film",
        "Your activity is due today. A film",
    ]
    assert await office.plan() == Planning(0, 0)


async def test_one_that_is_published_moved_or_removed_is_not_reminded_of_on_its_old_day(any_office: Office) -> None:
    office = any_office
    editor = Editor("U0AMINA", office.workspace.clock.now())
    published, moved, removed = [await in_the_calendar(office, date(2019, 5, day)) for day in (14, 15, 16)]
    await office.only(MIGRATION)
    later = replace(moved.work, due_on=date(2019, 5, 20))
    await activities.advance(office.store, editor, published.id, 1, ActivityState.PUBLISHED)
    await activities.change(office.store, editor, moved.id, 1, later)
    await activities.remove(office.store, editor, removed.id, 1)
    for day in ("2019-05-07", "2019-05-08", "2019-05-09"):
        office.at(f"{day}T03:20Z")
        await office.post()
    assert office.seen_in("U0PRAKASH") == []
    assert await mornings(office, "2019-05-13", "2019-05-20") == [
        "Your activity is due on 20 May 2019. A film",
        "Your activity is due today. A film",
    ]


async def test_the_reminder_of_a_meeting_has_its_agenda_as_it_is_when_it_is_posted(any_office: Office) -> None:
    office = any_office
    editor = Editor("U0AMINA", office.workspace.clock.now())
    survey = Agreed("U0PRAKASH", "Send the survey", MAY)
    await actionitems.add(office.store, editor, "migration", "migration-call@2019-03-12", survey)
    await office.only(MIGRATION, "group:migration")
    await meetings.propose(office.store, editor, CALL, "Recruitment fees")
    office.at("2019-04-08T07:00Z")
    await office.post()
    [post] = office.posts(MIGRATION)
    agenda = post["blocks"][2]["elements"]
    words = [
        "".join(element.get("text", "?") for element in line["elements"])
        for part in agenda
        for line in ([part] if part["type"] == "rich_text_section" else part["elements"])
    ]
    assert words == [
        "Agenda",
        "Action items that are still open",
        "Send the survey · due on 14 May 2019",
        "Proposed by members",
        "Recruitment fees",
    ]
    labels = [element["text"]["text"] for element in post["blocks"][-1]["elements"]]
    assert labels[-1] == "Propose for the agenda…"
