"""What a person does with an interactive element, in the words of Slack's payloads."""

from collections.abc import Iterator, Sequence

from workspace.blocks import interactive, options_of
from workspace.errors import Json

FIELD = {
    "button": "value",
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "file_input": "files",
}
"""Where a payload carries what was chosen."""

STATELESS = {"button", "overflow"}
MOST_FILES = 10
"""So many a file_input takes where it does not say how many."""


class NotThere(ValueError):
    """The person cannot do this: what they would click or choose is not on their screen."""


def find(blocks: Sequence[Json], action_id: str, block_id: str | None, value: object = None) -> tuple[Json, Json]:
    """The block and the element of an action; among several buttons, the one with `value`. Raises NotThere."""
    fitting = [
        (block, element)
        for block in blocks
        for element in interactive(block)
        if element.get("action_id") == action_id and block_id in (None, block["block_id"])
    ]
    if value is not None and len(fitting) > 1:
        fitting = [(b, e) for b, e in fitting if e["type"] != "button" or e.get("value") == value]
    if not fitting:
        raise NotThere(f"no element {action_id!r} in block {block_id!r}")
    return fitting[0]


def chosen(element: Json, value: object) -> Json:
    """The state of an element once `value` was chosen or typed. Options may be given by value. Raises NotThere."""
    kind = element["type"]
    field = FIELD[kind]
    if field == "selected_option" and value is not None:
        value = _option(element, value)
    elif field == "selected_options":
        value = [_option(element, one) for one in value] if isinstance(value, list) else []
    return {"type": kind, field: value}


def initial(element: Json) -> Json:
    """The state of an element that nobody has touched."""
    field = FIELD[element["type"]]
    name = "initial_value" if field.endswith("value") else field.replace("selected", "initial")
    empty: object = [] if field in ("selected_options", "files") else None
    return {"type": element["type"], field: element.get(name, empty)}


def state_of(blocks: Sequence[Json]) -> dict[str, Json]:
    """The state of every element of the blocks that has one, by block id and action id."""
    values: dict[str, Json] = {}
    for block, element in stateful(blocks):
        values.setdefault(block["block_id"], {})[element["action_id"]] = initial(element)
    return values


def remembered(blocks: Sequence[Json], state: Json) -> Json:
    """What still fits of an earlier state, now that the blocks may be others."""
    fitting: Json = {}
    for block, element in stateful(blocks):
        given = state.get(block["block_id"], {}).get(element["action_id"])
        try:
            if isinstance(given, dict) and given.get("type") == element["type"]:
                now = chosen(element, given.get(FIELD[element["type"]]))
                fitting.setdefault(block["block_id"], {})[element["action_id"]] = now
        except NotThere:
            continue
    return fitting


def merged(blocks: Sequence[Json], *changes: Json) -> dict[str, Json]:
    """The state of the blocks after changes, each `{block id: {action id: value or whole state}}`. Raises NotThere."""
    values = state_of(blocks)
    elements = {(block["block_id"], element["action_id"]): element for block, element in stateful(blocks)}
    for change in changes:
        for block_id, actions in change.items():
            for action_id, given in actions.items():
                element = elements.get((block_id, action_id))
                if element is None:
                    raise NotThere(f"no field {action_id!r} in block {block_id!r}")
                field = FIELD[element["type"]]
                value = given.get(field) if isinstance(given, dict) and given.get("type") == element["type"] else given
                values[block_id][action_id] = chosen(element, value)
    return values


def action(block: Json, element: Json, value: object, ts: str) -> Json:
    """An entry of `actions` in a block_actions payload."""
    made: Json = {"type": element["type"], "block_id": block["block_id"], "action_id": element["action_id"]}
    if element["type"] == "button":
        made["text"] = element["text"]
        made.update({name: element[name] for name in ("value", "style", "url") if element.get(name)})
    else:
        made.update(chosen(element, value))
        if element.get("placeholder"):
            made["placeholder"] = element["placeholder"]
    return {**made, "action_ts": ts}


def stateful(blocks: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    """The elements that have a state, each with its block."""
    for block in blocks:
        for element in interactive(block):
            if element["type"] not in STATELESS:
                yield block, element


def _option(element: Json, wanted: object) -> Json:
    value = wanted.get("value") if isinstance(wanted, dict) else wanted
    for option in options_of(element):
        if option["value"] == value:
            return option
    raise NotThere(f"no option {value!r} in {element.get('action_id')!r}")
