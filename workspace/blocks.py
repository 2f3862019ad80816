"""Whether Slack would take these blocks, and the ids that it would give them.

The tables (block_tables.py) say it field by field, with Slack's words and JSON pointers; slack_sdk's own models are the
second opinion; what neither knows (unique ids, an initial option that is on the list) is checked here.
"""

import copy
import json
import secrets
from collections.abc import Iterator, Sequence

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from workspace.block_tables import SURFACES
from workspace.errors import Json, SlackError, invalid_blocks
from workspace.rules import Many, Problems

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
MESSAGE_CHARACTERS = 13_200
"""Over all blocks of a message; measured by others (slackapi/bolt-js issue 2509), refused as msg_blocks_too_long."""


def problems_of(blocks: object, surface: str, pointer: str = "/blocks") -> list[str]:
    """What Slack would refuse in the blocks of a `message`, `modal` or `home`; empty when nothing."""
    problems = Problems()
    least = 0 if surface == "message" else 1
    Many(SURFACES[surface], least, MOST_BLOCKS[surface]).check(blocks, pointer, problems)
    if problems.found or not isinstance(blocks, list):
        return problems.found
    _unique_ids(blocks, pointer, problems)
    for position, block in enumerate(blocks):
        for element, where in _elements_at(block, f"{pointer}/{position}"):
            _initial_choice(element, where, problems)
            if element["type"] == "file_input" and surface != "modal":
                problems.add(where, "file_input is only for modals")
        try:
            parsed = Block.parse(copy.deepcopy(block))
            if parsed is not None:
                parsed.validate_json()
        except SlackObjectFormationError as error:
            problems.add(f"{pointer}/{position}", str(error))
    return problems.found


def checked(given: object, surface: str = "message") -> list[Json]:
    """The blocks with every missing id filled in. Raises SlackError as chat.postMessage would refuse them."""
    blocks = parsed(given)
    found = problems_of(blocks, surface)
    if found:
        raise invalid_blocks(found)
    if surface == "message" and characters(blocks) > MESSAGE_CHARACTERS:
        raise SlackError("msg_blocks_too_long")
    return with_ids(blocks)


def parsed(given: object) -> list[Json]:
    """Blocks from an argument: a list, or the JSON text of one. Raises invalid_blocks_format."""
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError as error:
            raise SlackError("invalid_blocks_format") from error
    if not isinstance(given, list) or not all(isinstance(block, dict) for block in given):
        raise SlackError("invalid_blocks_format")
    return given


def with_ids(blocks: Sequence[Json]) -> list[Json]:
    """A copy of the blocks in which each block and interactive element has an id, as Slack gives them."""
    made = copy.deepcopy(list(blocks))
    for block in made:
        block.setdefault("block_id", secrets.token_urlsafe(4)[:5])
        for element in interactive(block):
            element.setdefault("action_id", secrets.token_urlsafe(4)[:5])
    return made


def interactive(block: Json) -> Iterator[Json]:
    """The elements of a block that a person can operate."""
    if block["type"] == "actions":
        yield from block["elements"]
    elif block["type"] == "input":
        yield block["element"]
    elif block["type"] == "section" and (block.get("accessory") or {}).get("type", "image") != "image":
        yield block["accessory"]


def characters(value: object) -> int:
    """How many characters of text a value holds, at any depth."""
    if isinstance(value, dict):
        return sum(
            len(entry) if name in ("text", "fallback", "url") and isinstance(entry, str) else characters(entry)
            for name, entry in value.items()
        )
    return sum(characters(entry) for entry in value) if isinstance(value, list) else 0


def _elements_at(block: Json, pointer: str) -> Iterator[tuple[Json, str]]:
    for position, element in enumerate(interactive(block)):
        part = {"actions": f"elements/{position}", "input": "element"}.get(block["type"], "accessory")
        yield element, f"{pointer}/{part}"


def _unique_ids(blocks: Sequence[Json], pointer: str, problems: Problems) -> None:
    seen: set[str] = set()
    for position, block in enumerate(blocks):
        name = block.get("block_id")
        if name is not None and name in seen:
            problems.add(f"{pointer}/{position}/block_id", f"`block_id` {name} already exists")
        seen.add(str(name))
        actions: set[str] = set()
        for element, where in _elements_at(block, f"{pointer}/{position}"):
            action = element.get("action_id")
            if action is not None and action in actions:
                problems.add(f"{where}/action_id", f"`action_id` {action} already exists in the block")
            actions.add(str(action))


def options_of(element: Json) -> list[Json]:
    """All options of a menu, in groups or not."""
    grouped = [option for group in element.get("option_groups", ()) for option in group["options"]]
    return [*element.get("options", ()), *grouped]


def _initial_choice(element: Json, pointer: str, problems: Problems) -> None:
    if "external" in element["type"]:
        return
    options = options_of(element)
    single = element.get("initial_option")
    if single is not None and single not in options:
        problems.add(f"{pointer}/initial_option", "must be one of the options")
    for position, option in enumerate(element.get("initial_options") or ()):
        if option not in options:
            problems.add(f"{pointer}/initial_options/{position}", "must be one of the options")
