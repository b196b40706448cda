"""The command ``sandbox``: the small Microsoft 365 by itself, in the foreground."""

from __future__ import annotations

import sys
from pathlib import Path

from integrations.sandbox import Sandbox, Tenant, load_faults, load_tenant
from jobs.demo.municipality import REGISTER, load_municipality, tenant_of

IN_THE_DEMO = "2026-03-02T08:00:00+01:00"
"""A Monday morning of the weeks that the demo's calendars are of."""


def serve(tenant_file: Path | None, port: int, faults_file: Path | None) -> None:
    """Print the settings that point a run here, then serve until stopped. Raises: WrongConfiguration."""
    faults = load_faults(faults_file) if faults_file else []
    with Sandbox(_tenant(tenant_file), faults, port) as running:
        demo = {} if tenant_file else {"HJEMMEDAG_REGISTER": str(REGISTER)}
        for name, value in (running.settings() | demo).items():
            sys.stdout.write(f"{name}={value}\n")
        run = f"hjemmedag run --now {IN_THE_DEMO}" if demo else "hjemmedag run"
        sys.stdout.write(f"\n# Put these lines in .env and run `{run}`. Stop with Ctrl+C.\n")
        sys.stdout.flush()
        running.wait()


def _tenant(file: Path | None) -> Tenant:
    if file is not None:
        return load_tenant(file)
    return tenant_of(load_municipality())
