"""Indexes for a whole region: days are asked for by their dates; nothing asks for messages by recipient."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the one index that is missing and take away the one that is not used."""
    op.create_index("ix_days_date", "days", ["date"])
    op.drop_index("ix_messages_recipient", "messages")
