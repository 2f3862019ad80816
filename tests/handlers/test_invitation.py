"""'Coming?': what a member is told after each click, and what only some may see."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from alliance.coming import Attendance
from alliance.roles import Role
from handlers.replies import Json, Reply
from storage import coming, eventedits, roles
from storage.entries import Event
from storage.eventedits import Editor, Stored
from tests.handlers.desk import Desk, buttons, checked, shown

TRIGGERS = count(1)
ANA, BEN, CLEO = "U0ANA", "U0BEN", "U0CLEO"


def event(**values: Any) -> Event:
    """A training for two."""
    return Event.model_validate(
        {
            "slug": "new",
            "section": eventedits.SECTION,
            "name": {"en": "Training in Dakar"},
            "kind": "training",
            "dates": "2019-05-20",
            "groups": ["migration"],
            "written_in": "en",
            "capacity": 2,
        }
        | values
    )


@pytest.fixture
async def made(desk: Desk) -> Stored:
    """The training, added by Prakash."""
    return await eventedits.add(desk.store, Editor("U0PRAKASH", desk.now), event())


async def press(desk: Desk, action: str, value: str, user: str, *, public: bool = False, trigger: str = "") -> Reply:
    """A click on a button; `trigger` again is the same click, delivered again."""
    body: Json = {
        "type": "block_actions",
        "user": {"id": user},
        "trigger_id": trigger or f"t{next(TRIGGERS)}",
        "actions": [{"action_id": action, "block_id": "b", "type": "button", "value": value}],
        "container": {"type": "message", "channel_id": "C0COMMUNITY", "is_ephemeral": not public},
        "channel": {"id": "C0COMMUNITY"},
        "response_url": "http://127.0.0.1/response",
    }
    return checked(await desk.router.action(body))


async def says(desk: Desk, ref: str, word: str, user: str, **how: Any) -> Json:
    """The private answer to a click in the announcement."""
    reply = await press(desk, f"rsvp.answer:{word}", f"{word}|{ref}|", user, public=True, **how)
    assert reply.respond is not None
    assert (reply.respond["response_type"], reply.respond["replace_original"]) == ("ephemeral", False)
    return reply.respond


async def there(desk: Desk, ref: str) -> Attendance:
    return await coming.of(desk.store, ref, 2)


async def test_the_third_of_two_hears_that_they_wait_and_what_will_happen(desk: Desk, made: Stored) -> None:
    first = await says(desk, made.ref, "yes", ANA)
    assert shown(first).splitlines() == [
        "Training in Dakar",
        "When: 20 May 2019",
        "You said yes.",
        "[I’m coming]",
        "[Maybe]",
        "[Not coming]",
        "[Remind me]",
        "[Details]",
    ]
    await says(desk, made.ref, "yes", BEN)
    third = await says(desk, made.ref, "yes", CLEO)
    assert "You are first on the waiting list. I will tell you when a place becomes free." in shown(third)
    assert "Remind me" not in buttons(third)
    assert "You said maybe." in shown(await says(desk, made.ref, "maybe", ANA))
    assert await there(desk, made.ref) == Attendance(2, (BEN, CLEO), (), (ANA,))


async def test_a_click_that_is_delivered_again_later_does_not_undo_the_answer_since(desk: Desk, made: Stored) -> None:
    await says(desk, made.ref, "yes", ANA, trigger="first")
    await says(desk, made.ref, "no", ANA, trigger="second")
    again = await says(desk, made.ref, "yes", ANA, trigger="first")
    assert "You said no." in shown(again)
    assert await there(desk, made.ref) == Attendance(2, declined=(ANA,))


async def test_reminders_are_asked_for_with_a_button_and_given_up_with_another(desk: Desk, made: Stored) -> None:
    answer = await says(desk, made.ref, "yes", ANA)
    action, value = buttons(answer)["Remind me"]
    wished = (await press(desk, action, value, ANA)).respond
    assert wished
    assert "You said yes. I will remind you: 14 days before and 1 day before." in shown(wished)
    assert (await there(desk, made.ref)).wishes == {ANA}
    action, value = buttons(wished)["Don’t remind me"]
    await press(desk, action, value, ANA)
    assert (await there(desk, made.ref)).wishes == set()


async def test_the_page_of_the_event_says_what_one_answered_but_not_in_a_shared_copy(desk: Desk, made: Stored) -> None:
    page = await desk.type(f"event {made.ref}", user=ANA)
    action, value = buttons(page)["I’m coming"]
    changed = (await press(desk, action, value, ANA)).respond
    assert changed
    assert changed["replace_original"]
    assert [line for line in shown(changed).splitlines() if line.startswith(("Coming:", "You said"))] == [
        "Coming: 1 of 2",
        "You said yes.",
    ]
    action, value = buttons(changed)["Share in this channel"]
    shared = (await press(desk, action, value, ANA)).respond
    assert shared
    assert "You said yes." not in shown(shared)
    assert "I’m coming" in buttons(shared)
    assert not {"Remind me", "Who is coming"} & set(buttons(shared))


async def test_who_is_coming_is_for_the_group_s_leads_the_secretariat_and_the_author(desk: Desk, made: Stored) -> None:
    for user in (ANA, BEN, CLEO):
        await says(desk, made.ref, "yes", user)
    await says(desk, made.ref, "no", "U0DAN")
    refused = (await press(desk, "rsvp.who", made.ref, ANA)).respond
    assert refused
    assert "This is for: " in shown(refused)
    await roles.change(desk.store, "U0SEC", desk.now, Role.GROUP_LEAD, "migration", give=[ANA])
    for user in (ANA, "U0PRAKASH"):
        names = (await press(desk, "rsvp.who", made.ref, user)).respond
        assert names
        assert shown(names).splitlines() == [
            "Who is coming: Training in Dakar",
            "When: 20 May 2019",
            "Coming: 2 of 2 · waiting list: 1 · no: 1",
            "Coming (2)",
            f"- {ANA}",
            f"- {BEN}",
            "Waiting list (1)",
            f"- {CLEO}",
            "Won’t come (1)",
            "- U0DAN",
        ]


async def test_a_guest_may_answer_and_sees_their_answers_in_their_language(desk: Desk, made: Stored) -> None:
    desk.slack.guests = frozenset({ANA})
    desk.speaks(ANA, "fr-FR", "Africa/Dakar")
    assert shown(await desk.type("participation", user=ANA)).splitlines()[:2] == [
        "Vos réponses",
        "Vous n’avez encore répondu à aucune invitation. Ouvrez un événement et choisissez.",
    ]
    assert "Vous avez répondu peut-être." in shown(await says(desk, made.ref, "maybe", ANA))
    assert shown(await desk.type("participation", user=ANA)).splitlines() == [
        "Vos réponses",
        "- 20 mai 2019\u00a0: Training in Dakar · peut-être",
    ]


async def test_nobody_answers_what_is_cancelled_over_uncertain_or_gone(desk: Desk, made: Stored) -> None:
    async def refused(ref: str) -> str:
        return shown(await says(desk, ref, "yes", ANA))

    assert "no longer in the calendar" in await refused("nothing@2019-05-20")
    uncertain = await eventedits.change(
        desk.store, Editor("U0PRAKASH", desk.now), 1, made.entry.model_copy(update={"confirmed": False})
    )
    assert "is not certain yet. You can answer once it is." in await refused(made.ref)
    assert "I’m coming" not in buttons(await desk.type(f"event {made.ref}"))
    await eventedits.change(
        desk.store, Editor("U0PRAKASH", desk.now), 2, uncertain.entry.model_copy(update={"confirmed": True})
    )
    await eventedits.cancel(desk.store, Editor("U0PRAKASH", desk.now), made.entry.slug, 3)
    assert "is cancelled, so nobody needs to answer" in await refused(made.ref)
    other = await eventedits.add(desk.store, Editor("U0PRAKASH", desk.now), event(dates="2019-04-03"))
    desk.now = datetime(2019, 4, 5, tzinfo=UTC)
    assert "is over, so there is nothing to answer any more." in await refused(other.ref)
    assert (await there(desk, made.ref)).nobody


@pytest.mark.parametrize("value", ["", "yes", "yes|x", "perhaps|{ref}|", "yes|{ref}|page|more", "on|{ref}|"])
async def test_a_button_that_this_version_did_not_make_changes_nothing(desk: Desk, made: Stored, value: str) -> None:
    reply = await press(desk, "rsvp.answer:yes", value.format(ref=made.ref), ANA)
    assert reply.respond
    assert "too old" in shown(reply.respond)
    assert (await there(desk, made.ref)).nobody
