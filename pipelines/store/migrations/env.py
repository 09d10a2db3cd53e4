"""Alembic's entry point: runs the migrations on the connection that the store hands over."""

from __future__ import annotations

from alembic import context

from pipelines.store.migrate import VERSION_TABLE
from pipelines.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, version_table=VERSION_TABLE
)
# The store has begun the transaction: a migration that is killed half way leaves the old schema.
context.run_migrations()
