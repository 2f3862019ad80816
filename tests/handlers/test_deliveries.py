"""`/alliance deliveries`: what the secretariat sees of what is posted unasked, and how it pauses and tries again."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from alliance.delivery import Kind, Planned, State
from alliance.languages import Language
from handlers.replies import Json, Reply
from storage import deliveries, members, runs, sending
from storage.models import Member
from storage.values import DeliveryRow
from tests.handlers.desk import Desk, buttons, shown

WORLD_DAY = "world-day-against-child-labour@2019-06-12"
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
async def secretariat(desk: Desk) -> None:
    """Claire is the secretariat."""
    await members.appoint_secretariat(desk.store, ["U0CLAIRE"])


async def planned(desk: Desk, target: str, *, late: timedelta = timedelta(), useful: timedelta = WEEK) -> None:
    """A reminder of the World Day, due now."""
    item = Planned(Kind.REMINDER, target, WORLD_DAY, "30d", desk.now - late, desk.now - late + useful)
    await deliveries.plan(desk.store, [item])


async def claimed(desk: Desk, target: str, **times: timedelta) -> DeliveryRow:
    """The same, and the sender holds it."""
    await planned(desk, target, **times)
    (row,) = [row for row in await deliveries.due(desk.store, desk.now, 100) if row.target == target]
    (row,) = await deliveries.claim(desk.store, [row.id], "sender", desk.now, desk.now)
    return row


async def failed(desk: Desk, target: str, reason: str, **times: timedelta) -> DeliveryRow:
    row = await claimed(desk, target, **times)
    await deliveries.failed(desk.store, row.id, "sender", reason, desk.now)
    return row


async def one_of_each(desk: Desk) -> None:
    await planned(desk, "C0DUE")
    await planned(desk, "C0AHEAD", late=-WEEK)
    sent = await claimed(desk, "C0SENT")
    await deliveries.sent(desk.store, sent.id, "sender", "C0SENT", "1.1", desk.now - timedelta(hours=1))
    before = await claimed(desk, "C0LONGAGO")
    await deliveries.sent(desk.store, before.id, "sender", "C0LONGAGO", "1.1", desk.now - timedelta(hours=25))
    await failed(desk, "C0FAILED", "is_archived")
    unknown = await claimed(desk, "C0UNKNOWN")
    await deliveries.unknown(desk.store, unknown.id, "sender", desk.now)
    skipped = await claimed(desk, "C0SKIPPED")
    await deliveries.skipped(desk.store, skipped.id, "sender", "cancelled", desk.now)


async def click(desk: Desk, message: Json, button: str, user: str = "U0CLAIRE") -> Json:
    """The message that a button of this message gives."""
    reply = await desk.click(*buttons(message)[button], user=user)
    assert reply.respond is not None
    return reply.respond


async def test_the_secretariat_sees_how_much_and_what_went_wrong_with_the_reasons(desk: Desk) -> None:
    await one_of_each(desk)
    lines = shown(await desk.type("deliveries", "U0CLAIRE")).split("\n")
    when = "3 April 2019, 12:00"
    world_day = "World Day against Child Labour"
    assert lines == [
        "Deliveries",
        "Sending is on.",
        "- Due now: 1",
        "- Planned for later: 1",
        "- Sent in the last 24 hours: 1",
        "- Failed: 1",
        "- Unknown, being looked up in Slack’s history: 1",
        "- Skipped, because there was no more use for it: 1",
        "[Retry failed only]",
        "[Pause]",
        "What went wrong last",
        f"- C0SKIPPED · {world_day} · {when} | The event is cancelled.",
        f"- C0UNKNOWN · {world_day} · {when} | Slack did not say whether it was posted. "
        "The bot looks it up, and posts it if it is missing.",
        f"- C0FAILED · {world_day} · {when} | This channel is archived. Nothing more is posted there.",
        "[Refresh]",
        "[Failed]",
        "[Unknown]",
        "[Skipped]",
        "[Due now]",
        "[Sent last]",
    ]


@pytest.mark.parametrize(
    ("language", "word", "heading", "target"),
    [
        ("en", "failed", "Failed", "C0FAILED"),
        ("en", "UNKNOWN", "Unknown", "C0UNKNOWN"),
        ("en", "skipped", "Skipped", "C0SKIPPED"),
        ("en", "due", "Due now", "C0DUE"),
        ("fr", "echoues", "En échec", "C0FAILED"),
        ("es", "omitidos", "Omitidos", "C0SKIPPED"),
    ],
)
async def test_a_word_shows_one_state_alone(
    desk: Desk, language: Language, word: str, heading: str, target: str
) -> None:
    await one_of_each(desk)
    desk.speaks("U0CLAIRE", language)
    message = await desk.type(f"deliveries {word}", "U0CLAIRE")
    assert heading in shown(message).split("\n")
    channels = [e["channel_id"] for e in _elements(message) if e["type"] == "channel"]
    assert channels == [target]


async def test_another_word_is_answered_with_those_that_can_be_typed(desk: Desk) -> None:
    assert shown(await desk.type("deliveries lost", "U0CLAIRE")) == (
        "After “deliveries” you can write failed, unknown, skipped, due or sent, or nothing."
    )


async def test_nobody_else_sees_or_changes_anything(desk: Desk) -> None:
    """Also a lead of a group, and also with the secretariat's own buttons."""
    await members.set_leads(desk.store, "migration", ["U0PRAKASH"])
    await failed(desk, "C0FAILED", "is_archived")
    refusal = (
        "Only the secretariat can see and change what is delivered. "
        "To see what you are reminded of, type /alliance reminders."
    )
    assert shown(await desk.type("deliveries", "U0PRAKASH")) == refusal
    message = await desk.type("deliveries", "U0CLAIRE")
    for button in ("Retry failed only", "Pause", "Failed"):
        assert shown(await click(desk, message, button, "U0PRAKASH")) == refusal
    reply = await desk.click("deliveries.resume", "", user="U0PRAKASH")
    assert reply.respond is not None
    assert shown(reply.respond) == refusal
    assert (await sending.tally(desk.store, desk.now)).failed == 1
    assert await sending.paused(desk.store) is None


