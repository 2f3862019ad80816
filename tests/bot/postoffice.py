"""A mail server that others wrote (aiosmtpd), on loopback; it refuses, delays or breaks off as it is told."""

from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from ssl import SSLContext
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from bot.demo import free_port

DOMAIN = "example.org"
USER, PASSWORD = "alliance", "correct horse: battery@staple"


def address(name: str) -> str:
    """A made-up address."""
    return f"{name}@{DOMAIN}"


@dataclass
class PostOffice:
    """What it got, and what it does to whom: by local part, the answers that come before it takes something."""

    got: list[EmailMessage] = field(default_factory=list)
    at_rcpt: dict[str, list[str]] = field(default_factory=dict)
    at_data: dict[str, list[str]] = field(default_factory=dict)
    breaks_off: Counter[str] = field(default_factory=Counter)
    """So many times the connection is lost after the message was taken, before the answer."""

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, to: str, _options: list[str]
    ) -> str:
        """Take this recipient or not."""
        if answers := self.at_rcpt.get(to.partition("@")[0]):
            return answers.pop(0)
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (the same)
        """Take the message or not."""
        name = envelope.rcpt_tos[0].partition("@")[0]
        if answers := self.at_data.get(name):
            return answers.pop(0)
        made = message_from_bytes(cast(bytes, envelope.original_content), policy=policy.SMTP)
        self.got.append(made)
        if self.breaks_off[name]:
            self.breaks_off[name] -= 1
            cast(Any, server.transport).abort()
        return "250 OK"

    def mailboxes(self) -> dict[str, list[EmailMessage]]:
        """What lies in each mailbox; a second copy with the same Message-ID was dropped there."""
        found: dict[str, dict[str, EmailMessage]] = {}
        for message in self.got:
            found.setdefault(str(message["To"]), {}).setdefault(str(message["Message-ID"]), message)
        return {to: list(messages.values()) for to, messages in found.items()}


def knows(_server: object, _session: object, _envelope: object, mechanism: str, given: Any) -> AuthResult:
    """Takes USER with PASSWORD, and nobody else."""
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


class Served:
    """The office, open for the length of a `with`; `url` is what ALLIANCE_SMTP_URL would be, without who logs in.

    `tls`: what it shows to who asks for STARTTLS; then it also takes nothing without TLS and a login.
    """

    def __init__(self, tls: SSLContext | None = None) -> None:
        self.office = PostOffice()
        port = free_port()
        self.url = f"smtp://localhost:{port}" if tls else f"smtp://127.0.0.1:{port}"
        strict: dict[str, Any] = (
            {"require_starttls": True, "auth_required": True, "authenticator": knows} if tls else {}
        )
        self._controller = Controller(self.office, hostname="127.0.0.1", port=port, tls_context=tls, **strict)

    def __enter__(self) -> "Served":
        self._controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._controller.stop()
