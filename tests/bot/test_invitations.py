"""What the community sees of who comes: true counts in few updates, a notice to who moves up, reminders on request."""

import pytest

from alliance.coming import Answer
from alliance.delivery import State
from bot.counts import Counts
from storage import coming, eventedits, members
from storage.countmarks import EVERY
from storage.eventedits import Stored
from tests.bot.office import MIGRATION, Office
from tests.bot.test_announcing import added, editor
from tests.handlers.desk import shown

YES, MAYBE, NO = Answer.YES, Answer.MAYBE, Answer.NO
PRAKASH, JAMES, LAN, CLAIRE = "U0PRAKASH", "U0JAMES", "U0LAN", "U0CLAIRE"


@pytest.fixture
async def quiet(any_office: Office) -> Office:
    """Nobody is reminded of anything, unless they ask for it."""
    await any_office.only(MIGRATION)
    return any_office


def counts(office: Office) -> Counts:
    return Counts(office.store, office.announcer, office.workspace.clock.now)


async def says(office: Office, made: Stored, user: str, said: Answer) -> None:
    await coming.answer(office.store, made.ref, user, said, office.workspace.clock.now())


def updates(office: Office) -> int:
    return sum(call.method == "chat.update" for call in office.workspace.calls)


def figures(office: Office) -> str:
    """What the announcement says of who comes."""
    [announcement] = [post for post in office.posts(MIGRATION) if post["text"].startswith("New:")]
    return next((line for line in shown(announcement).splitlines() if line.startswith("Coming:")), "")


def told(office: Office, user: str) -> list[str]:
    """What the bot wrote to a member."""
    return [shown(post) for post in office.posts(user)]


async def reminded(office: Office) -> list[tuple[str, str]]:
    rows = await office.has(State.PLANNED)
    return [(row.target, f"{row.due_at:%m-%d %H:%M}") for row in rows if row.kind == "reminder"]


async def test_many_answers_are_a_few_updates_and_the_last_is_shown(office: Office) -> None:
    """A hundred clicks in half a minute."""
    await office.only(MIGRATION)
    made = await added(office, capacity=80)
    asked = updates(office)
    for second in range(30):
        for click in range(4 if second < 25 else 0):
            await says(office, made, f"U{second:02}{click}", YES)
        await counts(office).run()
        office.later(seconds=1)
    assert figures(office) == "Coming: 80 of 80 · waiting list: 20"
    assert updates(office) - asked <= 25 / EVERY.total_seconds() + 2
    assert not await counts(office).run()


async def test_counts_land_after_slack_failed_and_after_a_restart(quiet: Office) -> None:
    made = await added(quiet)
    await says(quiet, made, PRAKASH, YES)
    quiet.workspace.faults.error("chat.update", "internal_error", 1)
    assert not await counts(quiet).run()
    assert figures(quiet) == "Coming: 0"
    quiet.later(seconds=EVERY.total_seconds())
    assert await counts(quiet).run()
    assert figures(quiet) == "Coming: 1"


async def test_of_several_events_the_one_that_waits_longest_comes_first(office: Office) -> None:
    await office.only(MIGRATION)
    calls = [await added(office, name={"en": f"Call {number}"}) for number in (1, 2, 3)]
    for made in calls:
        await says(office, made, PRAKASH, YES)
        office.later(seconds=1)
    await says(office, calls[0], JAMES, YES)
    shown_first = []
    for _second in range(4):
        await counts(office).run()
        shown_first.append([post["text"].partition(".")[0] for post in office.posts(MIGRATION) if "edited" in post])
    assert shown_first[:3] == [["New: Call 2"], ["New: Call 2", "New: Call 3"], [f"New: Call {n}" for n in (1, 2, 3)]]
    assert not await counts(office).run()


async def test_who_moves_up_is_told_once_and_only_if_it_still_holds(quiet: Office) -> None:
    made = await added(quiet, capacity=1)
    for user in (PRAKASH, JAMES, LAN):
        await says(quiet, made, user, YES)
    await says(quiet, made, PRAKASH, NO)
    await quiet.post()
    [notice] = told(quiet, JAMES)
    assert notice.splitlines()[0] == "You have a place: Fair recruitment call"
    assert "[Not coming]" in notice.splitlines()
    await says(quiet, made, JAMES, NO)
    await says(quiet, made, LAN, NO)
    await quiet.post()
    assert told(quiet, LAN) == []


