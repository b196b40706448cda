"""The operators' summary within a pass: what goes wrong with it stops nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.model import MessageRecord, MessageState, Step
from bot.operations.reasons import Matter, matter_of
from integrations.sandbox import Sandbox
from jobs.demo.calendars import DOMAIN
from tests.jobs.conftest import MONDAY, Office
from tests.jobs.village import village_in, village_tenant

IT, DORTE = f"it@{DOMAIN}", f"dorte@{DOMAIN}"
MAIL = "POST /v1.0/users/*/sendMail"


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Office]:
    tenant = village_tenant()
    with Sandbox(tenant) as sandbox:
        office = village_in(tmp_path, sandbox, tenant)
        office.environ |= {"HJEMMEDAG_MAIL_SENDER": DORTE, "HJEMMEDAG_OPERATIONS_MAIL": IT}
        yield office


def summaries(office: Office, now: str = MONDAY) -> list[tuple[str, str, str | None]]:
    """Make a pass and return to whom, how and why the summary went."""
    lines = office.run(now)["messages"]
    return [(one["to"], one["state"], one["reason"]) for one in lines if one["kind"] == "operations"]


def test_a_mailbox_that_refuses_the_credentials_is_told_of_in_the_report(village: Office) -> None:
    village.fault(match=MAIL, status=401)
    assert summaries(village) == [(IT, "failed", "no-token")]
    assert len(village.sandbox.messages) == 4
    assert village.count("SELECT count(*) FROM runs WHERE exit_code = 1") == 1


def test_a_summary_that_failed_goes_with_the_next_pass(village: Office) -> None:
    village.fault(match=MAIL, status=401)
    summaries(village)
    village.sandbox.faults.clear()
    assert summaries(village, "2026-03-02T09:00:00+01:00") == [(IT, "sent", None)]
    assert summaries(village, "2026-03-02T10:00:00+01:00") == []


@pytest.mark.parametrize("reason", ["graph-unreachable", "graph-unavailable", "teams-unreachable"])
def test_a_service_that_does_not_answer_is_one_matter_to_operators(reason: str) -> None:
    at = datetime.fromisoformat(MONDAY)
    record = MessageRecord("id", Step.REMINDER, DORTE, "mail", MessageState.FAILED, (), reason, at)
    assert matter_of(record) is Matter.NO_SERVICE
