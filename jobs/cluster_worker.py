"""The command ``worker --cluster``: the worker as ever, and a hand in the passes of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import WrongConfiguration
from jobs.worker import new_worker

if TYPE_CHECKING:
    from jobs.cluster import Cluster

EXTRA = {"procrastinate", "psycopg", "psycopg_pool"}
NOT_INSTALLED = "That needs more packages. Install them: pip install 'hjemmedag[cluster]'."


def work_in_cluster() -> None:
    """Work until SIGTERM. Raises: ``WrongConfiguration`` where the extra or PostgreSQL is missing."""
    cluster = _new_cluster()
    new_worker(wrap=cluster.wrap).run([cluster.reading()])


def _new_cluster() -> Cluster:
    try:
        from jobs.cluster import Cluster
    except ModuleNotFoundError as error:
        if error.name not in EXTRA:
            raise
        raise WrongConfiguration("Workers cannot share a pass here.", [NOT_INSTALLED]) from None
    return Cluster()
