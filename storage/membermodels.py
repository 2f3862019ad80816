"""The tables that members fill in Slack: roles and what was done with them, answers to invitations, the work of action
groups, the communications calendar, feeds. Times are UTC; texts of members are in the language they wrote them in.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Base


class RoleGrant(Base):
    """A role given by the secretariat: chair of a group, steering committee, focal point of an organisation.

    Who is secretariat stands in `member`, who leads a group in `group_lead`.
    """

    __tablename__ = "role_grant"
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    scope: Mapped[str] = mapped_column(String(80), primary_key=True)
    """The slug of an action group, the name of an organisation, or ""."""
    user_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    granted_by: Mapped[str] = mapped_column(String(20))
    granted_at: Mapped[datetime]


class Audit(Base):
    """What somebody did that not everybody may do. Rows are added, never changed."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(40))
    """A member of alliance.roles.Permission."""
    subject: Mapped[str] = mapped_column(String(160))
    """What it was done to: an occurrence, a group, a user id."""
    detail: Mapped[dict[str, Any]]

    __table_args__ = (Index("audit_at", "at"), Index("audit_subject", "subject", "at"))


class Coming(Base):
    """A member's answer to an invitation: yes, maybe or no. Who comes and who waits follows from `asked_at`."""

    __tablename__ = "coming"
    occurrence: Mapped[str] = mapped_column(String(100), primary_key=True)
    """alliance.delivery.occurrence_ref."""
    user_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    answer: Mapped[str] = mapped_column(String(5))
    asked_at: Mapped[datetime]
    """Since when this answer stands; a place goes to who said yes first."""
    remind: Mapped[bool]


class GroupMember(Base):
    """Somebody in an action group, or who asked to join it."""

    __tablename__ = "group_member"
    group: Mapped[str] = mapped_column("group_slug", String(80), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    state: Mapped[str] = mapped_column(String(6))
    """"member" or "asked"."""
    since: Mapped[datetime]


class GroupRule(Base):
    """How an action group is joined: "open" to all partners, or "request"."""

    __tablename__ = "group_rule"
    group: Mapped[str] = mapped_column("group_slug", String(80), primary_key=True)
    joining: Mapped[str] = mapped_column(String(7))


class AgendaItem(Base):
    """A point that a member proposes for a meeting."""

    __tablename__ = "agenda_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    occurrence: Mapped[str] = mapped_column(String(100), index=True)
    text: Mapped[str] = mapped_column(String(500))
    proposed_by: Mapped[str] = mapped_column(String(20))
    proposed_at: Mapped[datetime]


class Minutes(Base):
    """The minutes of a meeting: a text, or a file that lies in Slack. The newest of an occurrence counts."""

    __tablename__ = "minutes"
    id: Mapped[int] = mapped_column(primary_key=True)
    occurrence: Mapped[str] = mapped_column(String(100), index=True)
    text: Mapped[str] = mapped_column(Text)
    file_id: Mapped[str | None] = mapped_column(String(20))
    file_name: Mapped[str | None] = mapped_column(String(200))
    written_by: Mapped[str] = mapped_column(String(20))
    written_at: Mapped[datetime]


class Decision(Base):
    """What a meeting decided."""

    __tablename__ = "decision"
    id: Mapped[int] = mapped_column(primary_key=True)
    occurrence: Mapped[str] = mapped_column(String(100), index=True)
    text: Mapped[str] = mapped_column(String(500))
    written_by: Mapped[str] = mapped_column(String(20))
    written_at: Mapped[datetime]


class ActionItem(Base):
    """What somebody is to do by a day; nudged until done or dropped, at most three times."""

    __tablename__ = "action_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    group: Mapped[str] = mapped_column("group_slug", String(80))
    occurrence: Mapped[str | None] = mapped_column(String(100))
    """The meeting at which it was agreed."""
    text: Mapped[str] = mapped_column(String(500))
    owner: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(7))
    """"open", "done" or "dropped"."""
    revision: Mapped[int] = mapped_column(default=1)
    written_by: Mapped[str] = mapped_column(String(20))
    written_at: Mapped[datetime]
    closed_by: Mapped[str | None] = mapped_column(String(20))
    closed_at: Mapped[datetime | None]

    __table_args__ = (Index("action_item_open", "group_slug", "state"), Index("action_item_due", "state", "due_on"))


class Activity(Base):
    """A piece of work around an observance: a post, a press release, a photo call, a translation."""

    __tablename__ = "activity"
    id: Mapped[int] = mapped_column(primary_key=True)
    occurrence: Mapped[str] = mapped_column(String(100), index=True)
    """The observance that it is for ("world-day-against-child-labour@2019-06-12")."""
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    owner: Mapped[str] = mapped_column(String(20))
    organisation: Mapped[str] = mapped_column(String(120))
    due_on: Mapped[date] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(2))
    revision: Mapped[int] = mapped_column(default=1)
    written_by: Mapped[str] = mapped_column(String(20))
    written_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class Toolkit(Base):
    """The communications toolkit of an observance in one language; every saving adds a version."""

    __tablename__ = "toolkit"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(2))
    version: Mapped[int]
    document: Mapped[dict[str, Any]]
    """Key messages, hashtags, logos and links."""
    written_by: Mapped[str] = mapped_column(String(20))
    written_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("slug", "language", "version", name="toolkit_version"),)


class Feed(Base):
    """The address of somebody's or a group's iCalendar feed; a new token makes the old address useless."""

    __tablename__ = "feed"
    owner: Mapped[str] = mapped_column(String(100), primary_key=True)
    """A user id, or "group:<slug>"."""
    token: Mapped[str] = mapped_column(String(60), unique=True)
    made_at: Mapped[datetime]


METADATA = Base.metadata
"""All tables, those of storage.models and these."""
