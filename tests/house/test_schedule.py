"""The hours at which a pass is started are the same wherever they are written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from config.settings import Settings

PROJECT = Path(__file__).parents[2]


def test_the_cron_job_starts_every_hour_from_7_to_16_on_weekdays() -> None:
    manifests = yaml.safe_load_all((PROJECT / "deploy/kubernetes/cronjob.yaml").read_text(encoding="utf-8"))
    cron_job = next(manifest for manifest in manifests if manifest["kind"] == "CronJob")
    assert (cron_job["spec"]["schedule"], cron_job["spec"]["timeZone"]) == (
        "0 7-16 * * 1-5",
        "Europe/Copenhagen",
    )


def test_the_worker_makes_its_passes_at_the_same_hours() -> None:
    assert Settings.model_fields["schedule"].default == "0 7-16 * * mon-fri"
    assert "| `0 7-16 * * mon-fri` |" in (PROJECT / "docs/configuration.md").read_text(encoding="utf-8")


def test_the_timer_starts_at_the_same_hours() -> None:
    timer = (PROJECT / "deploy/systemd/hjemmedag.timer").read_text(encoding="utf-8")
    assert "OnCalendar=Mon..Fri *-*-* 07..16:00:00 Europe/Copenhagen" in timer.splitlines()


@pytest.mark.parametrize("page", ["operations.md", "container.md"])
def test_the_documentation_names_the_same_hours(page: str) -> None:
    text = (PROJECT / "docs" / page).read_text(encoding="utf-8")
    assert re.findall(r"from 0?(\d+) to (\d+) on weekdays", text) == [("7", "16")]
