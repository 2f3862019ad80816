"""Trigger ids: each opens one modal, within three seconds of what the person did."""

import secrets
from dataclasses import dataclass

from workspace.clock import monotonic
from workspace.errors import SlackError


@dataclass
class Trigger:
    """Who acted, and when (monotonic seconds)."""

    user: str
    at: float
    exchanged: bool = False


class Triggers:
    """Hands out trigger ids and takes each back once."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._known: dict[str, Trigger] = {}

    def new(self, user: str) -> str:
        """A fresh trigger id for something that `user` did."""
        name = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._known[name] = Trigger(user, monotonic())
        return name

    def exchange(self, name: str) -> Trigger:
        """Use a trigger id. Raises invalid_, exchanged_ or expired_trigger_id."""
        trigger = self._known.get(name)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.exchanged:
            raise SlackError("exchanged_trigger_id")
        if monotonic() - trigger.at > self._seconds:
            raise SlackError("expired_trigger_id")
        trigger.exchanged = True
        return trigger
