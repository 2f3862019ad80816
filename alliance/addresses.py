"""E-mail addresses: which text is one, and how far somebody is who reads newsletters by e-mail."""

from enum import StrEnum
from typing import Final

from email_validator import EmailNotValidError, validate_email

LONGEST: Final = 254
"""Characters that a mail server takes (RFC 5321, with erratum 1690)."""


class AddressState(StrEnum):
    """Only a confirmed address gets newsletters."""

    ASKED = "asked"
    """The question is on its way; it was not answered yet."""
    CONFIRMED = "confirmed"
    LEFT = "left"
    """Its owner does not want any more."""
    REFUSED = "refused"
    """A mail server said that there is no such address."""


def normalised(text: str) -> str | None:
    """The address as it is kept, the domain in lower case; None for what is no single plain address.

    Nothing that could begin another header or name a second recipient comes through: no line break, comma, blank or
    display name. No server is asked whether the address exists.
    """
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError:
        return None
    return found.normalized if len(found.normalized) <= LONGEST else None
