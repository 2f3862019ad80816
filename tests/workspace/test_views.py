"""Modals and Home tabs, with the stock Bolt app behind them."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.helpers import (
    Connect,
    Json,
    Start,
    actions,
    app_of,
    button,
    client_of,
    field,
    home,
    line,
    manifest,
    menu,
    modal,
    option,
    plain,
    refusal,
    section,
)
from workspace.elements import NotThere
from workspace.seen import TROUBLE
from workspace.server import Workspace

FORM = modal(field("name", line("typed")), callback_id="form", private_metadata="page 2")


class Triggers:
    """A connected app whose command only takes down the trigger id."""

    def __init__(self, workspace: Workspace, app: AsyncApp) -> None:
        self.workspace = workspace
        self.seen: list[str] = []

        @app.command("/alliance")
        async def note(ack: Any, command: Json) -> None:
            self.seen.append(command["trigger_id"])
            await ack()

    async def new(self, user: str = "U0LAN") -> str:
        """The trigger id of a fresh command."""
        await self.workspace.command(user, "C0MIGRATION", "/alliance")
        return self.seen[-1]


@pytest.fixture
async def triggers(workspace: Workspace, app: AsyncApp, connect: Connect) -> Triggers:
    made = Triggers(workspace, app)
    await connect(workspace, app)
    return made


async def test_a_trigger_opens_one_modal(workspace: Workspace, client: AsyncWebClient, triggers: Triggers) -> None:
    trigger = await triggers.new()
    view = (await client.views_open(trigger_id=trigger, view=FORM))["view"]
    assert workspace.open_modals("U0LAN") == [view]
    assert (view["type"], view["callback_id"], view["private_metadata"], view["root_view_id"], view["bot_id"]) == (
        "modal", "form", "page 2", view["id"], "B0ALLIANCE",
    )  # fmt: skip
    again = await refusal(client.views_open(trigger_id=trigger, view=FORM))
    assert again["error"] == "exchanged_trigger_id"
    unknown = await refusal(client.views_open(trigger_id="1.2.abc", view=FORM))
    assert unknown["error"] == "invalid_trigger_id"


async def test_a_trigger_is_good_for_three_seconds(start: Start, connect: Connect) -> None:
    workspace = await start(trigger_seconds=0.0)
    app = app_of(workspace)
    triggers = Triggers(workspace, app)
    await connect(workspace, app)
    late = client_of(workspace).views_open(trigger_id=await triggers.new(), view=FORM)
    assert (await refusal(late))["error"] == "expired_trigger_id"


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (modal(), "no less than 1 items allowed [json-pointer:/view/blocks]"),
        (modal(section("x" * 3001)), "must be less than 3001 characters [json-pointer:/view/blocks/0/text/text]"),
        (modal(section("x"), title=plain("t" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
        (
            modal(section("x"), submit=plain("s" * 25)),
            "must be less than 25 characters [json-pointer:/view/submit/text]",
        ),
        (modal(section("x"), close=plain("c" * 25)), "must be less than 25 characters [json-pointer:/view/close/text]"),
        (
            modal(section("x"), private_metadata="m" * 3001),
            "must be less than 3001 characters [json-pointer:/view/private_metadata]",
        ),
        (
            modal(section("x"), callback_id="c" * 256),
            "must be less than 256 characters [json-pointer:/view/callback_id]",
        ),
        (modal(field("name", line()), submit=None), "missing required field: submit [json-pointer:/view]"),
        (modal(section("x"), colour="red"), "invalid additional property: colour [json-pointer:/view]"),
        (home(section("x")), "must be a view of type modal [json-pointer:/view/type]"),
        ({"type": "page", "blocks": []}, "unsupported type: page [json-pointer:/view/type]"),
    ],
)
async def test_views_that_slack_refuses(client: AsyncWebClient, triggers: Triggers, view: Json, words: str) -> None:
    answer = await refusal(client.views_open(trigger_id=await triggers.new(), view=view))
    assert answer == {
        "ok": False,
        "error": "invalid_arguments",
        "response_metadata": {"messages": [f"[ERROR] {words}"]},
    }


async def test_a_view_may_be_100_blocks_but_not_250_kilobytes(client: AsyncWebClient, triggers: Triggers) -> None:
    long = modal(*[section("x" * 2000) for _ in range(100)])
    assert (await client.views_open(trigger_id=await triggers.new(), view=long))["ok"]
    longer = modal(*[section("x" * 2600) for _ in range(100)])
    answer = await refusal(client.views_open(trigger_id=await triggers.new(), view=longer))
    assert answer["error"] == "view_too_large"


async def test_an_update_needs_the_right_view_and_hash(
    workspace: Workspace, client: AsyncWebClient, triggers: Triggers
) -> None:
    opened = (await client.views_open(trigger_id=await triggers.new(), view=modal(section("1"), external_id="one")))[
        "view"
    ]
    first_hash, view_id = opened["hash"], opened["id"]
    await client.views_update(view_id=view_id, view=modal(section("2"), external_id="one"), hash=first_hash)
    late = client.views_update(view_id=view_id, view=modal(section("3")), hash=first_hash)
    assert (await refusal(late))["error"] == "hash_conflict"
    await client.views_update(external_id="one", view=modal(section("4")))
    [view] = workspace.open_modals("U0LAN")
    assert (view["id"], view["blocks"][0]["text"]["text"]) == (view_id, "4")
    assert (await refusal(client.views_update(view_id="V0", view=FORM)))["error"] == "not_found"
    nameless = await refusal(client.api_call("views.update", json={"view": FORM}))
    assert nameless["error"] == "invalid_arguments"


async def test_an_external_id_is_taken_once(client: AsyncWebClient, triggers: Triggers) -> None:
    await client.views_open(trigger_id=await triggers.new("U0LAN"), view=modal(section("1"), external_id="one"))
    twice = client.views_open(trigger_id=await triggers.new("U0AMINA"), view=modal(section("1"), external_id="one"))
    assert (await refusal(twice))["error"] == "duplicate_external_id"


async def test_three_modals_stand_on_each_other_at_most(
    workspace: Workspace, client: AsyncWebClient, triggers: Triggers
) -> None:
    assert (await refusal(client.views_push(trigger_id=await triggers.new(), view=FORM)))["error"] == "not_found"
    await client.views_open(trigger_id=await triggers.new(), view=FORM)
    for _ in range(2):
        await client.views_push(trigger_id=await triggers.new(), view=FORM)
    top = workspace.open_modals("U0LAN")[-1]
    assert top["previous_view_id"] == workspace.open_modals("U0LAN")[1]["id"]
    assert top["root_view_id"] == workspace.open_modals("U0LAN")[0]["id"]
    fourth = client.views_push(trigger_id=await triggers.new(), view=FORM)
    assert (await refusal(fourth))["error"] == "push_limit_reached"
    await workspace.close_modal("U0LAN", top["id"])
    assert len(workspace.open_modals("U0LAN")) == 2


async def test_a_home_tab(workspace: Workspace, client: AsyncWebClient) -> None:
    view = (await client.views_publish(user_id="U0MARIA", view=home(section("Hola"))))["view"]
    assert workspace.home("U0MARIA") == view
    assert workspace.home("U0LAN") is None
    stale = client.views_publish(user_id="U0MARIA", view=home(section("x")), hash="1.abc")
    assert (await refusal(stale))["error"] == "hash_conflict"
    submit = client.views_publish(user_id="U0MARIA", view=home(section("x"), submit=plain("Save")))
    assert (await refusal(submit))["error"] == "invalid_arguments"
    assert (await refusal(client.views_publish(user_id="U0X", view=home(section("x")))))["error"] == "user_not_found"


async def test_no_home_tab_without_the_feature(start: Start) -> None:
    workspace = await start(manifest=manifest(app_home={"home_tab_enabled": False}))
    publish = client_of(workspace).views_publish(user_id="U0LAN", view=home(section("x")))
    assert (await refusal(publish))["error"] == "not_enabled"


class Form:
    """A connected app that opens FORM, and answers its submission with `answer`."""

    def __init__(self, app: AsyncApp) -> None:
        self.answer: Json = {}
        self.submitted: list[Json] = []
        self.closed: list[Json] = []
        self.view: Json = FORM

        @app.command("/alliance")
        async def show(ack: Any, client: AsyncWebClient, command: Json) -> None:
            await ack()
            await client.views_open(trigger_id=command["trigger_id"], view=self.view)

        @app.view("form")
        async def submit(ack: Any, body: Json) -> None:
            self.submitted.append(body)
            await ack(**self.answer)

        @app.view_closed("form")
        async def close(ack: Any, body: Json) -> None:
            self.closed.append(body)
            await ack()


@pytest.fixture
async def form(workspace: Workspace, app: AsyncApp, connect: Connect) -> Form:
    made = Form(app)
    await connect(workspace, app)
    return made


async def opened(workspace: Workspace) -> str:
    await workspace.command("U0LAN", "C0MIGRATION", "/alliance settings")
    await workspace.until(lambda: bool(workspace.open_modals("U0LAN")))
    return str(workspace.open_modals("U0LAN")[-1]["id"])


async def test_what_is_typed_reaches_the_app_and_the_modal_closes(workspace: Workspace, form: Form) -> None:
    seen = await workspace.submit("U0LAN", await opened(workspace), {"name": {"typed": "Lan & co"}})
    assert (seen.ok, seen.view, workspace.open_modals("U0LAN")) == (True, None, [])
    [body] = form.submitted
    assert body["view"]["state"]["values"] == {"name": {"typed": {"type": "plain_text_input", "value": "Lan & co"}}}
    assert (body["view"]["private_metadata"], body["user"]["id"]) == ("page 2", "U0LAN")


async def test_a_required_field_is_asked_for_before_the_app_hears_of_it(workspace: Workspace, form: Form) -> None:
    seen = await workspace.submit("U0LAN", await opened(workspace), {"name": {"typed": ""}})
    assert seen.errors == {"name": "Please complete this required field."}
    assert form.submitted == []


async def test_a_field_that_is_not_there_cannot_be_filled_in(workspace: Workspace, form: Form) -> None:
    view_id = await opened(workspace)
    with pytest.raises(NotThere):
        await workspace.submit("U0LAN", view_id, {"nome": {"typed": "x"}})


async def test_the_app_says_what_is_wrong_in_a_field(workspace: Workspace, form: Form) -> None:
    form.answer = {"response_action": "errors", "errors": {"name": "Too short."}}
    seen = await workspace.submit("U0LAN", await opened(workspace), {"name": {"typed": "x"}})
    assert seen.errors == {"name": "Too short."}
    assert len(workspace.open_modals("U0LAN")) == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"other": "Wrong."}},
        {"response_action": "update", "view": modal(section("x" * 3001))},
        {"response_action": "refresh"},
    ],
    ids=["field that is not there", "invalid view", "unknown action"],
)
async def test_an_answer_that_slack_refuses_keeps_the_form_open(workspace: Workspace, form: Form, answer: Json) -> None:
    form.answer = answer
    seen = await workspace.submit("U0LAN", await opened(workspace), {"name": {"typed": "x"}})
    assert (seen.error, len(workspace.open_modals("U0LAN")), bool(seen.details)) == (TROUBLE, 1, True)


async def test_the_answer_may_update_push_or_clear(workspace: Workspace, form: Form) -> None:
    view_id = await opened(workspace)
    form.answer = {"response_action": "update", "view": modal(field("name", line("typed")), callback_id="form")}
    seen = await workspace.submit("U0LAN", view_id, {"name": {"typed": "x"}})
    assert seen.view is not None
    assert seen.view["id"] == view_id
    form.answer = {"response_action": "push", "view": modal(field("more", line("typed")), callback_id="form")}
    seen = await workspace.submit("U0LAN", view_id, {"name": {"typed": "x"}})
    assert [v["blocks"][0]["block_id"] for v in workspace.open_modals("U0LAN")] == ["name", "more"]
    form.answer = {"response_action": "clear"}
    assert seen.view is not None
    await workspace.submit("U0LAN", seen.view["id"], {"more": {"typed": "x"}})
    assert workspace.open_modals("U0LAN") == []


async def test_closing_is_told_where_the_app_wants_to_know(workspace: Workspace, form: Form) -> None:
    await workspace.close_modal("U0LAN", await opened(workspace))
    assert form.closed == []
    form.view = {**FORM, "notify_on_close": True}
    await workspace.close_modal("U0LAN", await opened(workspace))
    assert [(body["type"], body["is_cleared"]) for body in form.closed] == [("view_closed", False)]


async def test_choosing_in_a_modal_reaches_the_app_with_all_that_was_typed(
    workspace: Workspace, app: AsyncApp, form: Form
) -> None:
    form.view = modal(
        actions(menu("en", "fr", action="language"), button("Test", "test", value="t"), block="row"),
        field("name", line("typed")),
        callback_id="form",
    )
    clicks: list[Json] = []

    @app.action("language")
    @app.action("test")
    async def chosen(ack: Any, body: Json) -> None:
        clicks.append(body)
        await ack()

    view_id = await opened(workspace)
    await workspace.click_view("U0LAN", view_id, "language", "fr")
    await workspace.click_view("U0LAN", view_id, "test")
    assert [(c["actions"][0]["type"], c["container"]) for c in clicks] == [
        ("static_select", {"type": "view", "view_id": view_id}),
        ("button", {"type": "view", "view_id": view_id}),
    ]
    assert clicks[0]["actions"][0]["selected_option"] == option("fr")
    assert clicks[1]["view"]["state"]["values"]["row"] == {
        "language": {"type": "static_select", "selected_option": option("fr")}
    }
    assert "response_url" not in clicks[0]
    with pytest.raises(NotThere):
        await workspace.click_view("U0LAN", view_id, "language", "de")


async def test_what_was_typed_stays_when_the_view_is_updated(
    workspace: Workspace, client: AsyncWebClient, form: Form
) -> None:
    view_id = await opened(workspace)
    form.answer = {"response_action": "errors", "errors": {"name": "Too short."}}
    await workspace.submit("U0LAN", view_id, {"name": {"typed": "L"}})
    await client.views_update(
        view_id=view_id, view=modal(section("New"), field("name", line("typed")), callback_id="form")
    )
    form.answer = {}
    await workspace.submit("U0LAN", view_id, {})
    assert form.submitted[-1]["view"]["state"]["values"]["name"]["typed"]["value"] == "L"
