"""A pass read by workers together that are all in this process."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from config.settings import Settings, load_settings
from integrations.queue.app import Timing
from jobs.cluster import Cluster
from jobs.run import make_pass
from tests.jobs.conftest import MONDAY, Office

QUICK = Timing(alive=60, dead=60, look=0.05)


def settings_of(environ: Mapping[str, str]) -> Settings:
    """Return the settings as they are now."""
    return load_settings(environ, env_file=None, secrets_dir=None)


def worker(environ: Mapping[str, str], size: int = 4, timing: Timing = QUICK) -> Cluster:
    """Return a worker with these settings."""
    return Cluster(lambda: settings_of(environ), size=size, timing=timing)


def shared_pass(office: Office, size: int) -> dict[str, Any]:
    """Make a pass read in chunks of this size and return its report."""
    cluster = worker(office.environ, size)
    with cluster.reading():
        return pass_led_by(cluster, office)


def pass_led_by(cluster: Cluster, office: Office) -> dict[str, Any]:
    """Make a pass, whoever reads, and return its report."""
    now = datetime.fromisoformat(MONDAY)
    return make_pass(settings_of(office.environ), now, wrap=cluster.wrap).as_data()
