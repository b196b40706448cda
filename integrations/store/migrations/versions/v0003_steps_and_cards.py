"""Messages that tell at several steps, cards that can be changed where they stand, and who is refused."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns and the table; of the messages sent until now nothing tells where they stand."""
    _messages()
    _tellings()
    op.add_column("findings", sa.Column("open_since", sa.DateTime(timezone=True)))
    op.create_table(
        "refusals",
        sa.Column("recipient", sa.String),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("latest", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("recipient", name="pk_refusals"),
    )


def _messages() -> None:
    op.add_column("messages", sa.Column("week", sa.String))
    op.add_column("messages", sa.Column("conversation", sa.String))
    op.add_column("messages", sa.Column("activity", sa.String))
    op.add_column("messages", sa.Column("settled", sa.JSON, nullable=False, server_default=sa.text("'[]'")))
    op.add_column("messages", sa.Column("closed", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("ix_messages_step_week", "messages", ["step", "week"])
    op.create_index("ix_messages_state_at", "messages", ["state", "at"])


def _tellings() -> None:
    # SQLite cannot change a primary key: there Alembic copies the rows to a new table of the same name.
    with op.batch_alter_table("tellings") as table:
        table.add_column(sa.Column("position", sa.Integer, nullable=False, server_default=sa.text("0")))
        table.drop_constraint("pk_tellings", type_="primary")
        table.create_primary_key("pk_tellings", ["message", "finding", "step"])
