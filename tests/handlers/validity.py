"""Whether Slack would take a message or view: slack_sdk's own models for lengths, and counts that it does not check."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

Json = dict[str, Any]
LIMITS = {"message": 50, "modal": 100, "home": 100}
KNOWN = {"header", "section", "context", "actions", "divider", "rich_text", "input"}
INLINE = {"text", "link", "date", "user", "channel", "emoji"}


def check_message(message: Json) -> None:
    """Fails where Slack would answer invalid_blocks or msg_too_long."""
    assert message["text"]
    assert len(message["text"]) <= 4_000
    check_blocks(message["blocks"], "message")


def check_view(view: Json) -> None:
    """Fails where Slack would refuse the modal or App Home."""
    View(**view).validate_json()
    assert len(view.get("private_metadata", "")) <= 3_000
    check_blocks(view["blocks"], view["type"])


def check_blocks(blocks: list[Json], surface: str) -> None:
    """Fails where Slack would refuse the blocks: count, known types, lengths, unique ids, sums."""
    assert 0 < len(blocks) <= LIMITS[surface]
    for block in blocks:
        assert block["type"] in KNOWN
        parsed = Block.parse(block)
        assert parsed is not None
        parsed.validate_json()
        _check_block(block)
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(ids) == len(set(ids))
    assert sum(len(text) for text in texts(blocks)) <= 13_000


def _check_block(block: Json) -> None:
    match block["type"]:
        case "actions":
            assert 0 < len(block["elements"]) <= 25
            names = Counter(element["action_id"] for element in block["elements"])
            assert not [name for name, count in names.items() if count > 1]
            for element in block["elements"]:
                _check_element(element)
        case "input":
            _check_element(block["element"])
        case "context":
            assert 0 < len(block["elements"]) <= 10
        case "rich_text":
            assert block["elements"]
            for part in block["elements"]:
                paragraphs = part["elements"] if part["type"] == "rich_text_list" else [part]
                assert paragraphs
                for paragraph in paragraphs:
                    assert paragraph["elements"]
                    for element in paragraph["elements"]:
                        assert element["type"] in INLINE
                        assert element.get("text") != ""
    for text in texts(block):
        assert text
        assert "\x00" not in text


def _check_element(element: Json) -> None:
    assert len(element["action_id"]) <= 255
    assert len(element.get("value", "")) <= 2_000
    if element["type"] == "button":
        assert 0 < len(element["text"]["text"]) <= 75
    if "options" in element:
        assert 0 < len(element["options"]) <= 100
        for option in element["options"]:
            assert 0 < len(option["text"]["text"]) <= 75
            assert 0 < len(option["value"]) <= 150


def texts(value: Any) -> Iterator[str]:
    """Every text within."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key in ("text", "fallback") and isinstance(part, str):
                yield part
            else:
                yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)
