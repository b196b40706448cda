"""Indexes for a whole region: days are asked for by date, tellings by finding, no message by recipient."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the indexes that are missing and take away the one that is not used."""
    op.create_index("ix_days_date", "days", ["date"])
    op.create_index("ix_tellings_finding", "tellings", ["finding"])
    op.drop_index("ix_messages_recipient", "messages")
