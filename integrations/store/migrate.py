"""Brings a database to the newest schema when it is opened."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from bot.errors import WrongConfiguration
from integrations.store.faults import HEADING, place
from integrations.store.locks import MIGRATION_LOCK


def upgrade(engine: Engine) -> None:
    """Run the migrations that are missing, all or none. Two processes at once take turns.

    Raises: ``WrongConfiguration`` when the database was made by a newer version.
    """
    config = Config()
    config.set_main_option("script_location", "integrations.store:migrations")
    scripts = ScriptDirectory.from_config(config)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
        current = MigrationContext.configure(connection).get_current_revision()
        if current == scripts.get_current_head():
            return
        _refuse_unknown(current, scripts, connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _refuse_unknown(current: str | None, scripts: ScriptDirectory, connection: Connection) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    if current is not None and current not in known:
        fault = (
            f"{place(connection.engine.url)} has schema {current}, which this version does not know: a newer "
            "version has used it. Run that version, or point HJEMMEDAG_DATABASE_URL at another database."
        )
        raise WrongConfiguration(HEADING, [fault])
