"""What Alembic runs around the steps: they join the transaction of the connection they are given."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
