"""The register, runs, days, findings and messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table of the first release."""
    _register()
    _passes()
    _messages()


def _register() -> None:
    op.create_table(
        "organisation",
        sa.Column("name", sa.String),
        sa.Column("document", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_organisation"),
    )
    op.create_table(
        "teams",
        sa.Column("id", sa.String),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_teams"),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.String),
        sa.Column("team", sa.String, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.ForeignKeyConstraint(["team"], ["teams.id"], name="fk_people_team"),
    )
    op.create_table(
        "agreements",
        sa.Column("position", sa.Integer, autoincrement=False),
        sa.Column("person", sa.String, nullable=False, index=True),
        sa.Column("document", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_agreements"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_agreements_person"),
    )
    op.create_table(
        "exceptions",
        sa.Column("position", sa.Integer, autoincrement=False),
        sa.Column("person", sa.String, nullable=False, index=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_exceptions"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_exceptions_person"),
    )


def _passes() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("window_start", sa.Date, nullable=False),
        sa.Column("window_end", sa.Date, nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("exit_code", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_table(
        "days",
        sa.Column("person", sa.String),
        sa.Column("date", sa.Date),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("portion", sa.Float, nullable=False),
        sa.Column("certainty", sa.String(20), nullable=False),
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("person", "date", name="pk_days"),
    )
    op.create_table(
        "findings",
        sa.Column("id", sa.String),
        sa.Column("rule", sa.String, nullable=False),
        sa.Column("person", sa.String),
        sa.Column("team", sa.String, nullable=False),
        sa.Column("dates", sa.JSON, nullable=False),
        sa.Column("status", sa.String(20), nullable=False, index=True),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("source", sa.JSON, nullable=False),
        sa.Column("scope", sa.String(20), nullable=False),
        sa.Column("audience", sa.String(20), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_findings"),
    )


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.String),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("recipient", sa.String, nullable=False, index=True),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("reason", sa.String),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
    )
    op.create_table(
        "tellings",
        sa.Column("message", sa.String),
        sa.Column("finding", sa.String),
        sa.Column("recipient", sa.String, nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("message", "finding", name="pk_tellings"),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name="fk_tellings_message"),
    )
    op.create_table(
        "conversations",
        sa.Column("recipient", sa.String),
        sa.Column("conversation", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("recipient", name="pk_conversations"),
    )
