"""Remember who is a guest of the workspace."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of members who are known already Slack is asked when they come next."""
    with op.batch_alter_table("member") as member:
        member.add_column(sa.Column("guest", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Forget it."""
    with op.batch_alter_table("member") as member:
        member.drop_column("guest")
