"""The same payload delivered again although the app has taken it, as when its acknowledgement was lost on the way."""

from workspace.delivery import Ack, Attempt, Delivery, Kind
from workspace.errors import Json
from workspace.faults import Faults


class Redelivering:
    """A way to the app that repeats itself when a fault says so (Faults.redeliver)."""

    def __init__(self, inner: Delivery, faults: Faults) -> None:
        self._inner = inner
        self._faults = faults

    @property
    def connected(self) -> bool:
        """See Delivery."""
        return self._inner.connected

    async def send(self, kind: Kind, payload: Json, attempt: Attempt) -> Ack:
        """See Delivery. The person sees what the first acknowledgement said."""
        ack = await self._inner.send(kind, payload, attempt)
        if self._faults.take(f"deliver {kind}", None):
            await self._inner.send(kind, payload, Attempt(attempt.number + 1, "timeout"))
        return ack
