"""Misbehaviour on demand: what the app must survive without losing or doubling anything."""

from dataclasses import dataclass


@dataclass
class Fault:
    """One queued fault. `method` None: any method of the Web API."""

    kind: str
    method: str | None = None
    channel: str | None = None
    times: int = 1
    seconds: float = 0
    status: int = 500
    code: str = ""

    def fits(self, method: str, channel: str | None) -> bool:
        """Whether it befalls this call."""
        return self.method in (None, method) and self.channel in (None, channel)


class Faults:
    """Faults wait in a queue; the first that fits befalls a call, `times` times. `response_url` is a method too."""

    def __init__(self) -> None:
        self._queue: list[Fault] = []

    @property
    def waiting(self) -> int:
        """How many have not befallen a call yet."""
        return sum(fault.times for fault in self._queue)

    def rate_limit(self, method: str | None, retry_after: int, channel: str | None = None, times: int = 1) -> None:
        """HTTP 429 with Retry-After in seconds."""
        self._queue.append(Fault("rate_limit", method, channel, times, seconds=retry_after))

    def server_error(self, status: int = 500, times: int = 1, method: str | None = None) -> None:
        """HTTP 5xx with a page that is not JSON; nothing is done."""
        self._queue.append(Fault("server_error", method, None, times, status=status))

    def accept_and_drop(self, method: str | None = "chat.postMessage", times: int = 1) -> None:
        """Do what was asked, then close the connection without a reply."""
        self._queue.append(Fault("accept_and_drop", method, None, times))

    def refuse(self, method: str | None = None, times: int = 1) -> None:
        """Close the connection without a reply, and do nothing."""
        self._queue.append(Fault("refuse", method, None, times))

    def slow(self, method: str | None, seconds: float, times: int = 1) -> None:
        """Do what was asked, and answer that much later."""
        self._queue.append(Fault("slow", method, None, times, seconds=seconds))

    def error(self, method: str | None, code: str, times: int = 1) -> None:
        """Refuse with one of Slack's error codes."""
        self._queue.append(Fault("error", method, None, times, code=code))

    def redeliver(self, kind: str, times: int = 1) -> None:
        """Deliver a payload (`slash_commands`, `interactive`, `events_api`) twice, as after a lost acknowledgement."""
        self._queue.append(Fault("redeliver", f"deliver {kind}", None, times))

    def clear(self) -> None:
        """Behave again."""
        self._queue.clear()

    def take(self, method: str, channel: str | None) -> Fault | None:
        """The fault for this call, if any; used up once."""
        fault = next((f for f in self._queue if f.fits(method, channel)), None)
        if fault is not None:
            fault.times -= 1
            if fault.times <= 0:
                self._queue.remove(fault)
        return fault
