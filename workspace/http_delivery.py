"""HTTP mode: the same payloads, POSTed to the app's request URL and signed."""

import json
import secrets
from urllib.parse import urlencode

import aiohttp

from workspace import signing
from workspace.delivery import Ack, Attempt, Kind
from workspace.errors import Json

JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"


class HttpDelivery:
    """Posts payloads to one request URL, as Slack does for commands, interactions and events."""

    def __init__(self, request_url: str, signing_secret: str, ack_seconds: float) -> None:
        self._url = request_url
        self._secret = signing_secret
        self._timeout = aiohttp.ClientTimeout(total=ack_seconds)
        self.verified = False

    @property
    def connected(self) -> bool:
        """Whether there is somebody to post to: known only by trying."""
        return True

    async def send(self, kind: Kind, payload: Json, attempt: Attempt) -> Ack:
        """Deliver a payload. See Delivery."""
        if kind == "events_api":
            extra = {"X-Slack-Retry-Num": str(attempt.number), "X-Slack-Retry-Reason": attempt.reason}
            return await self._post(json.dumps(payload), JSON_TYPE, extra if attempt.number else {})
        if kind == "interactive":
            return await self._post(urlencode({"payload": json.dumps(payload)}), FORM_TYPE, {})
        return await self._post(urlencode(payload), FORM_TYPE, {})

    async def verify(self) -> bool:
        """The url_verification handshake: whether the app gave the challenge back."""
        challenge = secrets.token_urlsafe(32)
        payload = {"token": "local", "challenge": challenge, "type": "url_verification"}
        ack = await self._post(json.dumps(payload), JSON_TYPE, {})
        said = (ack.body or {}).get("challenge", (ack.body or {}).get("text"))
        self.verified = ack.outcome == "acked" and said == challenge
        return self.verified

    async def _post(self, body: str, content_type: str, extra: dict[str, str]) -> Ack:
        sent = {"Content-Type": content_type, **signing.headers(self._secret, body), **extra}
        try:
            async with (
                aiohttp.ClientSession(timeout=self._timeout) as session,
                session.post(self._url, data=body.encode(), headers=sent) as response,
            ):
                text = await response.text()
                if response.status != 200:
                    return Ack("refused", None, response.status, response.headers.get("X-Slack-No-Retry") != "1")
                return Ack("acked", _body(text, response.content_type))
        except TimeoutError:
            return Ack("timeout")
        except aiohttp.ClientError:
            return Ack("unreachable")


def _body(text: str, content_type: str) -> Json | None:
    if not text:
        return None
    if content_type == JSON_TYPE:
        try:
            said = json.loads(text)
        except ValueError:
            return {"text": text}
        return said if isinstance(said, dict) and said else None
    return {"text": text}
