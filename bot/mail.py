"""One e-mail of a newsletter, as MIME: plain text and HTML, and what mail programs need to let people leave."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from hashlib import sha256
from typing import Final

from alliance.addresses import normalised

LIST_NAME: Final = "newsletters"


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes to one address. `leave`: the address at which its owner leaves with one click (RFC 8058)."""

    to: str
    subject: str
    plain: str
    html: str
    leave: str


def message_id(key: str, sender: str) -> str:
    """The same for the same delivery, so that a mailbox that gets it twice can drop the second copy."""
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{sender.rpartition('@')[2]}>"


def composed(letter: Letter, key: str, sender: str, name: str, now: datetime) -> EmailMessage:
    """The message. `sender`: the address it comes from; `now`: its date (aware).

    Raises ValueError for an address that is none, or a subject of several lines: they would begin other headers.
    """
    if normalised(letter.to) != letter.to:
        raise ValueError("not an address")
    made = EmailMessage(policy=SMTP)
    made["From"] = formataddr((name, sender))
    made["To"] = letter.to
    made["Subject"] = letter.subject
    made["Date"] = format_datetime(now)
    made["Message-ID"] = message_id(key, sender)
    made["List-Id"] = f"{name} <{LIST_NAME}.{sender.rpartition('@')[2]}>"
    made["List-Unsubscribe"] = f"<{letter.leave}>"
    made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.plain, cte="quoted-printable")
    made.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return made
