"""The tables. Times are UTC; content texts are JSON by language; facts that only one view shows are JSON as well."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, String, Text, TypeDecorator, text, true
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware and in UTC in Python, without a zone in SQLite, timestamptz in PostgreSQL."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses naive datetimes: nobody knows what they mean."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a zone cannot be stored")
        utc = value if value.tzinfo is UTC else value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def plain_order(length: int) -> String:
    """Text that sorts by character code on both databases; PostgreSQL would sort it as its server's language does."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class Base(DeclarativeBase):
    """The one registry of tables."""

    type_annotation_map = {datetime: UtcDateTime(), dict[str, Any]: JSON, dict[str, str]: JSON, list[str]: JSON}  # noqa: RUF012 (SQLAlchemy's own form)


class Entry(Base):
    """A piece of content that is not dated: an action group, a country, a region, a theme, the community."""

    __tablename__ = "entry"
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[int]
    document: Mapped[dict[str, Any]]


class Event(Base):
    """An event, meeting, launch or observance: what is said of it. Its dates stand in `occurrence`."""

    __tablename__ = "event"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[dict[str, str]]
    place: Mapped[dict[str, str] | None]
    document: Mapped[dict[str, Any]]
    """The validated content entry: dates, summary, participants, ask, section, …"""
    origin: Mapped[str] = mapped_column(String(7), default="content", server_default="content")
    """"content", or "member" once it was added or changed in Slack: then the shipped content leaves it alone."""
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    """Rises with every change: who edits an older one is told; also the SEQUENCE of calendar feeds."""
    written_by: Mapped[str | None] = mapped_column(String(20))
    """The member who added it; None for the shipped content."""
    changed_by: Mapped[str | None] = mapped_column(String(20))
    changed_at: Mapped[datetime | None] = mapped_column()
    removed_at: Mapped[datetime | None]
    """Since when it is in no list any more; feeds still say that it is cancelled."""

    __table_args__ = (
        Index(
            "event_changed",
            "changed_at",
            sqlite_where=changed_at.is_not(None),
            postgresql_where=changed_at.is_not(None),
        ),
    )


class EventName(Base):
    """A name or alias of an event in some language, plain (alliance.names.plain), for finding it."""

    __tablename__ = "event_name"
    name: Mapped[str] = mapped_column(plain_order(200), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)

    __table_args__ = (Index("name_of_event", "event_id"), {"sqlite_with_rowid": False})


class Occurrence(Base):
    """One time that an event takes place (see alliance.when.When for the meaning of the dates)."""

    __tablename__ = "occurrence"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    original_day: Mapped[date]
    """The first day that the rule gives, also after this occurrence was moved: with event_id its lasting name."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    precision: Mapped[str] = mapped_column(String(6))
    confirmed: Mapped[bool]
    starts: Mapped[str | None] = mapped_column(String(5))
    ends: Mapped[str | None] = mapped_column(String(5))
    zone: Mapped[str | None] = mapped_column(String(40))
    cancelled: Mapped[bool] = mapped_column(default=False)
    sort_key: Mapped[str] = mapped_column(plain_order(17))

    __table_args__ = (Index("occurrence_name", "event_id", "original_day", unique=True),)


class OccurrenceTopic(Base):
    """What an occurrence is listed under: "listed" or "unlisted", "kind:workshop", "country:nepal", "region:africa", …

    Its primary key is the order of every list: within a topic and a length, by date. So a page of 20 costs the same
    among a hundred events and among a million, whatever it is filtered by.
    """

    __tablename__ = "occurrence_topic"
    topic: Mapped[str] = mapped_column(plain_order(100), primary_key=True)
    span: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Its length in days, rounded up to one of storage.occurrences.SPANS: how far back a query for a day must look."""
    sort_key: Mapped[str] = mapped_column(plain_order(17), primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id", ondelete="CASCADE"), primary_key=True)
    ends_on: Mapped[date]

    __table_args__ = (Index("topic_of_occurrence", "occurrence_id", "topic"), {"sqlite_with_rowid": False})


class Member(Base):
    """Somebody in the Slack workspace: what Slack says of them, and what they chose."""

    __tablename__ = "member"
    user_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    slack_locale: Mapped[str | None] = mapped_column(String(20))
    slack_zone: Mapped[str | None] = mapped_column(String(40))
    language: Mapped[str | None] = mapped_column(String(2))
    """Their own choice; None follows Slack."""
    zone: Mapped[str | None] = mapped_column(String(40))
    """Their own choice; None follows Slack."""
    groups: Mapped[list[str]] = mapped_column(default=list)
    """The action groups that they follow."""
    secretariat: Mapped[bool] = mapped_column(default=False)
    guest: Mapped[bool | None]
    """Whether Slack calls them a guest of the workspace; None where Slack has not been asked yet."""
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
    """False once their account is deactivated: no newsletter is sent to them."""
    refreshed_at: Mapped[datetime | None]


class GroupLead(Base):
    """Who leads an action group in Slack (may change the reminders of its channel)."""

    __tablename__ = "group_lead"
    group: Mapped[str] = mapped_column("group_slug", String(80), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(20), primary_key=True)


class Channel(Base):
    """A channel that the bot knows: how its reminders are written and when."""

    __tablename__ = "channel"
    channel_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(2))
    zone: Mapped[str] = mapped_column(String(40))
    lead_times: Mapped[dict[str, str]] = mapped_column(default=dict)
    """Its own lead times by kind, written as alliance.leadtimes.parse_leads reads them."""
    group: Mapped[str | None] = mapped_column("group_slug", String(80))
    """The action group whose channel it is."""
    present: Mapped[bool] = mapped_column(default=True)
    """Whether the bot is in the channel."""


