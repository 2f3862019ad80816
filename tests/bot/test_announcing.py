"""What a channel sees of the events that members add and change: an announcement that stays true, and one notice."""

from typing import Any

import pytest

from alliance.delivery import State
from bot.slack import writing_client
from storage import eventedits
from storage.entries import Change, Event
from storage.entryfields import Texts
from storage.eventedits import Editor, Stored
from tests.bot.office import GENERAL, MIGRATION, Office
from tests.handlers.desk import shown


def call(**values: Any) -> Event:
    """A call of the Migration group in six weeks."""
    return Event.model_validate(
        {
            "slug": "new",
            "section": eventedits.SECTION,
            "name": {"en": "Fair recruitment call"},
            "kind": "meeting",
            "dates": "2019-05-14",
            "starts": "15:00",
            "ends": "16:00",
            "zone": "Europe/Zurich",
            "groups": ["migration"],
            "summary": {"en": "What employers can do."},
            "written_in": "en",
        }
        | values
    )


def editor(office: Office, user: str = "U0PRAKASH") -> Editor:
    return Editor(user, office.workspace.clock.now())


async def follow(office: Office) -> None:
    """What the bot does at once after a change."""
    await office.plan()
    await office.announcer.run()


async def added(office: Office, **values: Any) -> Stored:
    """An event that was added and announced."""
    made = await eventedits.add(office.store, editor(office), call(**values))
    await follow(office)
    await office.post()
    return made


async def reminders(office: Office, ref: str) -> list[str]:
    rows = await office.has(State.PLANNED)
    return [f"{row.due_at:%m-%d %H:%M}" for row in rows if row.subject == ref and row.kind == "reminder"]


@pytest.fixture
async def quiet(any_office: Office) -> Office:
    """Only the group's own channel is reminded, of the group's meetings."""
    await any_office.only(MIGRATION, "group:migration")
    return any_office


async def test_a_new_event_is_announced_in_its_group_s_channel_and_its_reminders_are_planned(quiet: Office) -> None:
    made = await added(quiet)
    [post] = quiet.posts(MIGRATION)
    assert shown(post).splitlines() == [
        "New: Fair recruitment call",
        "When: 14 May 2019, 15:00 (15:00–16:00 Geneva)",
        "Action group: Migration",
        "What employers can do.",
        "Coming: 0",
        "[I’m coming]",
        "[Maybe]",
        "[Not coming]",
        "[Details]",
        "[Add to my calendar]",
    ]
    assert quiet.posts(GENERAL) == []
    assert await reminders(quiet, made.ref) == ["05-07 07:00", "05-13 07:00", "05-14 12:45"]


async def test_a_moved_event_gives_one_notice_a_true_announcement_and_other_reminders(quiet: Office) -> None:
    made = await added(quiet)
    moved = await eventedits.change(
        quiet.store, editor(quiet), 1, made.entry.model_copy(update={"dates": "2019-05-16"})
    )
    await follow(quiet)
    [announcement] = quiet.posts(MIGRATION)
    assert "When: 16 May 2019, 15:00 (15:00–16:00 Geneva)" in shown(announcement)
    assert announcement["metadata"]["event_payload"]["key"] == f"announcement:{made.ref}:{MIGRATION}"
    assert await reminders(quiet, made.ref) == ["05-09 07:00", "05-15 07:00", "05-16 12:45"]

    quiet.later(seconds=60)
    place = moved.entry.model_copy(update={"place": Texts(en="Online")})
    await eventedits.change(quiet.store, editor(quiet, "U0CLAIRE"), 2, place)
    await follow(quiet)
    assert len(quiet.posts(MIGRATION)) == 1
    quiet.later(minutes=2)
    await quiet.post()
    [announcement, notice] = quiet.posts(MIGRATION)
    assert shown(notice).splitlines() == [
        "Changed: Fair recruitment call",
        "- When: 16 May 2019, 15:00 (15:00–16:00 Geneva) (was: 14 May 2019, 15:00–16:00)",
        "- Where: Online",
        "Changed by U0CLAIRE.",
        "[Details]",
    ]
    assert "Where: Online" in shown(announcement)
    quiet.later(hours=2)
    await quiet.post()
    assert len(quiet.posts(MIGRATION)) == 2


