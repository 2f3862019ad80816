"""What the Web API refuses with."""

from collections.abc import Mapping, Sequence
from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """A refusal in Slack's words: `{"ok": false, "error": code, …more}`, mostly with HTTP status 200."""

    def __init__(
        self, code: str, *, status: int = 200, headers: Mapping[str, str] | None = None, more: Json | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.headers = dict(headers or {})
        self.more = more or {}

    @property
    def body(self) -> Json:
        """The JSON body of the refusal."""
        return {"ok": False, "error": self.code, **self.more}


def invalid_arguments(*messages: str) -> SlackError:
    """What is wrong with the arguments, the way Slack tells it."""
    return SlackError("invalid_arguments", more={"response_metadata": {"messages": [f"[ERROR] {m}" for m in messages]}})


def invalid_blocks(problems: Sequence[str]) -> SlackError:
    """Block Kit problems, each with its JSON pointer, under `errors` and under `response_metadata.messages`."""
    messages = [f"[ERROR] {problem}" for problem in problems]
    return SlackError("invalid_blocks", more={"errors": list(problems), "response_metadata": {"messages": messages}})


def rate_limited(retry_after: int) -> SlackError:
    """Too many calls: HTTP 429 with Retry-After in seconds."""
    return SlackError("ratelimited", status=429, headers={"Retry-After": str(retry_after)})
