"""Alembic migrations of the store; `pipelines.store.migrate` runs them, there is no alembic.ini."""
