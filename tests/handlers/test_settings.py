"""A member's settings: language, time zone, what they are reminded of."""

from storage import channels, members
from storage.values import Member
from tests.handlers.desk import Desk, buttons, shown
from tests.handlers.forms import chosen, initial, several, written


async def test_settings_say_what_is_set_and_follow_slack_at_first(desk: Desk) -> None:
    desk.speaks("U0AMINA", "en-GB", "Africa/Nairobi")
    answer = await desk.type("settings", user="U0AMINA")
    assert shown(answer).split("\n") == [
        "My settings",
        "My language: As in Slack: English",
        "My time zone: As in Slack: Nairobi (Africa/Nairobi)",
        "I am reminded of: nothing yet",
        "I follow: no group yet",
        "[Change my settings…]",
        "[My reminders]",
        "[Action groups]",
    ]
    form = (await desk.click(*buttons(answer)["Change my settings…"], user="U0AMINA")).open_view
    assert form is not None
    assert initial(form) == {"language": "slack", "zone": "slack", "city": "", "subjects": []}


async def test_what_is_saved_holds_for_answers_and_app_home_at_once(desk: Desk) -> None:
    desk.speaks("U0AMINA", "en-GB", "Africa/Nairobi")
    await desk.type("", user="U0AMINA")
    state = {
        "language": chosen("es"),
        "zone": chosen("America/Santiago"),
        "city": written(),
        "subjects": several("observances", "group:migration"),
    }
    reply = await desk.submit("settings.save", state, user="U0AMINA")
    assert reply.ack is not None
    assert reply.ack["response_action"] == "update"
    assert await members.get(desk.store, "U0AMINA") == Member(
        "U0AMINA", "en-GB", "Africa/Nairobi", "es", "America/Santiago", refreshed_at=desk.now
    )
    assert await channels.subjects_of(desk.store, "U0AMINA") == ("group:migration", "observances")
    await desk.settle()
    assert "12 de abril de 2019 · Albania" in shown(desk.slack.homes["U0AMINA"])
    assert "12 de abril de 2019 · Albania" in shown(await desk.type("", user="U0AMINA"))


async def test_the_message_from_which_the_form_was_opened_says_what_was_saved_too(desk: Desk) -> None:
    """So does the form that is opened from the answer to the first."""
    await desk.type("settings")
    form = (await desk.click("settings.edit")).open_view
    assert form is not None
    state = {"language": chosen("fr"), "zone": chosen("slack"), "city": written(), "subjects": several()}
    reply = await desk.submit("settings.save", state, form["private_metadata"])
    assert reply.respond is not None
    assert (reply.behind, reply.respond["replace_original"]) == ("http://127.0.0.1/response", True)
    assert shown(reply.respond).split("\n")[:3] == ["C’est enregistré.", "Mes réglages", "Ma langue\u00a0: Français"]
    assert reply.ack is not None
    again = (await desk.click("settings.edit", view=reply.ack["view"])).open_view
    assert again is not None
    assert again["private_metadata"] == form["private_metadata"]


async def test_app_home_has_no_message_behind_the_form(desk: Desk) -> None:
    form = (await desk.click("settings.edit", view={"type": "home"})).open_view
    assert form is not None
    state = {"language": chosen("fr"), "zone": chosen("slack"), "city": written(), "subjects": several()}
    reply = await desk.submit("settings.save", state, form["private_metadata"])
    assert (reply.behind, reply.respond) == ("", None)


async def test_as_slack_takes_the_own_choice_back(desk: Desk) -> None:
    desk.speaks("U0AMINA", "en-GB", "Africa/Nairobi")
    await desk.type("", user="U0AMINA")
    await members.choose_language(desk.store, "U0AMINA", "es")
    await members.choose_zone(desk.store, "U0AMINA", "Europe/Zurich")
    await channels.subscribe(desk.store, "U0AMINA", "events", desk.now)
    state = {"language": chosen("slack"), "zone": chosen("slack"), "city": written(), "subjects": several()}
    await desk.submit("settings.save", state, user="U0AMINA")
    assert await members.get(desk.store, "U0AMINA") == Member(
        "U0AMINA", "en-GB", "Africa/Nairobi", refreshed_at=desk.now
    )
    assert await channels.subjects_of(desk.store, "U0AMINA") == ()


async def test_a_typed_city_goes_before_the_menu_and_an_unknown_one_is_named_at_its_field(desk: Desk) -> None:
    state = {"language": chosen("en"), "zone": chosen("slack"), "city": written("Genève"), "subjects": several()}
    await desk.submit("settings.save", state)
    lan = await members.get(desk.store, "U0LAN")
    assert lan is not None
    assert lan.zone == "Europe/Zurich"
    reply = await desk.submit("settings.save", state | {"language": chosen("fr"), "city": written("Xyzzy")})
    assert reply.ack == {
        "response_action": "errors",
        "errors": {
            "city": "I do not know a time zone of this name. "
            "Write a larger city, or an IANA name such as Africa/Douala."
        },
    }
    assert await members.get(desk.store, "U0LAN") == lan


async def test_app_home_opens_the_form_at_once(desk: Desk) -> None:
    await desk.router.home("U0LAN")
    home = desk.slack.homes["U0LAN"]
    reply = await desk.click(*buttons(home)["My settings"], view=home)
    assert reply.open_view is not None
    assert initial(reply.open_view) == {"language": "slack", "zone": "slack", "city": "", "subjects": []}