async def test_what_is_changed_back_at_once_is_not_told(quiet: Office) -> None:
    made = await added(quiet)
    moved = await eventedits.change(
        quiet.store, editor(quiet), 1, made.entry.model_copy(update={"dates": "2019-05-16"})
    )
    await eventedits.change(quiet.store, editor(quiet), 2, moved.entry.model_copy(update={"dates": "2019-05-14"}))
    await follow(quiet)
    quiet.later(minutes=3)
    await quiet.post()
    assert len(quiet.posts(MIGRATION)) == 1
    assert [row.reason for row in await quiet.has(State.SKIPPED)] == ["changed back"]


async def test_a_cancelled_and_a_removed_event_say_so_where_they_were_announced(quiet: Office) -> None:
    made = await added(quiet)
    await eventedits.cancel(quiet.store, editor(quiet), made.entry.slug, 1)
    await follow(quiet)
    quiet.later(minutes=3)
    await quiet.post()
    [announcement, notice] = quiet.posts(MIGRATION)
    assert shown(announcement).startswith("Cancelled: Fair recruitment call\n")
    assert shown(notice).startswith("Cancelled: Fair recruitment call\n- It is cancelled.\n")
    assert await reminders(quiet, made.ref) == []

    await eventedits.remove(quiet.store, editor(quiet), made.entry.slug, 2)
    await follow(quiet)
    quiet.later(minutes=3)
    await quiet.post()
    texts = [shown(post) for post in quiet.posts(MIGRATION)]
    assert texts[0] == texts[2] == "No longer in the calendar: Fair recruitment call"


async def test_one_meeting_of_a_series_is_moved_another_called_off_and_both_are_in_one_notice(quiet: Office) -> None:
    made = await added(quiet, rule="FREQ=MONTHLY;BYDAY=2TU;COUNT=4")
    slug, who = made.entry.slug, editor(quiet)
    change = Change.model_validate({"day": "2019-05-14", "moved_to": "2019-05-15", "starts": "10:00"})
    await eventedits.move_occurrence(quiet.store, who, slug, 1, change)
    await eventedits.cancel_occurrence(quiet.store, who, slug, 2, change.day.replace(month=6, day=11))
    await follow(quiet)
    quiet.later(minutes=3)
    await quiet.post()
    [announcement, notice] = quiet.posts(MIGRATION)
    assert "Next: 15 May 2019, 10:00 (10:00 Geneva)" in shown(announcement)
    assert "Repeats: every month on the second Tuesday, 4 times" in shown(announcement)
    assert shown(notice).splitlines()[1:3] == [
        "- 14 May 2019 is moved to 15 May 2019, 10:00 (10:00 Geneva).",
        "- 11 June 2019, 15:00–16:00 is cancelled.",
    ]


async def test_an_announcement_that_was_deleted_is_left_alone_and_slack_is_asked_again_after_a_failure(
    quiet: Office,
) -> None:
    made = await added(quiet)
    moved = await eventedits.change(
        quiet.store, editor(quiet), 1, made.entry.model_copy(update={"dates": "2019-05-16"})
    )
    quiet.workspace.faults.error("chat.update", "internal_error", 1)
    assert [await quiet.announcer.run() for _time in range(3)] == [0, 1, 0]
    options = quiet.workspace.options
    client = writing_client(options.bot_token, quiet.workspace.api_url)
    await client.chat_delete(channel=MIGRATION, ts=quiet.posts(MIGRATION)[0]["ts"])
    quiet.later(seconds=5)
    await eventedits.change(quiet.store, editor(quiet), 2, moved.entry.model_copy(update={"dates": "2019-05-17"}))
    assert [await quiet.announcer.run() for _time in range(2)] == [1, 0]


async def test_a_reminder_that_would_fall_before_the_announcement_is_not_sent_late(quiet: Office) -> None:
    quiet.at("2019-05-10T12:00Z")
    await quiet.plan()
    made = await added(quiet)
    assert [post["text"].partition(":")[0] for post in quiet.posts(MIGRATION)] == ["New"]
    assert await reminders(quiet, made.ref) == ["05-13 07:00", "05-14 12:45"]
