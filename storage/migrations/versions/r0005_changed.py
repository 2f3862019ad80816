"""Find the events that changed lately without reading all of them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CHANGED = sa.text("changed_at IS NOT NULL")


def upgrade() -> None:
    """Most events come with the bot and were never changed: the index has those of members alone."""
    op.create_index("event_changed", "event", ["changed_at"], sqlite_where=CHANGED, postgresql_where=CHANGED)


def downgrade() -> None:
    """Drop it."""
    op.drop_index("event_changed", "event")
