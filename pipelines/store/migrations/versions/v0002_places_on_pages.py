"""Where words stand on their pages, which numbers are doubtful, and what pages print around the text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    """Add columns that are null for reports read before."""
    op.add_column("layer", sa.Column("packed_words", sa.LargeBinary(), nullable=True))
    op.add_column("layer", sa.Column("doubts", sa.Text(), nullable=True))
    op.add_column("layer", sa.Column("margins", sa.Text(), nullable=True))
    op.add_column("evidence", sa.Column("box", sa.Text(), nullable=True))