async def test_who_joins_the_secretariat_may_at_once(desk: Desk) -> None:
    """What somebody may do is never taken from what the bot remembers of them."""
    assert shown(await desk.type("deliveries", "U0LAN")).startswith("Only the secretariat")
    await members.appoint_secretariat(desk.store, ["U0LAN"])
    assert shown(await desk.type("deliveries", "U0LAN")).startswith("Deliveries")


async def test_only_the_secretariat_finds_it_in_help(desk: Desk) -> None:
    assert "/alliance deliveries" in shown(await desk.type("help", "U0CLAIRE"))
    assert "deliveries" not in shown(await desk.type("help", "U0LAN"))


async def test_retry_plans_again_what_failed_and_is_of_use_and_a_second_click_does_nothing(desk: Desk) -> None:
    await failed(desk, "C0ARCHIVED", "is_archived")
    await failed(desk, "C0MEMBER", "account_inactive")
    await failed(desk, "C0TOOLATE", "is_archived", late=timedelta(days=1), useful=timedelta(hours=12))
    message = await desk.type("deliveries", "U0CLAIRE")
    (retry,) = [e for e in _elements(message) if e.get("action_id") == "deliveries.retry"]
    assert retry["confirm"]["text"]["text"] == (
        "Every failed message that is still of use is posted once more. What was posted is not repeated."
    )
    answer = shown(await click(desk, message, "Retry failed only")).split("\n")
    assert answer[0] == "2 messages are tried again now."
    assert "- Due now: 2" in answer
    assert "- Failed: 1" in answer
    again = shown(await click(desk, message, "Retry failed only")).split("\n")
    assert again[0] == "Nothing that failed is left to try again: what is too late stays as it is."
    due = await deliveries.due(desk.store, desk.now, 10)
    assert [(row.target, row.due_at, row.attempts, row.reason, row.settled_at) for row in due] == [
        ("C0ARCHIVED", desk.now, 0, None, None),
        ("C0MEMBER", desk.now, 0, None, None),
    ]


