"""Alembic's entry: runs the migrations on the connection, and within the transaction, that storage.migrate opened."""

from alembic import context

from storage.newslettermodels import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
