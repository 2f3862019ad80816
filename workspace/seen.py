"""What a person sees after doing something."""

from dataclasses import dataclass, field

from workspace.delivery import Ack
from workspace.errors import Json

TROUBLE = "We had some trouble connecting. Try again?"
"""What Slack says below a form, or beside a button, when the app did not answer or answered nonsense."""


@dataclass(frozen=True)
class Seen:
    """`error`: the sentence Slack shows when it went wrong. `message`: what the acknowledgement brought.

    `view`: the modal on top of the person's screen afterwards. `errors`: what a form says, by block id.
    `ack`: what came back from the app. `details`: why the app's answer was refused (Slack would not say).
    """

    error: str = ""
    message: Json | None = None
    view: Json | None = None
    errors: dict[str, str] = field(default_factory=dict)
    ack: Ack | None = None
    details: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it worked."""
        return not self.error and not self.errors
