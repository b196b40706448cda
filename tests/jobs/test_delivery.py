"""Getting a message out: refusals, mail for whom Teams won't reach, answers that get lost, crashes."""

from __future__ import annotations

import functools
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from bot.errors import ServiceDown
from bot.ports import Store
from config.settings import load_settings
from integrations.http import new_client
from jobs.demo.calendars import DOMAIN, entry
from jobs.run import make_pass
from tests.jobs.conftest import Office
from tests.jobs.dying import STATUS
from tests.jobs.village import STAFF, at_home, states

ADA, DORTE = f"ada@{DOMAIN}", f"dorte@{DOMAIN}"
MONDAY, ELEVEN, NOON = (f"2026-03-02T{hour}:00:00+01:00" for hour in ("08", "11", "12"))
TUESDAY_EARLY, TUESDAY = "2026-03-03T07:59:59+01:00", "2026-03-03T08:00:00+01:00"
OPEN, POST = "POST /teams/v3/conversations", "POST /teams/v3/conversations/*/activities"
INSTALL = "POST /v1.0/users/*/teamwork/installedApps"
PUT = "PUT /teams/v3/conversations/*/activities/*"
MAIL = "POST /v1.0/users/*/sendMail"


@pytest.fixture
def with_mail(village: Office) -> Office:
    village.environ["HJEMMEDAG_MAIL_SENDER"] = DORTE
    return village


def to_ada(office: Office, now: str) -> tuple[str, str, str | None]:
    """Make a pass and return the state, the channel and the reason of what Ada is told."""
    (line,) = [one for one in office.run(now)["messages"] if one["to"] == ADA]
    return line["state"], line["channel"], line["reason"]


def sent(office: Office, now: str) -> list[str]:
    """Make a pass and return to whom something was sent."""
    lines = office.run(now)["messages"]
    return sorted(line["to"].partition("@")[0] for line in lines if line["state"] == "sent")


def mails(office: Office) -> list[str]:
    """Return the addresses that mails were sent to."""
    return [
        recipient["emailAddress"]["address"]
        for mail in office.sandbox.mails
        for recipient in mail.message["toRecipients"]
    ]


# --- refusals, and mail --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"match": POST, "status": 403}, "blocked-by-user"),
        ({"match": OPEN, "status": 403, "code": "ForbiddenOperationException"}, "app-not-installed"),
        ({"match": INSTALL, "status": 403, "code": "Forbidden"}, "install-refused: Forbidden"),
    ],
    ids=["posting", "opening", "installing"],
)
def test_who_is_refused_is_tried_again_and_is_unreachable_after_a_day(
    village: Office, fault: dict[str, object], reason: str
) -> None:
    village.fault(user=ADA if fault["match"] != INSTALL else None, **fault)
    assert to_ada(village, MONDAY) == ("failed", "teams", reason)
    assert to_ada(village, TUESDAY_EARLY) == ("failed", "teams", reason)
    assert to_ada(village, TUESDAY) == ("undeliverable", "teams", reason)
    village.sandbox.faults.clear()
    assert to_ada(village, "2026-03-03T09:00:00+01:00") == ("sent", "teams", None)
    assert len(village.cards("ada")) == 1
    assert not village.sandbox.mails


def test_who_is_unreachable_gets_a_mail_where_there_is_a_mailbox_to_send_from(with_mail: Office) -> None:
    with_mail.fault(match=POST, user=ADA, status=403)
    assert to_ada(with_mail, MONDAY)[:2] == ("failed", "teams")
    assert not with_mail.sandbox.mails
    assert to_ada(with_mail, TUESDAY) == ("sent", "mail", None)
    assert mails(with_mail) == [ADA]
    assert with_mail.sandbox.mails[0].sender == DORTE
    assert "teamdag" in with_mail.sandbox.mails[0].message["body"]["content"]
    assert ADA not in {line["to"] for line in with_mail.run("2026-03-03T09:00:00+01:00")["messages"]}
    assert mails(with_mail) == [ADA]


