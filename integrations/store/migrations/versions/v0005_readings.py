"""Where workers put what they read for a pass together. Scratch: PostgreSQL needs no log of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the two tables."""
    prefixes = ["UNLOGGED"] if op.get_bind().dialect.name == "postgresql" else []
    op.create_table(
        "reading_passes",
        sa.Column("id", sa.Integer, autoincrement=True),
        sa.Column("window_start", sa.Date, nullable=False),
        sa.Column("window_end", sa.Date, nullable=False),
        sa.Column("timezone", sa.String, nullable=False),
        sa.Column("register", sa.String, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("work_plans", sa.Boolean, nullable=False),
        sa.Column("token", sa.String, nullable=False),
        sa.Column("led_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_reading_passes"),
        prefixes=prefixes,
    )
    op.create_table(
        "reading_chunks",
        sa.Column("reading_pass", sa.Integer),
        sa.Column("chunk", sa.Integer),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("reading_pass", "chunk", name="pk_reading_chunks"),
        sa.ForeignKeyConstraint(
            ["reading_pass"], ["reading_passes.id"], name="fk_reading_chunks_reading_pass", ondelete="CASCADE"
        ),
        prefixes=prefixes,
    )