async def test_fewer_places_are_told_to_who_loses_one_in_their_language(quiet: Office) -> None:
    made = await added(quiet, capacity=2)
    for user in (PRAKASH, CLAIRE):
        await says(quiet, made, user, YES)
    await eventedits.change(quiet.store, editor(quiet), 1, made.entry.model_copy(update={"capacity": 1}))
    await quiet.post()
    [notice] = told(quiet, CLAIRE)
    assert notice.splitlines()[0] == "Moins de places\u00a0: Fair recruitment call"
    assert "en première position sur la liste d’attente. Il y a moins de places qu’auparavant." in notice
    assert told(quiet, PRAKASH) == []


async def test_reminders_reach_only_who_comes_and_wishes(quiet: Office) -> None:
    made = await added(quiet, capacity=2)
    for user, said in ((PRAKASH, YES), (JAMES, YES), (LAN, YES), ("U0MARIA", MAYBE)):
        await says(quiet, made, user, said)
    for user in (PRAKASH, LAN):
        assert await coming.remind(quiet.store, made.ref, user, wished=True)
    await quiet.plan()
    assert {user for user, _due in await reminded(quiet)} == {PRAKASH}
    assert len(await reminded(quiet)) == 3
    await says(quiet, made, JAMES, NO)
    await quiet.plan()
    assert {user for user, _due in await reminded(quiet)} == {PRAKASH, LAN}
    await says(quiet, made, PRAKASH, NO)
    await quiet.plan()
    assert {user for user, _due in await reminded(quiet)} == {LAN}

    quiet.at("2019-05-14T12:45:00Z")
    await quiet.post()
    assert any("In 15 minutes: Fair recruitment call" in words for words in told(quiet, LAN))
    assert not any("Fair recruitment call" in words and "minutes" in words for words in told(quiet, PRAKASH))


async def test_reminders_follow_a_move_and_end_with_a_cancellation(quiet: Office) -> None:
    made = await added(quiet)
    await says(quiet, made, PRAKASH, YES)
    await coming.remind(quiet.store, made.ref, PRAKASH, wished=True)
    await quiet.plan()
    before = await reminded(quiet)
    moved = made.entry.model_copy(update={"dates": "2019-05-16"})
    await eventedits.change(quiet.store, editor(quiet), 1, moved)
    await quiet.plan()
    after = await reminded(quiet)
    assert len(before) == len(after) == 3
    assert not set(before) & set(after)
    await eventedits.cancel(quiet.store, editor(quiet), made.entry.slug, 2)
    await quiet.plan()
    assert await reminded(quiet) == []
    await quiet.announcer.run()
    assert "I’m coming" not in shown(quiet.posts(MIGRATION)[0])


async def test_who_says_no_is_not_reminded_of_it_whatever_they_follow(quiet: Office) -> None:
    made = await added(quiet)
    await members.save_slack_facts(quiet.store, PRAKASH, "en-US", "Asia/Kathmandu", quiet.workspace.clock.now())
    await quiet.only(PRAKASH, "group:migration")
    assert {user for user, _due in await reminded(quiet)} == {PRAKASH}
    await says(quiet, made, PRAKASH, NO)
    quiet.at("2019-05-14T12:45:00Z")
    await quiet.post()
    assert not any("Fair recruitment call" in words for words in told(quiet, PRAKASH))


async def test_a_reminder_that_fell_due_before_it_was_asked_for_is_not_sent_late(quiet: Office) -> None:
    made = await added(quiet)
    await quiet.plan()
    quiet.at("2019-05-13T12:00:00Z")
    await says(quiet, made, PRAKASH, YES)
    await coming.remind(quiet.store, made.ref, PRAKASH, wished=True)
    await quiet.plan()
    assert await reminded(quiet) == [(PRAKASH, "05-14 12:45")]
