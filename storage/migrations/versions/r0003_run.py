"""A table for runs: many deliveries at once, shown to the secretariat while they go out."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
GOING = sa.text("ended_at IS NULL")
OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    """Create it."""
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("title", sa.JSON(), nullable=True),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("looked_at", MOMENT, nullable=True),
        sa.Column("shown", sa.String(length=120), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("run_going", "run", ["subject"], unique=True, sqlite_where=GOING, postgresql_where=GOING)
    op.create_index("run_open", "run", ["id"], sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    """Drop it: messages that showed a run stay as they are."""
    op.drop_table("run")
