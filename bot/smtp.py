"""Hands e-mails to a mail server, one after the other over one connection, and says what became of each.

Between the last line of a message and the server's answer nobody knows whether it was taken: then it is sent again with
the same Message-ID, as RFC 5321 (6.1) asks, and mailboxes that know it drop the second copy.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog
from aiosmtplib import errors

from bot.mail import Letter, composed
from bot.posting import CLAIM_OVER, NobodyKnows, NotPosted, Outcome, Posted, Refused
from storage import addresses
from storage.store import Store

TIMEOUT: Final = 15.0
"""Seconds for each step with the server."""

IN_THE_MAIL: Final = "mail"
"""What the ledger has in place of a channel and a ts."""

NO_SUCH_ADDRESS: Final = "address_refused"
NOT_TAKEN: Final = "mail_refused"
ADDRESS_CODES: Final = frozenset({550, 551, 553})
"""At RCPT: the server knows that this address does not exist, or takes nothing for it."""

AGAIN_SECONDS: Final = 60.0

log = structlog.get_logger(__name__)


def client_for(url: str) -> aiosmtplib.SMTP:
    """A client for "smtp://user:password@host:587" (STARTTLS where the server has it) or "smtps://…" (TLS at once).

    `?starttls=required` refuses to go on without. Raises ValueError, which never names the password.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("write smtp://user:password@host:587 or smtps://user:password@host:465")
    secure = parts.scheme == "smtps"
    required = parts.query == "starttls=required"
    return aiosmtplib.SMTP(
        hostname=parts.hostname,
        port=parts.port or (465 if secure else 587),
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        use_tls=secure,
        start_tls=None if secure or not required else True,
        timeout=TIMEOUT,
    )


class MailPoster:
    """Posts to e-mail addresses what bot.posting.Poster posts to Slack."""

    def __init__(
        self, client: aiosmtplib.SMTP, store: Store, sender: str, name: str, clock: Callable[[], datetime]
    ) -> None:
        self._client, self._store = client, store
        self._sender, self._name, self._clock = sender, name, clock
        self._one_at_a_time = asyncio.Lock()

    async def post(
        self, target: str, message: Letter, delivery_id: int, key: str, holds: Callable[[], bool] = lambda: True
    ) -> Outcome:
        """Send once. Never raises for what the server or the network does; no log has the address or a text."""
        mime = composed(message, key, self._sender, self._name, self._clock())
        async with self._one_at_a_time:
            try:
                if not self._client.is_connected:
                    await self._client.connect()
            except (errors.SMTPException, OSError, TimeoutError) as error:
                log.warning("mail_server_unreachable", reason=type(error).__name__)
                return NotPosted("mail_server_unreachable", AGAIN_SECONDS)
            if not holds():
                return NotPosted(CLAIM_OVER, 0.0)
            return await self._send(target, message.to, mime.as_bytes())

    async def delete(self, channel: str, ts: str) -> bool:
        """An e-mail cannot be taken back."""
        return False

    async def _send(self, target: str, to: str, mime: bytes) -> Outcome:
        begun = False
        try:
            await self._client.mail(self._sender)
            await self._client.rcpt(to)
            begun = True
            await self._client.data(mime)
        except errors.SMTPResponseException as error:
            await self._reset()
            return await self._refused(target, error.code, at_data=begun)
        except (errors.SMTPException, OSError, TimeoutError) as error:
            self._client.close()
            if begun:
                return NobodyKnows(type(error).__name__)
            return NotPosted("mail_server_unreachable", AGAIN_SECONDS)
        return Posted(IN_THE_MAIL, IN_THE_MAIL)

    async def _refused(self, target: str, code: int, *, at_data: bool) -> Outcome:
        if code < 500:
            return NotPosted(f"mail_{code}", AGAIN_SECONDS, alone=True)
        if not at_data and code in ADDRESS_CODES:
            await addresses.refused(self._store, target, str(code), self._clock())
            return Refused(NO_SUCH_ADDRESS)
        return Refused(NOT_TAKEN)

    async def _reset(self) -> None:
        """Ready for the next message; a server that does not answer is connected to anew."""
        try:
            await self._client.rset()
        except (errors.SMTPException, OSError, TimeoutError):
            self._client.close()
