"""The tables of newsletters."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage import membermodels
from storage.models import Base


class Newsletter(Base):
    """One newsletter from its first draft on. Who got it stands in the ledger, as "newsletter/<id>"."""

    __tablename__ = "newsletter"
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


class NewsletterChoice(Base):
    """Whether a member wants a kind of newsletter as a direct message; without a row, they do."""

    __tablename__ = "newsletter_choice"
    user_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    issue: Mapped[str] = mapped_column(String(10), primary_key=True)
    wanted: Mapped[bool]


METADATA = membermodels.METADATA
"""All tables, those of storage.models, of members and these."""
