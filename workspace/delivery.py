"""How payloads reach the app: what both ways (Socket Mode, HTTP) have in common."""

from dataclasses import dataclass
from typing import Literal, Protocol

from workspace.errors import Json

Kind = Literal["slash_commands", "interactive", "events_api"]
Outcome = Literal["acked", "timeout", "unreachable", "refused"]


@dataclass(frozen=True)
class Ack:
    """What became of a delivery. `body`: what the app said in its acknowledgement; `status`: of HTTP.

    `retry` False: the app asked (X-Slack-No-Retry) not to be sent this again.
    """

    outcome: Outcome
    body: Json | None = None
    status: int = 200
    retry: bool = True


@dataclass(frozen=True)
class Attempt:
    """The how-manieth redelivery of an event this is (0: the first delivery), and why."""

    number: int = 0
    reason: str = ""


class Delivery(Protocol):
    """A way to the app."""

    @property
    def connected(self) -> bool:
        """Whether somebody would take a payload now."""

    async def send(self, kind: Kind, payload: Json, attempt: Attempt) -> Ack:
        """Deliver a payload and wait for its acknowledgement (3 s)."""
