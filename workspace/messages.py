"""The messages of all channels, in memory, as Slack would return them."""

from collections import defaultdict

from workspace.clock import Clock
from workspace.errors import Json


class Messages:
    """Messages by channel and `ts`; beside them the ephemeral ones, which only one person sees and no history holds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lasting: dict[str, dict[str, Json]] = defaultdict(dict)
        self._ephemeral: dict[tuple[str, str], dict[str, Json]] = defaultdict(dict)
        self._used: set[tuple[str, str]] = set()

    def next_ts(self, channel: str) -> str:
        """A timestamp of the workspace's clock that no message of the channel has."""
        micros = int(self._clock.now().timestamp() * 1_000_000)
        while (channel, stamp := f"{micros // 1_000_000}.{micros % 1_000_000:06d}") in self._used:
            micros += 1
        self._used.add((channel, stamp))
        return stamp

    def add(self, channel: str, message: Json) -> Json:
        """Store a message under a new `ts`, and return it."""
        stored: Json = {"type": "message", "ts": self.next_ts(channel), **message}
        self._lasting[channel][stored["ts"]] = stored
        return stored

    def add_ephemeral(self, channel: str, user: str, message: Json) -> Json:
        """Store a message that only `user` sees."""
        stored: Json = {"type": "message", "ts": self.next_ts(channel), **message}
        self._ephemeral[channel, user][stored["ts"]] = stored
        return stored

    def find(self, channel: str, ts: str) -> Json | None:
        """A lasting message, or None."""
        return self._lasting[channel].get(ts)

    def find_ephemeral(self, channel: str, user: str, ts: str) -> Json | None:
        """A message that only `user` sees, or None."""
        return self._ephemeral[channel, user].get(ts)

    def remove(self, channel: str, ts: str, user: str | None = None) -> None:
        """Delete a lasting message, or the ephemeral one of `user`."""
        if user is None:
            self._lasting[channel].pop(ts, None)
        else:
            self._ephemeral[channel, user].pop(ts, None)

    def lasting(self, channel: str) -> list[Json]:
        """The channel's messages, oldest first."""
        return [message for _, message in sorted(self._lasting[channel].items(), key=lambda pair: float(pair[0]))]

    def ephemeral(self, channel: str, user: str) -> list[Json]:
        """What only `user` sees in the channel, oldest first."""
        return list(self._ephemeral[channel, user].values())

    def clear(self) -> None:
        """Delete everything; no `ts` is used twice all the same."""
        self._lasting.clear()
        self._ephemeral.clear()