async def test_paused_is_seen_and_what_is_due_is_held(desk: Desk) -> None:
    await planned(desk, "C0DUE")
    paused = await click(desk, await desk.type("deliveries", "U0CLAIRE"), "Pause")
    lines = shown(paused).split("\n")
    assert lines[0] == "Sending is paused. Answers to commands go on."
    assert lines[2].startswith("Sending is paused since 3 April 2019, 12:00.")
    assert lines[3:5] == ["- Due now: 0", "- Held back, by a pause or until the next attempt: 1"]
    assert await sending.paused(desk.store) == sending.Pause(desk.now, "U0CLAIRE")
    resumed = shown(await click(desk, paused, "Resume")).split("\n")
    assert resumed[0] == "Sending goes on. What is late is posted if it is still of use."
    assert resumed[2:4] == ["Sending is on.", "- Due now: 1"]


async def test_the_switch_in_the_message_of_a_run_works_for_the_secretariat_alone_and_says_nothing_itself(
    desk: Desk,
) -> None:
    """The message says what was done, within a second, to all of them."""
    await runs.begin(desk.store, desk.now)
    (run,) = await runs.not_closed(desk.store)
    await runs.take(desk.store, run.id, desk.now, timedelta(seconds=5))
    for button in ("deliveries.run_pause", "deliveries.run_resume"):
        refused = await desk.click(button, str(run.id), user="U0PRAKASH", ephemeral=False)
        assert refused.respond is not None
        assert (refused.respond["replace_original"], refused.respond["response_type"]) == (False, "ephemeral")
        assert shown(refused.respond).startswith("Only the secretariat")
    assert await sending.paused(desk.store) is None
    assert await desk.click("deliveries.run_pause", str(run.id), user="U0CLAIRE", ephemeral=False) == Reply()
    assert await sending.paused(desk.store) == sending.Pause(desk.now, "U0CLAIRE")
    assert await runs.take(desk.store, run.id, desk.now, timedelta(seconds=5))
    assert await desk.click("deliveries.run_resume", str(run.id), user="U0CLAIRE", ephemeral=False) == Reply()
    assert await sending.paused(desk.store) is None


async def test_who_left_the_secretariat_or_the_database_cannot_use_its_buttons_any_more(desk: Desk) -> None:
    """Also not while the bot still remembers them."""
    assert shown(await desk.type("deliveries", "U0CLAIRE")).startswith("Deliveries")
    async with desk.store.write() as session:
        await session.execute(delete(Member).where(Member.user_id == "U0CLAIRE"))
    refused = await desk.click("deliveries.run_pause", "1", user="U0CLAIRE", ephemeral=False)
    assert refused.respond is not None
    assert shown(refused.respond).startswith("Only the secretariat")
    assert await sending.paused(desk.store) is None


async def test_many_failures_have_pages(desk: Desk) -> None:
    for number in range(25):
        await failed(desk, f"C{number}", "is_archived")
    first = await desk.type("deliveries failed", "U0CLAIRE")
    second = await click(desk, first, "Next page")
    third = await click(desk, second, "Next page")
    targets = [
        [e["channel_id"] for e in _elements(message) if e["type"] == "channel"] for message in (first, second, third)
    ]
    assert targets == [
        [f"C{number}" for number in range(24, 14, -1)],
        [f"C{number}" for number in range(14, 4, -1)],
        [f"C{number}" for number in range(4, -1, -1)],
    ]
    assert "Next page" not in buttons(third)
    assert "Failed (page 3)" in shown(third).split("\n")


async def test_members_welcomes_and_notices_are_named(desk: Desk) -> None:
    for kind, subject in ((Kind.WELCOME, ""), (Kind.NOTICE, "late")):
        item = Planned(kind, "U0SOFIA", subject, "", desk.now, None)
        await deliveries.plan(desk.store, [item])
    lines = shown(await desk.type("deliveries due", "U0CLAIRE")).split("\n")
    assert [line for line in lines if line.startswith("- U0SOFIA")] == [
        "- U0SOFIA · Welcome to a new member · 3 April 2019, 12:00",
        "- U0SOFIA · Notice to the secretariat · 3 April 2019, 12:00",
    ]
    assert [row.state for row in await deliveries.recent(desk.store, State.PLANNED, 5)] == [State.PLANNED] * 2


def _elements(message: Json) -> list[Json]:
    found: list[Json] = []

    def walk(part: object) -> None:
        if isinstance(part, dict):
            found.extend([part] if "type" in part else [])
            for value in part.values():
                walk(value)
        elif isinstance(part, list):
            for value in part:
                walk(value)

    walk(message["blocks"])
    return found
