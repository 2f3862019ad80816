"""Create the tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

DELIVERY_DUE = sa.text("state = 'planned'")
DELIVERY_OPEN = sa.text("state IN ('claimed', 'unknown')")
DELIVERY_SETTLED = sa.text("settled_at IS NOT NULL")


def upgrade() -> None:
    """Create the tables: content, members and channels, the ledger."""
    _content()
    _dates()
    _people()
    _ledger()


def downgrade() -> None:
    """Drop the tables, each before those that it points to."""
    for table in (
        "occurrence_topic",
        "occurrence",
        "event_name",
        "event",
        "entry",
        "setting",
        "channel",
        "group_lead",
        "member",
        "subscription",
        "delivery",
    ):
        op.drop_table(table)


def _content() -> None:
    op.create_table(
        "entry",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "slug"),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=True),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "event_name",
        sa.Column("name", _plain_order(200), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("name", "event_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("name_of_event", "event_name", ["event_id"], unique=False)


def _dates() -> None:
    op.create_table(
        "occurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("original_day", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("precision", sa.String(length=6), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("starts", sa.String(length=5), nullable=True),
        sa.Column("ends", sa.String(length=5), nullable=True),
        sa.Column("zone", sa.String(length=40), nullable=True),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("sort_key", _plain_order(17), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("occurrence_name", "occurrence", ["event_id", "original_day"], unique=True)
    op.create_table(
        "occurrence_topic",
        sa.Column("topic", _plain_order(100), nullable=False),
        sa.Column("span", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sort_key", _plain_order(17), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrence.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("topic", "span", "sort_key", "occurrence_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("topic_of_occurrence", "occurrence_topic", ["occurrence_id", "topic"], unique=False)


def _people() -> None:
    op.create_table(
        "channel",
        sa.Column("channel_id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("lead_times", sa.JSON(), nullable=False),
        sa.Column("group_slug", sa.String(length=80), nullable=True),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("channel_id"),
    )
    op.create_table(
        "group_lead",
        sa.Column("group_slug", sa.String(length=80), nullable=False),
        sa.Column("user_id", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("group_slug", "user_id"),
    )
    op.create_table(
        "member",
        sa.Column("user_id", sa.String(length=20), nullable=False),
        sa.Column("slack_locale", sa.String(length=20), nullable=True),
        sa.Column("slack_zone", sa.String(length=40), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.Column("zone", sa.String(length=40), nullable=True),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("secretariat", sa.Boolean(), nullable=False),
        sa.Column("refreshed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_table(
        "subscription",
        sa.Column("target", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("target", "subject"),
    )


def _ledger() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("target", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("detail", sa.String(length=60), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("useful_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(length=40), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("check_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("slack_channel", sa.String(length=20), nullable=True),
        sa.Column("slack_ts", sa.String(length=20), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=120), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index(
        "delivery_due",
        "delivery",
        ["due_at", "id"],
        unique=False,
        sqlite_where=DELIVERY_DUE,
        postgresql_where=DELIVERY_DUE,
    )
    op.create_index(
        "delivery_open",
        "delivery",
        ["check_at"],
        unique=False,
        sqlite_where=DELIVERY_OPEN,
        postgresql_where=DELIVERY_OPEN,
    )
    op.create_index(
        "delivery_settled",
        "delivery",
        ["state", "settled_at"],
        unique=False,
        sqlite_where=DELIVERY_SETTLED,
        postgresql_where=DELIVERY_SETTLED,
    )


def _plain_order(length: int) -> sa.String:
    """Text that sorts by character code on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