def test_nobody_gets_a_mail_as_long_as_teams_takes_the_messages(with_mail: Office) -> None:
    assert sent(with_mail, MONDAY) == ["ada", "bo", "cai", "dorte"]
    assert not with_mail.sandbox.mails


def test_a_message_that_arrives_between_two_refusals_makes_the_day_begin_anew(with_mail: Office) -> None:
    with_mail.fault(match=POST, user=DORTE, status=403)
    with_mail.run(MONDAY)
    with_mail.sandbox.faults.clear()
    assert sent(with_mail, ELEVEN) == ["dorte"]
    with_mail.fault(match=POST, user=DORTE, status=403)
    escalation = [line for line in with_mail.run(TUESDAY)["messages"] if line["to"] == DORTE]
    assert [(line["state"], line["channel"]) for line in escalation] == [("failed", "teams")]
    assert not with_mail.sandbox.mails


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"match": POST, "status": 429, "retry_after": 0}, "throttled"),
        ({"match": POST, "status": 412, "retry_after": 0}, "not-ready"),
        ({"match": OPEN, "status": 503, "retry_after": 0}, "teams-unavailable"),
    ],
)
def test_what_is_no_refusal_of_the_person_never_leads_to_a_mail(
    with_mail: Office, fault: dict[str, object], reason: str
) -> None:
    if fault["match"] == POST:
        with_mail.run("2026-03-02T06:00:00+01:00")
    with_mail.fault(user=ADA, **fault)
    assert to_ada(with_mail, MONDAY) == ("failed", "teams", reason)
    assert to_ada(with_mail, TUESDAY) == ("failed", "teams", reason)
    assert not with_mail.sandbox.mails


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"status": 403}, ("failed", "mail", "mail-forbidden")),
        ({"status": 404}, ("failed", "mail", "mail-sender-unknown")),
        ({"status": 502, "after": True}, ("unclear", "mail", "answered-502")),
    ],
    ids=["forbidden", "no such mailbox", "unclear"],
)
def test_a_mail_that_is_not_taken_says_why_and_an_unclear_one_is_not_repeated(
    with_mail: Office, fault: dict[str, object], expected: tuple[str, str, str]
) -> None:
    with_mail.fault(match=POST, user=ADA, status=403)
    with_mail.run(MONDAY)
    with_mail.fault(match=MAIL, **fault)
    assert to_ada(with_mail, TUESDAY) == expected
    with_mail.sandbox.faults.clear()
    again = "sent" if expected[0] == "failed" else "unclear"
    assert to_ada(with_mail, "2026-03-03T09:00:00+01:00")[0] == again
    assert len(mails(with_mail)) + len(with_mail.cards("ada")) == 1


def test_who_has_neither_teams_nor_an_address_is_undeliverable(with_mail: Office) -> None:
    next(user for user in with_mail.tenant.users if user["userPrincipalName"] == ADA)["mail"] = None
    with_mail.fault(match=POST, user=ADA, status=403)
    with_mail.run(MONDAY)
    assert to_ada(with_mail, TUESDAY) == ("undeliverable", "mail", "no-mail-address")


def test_what_came_by_mail_is_not_changed_as_a_card(with_mail: Office) -> None:
    with_mail.fault(match=POST, user=ADA, status=403)
    with_mail.run(MONDAY)
    assert to_ada(with_mail, TUESDAY)[0] == "sent"
    with_mail.tenant.set_events(ADA, [])
    with_mail.run("2026-03-03T09:00:00+01:00")
    assert not [one for one in with_mail.sandbox.requests if one.method == "PUT"]


def test_who_is_not_in_the_directory_is_undeliverable_and_nobody_s_refusal(with_mail: Office) -> None:
    with_mail.tenant.users[:] = [one for one in with_mail.tenant.users if one["userPrincipalName"] != DORTE]
    with_mail.fault(match=f"GET /v1.0/users/{DORTE}", status=404)
    digests = [line for line in with_mail.run(MONDAY)["messages"] if line["to"] == DORTE]
    assert [(line["state"], line["reason"]) for line in digests] == [("undeliverable", "not-in-directory")]


