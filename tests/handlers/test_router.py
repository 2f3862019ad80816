"""The way from a payload to an answer: who asks, what cannot be understood, and what must never leak."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from handlers import SUBJECTS
from handlers.answers import Answer, FieldErrors, Modal, Nothing, View
from handlers.call import Call, Deps, UserMistake
from handlers.router import Router
from handlers.subject import Handler, Subject
from handlers.views import kit
from storage import members
from tests.handlers.desk import Desk, buttons, checked, shown


def subject(
    name: str,
    command: Handler,
    actions: Mapping[str, Handler] | None = None,
    submissions: Mapping[str, Handler] | None = None,
) -> Subject:
    return Subject((name,), lambda _t: name, lambda _t: (name,), command, actions or {}, submissions or {})


def with_subjects(desk: Desk, *subjects: Subject) -> Router:
    desk.router = Router(desk.deps, (*SUBJECTS, *subjects))
    return desk.router


async def test_a_new_member_is_asked_of_slack_once_and_answered_in_their_language(desk: Desk) -> None:
    desk.speaks("U0AMINA", "fr-FR", "Africa/Nairobi")

    for _time in range(3):
        await desk.type("events", "U0AMINA")

    assert desk.slack.asked == ["U0AMINA"]
    member = await members.get(desk.store, "U0AMINA")
    assert member is not None
    assert (member.language(), member.zone, member.refreshed_at) == ("fr", "Africa/Nairobi", desk.now)


async def test_where_slack_does_not_say_english_answers_and_slack_is_asked_again(desk: Desk) -> None:
    desk.slack.refuses = True
    assert shown(await desk.type("events fiji", "U0NEW")).startswith("Events: Fiji")

    desk.slack.refuses = False
    desk.speaks("U0NEW", "es-LA")
    desk.now += timedelta(minutes=1)
    assert "Julio de 2019" in shown(await desk.type("events fiji", "U0NEW"))


async def test_a_member_who_moved_is_asked_of_slack_again_a_day_later(desk: Desk) -> None:
    desk.speaks("U0MOVED", "en-GB", "Africa/Dakar")
    await desk.type("events", "U0MOVED")

    desk.speaks("U0MOVED", "fr-FR", "Europe/Paris")
    desk.now += timedelta(days=1, minutes=1)
    await desk.type("events", "U0MOVED")
    await desk.settle()

    member = await members.get(desk.store, "U0MOVED")
    assert member is not None
    assert (member.language(), member.zone) == ("fr", "Europe/Paris")


async def test_another_language_is_spoken_from_the_next_command_on(desk: Desk) -> None:
    async def spanish(call: Call, deps: Deps) -> View:
        await members.choose_language(deps.store, call.member.user_id, "es")
        return Nothing()

    with_subjects(desk, subject("spanish", spanish, actions={"spanish.speak": spanish}))
    assert "July 2019" in shown(await desk.type("events fiji"))

    await desk.click("spanish.speak")

    assert "Julio de 2019" in shown(await desk.type("events fiji"))


@pytest.mark.parametrize("typed", ["evnts", "EVENTZ", "eventss"])
async def test_a_misspelt_subject_gets_the_nearest_as_buttons(desk: Desk, typed: str) -> None:
    message = await desk.type(f"{typed} africa")

    assert shown(message).splitlines()[0] == f"I do not know the word “{typed}”."
    assert "/alliance events africa" in buttons(message)
    opened = (await desk.click(*buttons(message)["/alliance events africa"])).respond
    assert opened is not None
    assert shown(opened).startswith("Events: Africa")


@pytest.mark.parametrize("typed", ["africa events july", "july africa events", "événements afrique juillet"])
async def test_the_subject_may_stand_anywhere(desk: Desk, typed: str) -> None:
    assert shown(await desk.type(typed)).splitlines()[0] == "Events: Africa, July 2019"


async def test_suggestions_are_words_of_the_askers_language(desk: Desk) -> None:
    desk.speaks("U0AMINA", "fr-FR")

    assert next(iter(buttons(await desk.type("evnts juillet", "U0AMINA")))) == "/alliance événements juillet"


@pytest.mark.parametrize("typed", ["settings language french", "reminders language french"])
async def test_words_that_a_subject_does_not_take_are_named(desk: Desk, typed: str) -> None:
    assert shown(await desk.type(typed)).splitlines()[0] == "I did not understand “language french”."


async def test_a_filter_without_its_subject_is_offered_as_one(desk: Desk) -> None:
    message = await desk.type("vietnam may")

    opened = (await desk.click(*buttons(message)["/alliance events vietnam may"])).respond
    assert opened is not None
    assert shown(opened).splitlines()[0] == "Events: Vietnam, May 2019"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("nepal", ["/alliance countries nepal", "/alliance events nepal"]),
        ("Migration", ["/alliance groups Migration", "/alliance events Migration"]),
        ("africa", ["/alliance events africa"]),
    ],
)
async def test_a_name_without_a_subject_is_offered_with_each_that_has_it(
    desk: Desk, typed: str, offered: list[str]
) -> None:
    found = buttons(await desk.type(typed))
    assert [name for name in found if name.startswith("/alliance")] == offered
    opened = (await desk.click(*found[offered[0]])).respond
    assert opened is not None
    assert typed.lower() in shown(opened).splitlines()[0].lower()


async def test_what_people_type_is_shown_as_characters_not_as_markup(desk: Desk) -> None:
    message = await desk.type("&lt;!channel&gt; *bold* &amp;amp; <@U0LAN>")

    assert shown(message).splitlines()[0] == "I do not know the word “<!channel>”."
    assert [block["type"] for block in message["blocks"] if block["type"] == "section"] == []


async def test_a_long_or_invisible_word_is_cut_and_cleaned(desk: Desk) -> None:
    message = await desk.type("\x00\u202e" + "y" * 4000)

    assert shown(message).splitlines()[0] == f"I do not know the word “{'y' * 59}…”."


@pytest.mark.parametrize(
    ("action", "value"),
    [
        ("ask.open", ""),
        ("ask.open", "events"),
        ("ask.open", "|||"),
        ("ask.open", "nonsense|x|1"),
        ("ask.share", "events"),
        ("ask.share", "\ud800"),
        ("no.such", "x"),
        ("", ""),
    ],
)
async def test_a_malformed_action_says_what_to_type_instead(desk: Desk, action: str, value: str) -> None:
    reply = await desk.click(action, value)

    assert reply.respond is not None
    assert shown(reply.respond) == "This button is too old to be used. Please type /alliance instead."
    assert (reply.respond["replace_original"], reply.respond["response_type"]) == (False, "ephemeral")


async def test_an_unknown_form_keeps_what_was_written_below_the_message(desk: Desk) -> None:
    reply = await desk.submit("old.form", {})

    assert reply.ack is not None
    assert reply.ack["response_action"] == "push"


async def test_a_mistake_is_said_as_it_is_and_a_defect_only_as_a_reference(desk: Desk) -> None:
    async def mistaken(call: Call, _deps: Deps) -> View:
        raise UserMistake(f"{call.words} is not possible.")

    async def broken(call: Call, _deps: Deps) -> View:
        raise RuntimeError(f"secret {call.words}")

    with_subjects(desk, subject("mistaken", mistaken), subject("broken", broken))
    assert shown(await desk.type("mistaken this")) == "this is not possible."

    with capture_logs() as logs:
        answer = shown(await desk.type("broken private-words"))

    (entry,) = [entry for entry in logs if entry["event"] == "defect"]
    assert answer.endswith(entry["reference"])
    assert len(entry["reference"]) == 8
    assert "private-words" not in str({**entry, "stack": ""}) + answer
    assert (entry["error"], "in broken" in entry["stack"]) == ("RuntimeError", True)


@pytest.mark.parametrize("body", [{}, {"user": {}}, {"actions": []}, {"user_id": None, "text": 3}])
async def test_a_payload_that_is_none_is_answered_all_the_same(desk: Desk, body: dict[str, object]) -> None:
    assert (await desk.router.command(body)).ack is not None
    assert checked(await desk.router.action(body)).respond is not None
    assert checked(await desk.router.submission(body)).ack is not None


async def test_views_become_what_slack_wants(desk: Desk) -> None:
    form = Modal("A form", [kit.field("Name", "name", kit.line_input("name"))], "forms.save", "Save", "memory")

    async def opened(_call: Call, _deps: Deps) -> View:
        return form

    async def saved(call: Call, _deps: Deps) -> View:
        if not call.state["name"]:
            return FieldErrors({"name": "Please write a name."})
        return Answer("Saved", [kit.say(f"{call.memory}: {call.state['name']}")], title="Done")

    with_subjects(desk, subject("forms", opened, submissions={"forms.save": saved}))
    reply = await desk.router.command({"text": "forms", "user_id": "U0LAN"})
    empty = await desk.submit("forms.save", {"name": {"type": "plain_text_input", "value": None}})
    full = await desk.submit("forms.save", {"name": {"type": "plain_text_input", "value": "Lan"}}, "memory")

    assert reply.ack is None
    assert reply.open_view is not None
    assert (reply.open_view["callback_id"], reply.open_view["private_metadata"]) == ("forms.save", "memory")
    assert empty.ack == {"response_action": "errors", "errors": {"name": "Please write a name."}}
    assert full.ack is not None
    assert (full.ack["response_action"], shown(full.ack["view"])) == ("update", "memory: Lan")


async def test_an_answer_that_slack_would_refuse_is_cut_and_says_so(desk: Desk) -> None:
    async def endless(call: Call, _deps: Deps) -> View:
        return Answer("Long", [kit.say("x" * int(call.words))] * 60)

    with_subjects(desk, subject("endless", endless))

    for length in ("1", "3000"):
        lines = shown(await desk.type(f"endless {length}")).splitlines()
        assert lines[-1] == "This answer is too long to be shown whole."


async def test_app_home_shows_the_overview(desk: Desk) -> None:
    await desk.router.home("U0LAN")

    assert desk.slack.homes["U0LAN"]["type"] == "home"
    assert "Albania" in shown(desk.slack.homes["U0LAN"])


async def test_a_new_member_is_welcomed_in_their_language(desk: Desk) -> None:
    member = await members.save_slack_facts(
        desk.store, "U0LAN", "en-US", "Asia/Ho_Chi_Minh", datetime(2019, 4, 3, tzinfo=UTC)
    )

    welcome = await desk.router.welcome_words(member)

    assert shown({"blocks": welcome.blocks}).startswith("Welcome")
