"""Rate limits: one message a second a channel with a small burst, and Slack's tiers per method."""

import math

from workspace.clock import monotonic
from workspace.errors import rate_limited

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
"""Calls a minute."""
MESSAGE_BURST = 5
"""Slack says "short bursts" above one message a second a channel without a number; this is ours."""
MESSAGES_A_MINUTE = 300
"""Slack says "several hundred messages per minute" in a workspace; this is ours."""
WORKSPACE_BURST = 25
WORKSPACE_BURST_SECONDS = 2
"""The short bursts of a whole workspace: so many messages, or what so many seconds allow where that is more."""


def workspace_burst(per_second: float) -> int:
    """So many messages may come at once in a workspace after a quiet while."""
    return max(WORKSPACE_BURST, math.ceil(per_second * WORKSPACE_BURST_SECONDS))


class Limits:
    """Token buckets. When off, everything passes."""

    def __init__(self, on: bool, messages_a_minute: float = MESSAGES_A_MINUTE) -> None:
        self.on = on
        self._per_second = messages_a_minute / 60
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}

    def message(self, channel: str) -> None:
        """A message into a channel, of the workspace's share. Raises ratelimited with Retry-After."""
        self._take(("message", channel), per_second=1.0, burst=MESSAGE_BURST)
        self._take(("messages", ""), per_second=self._per_second, burst=workspace_burst(self._per_second))

    def method(self, name: str, tier: int) -> None:
        """A call of a method of that tier (0: special, not limited here). Raises ratelimited with Retry-After."""
        if tier:
            self._take(("method", name), per_second=TIERS[tier] / 60, burst=TIERS[tier])

    def _take(self, key: tuple[str, str], per_second: float, burst: int) -> None:
        if not self.on:
            return
        now = monotonic()
        left, since = self._buckets.get(key, (float(burst), now))
        left = min(float(burst), left + (now - since) * per_second)
        self._buckets[key] = (left, now)
        if left < 1:
            raise rate_limited(max(1, math.ceil((1 - left) / per_second)))
        self._buckets[key] = (left - 1, now)