def test_refusals_months_apart_are_not_a_day_of_refusals(with_mail: Office) -> None:
    with_mail.fault(match=POST, user=ADA, status=403)
    assert to_ada(with_mail, MONDAY)[0] == "failed"
    with_mail.tenant.set_events(ADA, [at_home("ada", date(2026, 6, 2))])
    with_mail.run(TUESDAY)
    assert to_ada(with_mail, "2026-06-01T08:00:00+02:00")[:2] == ("failed", "teams")
    assert not with_mail.sandbox.mails


# --- answers that get lost ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault", [{"status": 502, "after": True}, {"drop": True}, {"drop": True, "after": True}, {"status": 500}]
)
def test_what_perhaps_arrived_is_told_to_nobody_twice_and_the_leader_hears_in_time(
    village: Office, fault: dict[str, object]
) -> None:
    village.fault(match=POST, user=ADA, **fault)
    assert to_ada(village, MONDAY)[0] == "unclear"
    village.sandbox.faults.clear()
    arrived = len(village.cards("ada"))
    assert to_ada(village, ELEVEN)[0] == "unclear"
    noon = village.run(NOON)["messages"]
    assert [(line["to"], line["kind"]) for line in noon if line["state"] == "sent"] == [(DORTE, "escalation")]
    for later in ("2026-03-02T13:00:00+01:00", "2026-03-02T14:00:00+01:00"):
        assert to_ada(village, later)[0] == "unclear"
    assert len(village.cards("ada")) == arrived


