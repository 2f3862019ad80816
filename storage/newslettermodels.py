"""The tables of newsletters."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage import membermodels
from storage.models import Base


class Newsletter(Base):
    """One newsletter from its first draft on. Who got it stands in the ledger, as "newsletter/<id>"."""

    __tablename__ = "newsletter"
    __table_args__ = ({"sqlite_autoincrement": True},)
    """The ledger names a newsletter by its number, which must never be another's."""

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[dict[str, Any]]
    """What readers get, to whom and when it goes: alliance.newsletters.as_json."""
    stage: Mapped[str] = mapped_column(String(10), index=True)
    revision: Mapped[int] = mapped_column(default=1)
    writers: Mapped[list[str]]
    """Everybody who wrote any of it: none of them can approve it."""
    written_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(20))
    changed_at: Mapped[datetime]
    approved_by: Mapped[str | None] = mapped_column(String(20))
    approved_at: Mapped[datetime | None]
    approved_print: Mapped[str | None] = mapped_column(String(64))
    """What was approved: alliance.newsletters.Content.fingerprint."""
    correcting: Mapped[bool] = mapped_column(default=False, index=True)
    """Whether posts that are out still have to be changed or deleted where they stand."""


class MailAddress(Base):
    """Somebody who reads newsletters by e-mail. Nothing but the question is sent before they have confirmed."""

    __tablename__ = "mail_address"
    __table_args__ = ({"sqlite_autoincrement": True},)
    """The ledger names an address by its number, which must never be another's."""

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(320), unique=True)
    """As alliance.addresses.normalised writes it."""
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(10), index=True)
    token: Mapped[str] = mapped_column(String(60), unique=True)
    """What the links to confirm and to leave carry; nobody can guess it."""
    user_id: Mapped[str | None] = mapped_column(String(20), index=True)
    """The member whose address it is; None for a partner without Slack."""
    added_by: Mapped[str] = mapped_column(String(20))
    added_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    reason: Mapped[str | None] = mapped_column(String(120))
    """Why a mail server refused it for good: its code, never its words."""


class NewsletterChoice(Base):
    """How a member wants a kind of newsletter (alliance.newsletters.Choice); without a row, as a direct message."""

    __tablename__ = "newsletter_choice"
    user_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    issue: Mapped[str] = mapped_column(String(10), primary_key=True)
    way: Mapped[str] = mapped_column(String(5))


class NewsletterReaction(Base):
    """That somebody reacted to a copy of a newsletter in Slack."""

    __tablename__ = "newsletter_reaction"
    delivery_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[str] = mapped_column(String(20), primary_key=True, index=True)
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    """The emoji's name, without the colour of skin."""


class NewsletterLink(Base):
    """Where a link of a newsletter leads, and how often it was followed; by whom is not known."""

    __tablename__ = "newsletter_link"
    newsletter_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    address: Mapped[str] = mapped_column(Text)
    clicks: Mapped[int]


METADATA = membermodels.METADATA
"""All tables, those of storage.models, of members and these."""
