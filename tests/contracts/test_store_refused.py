"""A PostgreSQL server that answers, but refuses: the settings are wrong, and waiting would not help."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import create_engine, text

from bot.errors import WrongConfiguration
from integrations.store.store import open_store

NewDatabase = Callable[[], str]


def test_a_database_that_does_not_exist_is_a_wrong_configuration(
    new_postgresql_database: NewDatabase,
) -> None:
    url = new_postgresql_database().replace("/test_", "/missing_")
    with pytest.raises(WrongConfiguration, match=r'database "missing_\d+" does not exist'):
        open_store(url)


def test_a_user_who_may_make_no_tables_is_a_wrong_configuration(new_postgresql_database: NewDatabase) -> None:
    url = new_postgresql_database()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE ROLE reader LOGIN"))
    engine.dispose()
    with pytest.raises(WrongConfiguration, match="permission denied"):
        open_store(url.replace("//postgres@", "//reader@"))


def test_a_database_that_was_dropped_meanwhile_is_a_wrong_configuration(
    new_postgresql_database: NewDatabase,
) -> None:
    url = new_postgresql_database()
    store = open_store(url)
    engine = create_engine(new_postgresql_database(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {url.partition('?')[0].rpartition('/')[2]} WITH (FORCE)"))
    engine.dispose()
    with pytest.raises(WrongConfiguration, match="does not exist"):
        store.load_register()
    store.close()
