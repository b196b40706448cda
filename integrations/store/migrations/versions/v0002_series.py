"""Which series the home marks of a day belong to, so that a series is still a pattern in a replay."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; of the days kept until now no series is known."""
    op.add_column("days", sa.Column("series", sa.JSON, nullable=False, server_default=sa.text("'[]'")))
