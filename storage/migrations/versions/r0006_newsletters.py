"""Newsletters, who wants which, and which members are still in the workspace."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Whoever is known already counts as in the workspace until Slack is asked."""
    op.create_table(
        "newsletter",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("stage", sa.String(10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("writers", sa.JSON(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(20), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.String(20), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_print", sa.String(64), nullable=True),
        sa.Column("correcting", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_newsletter_correcting", "newsletter", ["correcting"])
    op.create_index("ix_newsletter_stage", "newsletter", ["stage"])
    op.create_table(
        "mail_address",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("address", sa.String(320), nullable=False, unique=True),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("token", sa.String(60), nullable=False, unique=True),
        sa.Column("user_id", sa.String(20), nullable=True),
        sa.Column("added_by", sa.String(20), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(120), nullable=True),
    )
    op.create_index("ix_mail_address_state", "mail_address", ["state"])
    op.create_index("ix_mail_address_user_id", "mail_address", ["user_id"])
    op.create_table(
        "newsletter_choice",
        sa.Column("user_id", sa.String(20), primary_key=True),
        sa.Column("issue", sa.String(10), primary_key=True),
        sa.Column("way", sa.String(5), nullable=False),
    )
    with op.batch_alter_table("member") as member:
        member.add_column(sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    """Drop them, and what was written in them."""
    with op.batch_alter_table("member") as member:
        member.drop_column("active")
    op.drop_table("newsletter_choice")
    op.drop_table("mail_address")
    op.drop_table("newsletter")
