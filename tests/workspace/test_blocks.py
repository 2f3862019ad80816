"""What Slack takes and refuses in blocks. The limits are those of the Block Kit reference."""

import pytest

from tests.workspace.helpers import (
    Json,
    actions,
    button,
    field,
    line,
    menu,
    mrkdwn,
    option,
    plain,
    section,
)
from workspace.blocks import checked, problems_of
from workspace.errors import SlackError


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def paragraph(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


WORD: Json = {"type": "text", "text": "word"}
DATE: Json = {"type": "date", "timestamp": 1554292800, "format": "{date_long} at {time}", "fallback": "3 April 2019"}
CONFIRM: Json = {"title": plain("Sure?"), "text": mrkdwn("Really"), "confirm": plain("Yes"), "deny": plain("No")}
IMAGE: Json = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A picture"}
STYLED = {"bold": True, "italic": True, "strike": True, "code": True}

TAKEN = {
    "section with text": section("x" * 3000),
    "section with fields": {"type": "section", "fields": [mrkdwn("y" * 2000)] * 10},
    "section with a button": section("x", accessory=button(value="v" * 2000, style="danger", confirm=CONFIRM)),
    "section with a picture": section("x", accessory=IMAGE, expand=True),
    "header": {"type": "header", "text": plain("h" * 150)},
    "divider": {"type": "divider", "block_id": "b" * 255},
    "context": {"type": "context", "elements": [mrkdwn("a"), plain("b"), IMAGE, *[plain("c")] * 7]},
    "image": {**IMAGE, "title": plain("A title"), "alt_text": "a" * 2000},
    "25 buttons": actions(*[button("b" * 75, f"a{n}", url="https://example.org") for n in range(25)]),
    "menu of 100": actions(menu(*[f"v{n}" for n in range(100)], placeholder=plain("p" * 150))),
    "menu in groups": actions(
        {"type": "static_select", "option_groups": [{"label": plain("g"), "options": [option("a")]}],
         "initial_option": option("a")}
    ),
    "several at once": section(
        "x", accessory={"type": "multi_static_select", "options": [option("a"), option("b")],
                        "initial_options": [option("b")], "max_selected_items": 2}
    ),
    "people and channels": actions(
        {"type": "users_select", "action_id": "u", "initial_user": "U0AMINA"},
        {"type": "conversations_select", "action_id": "c", "default_to_current_conversation": True,
         "filter": {"include": ["public"], "exclude_bot_users": True}},
        {"type": "channels_select", "action_id": "d"},
    ),
    "overflow of 5": section("x", accessory={"type": "overflow", "options": [option(v) for v in "abcde"]}),
    "date and time": actions(
        {"type": "datepicker", "action_id": "d", "initial_date": "2019-06-12"},
        {"type": "timepicker", "action_id": "t", "initial_time": "09:00", "timezone": "Africa/Nairobi"},
        {"type": "datetimepicker", "action_id": "dt", "initial_date_time": 1554292800},
    ),
    "checkboxes": field("boxes", {"type": "checkboxes", "options": [{"text": mrkdwn("*a*"), "value": "a"}] * 10}),
    "radio buttons": field("radio", {"type": "radio_buttons", "options": [option("a")], "initial_option": option("a")}),
    "text field": field(
        "words", line(multiline=True, max_length=3000, initial_value="x" * 3000), hint=plain("h"), optional=True
    ),
    "every inline rich text element": rich(
        paragraph(
            {"type": "text", "text": "styled", "style": STYLED}, DATE,
            {"type": "link", "url": "https://example.org", "text": "a link", "style": {"bold": True}},
            {"type": "user", "user_id": "U0AMINA"}, {"type": "channel", "channel_id": "C0MIGRATION"},
            {"type": "usergroup", "usergroup_id": "S1"}, {"type": "emoji", "name": "wave", "unicode": "1f44b"},
            {"type": "broadcast", "range": "here"}, {"type": "color", "value": "#1a4480"},
        )
    ),
    "rich text lists": rich(
        {"type": "rich_text_list", "style": "bullet", "indent": 1, "border": 0, "elements": [paragraph(WORD)]},
        {"type": "rich_text_list", "style": "ordered", "offset": 3, "elements": [paragraph(WORD), paragraph(DATE)]},
        {"type": "rich_text_quote", "elements": [WORD], "border": 1},
        {"type": "rich_text_preformatted", "elements": [WORD]},
    ),
    "markdown": {"type": "markdown", "text": "# m"},
}  # fmt: skip


@pytest.mark.parametrize("block", TAKEN.values(), ids=TAKEN.keys())
def test_slack_takes_this(block: Json) -> None:
    assert problems_of([block], "message") == []


REFUSED = {
    "unknown block": ({"type": "headline"}, "unsupported type: headline [json-pointer:/blocks/0/type]"),
    "no type": ({"text": plain("x")}, "missing required field: type [json-pointer:/blocks/0]"),
    "unknown field": (
        {"type": "divider", "text": plain("x")},
        "invalid additional property: text [json-pointer:/blocks/0]",
    ),
    "empty section": ({"type": "section"}, "must define either `text` or `fields` [json-pointer:/blocks/0]"),
    "section text": (section("x" * 3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    "no words": (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    "words without object": ({"type": "section", "text": "x"}, "must provide an object [json-pointer:/blocks/0/text]"),
    "11 fields": (
        {"type": "section", "fields": [plain("f")] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    "long field": (
        {"type": "section", "fields": [plain("f" * 2001)]},
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    "long header": (
        {"type": "header", "text": plain("h" * 151)},
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    "mrkdwn header": (
        {"type": "header", "text": mrkdwn("h")},
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    "11 in a context": (
        {"type": "context", "elements": [plain("c")] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "button in a context": (
        {"type": "context", "elements": [button()]},
        "unsupported type: button [json-pointer:/blocks/0/elements/0/type]",
    ),
    "26 buttons": (
        actions(*[button(action=f"a{n}") for n in range(26)]),
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "no buttons": (actions(), "no less than 1 items allowed [json-pointer:/blocks/0/elements]"),
    "long button": (
        actions(button("b" * 76)),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    "address without scheme": (
        actions(button(url="example.org")),
        "does not match the required pattern [json-pointer:/blocks/0/elements/0/url]",
    ),
    "long value": (
        actions(button(value="v" * 2001)),
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    "button style": (
        actions(button(style="default")),
        "must be a valid enum value: primary, danger [json-pointer:/blocks/0/elements/0/style]",
    ),
    "field in a row of buttons": (
        actions(line()),
        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
    ),
    "101 options": (
        actions(menu(*[f"v{n}" for n in range(101)])),
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    "no options": (
        actions({"type": "static_select"}),
        "must define either `options` or `option_groups` [json-pointer:/blocks/0/elements/0]",
    ),
    "long option": (
        actions(menu("o" * 76)),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]",
    ),
    "6 in an overflow": (
        section("x", accessory={"type": "overflow", "options": [option(v) for v in "abcdef"]}),
        "no more than 5 items allowed [json-pointer:/blocks/0/accessory/options]",
    ),
    "initial option that is none": (
        actions(menu("a", initial_option=option("z"))),
        "must be one of the options [json-pointer:/blocks/0/elements/0/initial_option]",
    ),
    "initial option with other words": (
        actions(menu("a", initial_option=option("a", "Another"))),
        "must be one of the options [json-pointer:/blocks/0/elements/0/initial_option]",
    ),
    "picture without words": (
        {"type": "image", "image_url": "https://example.org/a.png"},
        "missing required field: alt_text [json-pointer:/blocks/0]",
    ),
    "long alt text": (
        {**IMAGE, "alt_text": "a" * 2001},
        "must be less than 2001 characters [json-pointer:/blocks/0/alt_text]",
    ),
    "field without label": (
        {"type": "input", "element": line()},
        "missing required field: label [json-pointer:/blocks/0]",
    ),
    "impossible date": (
        actions({"type": "datepicker", "initial_date": "12 June"}),
        "does not match the required pattern [json-pointer:/blocks/0/elements/0/initial_date]",
    ),
    "empty rich text": (
        rich(paragraph({"type": "text", "text": ""})),
        "must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]",
    ),
    "list in a paragraph": (
        rich(paragraph(paragraph(WORD))),
        "unsupported type: rich_text_section [json-pointer:/blocks/0/elements/0/elements/0/type]",
    ),
    "list without style": (
        rich({"type": "rich_text_list", "elements": [paragraph(WORD)]}),
        "missing required field: style [json-pointer:/blocks/0/elements/0]",
    ),
    "date in words": (
        rich(paragraph({**DATE, "timestamp": "2019-04-03"})),
        "must provide an integer [json-pointer:/blocks/0/elements/0/elements/0/timestamp]",
    ),
    "unknown date token": (
        rich(paragraph({**DATE, "format": "{year}"})),
        "does not match the required pattern [json-pointer:/blocks/0/elements/0/elements/0/format]",
    ),
    "unknown style": (
        rich(paragraph({**WORD, "style": {"blink": True}})),
        "invalid additional property: blink [json-pointer:/blocks/0/elements/0/elements/0/style]",
    ),
}


@pytest.mark.parametrize(("block", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_slack_refuses_this(block: Json, words: str) -> None:
    assert problems_of([block], "message") == [words]


def test_a_message_has_50_blocks_and_a_modal_100() -> None:
    assert problems_of([{"type": "divider"}] * 50, "message") == []
    assert problems_of([{"type": "divider"}] * 51, "message") == [
        "no more than 50 items allowed [json-pointer:/blocks]"
    ]
    for surface in ("modal", "home"):
        assert problems_of([{"type": "divider"}] * 100, surface) == []
        assert problems_of([{"type": "divider"}] * 101, surface) == [
            "no more than 100 items allowed [json-pointer:/blocks]"
        ]


def test_markdown_blocks_are_for_messages_only() -> None:
    markdown = {"type": "markdown", "text": "# m"}
    assert problems_of([markdown], "home") == ["unsupported type: markdown [json-pointer:/blocks/0/type]"]


def test_ids_are_unique() -> None:
    twice = [section("a", block_id="one"), section("b", block_id="one")]
    assert problems_of(twice, "message") == ["`block_id` one already exists [json-pointer:/blocks/1/block_id]"]
    same = [actions(button("A", "go"), button("B", "go"))]
    assert problems_of(same, "message") == [
        "`action_id` go already exists in the block [json-pointer:/blocks/0/elements/1/action_id]"
    ]
    assert (
        problems_of([actions(button(action="go"), block="a"), actions(button(action="go"), block="b")], "message") == []
    )


def test_all_problems_are_told_at_once() -> None:
    blocks = [section("x" * 3001), {"type": "headline"}]
    assert problems_of(blocks, "message") == [
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
        "unsupported type: headline [json-pointer:/blocks/1/type]",
    ]


def test_missing_ids_are_filled_in_as_slack_does() -> None:
    made = checked([section("a"), {"type": "actions", "elements": [{"type": "button", "text": plain("B")}]}])
    assert len({block["block_id"] for block in made}) == 2
    assert made[1]["elements"][0]["action_id"]


def test_the_text_of_all_blocks_together_has_a_limit() -> None:
    assert checked([section("x" * 3000) for _ in range(4)])
    with pytest.raises(SlackError) as refused:
        checked([section("x" * 3000) for _ in range(5)])
    assert refused.value.code == "msg_blocks_too_long"


@pytest.mark.parametrize("given", ["{", "{}", ["text"], 3], ids=str)
def test_blocks_must_be_a_list_of_objects(given: object) -> None:
    with pytest.raises(SlackError) as refused:
        checked(given)
    assert refused.value.code == "invalid_blocks_format"
