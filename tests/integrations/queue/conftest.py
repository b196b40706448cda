"""A PostgreSQL of one's own, prepared for the queue."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from integrations.queue.schema import prepare_queue
from integrations.store.store import open_store
from tests.contracts.conftest import new_postgresql_database, postgresql

__all__ = ["new_postgresql_database", "postgresql"]


@pytest.fixture
def url(new_postgresql_database: Callable[[], str]) -> str:
    """The URL of a database with our tables and the queue's."""
    url = new_postgresql_database()
    open_store(url).close()
    prepare_queue(url)
    return url
