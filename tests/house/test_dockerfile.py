"""The image runs as somebody without rights, from locked packages; hadolint says the rest."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parents[2]
UID = "10001"


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile as (instruction, arguments), continued lines joined, comments left out."""
    text = (PROJECT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(name, " ".join(rest.split())) for name, _, rest in (line.partition(" ") for line in lines)]


def final_stage() -> list[tuple[str, str]]:
    """The instructions of the image that is shipped."""
    steps = instructions()
    last = max(index for index, (name, _) in enumerate(steps) if name == "FROM")
    return steps[last:]


def test_hadolint_finds_nothing() -> None:
    hadolint = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or shutil.which("hadolint")
    if hadolint is None:
        pytest.skip("hadolint is not installed")
    outcome = subprocess.run(
        [hadolint, "Dockerfile"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert (outcome.returncode, outcome.stdout) == (0, "")


def test_the_last_user_is_numeric_and_not_root() -> None:
    assert [rest for name, rest in final_stage() if name == "USER"][-1] == f"{UID}:{UID}"


def test_the_shipped_stage_installs_nothing() -> None:
    ran = " ".join(rest for name, rest in final_stage() if name == "RUN")
    assert [tool for tool in ("pip", "apt-get", "gcc", "curl") if tool in ran.split()] == []


def test_every_package_is_checked_by_hash_or_is_our_own_wheel() -> None:
    commands = [part.strip() for name, rest in instructions() if name == "RUN" for part in rest.split("&&")]
    installs = [command for command in commands if " install " in command and "/pip " in command]

    assert len(installs) == 3
    assert [
        command for command in installs if "--require-hashes" not in command and "--no-deps" not in command
    ] == []


def test_the_build_context_holds_all_that_is_copied_and_no_more() -> None:
    ignore = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = {line[1:].rstrip("/") for line in ignore if line.startswith("!")}
    copied = {
        source.rstrip("/")
        for name, rest in instructions()
        if name == "COPY" and not rest.startswith("--from")
        for source in rest.split()[:-1]
    }
    assert let_in == copied


def test_compose_and_kubernetes_run_it_without_rights() -> None:
    compose = yaml.safe_load((PROJECT / "deploy/compose.yaml").read_text(encoding="utf-8"))
    service = compose["services"]["hjemmedag"]
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])

    manifests = yaml.safe_load_all((PROJECT / "deploy/kubernetes/cronjob.yaml").read_text(encoding="utf-8"))
    cron_job = next(manifest for manifest in manifests if manifest["kind"] == "CronJob")
    pod = cron_job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    container = pod["containers"][0]["securityContext"]
    assert (pod["securityContext"]["runAsNonRoot"], pod["securityContext"]["runAsUser"]) == (True, int(UID))
    assert (container["readOnlyRootFilesystem"], container["capabilities"]["drop"]) == (True, ["ALL"])