def test_an_answer_that_does_not_come_is_unclear(village: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    village.run("2026-03-02T06:00:00+01:00")
    monkeypatch.setattr("jobs.wiring.new_client", functools.partial(new_client, timeout=2))
    village.fault(match=POST, user=ADA, delay=6)
    assert to_ada(village, MONDAY) == ("unclear", "teams", "no-answer")
    village.sandbox.faults.clear()
    assert to_ada(village, ELEVEN)[0] == "unclear"


# --- crashes ---------------------------------------------------------------------------------------------


def crash(office: Office, when: str) -> None:
    """Let a pass end, in a process of its own, before or after Ada's message has left."""
    program = [sys.executable, str(Path(__file__).with_name("dying.py")), MONDAY, when]
    done = subprocess.run(program, env=office.full_environ(), cwd=office.folder, timeout=120, check=False)
    assert done.returncode == STATUS


@pytest.mark.parametrize(("when", "arrived"), [("before", 0), ("after", 1)])
def test_a_message_that_was_under_way_when_the_program_ended_is_unclear_and_not_repeated(
    village: Office, when: str, arrived: int
) -> None:
    crash(village, when)
    assert "claimed" in states(village).values()
    assert len(village.cards("ada")) == arrived
    report = village.run("2026-03-02T09:00:00+01:00")
    (adas,) = [line for line in report["messages"] if line["to"] == ADA]
    assert adas["state"] == "unclear"
    assert adas["reason"] == "the program stopped before the answer was recorded"
    assert len(village.cards("ada")) == arrived


@pytest.mark.parametrize("when", ["before", "after"])
def test_whose_turn_had_not_come_when_the_program_ended_is_written_to_by_the_next_pass(
    village: Office, when: str
) -> None:
    crash(village, when)
    report = village.run("2026-03-02T09:00:00+01:00")
    unclear = {line["to"] for line in report["messages"] if line["state"] == "unclear"}
    for name in ("bo", "cai", "dorte"):
        assert len(village.cards(name)) == 1 or f"{name}@{DOMAIN}" in unclear
        assert len(village.cards(name)) <= 1


class Failing:
    """A store that is out of order the first time that it is to do one thing."""

    def __init__(self, store: Store, name: str) -> None:
        self._store, self._name = store, name

    def __getattr__(self, name: str) -> Any:
        if name != self._name:
            return getattr(self._store, name)
        self._name = ""
        return self._fail

    def _fail(self, *_: object) -> None:
        raise ServiceDown("The database does not answer.")


@pytest.mark.parametrize(
    ("fails", "status", "state"), [("forget_refusal", 201, "sent"), ("note_refusal", 403, "failed")]
)
def test_what_came_of_a_message_is_recorded_whatever_becomes_of_the_refusals(
    village: Office, fails: str, status: int, state: str
) -> None:
    if status == HTTPStatus.FORBIDDEN:
        village.fault(match=POST, status=status)
    settings = load_settings(village.environ, env_file=None, secrets_dir=None)
    with pytest.raises(ServiceDown):
        make_pass(
            settings,
            datetime.fromisoformat(MONDAY),
            wrap=lambda parts: replace(parts, store=Failing(parts.store, fails)),
        )
    assert set(states(village).values()) == {state}
    village.sandbox.faults.clear()
    village.run("2026-03-02T09:00:00+01:00")
    assert [len(village.cards(name)) for name in ("ada", "bo", "cai", "dorte")] == [1] * 4


def test_what_cannot_be_put_in_words_is_not_claimed_and_goes_when_it_can(village: Office) -> None:
    settings = load_settings(village.environ, env_file=None, secrets_dir=None)
    moment = datetime.fromisoformat(MONDAY)
    with pytest.raises(KeyError, match="klingon"):
        make_pass(settings, moment, wrap=lambda parts: replace(parts, language="klingon"))
    assert village.count("SELECT count(*) FROM messages") == 0
    assert to_ada(village, NOON) == ("sent", "teams", None)


# --- cards -----------------------------------------------------------------------------------------------


def puts(office: Office) -> int:
    return sum(one.method == "PUT" for one in office.sandbox.requests)


def put_right(office: Office) -> None:
    """Write to everybody, and let every matter be put right."""
    office.run(MONDAY)
    for name in STAFF:
        office.tenant.set_events(f"{name}@{DOMAIN}", [entry(name, date(2026, 3, 6), "Hjemme")])


@pytest.mark.parametrize("status", [403, 404])
def test_a_card_that_is_gone_is_not_asked_for_again(village: Office, status: int) -> None:
    put_right(village)
    village.fault(match=PUT, user=ADA, status=status)
    village.run("2026-03-02T09:00:00+01:00")
    village.sandbox.faults.clear()
    asked = puts(village)
    assert asked == len(STAFF)
    village.run("2026-03-02T10:00:00+01:00")
    assert puts(village) == asked


def test_where_teams_is_out_of_order_no_further_card_is_changed_until_the_next_pass(
    village: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.delivery.SENDS_AT_ONCE", 1)
    put_right(village)
    village.fault(match=PUT, status=500)
    village.run("2026-03-02T09:00:00+01:00")
    assert puts(village) == 1
    village.sandbox.faults.clear()
    village.run("2026-03-02T10:00:00+01:00")
    assert puts(village) == 1 + len(STAFF)


def test_refused_credentials_leave_the_cards_as_they_are_and_the_pass_goes_on(village: Office) -> None:
    put_right(village)
    village.fault(match=PUT, status=401)
    assert village.run("2026-03-02T09:00:00+01:00")["messages"] == []
    village.sandbox.faults.clear()
    asked = puts(village)
    village.run("2026-03-02T10:00:00+01:00")
    assert puts(village) == asked + len(STAFF)


def test_a_leader_s_card_is_changed_when_it_is_put_right(village: Office) -> None:
    village.run(MONDAY)
    village.run(NOON)
    village.tenant.set_events(ADA, [])
    village.run("2026-03-02T13:00:00+01:00")
    escalation = village.cards("dorte")[-1]
    assert "på plads" in escalation
    village.tenant.set_events(ADA, [at_home("ada")])
    village.run("2026-03-02T14:00:00+01:00")
    assert "på plads" not in village.cards("dorte")[-1]
    assert len(village.cards("dorte")) == 2
