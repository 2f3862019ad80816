"""How fast the bot may post. Slack: about one message a second a channel, several hundred a minute in a workspace."""

from collections.abc import Callable
from typing import Final

CHANNEL_SECONDS: Final = 1.0
BURST: Final = 20
"""So many posts may go out at once after a quiet while."""

BURST_SECONDS: Final = 1.5
"""Or what so many seconds allow where that is more: the sender looks once a second, and nothing of it may be lost."""

KEPT: Final = 5_000
"""Channels whose last post is remembered; older ones are long free again."""


class Pacing:
    """A budget for the workspace (a token bucket), a distance between posts to one target, and pauses.

    `monotonic` gives seconds. Slack counts per channel and per workspace, and its 429 does not say which of them is
    full: the first holds back the target that it befell, another one of a second target meanwhile all.
    """

    def __init__(self, monotonic: Callable[[], float], per_minute: float) -> None:
        self._monotonic = monotonic
        self._per_second = per_minute / 60
        self._burst = max(1.0, min(float(BURST), per_minute), self._per_second * BURST_SECONDS)
        self._tokens = self._burst
        self._filled_at = monotonic()
        self._last: dict[str, float] = {}
        self._waits: dict[str, float] = {}
        self._paused_until = 0.0
        self._held = False

    def room(self) -> int:
        """How many posts may start now."""
        now = self._monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._filled_at) * self._per_second)
        self._filled_at = now
        return 0 if self._held or now < self._paused_until else int(self._tokens)

    def free(self, target: str) -> bool:
        """Whether the last post to this target is long enough ago, and Slack did not ask to wait with the next."""
        now = self._monotonic()
        return now - self._last.get(target, float("-inf")) >= CHANNEL_SECONDS and now >= self._waits.get(target, 0.0)

    def take(self, target: str) -> None:
        """A post to this target is about to be made."""
        self._tokens -= 1
        self.posting(target)

    def posting(self, target: str) -> None:
        """The post to this target is made now."""
        self._last.pop(target, None)
        self._last[target] = self._monotonic()
        if len(self._last) > KEPT:
            del self._last[next(iter(self._last))]

    def asked_to_wait(self, target: str, seconds: float) -> None:
        """Slack's Retry-After, at a post to this target."""
        now = self._monotonic()
        self._waits = {name: until for name, until in self._waits.items() if until > now}
        if self._waits.keys() - {target}:
            self.pause(seconds)
        self._waits[target] = now + seconds

    def pause(self, seconds: float) -> None:
        """Nothing more for so many seconds; a shorter pause does not end a longer one."""
        self._paused_until = max(self._paused_until, self._monotonic() + seconds)

    def hold(self, held: bool) -> None:
        """Nothing more until it is told otherwise: the secretariat paused sending."""
        self._held = held
