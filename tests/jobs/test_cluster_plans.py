"""Work plans come to the same whether one process reads them or many do, in chunks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from integrations.sandbox import Sandbox, Tenant
from jobs.demo.calendars import DOMAIN
from tests.contracts.conftest import new_postgresql_database, postgresql
from tests.jobs.cluster_here import shared_pass
from tests.jobs.conftest import Office, office_in
from tests.jobs.village import user

__all__ = ["new_postgresql_database", "postgresql"]

PLAN = "GET /v1.0/users/*/settings"
HALF = 24
ADDRESSES = [f"p{number:02}@{DOMAIN}" for number in range(2 * HALF)]
WITHOUT = ADDRESSES[HALF:-2]
"""More than twenty, so that everybody is refused in the first batch of the second team."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Two teams, a chunk each, whose people plan to work at home on Thursday, if they plan."""
    tenant = Tenant.from_data(
        {
            "users": [user(address.partition("@")[0]) for address in ADDRESSES],
            "events": {address: [] for address in ADDRESSES},
            "work_plan": {address: [at_home_on_thursday()] for address in ADDRESSES},
        }
    )
    with Sandbox(tenant) as sandbox:
        yield office_in(tmp_path, sandbox, tenant, register())


def register() -> str:
    teams = [
        f"  - {{id: t{team}, name: Team {team}, leader: {ADDRESSES[team * HALF]}, "
        "med_discussed_on: 2025-11-01, frames_decided_on: 2025-11-01, discussed_on: 2025-11-01}"
        for team in (0, 1)
    ]
    people = [
        f"  - {{id: {address}, name: {address[:3]} Holm, team: t{number // HALF}}}"
        for number, address in enumerate(ADDRESSES)
    ]
    organisation = f"organisation: {{name: Lilleby, policy: nyborg, domains: [{DOMAIN}]}}"
    return "\n".join([organisation, "teams:", *teams, "people:", *people])


def at_home_on_thursday() -> dict[str, object]:
    zone = "Romance Standard Time"
    return {
        "workLocationType": "remote",
        "start": {"dateTime": "2026-03-05T08:00:00.0000000", "timeZone": zone},
        "end": {"dateTime": "2026-03-05T16:00:00.0000000", "timeZone": zone},
    }


def test_a_chunk_that_begins_with_people_who_have_none_is_read_on(
    office: Office, new_postgresql_database: Callable[[], str]
) -> None:
    for address in WITHOUT:
        office.fault(match=PLAN, user=address, status=404)
    alone = office.run(dry_run=True)
    office.environ["HJEMMEDAG_DATABASE_URL"] = new_postgresql_database()
    together = shared_pass(office, size=HALF)
    assert planned_by(together) == set(ADDRESSES) - set(WITHOUT)
    for part in ("days", "findings", "coverage"):
        assert together[part] == alone[part], part


def test_where_they_are_off_that_is_found_out_once_for_all_chunks(
    office: Office, new_postgresql_database: Callable[[], str]
) -> None:
    office.fault(match=PLAN, status=403)
    office.environ["HJEMMEDAG_DATABASE_URL"] = new_postgresql_database()
    report = shared_pass(office, size=HALF)
    assert report["coverage"]["sources_off"] == ["work-plan"]
    assert sum("/settings/" in request.path for request in office.sandbox.requests) == 20


def planned_by(report: dict[str, Any]) -> set[str]:
    return {row["person"] for row in report["days"] if "work-plan" in row["evidence"]}
