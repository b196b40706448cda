"""The worker is deployed as it is meant to run: without rights, watched, and given time to end."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
MINUTES_TO_END = 3
TO_BEGIN_AND_END = timedelta(minutes=5)
CHECK = ["hjemmedag", "worker", "--check"]


def manifests(name: str) -> dict[str, Any]:
    text = (DEPLOY / "kubernetes" / name).read_text(encoding="utf-8")
    return {manifest["kind"]: manifest for manifest in yaml.safe_load_all(text)}


def unit(name: str) -> dict[str, str]:
    """The keys of a systemd unit; none of them stands twice."""
    lines = (DEPLOY / "systemd" / name).read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("=")[::2] for line in lines if "=" in line and not line.startswith("#")]
    assert len({key for key, _ in pairs}) == len(pairs)
    return dict(pairs)


@pytest.fixture
def pod() -> dict[str, Any]:
    spec: dict[str, Any] = manifests("worker.yaml")["Deployment"]["spec"]["template"]["spec"]
    return spec


@pytest.fixture
def service() -> dict[str, Any]:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    worker: dict[str, Any] = compose["services"]["worker"]
    return worker


def test_every_form_runs_the_worker(pod: dict[str, Any], service: dict[str, Any]) -> None:
    assert pod["containers"][0]["args"] == ["worker"]
    assert service["command"] == ["worker"]
    assert unit("hjemmedag-worker.service")["ExecStart"].split()[1:] == ["worker"]


def test_every_form_has_time_to_let_messages_arrive(pod: dict[str, Any], service: dict[str, Any]) -> None:
    assert pod["terminationGracePeriodSeconds"] == MINUTES_TO_END * 60
    assert service["stop_grace_period"] == f"{MINUTES_TO_END}m"
    assert unit("hjemmedag-worker.service")["TimeoutStopSec"] == f"{MINUTES_TO_END}min"


def test_the_one_pass_has_its_minutes_and_some_to_begin_and_end_before_the_next_is_started() -> None:
    job = manifests("cronjob.yaml")["CronJob"]["spec"]["jobTemplate"]["spec"]
    limits = [timedelta(seconds=job["activeDeadlineSeconds"]), minutes("TimeoutStartSec")]
    a_pass = timedelta(minutes=Settings.model_fields["pass_minutes"].default)
    assert all(a_pass + TO_BEGIN_AND_END <= limit < timedelta(hours=1) for limit in limits)


def test_the_one_pass_has_time_to_let_messages_arrive_when_it_is_cut() -> None:
    job = manifests("cronjob.yaml")["CronJob"]["spec"]["jobTemplate"]["spec"]
    assert job["template"]["spec"]["terminationGracePeriodSeconds"] == MINUTES_TO_END * 60
    assert minutes("TimeoutStopSec") == timedelta(minutes=MINUTES_TO_END)


def minutes(key: str) -> timedelta:
    """Return how long the unit of the one pass gives for something."""
    return timedelta(minutes=int(unit("hjemmedag.service")[key].removesuffix("min")))


def test_containers_ask_whether_the_worker_is_alive(pod: dict[str, Any], service: dict[str, Any]) -> None:
    assert pod["containers"][0]["livenessProbe"]["exec"]["command"] == CHECK
    assert service["healthcheck"]["test"] == ["CMD", *CHECK]


def test_several_workers_share_a_database() -> None:
    found = manifests("worker.yaml")
    assert found["Deployment"]["spec"]["replicas"] > 1
    assert "HJEMMEDAG_DATABASE_URL_FILE" in found["ConfigMap"]["data"]


def test_the_schedule_in_the_manifest_is_the_default() -> None:
    schedule = manifests("worker.yaml")["ConfigMap"]["data"]["HJEMMEDAG_SCHEDULE"]
    assert schedule == Settings.model_fields["schedule"].default


def test_the_pods_of_worker_and_cron_job_have_the_same_rights(pod: dict[str, Any]) -> None:
    job = manifests("cronjob.yaml")["CronJob"]["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    for right in ("securityContext", "automountServiceAccountToken", "enableServiceLinks"):
        assert pod[right] == job[right]
    assert pod["containers"][0]["securityContext"] == job["containers"][0]["securityContext"]


def test_the_service_in_compose_has_the_rights_of_the_one_pass(service: dict[str, Any]) -> None:
    assert service["extends"] == {"service": "hjemmedag"}
    assert not service.keys() & {"user", "cap_add", "privileged", "security_opt", "read_only"}


def test_the_unit_is_as_closed_as_that_of_the_one_pass() -> None:
    once, worker = unit("hjemmedag.service"), unit("hjemmedag-worker.service")
    closing = {key for key in once if key.startswith(("Protect", "Private", "Restrict"))}
    closing |= {"User", "Group", "CapabilityBoundingSet", "NoNewPrivileges", "SystemCallFilter", "UMask"}
    closing -= {"RestartPreventExitStatus"}
    assert {key: worker.get(key) for key in closing} == {key: once[key] for key in closing}


def test_a_unit_that_is_wrongly_set_up_is_not_started_again_and_again() -> None:
    assert unit("hjemmedag-worker.service")["RestartPreventExitStatus"] == "2"
