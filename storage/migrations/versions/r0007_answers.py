"""What readers answer to newsletters: reactions, clicks; and numbers of newsletters and addresses, given once."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NEWSLETTER = sa.text("kind = 'newsletter' AND slack_ts IS NOT NULL")


def upgrade() -> None:
    """The index has newsletters alone: Slack tells of reactions to every message of a channel.

    SQLite gives the number of the last row that was deleted to the next one: the ledger would take a new e-mail address
    for the one before, who was asked already and has the newsletters, and a new newsletter for one that was sent.
    """
    if op.get_bind().dialect.name == "sqlite":
        kept = {"sqlite_autoincrement": True}
        for table in ("mail_address", "newsletter"):
            with op.batch_alter_table(table, recreate="always", table_kwargs=kept):
                pass
        used = "SELECT coalesce(max(CAST(substr(target, 6) AS INTEGER)), 0) FROM delivery WHERE target LIKE 'mail:%'"
        there = "SELECT coalesce(max(id), 0) FROM mail_address"
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'mail_address'")
        op.execute(f"INSERT INTO sqlite_sequence (name, seq) SELECT 'mail_address', max(({used}), ({there}))")
    op.create_table(
        "newsletter_reaction",
        sa.Column("delivery_id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("user_id", sa.String(20), primary_key=True),
        sa.Column("name", sa.String(100), primary_key=True),
    )
    op.create_table(
        "newsletter_link",
        sa.Column("newsletter_id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("code", sa.String(12), primary_key=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("clicks", sa.Integer(), nullable=False),
    )
    op.create_index("ix_newsletter_reaction_user_id", "newsletter_reaction", ["user_id"])
    op.create_index(
        "delivery_newsletter", "delivery", ["slack_ts"], sqlite_where=NEWSLETTER, postgresql_where=NEWSLETTER
    )


def downgrade() -> None:
    """Drop them; that a number is given once does no harm."""
    op.drop_index("delivery_newsletter", "delivery")
    op.drop_table("newsletter_link")
    op.drop_table("newsletter_reaction")
