"""Tables for what members run in Slack: roles, answers to invitations, meetings, communications, feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLES = (
    "role_grant",
    "audit",
    "coming",
    "group_member",
    "group_rule",
    "agenda_item",
    "minutes",
    "decision",
    "action_item",
    "activity",
    "toolkit",
    "feed",
)


def upgrade() -> None:
    """Create the tables, and let events say who wrote them and how often they were changed."""
    _people()
    _meetings()
    _communications()
    op.create_index("delivery_subject", "delivery", ["subject", "state"])
    with op.batch_alter_table("event") as event:
        event.add_column(sa.Column("origin", sa.String(length=7), nullable=False, server_default="content"))
        event.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
        event.add_column(sa.Column("written_by", sa.String(length=20), nullable=True))
        event.add_column(sa.Column("changed_by", sa.String(length=20), nullable=True))
        event.add_column(sa.Column("changed_at", MOMENT, nullable=True))
        event.add_column(sa.Column("removed_at", MOMENT, nullable=True))


def downgrade() -> None:
    """Drop them. Events that members added stay, as if the content had brought them."""
    with op.batch_alter_table("event") as event:
        for column in ("removed_at", "changed_at", "changed_by", "written_by", "revision", "origin"):
            event.drop_column(column)
    op.drop_index("delivery_subject", "delivery")
    for table in TABLES:
        op.drop_table(table)


def _people() -> None:
    op.create_table(
        "role_grant",
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("user_id", sa.String(length=20), nullable=False),
        sa.Column("granted_by", sa.String(length=20), nullable=False),
        sa.Column("granted_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("role", "scope", "user_id"),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.String(length=20), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=160), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("audit_at", "audit", ["at"])
    op.create_index("audit_subject", "audit", ["subject", "at"])
    op.create_table(
        "coming",
        sa.Column("occurrence", sa.String(length=100), nullable=False),
        sa.Column("user_id", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=5), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("remind", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("occurrence", "user_id"),
    )
    op.create_table(
        "group_member",
        sa.Column("group_slug", sa.String(length=80), nullable=False),
        sa.Column("user_id", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("group_slug", "user_id"),
    )
    op.create_table(
        "group_rule",
        sa.Column("group_slug", sa.String(length=80), nullable=False),
        sa.Column("joining", sa.String(length=7), nullable=False),
        sa.PrimaryKeyConstraint("group_slug"),
    )


def _meetings() -> None:
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence", sa.String(length=100), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("proposed_by", sa.String(length=20), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_agenda_item_occurrence", "agenda_item", ["occurrence"])
    op.create_table(
        "minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file_id", sa.String(length=20), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=True),
        sa.Column("written_by", sa.String(length=20), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_minutes_occurrence", "minutes", ["occurrence"])
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence", sa.String(length=100), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("written_by", sa.String(length=20), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_decision_occurrence", "decision", ["occurrence"])
    op.create_table(
        "action_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_slug", sa.String(length=80), nullable=False),
        sa.Column("occurrence", sa.String(length=100), nullable=True),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("owner", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=7), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.String(length=20), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("closed_by", sa.String(length=20), nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("action_item_due", "action_item", ["state", "due_on"])
    op.create_index("action_item_open", "action_item", ["group_slug", "state"])


def _communications() -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("owner", sa.String(length=20), nullable=False),
        sa.Column("organisation", sa.String(length=120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.String(length=20), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_activity_due_on", "activity", ["due_on"])
    op.create_index("ix_activity_occurrence", "activity", ["occurrence"])
    op.create_table(
        "toolkit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("written_by", sa.String(length=20), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug", "language", "version", name="toolkit_version"),
    )
    op.create_table(
        "feed",
        sa.Column("owner", sa.String(length=100), nullable=False),
        sa.Column("token", sa.String(length=60), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("owner"),
        sa.UniqueConstraint("token"),
    )