class Subscription(Base):
    """What a channel or a member is reminded of: a subject as in storage.subjects, such as "group:migration"."""

    __tablename__ = "subscription"
    target: Mapped[str] = mapped_column(String(20), primary_key=True)
    subject: Mapped[str] = mapped_column(String(100), primary_key=True)
    since: Mapped[datetime]
    """Reminders that fell due before are not planned."""


POSTED_NEWSLETTER = "kind = 'newsletter' AND slack_ts IS NOT NULL"


class Delivery(Base):
    """The ledger: one row for every message that the bot posts unasked. See docs/decisions/ledger.md."""

    __tablename__ = "delivery"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(255), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    target: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(120))
    detail: Mapped[str] = mapped_column(String(60))
    due_at: Mapped[datetime]
    useful_until: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[str | None] = mapped_column(String(40))
    claimed_at: Mapped[datetime | None]
    check_at: Mapped[datetime | None]
    """When a claim whose end nobody saw may be looked up in Slack's history (UTC)."""
    slack_channel: Mapped[str | None] = mapped_column(String(20))
    slack_ts: Mapped[str | None] = mapped_column(String(20))
    settled_at: Mapped[datetime | None] = mapped_column()
    reason: Mapped[str | None] = mapped_column(String(120))

    __table_args__ = (
        Index("delivery_subject", "subject", "state"),
        Index("delivery_due", "due_at", "id", sqlite_where=state == "planned", postgresql_where=state == "planned"),
        Index(
            "delivery_open",
            "check_at",
            sqlite_where=state.in_(("claimed", "unknown")),
            postgresql_where=state.in_(("claimed", "unknown")),
        ),
        Index(
            "delivery_newsletter",
            "slack_ts",
            sqlite_where=text(POSTED_NEWSLETTER),
            postgresql_where=text(POSTED_NEWSLETTER),
        ),
        Index(
            "delivery_settled",
            "state",
            "settled_at",
            sqlite_where=settled_at.is_not(None),
            postgresql_where=settled_at.is_not(None),
        ),
    )


class Run(Base):
    """Many deliveries at once, shown to the secretariat while they go out. See storage.runs."""

    __tablename__ = "run"
    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(120))
    """"" for everything that is due, or the subject of the deliveries that it is about."""
    title: Mapped[dict[str, str] | None]
    began_at: Mapped[datetime]
    looked_at: Mapped[datetime | None]
    """When a process last looked at it; of several bots the one that sets it shows how far it is."""
    shown: Mapped[str] = mapped_column(String(120))
    ended_at: Mapped[datetime | None] = mapped_column()
    sent: Mapped[int]
    failed: Mapped[int]
    skipped: Mapped[int]
    closed_at: Mapped[datetime | None] = mapped_column()

    __table_args__ = (
        Index(
            "run_going", "subject", unique=True, sqlite_where=ended_at.is_(None), postgresql_where=ended_at.is_(None)
        ),
        Index("run_open", "id", sqlite_where=closed_at.is_(None), postgresql_where=closed_at.is_(None)),
    )


class Setting(Base):
    """What the bot must remember of itself: the content's digest, the last planning."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
