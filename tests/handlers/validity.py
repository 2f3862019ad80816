"""Whether Slack would take a message or view: the local workspace's strict rules, with slack_sdk's models within."""

from typing import Any

from slack_sdk.models.views import View

from workspace.blocks import MESSAGE_CHARACTERS, characters, problems_of

Json = dict[str, Any]


def check_message(message: Json) -> None:
    """Fails where Slack would answer invalid_blocks, no_text or msg_too_long."""
    assert 0 < len(message["text"]) <= 4_000
    assert message["blocks"]
    assert problems_of(message["blocks"], "message") == []
    assert characters(message["blocks"]) <= MESSAGE_CHARACTERS


def check_view(view: Json) -> None:
    """Fails where Slack would refuse the modal or App Home."""
    View(**view).validate_json()
    assert len(view.get("private_metadata", "")) <= 3_000
    assert problems_of(view["blocks"], view["type"]) == []
