"""What an earlier pass left hanging is closed as soon as nobody waits for it, and not before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.known import DigestMode
from integrations.sandbox import Sandbox, Tenant
from jobs.demo.calendars import DOMAIN, entry
from tests.jobs.conftest import Office
from tests.jobs.village import LEADER, REGISTER, STAFF, at_home, states, village_in, village_tenant

DORTE, EVA = f"dorte@{DOMAIN}", f"eva@{DOMAIN}"
MONDAY, NOON, ONE, TWO = (f"2026-03-02T{hour}:00+01:00" for hour in ("08:00", "12:30", "13:30", "14:30"))
POST = "POST /teams/v3/conversations/*/activities"


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Office]:
    users = village_tenant().users
    eva = {**users[-1], "id": "eva", "userPrincipalName": EVA, "displayName": "Eva Holm", "mail": EVA}
    everybody = [*users, eva]
    calendars = {str(user["userPrincipalName"]): [] for user in everybody}
    tenant = Tenant.from_data({"users": everybody, "events": calendars})
    with Sandbox(tenant) as sandbox:
        yield village_in(tmp_path, sandbox, tenant)


def hanging(office: Office, now: str, digest: DigestMode = DigestMode.AUTO) -> list[tuple[str, str, str]]:
    """Make a pass and return to whom, of which kind and how what it reports beside what was sent hangs."""
    lines = office.run(now, digest=digest)["messages"]
    return [(one["to"], one["kind"], one["state"]) for one in lines if one["state"] != "sent"]


def with_leader(office: Office, leader: str, deputy: str | None = None) -> None:
    lines = f"leader: {leader}" + (f"\n    deputy: {deputy}" if deputy else "")
    office.register.write_text(REGISTER.replace(f"leader: {LEADER}@{DOMAIN}", lines), encoding="utf-8")


def escalation_fails(office: Office) -> None:
    assert hanging(office, MONDAY) == []
    office.fault(match=POST, user=DORTE, status=403)
    assert hanging(office, NOON) == [(DORTE, "escalation", "failed")]


def test_what_did_not_reach_the_leader_is_over_when_the_deputy_has_had_it(village: Office) -> None:
    with_leader(village, DORTE, deputy=EVA)
    escalation_fails(village)
    village.tenant.set_events(
        DORTE, [entry("dorte", date(2026, 3, 2), "Ferie", until=date(2026, 3, 6), showAs="oof")]
    )
    assert (DORTE, "escalation", "failed") not in hanging(village, ONE)
    assert "suppressed" in states(village).values()
    assert len(village.cards("eva")) == 1


def test_what_did_not_reach_the_leader_hangs_as_long_as_nobody_has_had_it(village: Office) -> None:
    escalation_fails(village)
    assert hanging(village, ONE) == hanging(village, TWO) == [(DORTE, "escalation", "failed")]


def test_what_did_not_reach_a_leader_who_left_is_over_when_the_new_one_has_had_it(village: Office) -> None:
    escalation_fails(village)
    with_leader(village, EVA)
    assert (DORTE, "escalation", "failed") not in hanging(village, ONE)
    assert "suppressed" in states(village).values()


def test_an_extra_digest_that_failed_is_over_with_the_next_pass(village: Office) -> None:
    hanging(village, MONDAY)
    village.fault(match=POST, user=DORTE, status=403)
    assert hanging(village, "2026-03-02T08:30:00+01:00", DigestMode.FORCE) == [(DORTE, "digest", "failed")]
    assert hanging(village, "2026-03-02T09:30:00+01:00") == []


def test_the_week_s_own_digest_that_failed_hangs_until_it_arrives(village: Office) -> None:
    village.fault(match=POST, user=DORTE, status=403)
    assert hanging(village, MONDAY) == [(DORTE, "digest", "failed")]
    village.sandbox.faults.clear()
    assert hanging(village, "2026-03-02T09:00:00+01:00") == []
    assert set(states(village).values()) == {"sent"}


def test_a_digest_that_may_have_arrived_is_closed_with_its_week_and_goes_on_counting(village: Office) -> None:
    for name in STAFF:
        fridays = [at_home(name, date(2026, 2, 6) + timedelta(weeks=week)) for week in range(9)]
        village.tenant.set_events(f"{name}@{DOMAIN}", fridays)
    hanging(village, "2026-02-23T08:00:00+01:00")
    village.fault(match=POST, user=DORTE, status=502, after=True)
    unclear = [(DORTE, "digest", "unclear")]
    assert hanging(village, MONDAY) == unclear
    village.sandbox.faults.clear()
    assert hanging(village, "2026-03-02T09:00:00+01:00") == unclear
    for later in ("2026-03-09T08:00:00+01:00", "2026-03-09T09:00:00+01:00"):
        assert hanging(village, later) == []
    assert sorted(states(village).values()).count("unclear") == 1
    assert len(village.cards("dorte")) == 3
