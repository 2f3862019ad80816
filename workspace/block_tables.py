"""Block Kit as tables: every block, element and composition object with its fields and limits.

Source: Slack's Block Kit reference (blocks, block elements, composition objects) and the TypeScript types of
`@slack/types`. Blocks of assistants and canvases (card, plan, table, …) are not in here: they are refused as unknown.
"""

from collections.abc import Mapping

from workspace.rich_text_tables import RICH_TEXT
from workspace.rules import Anything, Flag, Many, Rule, Shape, Text, Typed, Whole

DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
TIME = r"([01]\d|2[0-3]):[0-5]\d"
LINK = Text(3000, pattern=r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
PICTURE = Text(3000, pattern=r"https?://\S+")


def plain(most: int) -> Typed:
    """A plain_text object."""
    return Typed({"plain_text": Shape({"text": Text(most)}, {"emoji": Flag()})})


def written(most: int) -> Typed:
    """A plain_text or mrkdwn object."""
    return Typed(
        {
            "plain_text": Shape({"text": Text(most)}, {"emoji": Flag()}),
            "mrkdwn": Shape({"text": Text(most)}, {"verbatim": Flag()}),
        }
    )


CONFIRM = Shape(
    {"title": plain(100), "text": written(300), "confirm": plain(30), "deny": plain(30)},
    {"style": Text(choices=("primary", "danger"))},
)
OPTION = Shape({"text": plain(75), "value": Text(150)}, {"description": plain(75)})
LINK_OPTION = Shape({"text": plain(75), "value": Text(150)}, {"description": plain(75), "url": LINK})
RICH_OPTION = Shape({"text": written(75), "value": Text(150)}, {"description": written(75)})
GROUP = Shape({"label": plain(75), "options": Many(OPTION, 1, 100)})
FILTER = Shape(
    {},
    {
        "include": Many(Text(choices=("im", "mpim", "private", "public")), 1, 4),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
)
DISPATCH = Shape(
    {"trigger_actions_on": Many(Text(choices=("on_enter_pressed", "on_character_entered")), 1, 2)},
)
SLACK_FILE = Shape({}, {"id": Text(), "url": Text()}, either=("id", "url"))

ACTION_ID: Mapping[str, Rule] = {"action_id": Text(255)}
INPUT: Mapping[str, Rule] = {**ACTION_ID, "focus_on_load": Flag()}
SELECT: Mapping[str, Rule] = {**INPUT, "placeholder": plain(150), "confirm": CONFIRM}
MULTI: Mapping[str, Rule] = {**SELECT, "max_selected_items": Whole(1, 10_000)}
WRITTEN_INPUT: Mapping[str, Rule] = {**INPUT, "placeholder": plain(150), "dispatch_action_config": DISPATCH}
LISTS: Mapping[str, Rule] = {"options": Many(OPTION, 1, 100), "option_groups": Many(GROUP, 1, 100)}
EITHER_LIST = ("options", "option_groups")
CONVERSATION: Mapping[str, Rule] = {"default_to_current_conversation": Flag(), "filter": FILTER}
PEOPLE = Many(Text(255), 0, 10_000)

BUTTON = Shape(
    {"text": plain(75)},
    {
        **ACTION_ID,
        "url": LINK,
        "value": Text(2000),
        "style": Text(choices=("primary", "danger")),
        "confirm": CONFIRM,
        "accessibility_label": Text(75),
    },
)
IMAGE_ELEMENT = Shape(
    {"alt_text": Text(2000)},
    {"image_url": PICTURE, "slack_file": SLACK_FILE},
    either=("image_url", "slack_file"),
    only_one=("image_url", "slack_file"),
)
SINGLE_SELECTS: Mapping[str, Shape] = {
    "static_select": Shape({}, {**SELECT, **LISTS, "initial_option": OPTION}, EITHER_LIST, EITHER_LIST),
    "external_select": Shape({}, {**SELECT, "initial_option": OPTION, "min_query_length": Whole(0, 10_000)}),
    "users_select": Shape({}, {**SELECT, "initial_user": Text(255)}),
    "conversations_select": Shape(
        {}, {**SELECT, **CONVERSATION, "initial_conversation": Text(255), "response_url_enabled": Flag()}
    ),
    "channels_select": Shape({}, {**SELECT, "initial_channel": Text(255), "response_url_enabled": Flag()}),
}
MULTI_SELECTS: Mapping[str, Shape] = {
    "multi_static_select": Shape(
        {}, {**MULTI, **LISTS, "initial_options": Many(OPTION, 1, 100)}, EITHER_LIST, EITHER_LIST
    ),
    "multi_external_select": Shape(
        {}, {**MULTI, "initial_options": Many(OPTION, 1, 100), "min_query_length": Whole(0, 10_000)}
    ),
    "multi_users_select": Shape({}, {**MULTI, "initial_users": PEOPLE}),
    "multi_conversations_select": Shape({}, {**MULTI, **CONVERSATION, "initial_conversations": PEOPLE}),
    "multi_channels_select": Shape({}, {**MULTI, "initial_channels": PEOPLE}),
}
CHOICES: Mapping[str, Shape] = {
    "checkboxes": Shape(
        {"options": Many(RICH_OPTION, 1, 10)},
        {**INPUT, "initial_options": Many(RICH_OPTION, 1, 10), "confirm": CONFIRM},
    ),
    "radio_buttons": Shape(
        {"options": Many(RICH_OPTION, 1, 10)}, {**INPUT, "initial_option": RICH_OPTION, "confirm": CONFIRM}
    ),
}
PICKERS: Mapping[str, Shape] = {
    "datepicker": Shape({}, {**SELECT, "initial_date": Text(10, pattern=DATE)}),
    "timepicker": Shape({}, {**SELECT, "initial_time": Text(5, pattern=TIME), "timezone": Text(100)}),
}
DATETIME: Mapping[str, Shape] = {
    "datetimepicker": Shape({}, {**INPUT, "initial_date_time": Whole(1_000_000_000, 9_999_999_999), "confirm": CONFIRM})
}
OVERFLOW: Mapping[str, Shape] = {
    "overflow": Shape({"options": Many(LINK_OPTION, 1, 5)}, {**ACTION_ID, "confirm": CONFIRM}),
}
TEXT_INPUTS: Mapping[str, Shape] = {
    "plain_text_input": Shape(
        {},
        {
            **WRITTEN_INPUT,
            "initial_value": Text(3000, least=0),
            "multiline": Flag(),
            "min_length": Whole(0, 3000),
            "max_length": Whole(1, 3000),
        },
    ),
    "email_text_input": Shape({}, {**WRITTEN_INPUT, "initial_value": Text(3000)}),
    "url_text_input": Shape({}, {**WRITTEN_INPUT, "initial_value": Text(3000)}),
    "number_input": Shape(
        {"is_decimal_allowed": Flag()},
        {**WRITTEN_INPUT, "initial_value": Text(100), "min_value": Text(100), "max_value": Text(100)},
    ),
    "rich_text_input": Shape({}, {**WRITTEN_INPUT, "initial_value": Typed({"rich_text": RICH_TEXT})}),
    "file_input": Shape({}, {**ACTION_ID, "filetypes": Many(Text(20), 1, 100), "max_files": Whole(1, 10)}),
}
ACCESSORIES = Typed(
    {"button": BUTTON, "image": IMAGE_ELEMENT, **SINGLE_SELECTS, **MULTI_SELECTS, **CHOICES, **PICKERS, **OVERFLOW}
)
ACTIONS = Typed(
    {"button": BUTTON, **SINGLE_SELECTS, **MULTI_SELECTS, **CHOICES, **PICKERS, **DATETIME, **OVERFLOW,
     "rich_text_input": TEXT_INPUTS["rich_text_input"]}
)  # fmt: skip
INPUTS = Typed({**SINGLE_SELECTS, **MULTI_SELECTS, **CHOICES, **PICKERS, **DATETIME, **TEXT_INPUTS})
CONTEXTS = Typed({"image": IMAGE_ELEMENT, **written(2000).shapes})
BLOCK_ID: Mapping[str, Rule] = {"block_id": Text(255)}

EVERYWHERE: Mapping[str, Shape] = {
    "section": Shape(
        {},
        {**BLOCK_ID, "text": written(3000), "fields": Many(written(2000), 1, 10), "accessory": ACCESSORIES,
         "expand": Flag()},
        either=("text", "fields"),
    ),
    "header": Shape({"text": plain(150)}, BLOCK_ID),
    "divider": Shape({}, BLOCK_ID),
    "context": Shape({"elements": Many(CONTEXTS, 1, 10)}, BLOCK_ID),
    "actions": Shape({"elements": Many(ACTIONS, 1, 25)}, BLOCK_ID),
    "input": Shape(
        {"label": plain(2000), "element": INPUTS},
        {**BLOCK_ID, "hint": plain(2000), "optional": Flag(), "dispatch_action": Flag()},
    ),
    "image": Shape(
        {"alt_text": Text(2000)},
        {**BLOCK_ID, "image_url": PICTURE, "slack_file": SLACK_FILE, "title": plain(2000)},
        either=("image_url", "slack_file"),
        only_one=("image_url", "slack_file"),
    ),
    "rich_text": Shape({**RICH_TEXT.required}, {**RICH_TEXT.optional, **BLOCK_ID}),
    "video": Shape(
        {"alt_text": Text(2000), "title": plain(199), "thumbnail_url": PICTURE, "video_url": PICTURE},
        {**BLOCK_ID, "author_name": Text(50), "description": plain(200), "provider_icon_url": Text(3000),
         "provider_name": Text(100), "title_url": Text(3000)},
    ),
}  # fmt: skip
MESSAGES_ONLY: Mapping[str, Shape] = {
    "markdown": Shape({"text": Text(12_000)}, BLOCK_ID),
    "file": Shape({"external_id": Text(255), "source": Text(choices=("remote",))}, BLOCK_ID),
}
SURFACES: Mapping[str, Typed] = {
    "message": Typed({**EVERYWHERE, **MESSAGES_ONLY}),
    "modal": Typed(EVERYWHERE),
    "home": Typed(EVERYWHERE),
}
VIEW_FIELDS: Mapping[str, Rule] = {
    "callback_id": Text(255, least=0),
    "private_metadata": Text(3000, least=0),
    "external_id": Text(255, least=0),
}
VIEWS = Typed(
    {
        "modal": Shape(
            {"title": plain(24), "blocks": Anything()},
            {**VIEW_FIELDS, "submit": plain(24), "close": plain(24), "clear_on_close": Flag(),
             "notify_on_close": Flag(), "submit_disabled": Flag()},
        ),
        "home": Shape({"blocks": Anything()}, VIEW_FIELDS),
    }
)  # fmt: skip
