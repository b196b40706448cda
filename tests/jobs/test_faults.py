"""Whatever goes wrong while messages are sent, and in whatever order: what is recorded is what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations.sandbox import Fault, Sandbox, Tenant
from jobs.demo.calendars import DOMAIN
from tests.jobs.conftest import Office
from tests.jobs.village import at_home, receipts, states, village_in, village_tenant

Json = list[dict[str, Any]]

MOMENTS = [
    "2026-03-02T08:00:00+01:00",
    "2026-03-02T10:30:00+01:00",
    "2026-03-02T13:00:00+01:00",
    "2026-03-03T08:00:00+01:00",
    "2026-03-03T13:00:00+01:00",
]
OPEN, POST = "POST /teams/v3/conversations", "POST /teams/v3/conversations/*/activities"
INSTALL, CHANGE = "POST /v1.0/users/*/teamwork/installedApps", "PUT /teams/v3/conversations/*/activities/*"

users = st.sampled_from([None, f"ada@{DOMAIN}", f"dorte@{DOMAIN}"])
times = st.integers(1, 3)
refusals = st.builds(
    Fault,
    match=st.sampled_from([OPEN, POST, INSTALL, CHANGE]),
    user=users,
    status=st.sampled_from([403, 404, 412, 429, 500, 502, 503, 504]),
    retry_after=st.just(0),
    times=times,
)
lost_answers = st.builds(
    Fault,
    match=st.just(POST),
    user=users,
    status=st.sampled_from([500, 502, 504]),
    after=st.just(True),
    times=times,
)
broken_connections = st.builds(
    Fault, match=st.just(POST), user=users, drop=st.just(True), after=st.booleans(), times=times
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What goes wrong in a pass, and whether Ada is at home on the team day."""

    faults: Sequence[Fault]
    ada_at_home: bool


turns = st.builds(
    Turn,
    faults=st.lists(refusals | lost_answers | broken_connections, max_size=3),
    ada_at_home=st.sampled_from([True, True, False]),
)


@pytest.fixture(scope="module")
def village() -> Iterator[tuple[Sandbox, Tenant]]:
    tenant = village_tenant()
    with Sandbox(tenant) as sandbox:
        yield sandbox, tenant


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(turns, min_size=2, max_size=5))
def test_every_message_ends_in_one_state_and_what_is_recorded_is_what_arrived(
    village: tuple[Sandbox, Tenant], course: list[Turn]
) -> None:
    with TemporaryDirectory() as folder:
        office = village_in(Path(folder), *village)
        perhaps_there: set[str] = set()
        before: Mapping[str, str] = {}
        for moment, turn in zip(MOMENTS, course, strict=False):
            arrived = Counter(one.recipient for one in office.sandbox.messages)
            report = _pass(office, moment, turn)
            new = Counter(one.recipient for one in office.sandbox.messages) - arrived
            after = states(office)
            _check(report["messages"], before, after, new)
            before = after
            sent = {line["id"] for line in report["messages"] if line["state"] == "sent"}
            assert not sent & perhaps_there
            perhaps_there |= sent | {line["id"] for line in report["messages"] if line["state"] == "unclear"}
            _check_receipts(office)


def _pass(office: Office, moment: str, turn: Turn) -> dict[str, Any]:
    office.tenant.set_events(f"ada@{DOMAIN}", [at_home("ada")] if turn.ada_at_home else [])
    office.sandbox.faults.clear()
    for fault in turn.faults:
        office.sandbox.faults.add(fault)
    return office.run(moment)


def _check(lines: Json, before: Mapping[str, str], after: Mapping[str, str], new: Mapping[str, int]) -> None:
    """Hold the report against the database, and both against what arrived in this pass."""
    tried = [line for line in lines if line["state"] != "held"]
    assert len({line["id"] for line in lines}) == len(lines)
    assert {line["id"]: after[line["id"]] for line in tried} == {line["id"]: line["state"] for line in tried}
    assert set(after.values()) <= {"sent", "failed", "undeliverable", "unclear", "suppressed"}
    for recipient in {line["to"] for line in lines} | set(new):
        mine = [line for line in tried if line["to"] == recipient and before.get(line["id"]) != line["state"]]
        sent = sum(line["state"] == "sent" for line in mine)
        unclear = sum(line["state"] == "unclear" for line in mine)
        assert sent <= new.get(recipient, 0) <= sent + unclear <= 1


def _check_receipts(office: Office) -> None:
    """Every card that is recorded as sent stands in its chat, once."""
    there = Counter(one.activity_id for one in office.sandbox.messages)
    recorded = receipts(office)
    assert len(set(recorded)) == len(recorded)
    assert {there[one] for one in recorded} <= {1}
