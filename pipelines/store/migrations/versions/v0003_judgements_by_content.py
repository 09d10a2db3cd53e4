"""What judgements and mentions say by content, and where ids of merged entities lead."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    """Add columns that are null for earlier rows, and the table of redirects."""
    op.add_column("entity_mention", sa.Column("name", sa.Text(), nullable=True))
    op.add_column("judgement", sa.Column("left_anchors", sa.Text(), nullable=True))
    op.add_column("judgement", sa.Column("right_anchors", sa.Text(), nullable=True))
    op.create_table(
        "entity_redirect",
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["entity.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("old"),
    )
