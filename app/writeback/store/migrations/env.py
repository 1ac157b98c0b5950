"""Run by Alembic: migrates over the connection it was handed, in the transaction that is open."""

from alembic import context

from writeback.store import schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
