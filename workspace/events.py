"""Events of the Events API: to whom they are of interest, and how often they are delivered again."""

import asyncio
import secrets
from collections.abc import Sequence

from workspace.delivery import Ack, Attempt, Delivery, Outcome
from workspace.errors import Json
from workspace.people import Channel
from workspace.team import Team

REASONS: dict[Outcome, str] = {"timeout": "timeout", "unreachable": "connection_failed", "refused": "http_error"}


class Events:
    """Sends subscribed events to the app; each is tried again after the given pauses until it is acknowledged."""

    def __init__(self, team: Team, delivery: Delivery, pauses: Sequence[float]) -> None:
        self._team = team
        self._delivery = delivery
        self._pauses = pauses
        self._running: set[asyncio.Task[Ack]] = set()

    def subscribed(self, event_type: str, channel: Channel | None = None) -> bool:
        """Whether the manifest asks for such events, and the app is where they happen."""
        if channel is not None and self._team.app.user_id not in channel.members:
            return False
        return event_type in self._team.app.events

    async def emit(self, event: Json, channel: Channel | None = None, name: str = "") -> Ack | None:
        """Send an event if the app subscribed to it (`name` where the subscription is called otherwise).

        Returns after the first delivery; the repetitions go on by themselves.
        """
        if not self.subscribed(name or event["type"], channel):
            return None
        payload = self._callback(event)
        first = await self._delivery.send("events_api", payload, Attempt())
        if first.outcome != "acked" and first.retry and self._pauses:
            task = asyncio.create_task(self._again(payload, first))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        return first

    async def _again(self, payload: Json, last: Ack) -> Ack:
        for number, pause in enumerate(self._pauses, start=1):
            await asyncio.sleep(pause)
            last = await self._delivery.send("events_api", payload, Attempt(number, REASONS[last.outcome]))
            if last.outcome == "acked" or not last.retry:
                break
        return last

    def _callback(self, event: Json) -> Json:
        app, now = self._team.app, self._team.clock.now().timestamp()
        return {
            "token": "local",
            "team_id": app.team_id,
            "api_app_id": app.app_id,
            "event": {**event, "event_ts": f"{now:.6f}"},
            "type": "event_callback",
            "event_id": f"Ev{secrets.token_hex(6).upper()}",
            "event_time": int(now),
            "authorizations": [
                {"enterprise_id": None, "team_id": app.team_id, "user_id": app.user_id, "is_bot": True,
                 "is_enterprise_install": False}
            ],
            "is_ext_shared_channel": False,
            "event_context": secrets.token_urlsafe(16),
        }  # fmt: skip

    async def settled(self) -> None:
        """Wait until nothing is tried again any more."""
        while self._running:
            await asyncio.wait(self._running)

    async def close(self) -> None:
        """Give up all repetitions."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
