"""Every kind of block and element once, for the page to render; and a Bolt app that shows them and notes choices."""

import re
from datetime import UTC, datetime
from typing import Any

from slack_bolt.app.async_app import AsyncApp

from tests.workspace.helpers import Json, actions, button, field, home, line, menu, modal, mrkdwn, plain, section

NINE = int(datetime(2019, 6, 12, 7, 0, tzinfo=UTC).timestamp())
"""World Day against Child Labour at 09:00 in Geneva."""


def word(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def paragraph(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


RICH: Json = {
    "type": "rich_text",
    "block_id": "rich",
    "elements": [
        paragraph(
            word("Bold", bold=True),
            word(" *stars* <b>tags</b> & "),
            {"type": "link", "url": "https://example.org/", "text": "a link"},
            word(" for "),
            {"type": "user", "user_id": "U0LAN"},
            word(", "),
            {"type": "date", "timestamp": NINE, "format": "{date_long}, {time}", "fallback": "12 June"},
        ),
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [paragraph(word("first")), paragraph(word("second"))],
        },
        {"type": "rich_text_quote", "elements": [word("quoted")]},
        {"type": "rich_text_preformatted", "elements": [word("/alliance events")]},
    ],
}

WORDS: list[Json] = [
    {"type": "header", "block_id": "head", "text": plain("Next observance")},
    section(
        "*Bold* _italic_ ~gone~ `code` 2*3*4 snake_case_word <https://example.org|a &amp; b> <@U0AMINA> "
        "<#C0MIGRATION>\n> quoted *text*\n&lt;script&gt;",
        block_id="words",
    ),
    {
        "type": "section",
        "block_id": "fields",
        "fields": [
            mrkdwn(f"<!date^{NINE}^{{date_short_pretty}} {{time}}|fallback>"),
            mrkdwn("<!date^nothing^{date}|12 June>"),
        ],
    },
    {"type": "divider", "block_id": "rule"},
    RICH,
    {"type": "context", "block_id": "small", "elements": [plain("From the report")]},
]

SURE: Json = {"title": plain("Sure?"), "text": plain("It is gone then."), "confirm": plain("Yes"), "deny": plain("No")}

MENUS: list[Json] = [
    section("Region", block_id="region", accessory=menu("africa", "americas", action="region")),
    section("Dots", block_id="dots", accessory=menu("hide", action="dots", type="overflow")),
    actions(
        button("Delete", "delete", style="danger", confirm=SURE),
        {"type": "datepicker", "action_id": "day"},
        {"type": "users_select", "action_id": "who", "placeholder": plain("Who")},
        menu("trade", "youth", action="themes", type="multi_static_select", placeholder=plain("Themes")),
        menu("30 days", "7 days", action="leads", type="checkboxes"),
        menu("English", "Français", action="tongue", type="radio_buttons"),
        block="all",
    ),
]

FORM = modal(
    field("title", line(max_length=40)),
    field("language", menu("English", "Français", action="line")),
    field("note", line(multiline=True), optional=True),
    actions(button("More…", "push"), block="on"),
    callback_id="form",
)
SECOND = modal(section("On top of it"), title=plain("More"), callback_id="second")


def listing(page: int) -> list[Json]:
    """A page of a long answer."""
    return [
        section(f"Page {page}", block_id="page"),
        actions(button("Next", "next", value=str(page + 1)), block="turn"),
    ]


def show(app: AsyncApp, chosen: list[Json], submitted: list[Json]) -> None:
    """Let the app answer: pages, menus, a form, a Home tab. Choices and submissions are noted in the two lists."""
    _commands(app)
    _choices(app, chosen)
    _form(app, submitted)
    _events(app)


def _commands(app: AsyncApp) -> None:
    @app.command("/alliance")
    async def command(ack: Any, body: Json, client: Any) -> None:
        match body["text"]:
            case "form":
                await ack()
                await client.views_open(trigger_id=body["trigger_id"], view=FORM)
            case "menus":
                await ack(text="Menus", blocks=MENUS)
            case "nothing":
                return
            case _:
                await ack(text="Page 1", blocks=listing(1))


def _choices(app: AsyncApp, chosen: list[Json]) -> None:
    @app.action("next")
    async def turn(ack: Any, respond: Any, action: Json) -> None:
        await ack()
        await respond(text="page", blocks=listing(int(action["value"])), replace_original=True)

    @app.action("push")
    async def push(ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_push(trigger_id=body["trigger_id"], view=SECOND)

    @app.action(re.compile(".+"))
    async def note(ack: Any, action: Json) -> None:
        chosen.append(action)
        await ack()


def _form(app: AsyncApp, submitted: list[Json]) -> None:
    @app.view("form")
    async def form(ack: Any, view: Json) -> None:
        values = view["state"]["values"]
        if values["title"]["line"]["value"] == "taken":
            await ack(response_action="errors", errors={"title": "This title is taken."})
            return
        submitted.append(values)
        await ack()


def _events(app: AsyncApp) -> None:
    @app.event("app_home_opened")
    async def opened(event: Json, client: Any) -> None:
        view = home(section("Your Alliance"), actions(button("Settings", "set")))
        await client.views_publish(user_id=event["user"], view=view)

    @app.event("team_join")
    async def joined(event: Json, client: Any) -> None:
        await client.chat_postMessage(channel=event["user"]["id"], text="Welcome to the community")

    @app.event("member_joined_channel")
    async def nothing(event: Json) -> None:
        return None
