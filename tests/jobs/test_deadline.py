"""When a pass has to end early: what it reads and sends by then is whole, and the next pass does the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.errors import ServiceDown
from bot.model import Delivery, DirectoryUser
from bot.ports import Sender
from config.settings import load_settings
from integrations.deadline import Deadline
from jobs.demo.calendars import DOMAIN
from jobs.one_pass import Parts
from jobs.run import as_they_are, make_pass
from tests.jobs.conftest import Office
from tests.jobs.village import STAFF

MONDAY, LATER = "2026-03-02T08:00:00+01:00", "2026-03-02T09:00:00+01:00"
POST = "POST /teams/v3/conversations/*/activities"


def a_pass(
    office: Office,
    now: str = MONDAY,
    deadline: Deadline | None = None,
    wrap: Callable[[Parts], Parts] = as_they_are,
) -> Any:
    settings = load_settings(office.environ, env_file=None, secrets_dir=None)
    return make_pass(settings, datetime.fromisoformat(now), deadline=deadline, wrap=wrap)


def to_staff(report: Any) -> list[tuple[str, str | None]]:
    names = {f"{name}@" for name in STAFF}
    return sorted(
        (one.state.value, one.reason)
        for one in report.messages
        if any(one.to.startswith(name) for name in names)
    )


def test_who_was_not_read_in_time_is_said_and_nothing_is_said_of_them(village: Office) -> None:
    report = a_pass(village, deadline=Deadline(0))
    assert {one.reason.value for one in report.unreadable} == {"out-of-time"}
    assert {one.person for one in report.unreadable} == set(report.register.people)
    assert (report.findings, report.all_well, report.cut_short) == ((), False, False)
    assert village.sandbox.messages == []


def test_what_could_not_be_sent_in_time_waits_for_the_next_pass(village: Office) -> None:
    late = a_pass(village, wrap=lambda parts: replace(parts, deadline=Deadline(0)))
    assert to_staff(late) == [("held", "out-of-time")] * len(STAFF)
    assert (village.sandbox.messages, late.all_well) == ([], False)
    assert to_staff(a_pass(village, LATER)) == [("sent", None)] * len(STAFF)


def test_what_waits_for_teams_longer_than_the_pass_may_take_goes_with_the_next_one(village: Office) -> None:
    village.fault(match=POST, status=429, retry_after=400)
    late = a_pass(village, deadline=Deadline(300))
    assert {reason for _, reason in to_staff(late)} == {"out-of-time"}
    assert (village.sandbox.messages, late.all_well) == ([], False)
    village.sandbox.faults.clear()
    assert to_staff(a_pass(village, LATER)) == [("sent", None)] * len(STAFF)


def a_pass_that_takes(office: Office, minutes: float, now: str) -> Any:
    """Make a pass that begins then and has taken so many minutes when it comes to sending."""
    seconds = [0.0]
    deadline = Deadline(clock=lambda: seconds[0])

    def then(parts: Parts) -> Parts:
        seconds[0] = minutes * 60
        return parts

    return a_pass(office, now, deadline, then)


def test_nothing_is_sent_once_the_quiet_hours_have_begun(village: Office) -> None:
    late = a_pass_that_takes(village, 25, "2026-03-02T16:55:00+01:00")
    assert to_staff(late) == [("held", "quiet-hours")] * len(STAFF)
    assert village.sandbox.messages == []
    in_time = a_pass_that_takes(village, 4, "2026-03-02T16:55:00+01:00")
    assert to_staff(in_time) == [("sent", None)] * len(STAFF)


def test_it_is_remembered_when_a_message_went_and_not_when_the_pass_began(village: Office) -> None:
    a_pass_that_takes(village, 40.9, MONDAY)
    sent = village.count("SELECT count(*) FROM messages")
    assert sent == village.count("SELECT count(*) FROM messages WHERE strftime('%M', at) = '40'") > 0


def test_a_pass_that_has_to_end_sends_no_summary_of_itself(village: Office) -> None:
    village.environ |= {
        "HJEMMEDAG_MAIL_SENDER": f"dorte@{DOMAIN}",
        "HJEMMEDAG_OPERATIONS_MAIL": f"it@{DOMAIN}",
    }
    a_pass(village, wrap=lambda parts: replace(parts, deadline=Deadline(0)))
    assert village.sandbox.mails == []
    a_pass(village, LATER)
    assert len(village.sandbox.mails) == 1


def test_a_pass_that_is_stopped_while_it_reads_does_nothing_and_can_be_repeated(village: Office) -> None:
    deadline = Deadline()
    deadline.cut()
    with pytest.raises(ServiceDown, match="stopped"):
        a_pass(village, deadline=deadline)
    assert village.count("SELECT count(*) FROM days") == village.count("SELECT count(*) FROM findings") == 0
    assert village.count("SELECT count(*) FROM runs WHERE exit_code = 3") == 1
    assert to_staff(a_pass(village, LATER)) == [("sent", None)] * len(STAFF)


class Stopping:
    """A channel that is told to stop while it makes its first message ready."""

    def __init__(self, sender: Sender, deadline: Deadline) -> None:
        self.channel = sender.channel
        self.send = sender.send
        self._sender = sender
        self._deadline = deadline

    async def prepare(self, recipient: DirectoryUser) -> Delivery | None:
        self._deadline.cut()
        return await self._sender.prepare(recipient)


def test_a_pass_that_is_stopped_while_it_sends_ends_what_is_under_way_and_begins_no_more(
    village: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.delivery.SENDS_AT_ONCE", 1)
    stopped = a_pass(
        village, wrap=lambda parts: replace(parts, sender=Stopping(parts.sender, parts.deadline))
    )
    assert to_staff(stopped) == [("held", "out-of-time")] * (len(STAFF) - 1) + [("sent", None)]
    assert (len(village.sandbox.messages), stopped.cut_short) == (1, True)
    assert village.count("SELECT count(*) FROM runs WHERE exit_code = 3") == 1
    assert to_staff(a_pass(village, LATER)) == [("sent", None)] * (len(STAFF) - 1)


@pytest.mark.parametrize("status", [500, 503])
def test_when_teams_is_out_of_order_the_rest_is_kept_for_the_next_pass(
    village: Office, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.setattr("jobs.delivery.SENDS_AT_ONCE", 1)
    monkeypatch.setattr("jobs.delivery.TROUBLE_IN_A_ROW", 2)
    village.fault(match=POST, status=status)
    down = to_staff(a_pass(village))
    rest = len(STAFF) - 2
    assert down == [("held", "teams-out-of-order")] * rest + [("unclear", f"answered-{status}")] * 2
    village.sandbox.faults.clear()
    assert to_staff(a_pass(village, LATER)).count(("sent", None)) == rest


def test_one_message_that_gets_no_answer_is_no_reason_to_stop(
    village: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.delivery.SENDS_AT_ONCE", 1)
    monkeypatch.setattr("jobs.delivery.TROUBLE_IN_A_ROW", 2)
    for name in STAFF[::2]:
        village.fault(match=POST, user=f"{name}@{DOMAIN}", status=500)
    assert ("held", "teams-out-of-order") not in to_staff(a_pass(village))
