"""One whole pass as a user runs it: the command, real HTTP over TLS, real MSAL, a real database file."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from bot.known import DigestMode
from jobs.demo.calendars import entry

MORE_THAN_A_DAY_A_WEEK = ("anna.holm", "bo.friis", "freja.berg", "karen.moeller")
MONDAY = "2026-03-02T08:00:00+01:00"
SCHEMA = json.loads((files("jobs") / "report.schema.json").read_text(encoding="utf-8"))


def told(report: dict[str, Any]) -> dict[str, str]:
    return {line["to"].split("@")[0]: line["state"] for line in report["messages"]}


def rules(report: dict[str, Any]) -> set[tuple[str, str]]:
    return {(one["rule"], one["person"].split("@")[0]) for one in report["findings"]}


def test_a_pass_finds_what_a_reader_of_the_calendars_would(office):
    report = office.run()
    assert rules(report) == {
        ("team-day", "bo.friis"),
        ("team-day", "karen.moeller"),
        ("agreement-not-in-force", "david.juhl"),
        ("recurring-without-agreement", "david.juhl"),
        ("recurring-without-agreement", "carla.dam"),
        ("contact-details-missing", "carla.dam"),
        ("week-limit-agreed", "gustav.lind"),
        ("on-site-meeting", "gustav.lind"),
        ("team-day", "freja.berg"),
        *(("workstation-tip", person) for person in MORE_THAN_A_DAY_A_WEEK),
    }


def test_the_report_is_what_the_schema_says(office):
    validator = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    validator.validate(office.run())


def test_the_report_holds_everyone_and_says_who_was_not_read(office):
    report = office.run()
    assert len(report["people"]) == 13
    assert report["coverage"]["unreadable"] == [
        {"person": "lars.toft@lillehavn.example", "reason": "no-mailbox"}
    ]
    assert [one["person"] for one in report["people"] if not one["read"]] == ["lars.toft@lillehavn.example"]


def test_reminders_arrive_as_cards_in_teams(office):
    report = office.run()
    assert told(report)["bo.friis"] == "sent"
    (to_bo,) = [m for m in office.sandbox.messages if m.recipient == "bo.friis@lillehavn.example"]
    (attachment,) = to_bo.activity["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert "teamdag" in json.dumps(attachment["content"], ensure_ascii=False)


def test_a_second_run_sends_nothing(office):
    office.run()
    arrived = len(office.sandbox.messages)
    assert told(office.run()) == {"freja.berg": "held"}
    assert len(office.sandbox.messages) == arrived


def test_the_leader_hears_of_what_is_still_there_at_noon_and_once(office):
    office.run()
    noon = office.run("2026-03-02T12:00:00+01:00")
    (to_mette,) = [line for line in noon["messages"] if line["to"].startswith("mette.lund")]
    assert (to_mette["kind"], to_mette["state"]) == ("escalation", "sent")
    (finding,) = [one for one in noon["findings"] if one["id"] in to_mette["findings"]]
    assert (finding["rule"], finding["step"]) == ("team-day", "escalation")
    card = office.cards("mette.lund")[-1]
    assert "Bo" in card
    assert "Hej Mette" in card
    assert not [
        line for line in office.run("2026-03-02T13:00:00+01:00")["messages"] if line["state"] == "sent"
    ]


def test_the_deputy_hears_while_the_leader_is_on_leave(office):
    for person, entries in (
        ("jakob.winther", [entry("jakob.winther", date(2026, 3, 4), "Ferie", showAs="oof")]),
        ("freja.berg", [entry("freja.berg", date(2026, 3, 5), "Hjemmekontor")]),
    ):
        office.tenant.set_events(f"{person}@lillehavn.example", entries)
    assert told(office.run())["freja.berg"] == "sent"
    wednesday = office.run("2026-03-04T12:00:00+01:00")
    escalations = [line["to"].split("@")[0] for line in wednesday["messages"] if line["kind"] == "escalation"]
    assert escalations == ["ismail.kaya"]
    assert "Plan og Miljø" in office.cards("ismail.kaya")[-1]
    back = office.run("2026-03-05T08:00:00+01:00")
    assert not [line for line in back["messages"] if line["kind"] == "escalation"]


def test_every_leader_gets_the_week_s_digest_once_and_again_when_asked_for(office):
    digests = [line for line in office.run()["messages"] if line["kind"] == "digest"]
    assert [(line["to"].split("@")[0], line["state"]) for line in digests] == [
        ("mette.lund", "sent"),
        ("jakob.winther", "sent"),
        ("sofie.krag", "sent"),
    ]
    assert "Uge 10" in office.cards("mette.lund")[0]
    later = office.run("2026-03-03T08:00:00+01:00")
    assert "digest" not in {line["kind"] for line in later["messages"]}
    by_hand = office.run("2026-03-03T09:00:00+01:00", digest=DigestMode.FORCE)
    assert sum(line["kind"] == "digest" for line in by_hand["messages"]) == 3


def test_a_digest_that_was_skipped_goes_later_in_the_week_and_not_in_the_next(office):
    skipped = office.run(digest=DigestMode.SKIP)
    assert "digest" not in {line["kind"] for line in skipped["messages"]}
    friday = office.run("2026-03-06T08:00:00+01:00")
    assert sum(line["kind"] == "digest" for line in friday["messages"]) == 3
    office.run("2026-03-09T08:00:00+01:00")
    assert len([card for card in office.cards("sofie.krag") if "Uge 1" in card]) == 2


def test_a_leader_s_calendar_that_cannot_be_read_is_no_employee_s(office):
    office.fault(match="GET /v1.0/users/mette.lund@lillehavn.example/calendarView", status=403)
    report = office.run()
    assert [one["person"] for one in report["coverage"]["unreadable"]] == ["lars.toft@lillehavn.example"]
    assert told(report)["mette.lund"] == "sent"


def test_what_is_corrected_is_resolved_and_nobody_is_told(office):
    office.run()
    arrived = len(office.sandbox.messages)
    office.tenant.set_events("bo.friis@lillehavn.example", [])
    report = office.run("2026-03-02T13:00:00+01:00")
    assert {one["status"] for one in report["findings"] if "bo.friis" in one["person"]} == {"resolved"}
    assert len(office.sandbox.messages) == arrived
    later = office.run("2026-03-02T14:00:00+01:00")
    assert not [one for one in later["findings"] if "bo.friis" in one["person"]]


def test_a_card_is_changed_where_it_stands_when_its_matter_is_put_right_and_when_it_comes_back(office):
    office.run()
    calendar = office.tenant.events("bo.friis@lillehavn.example")
    (before,) = office.cards("bo.friis")
    assert "er på plads" not in before
    office.tenant.set_events("bo.friis@lillehavn.example", [])
    office.run("2026-03-02T09:00:00+01:00")
    (settled,) = office.cards("bo.friis")
    assert "på plads" in settled
    assert len(_changes(office)) == 1
    office.run("2026-03-02T10:00:00+01:00")
    assert len(_changes(office)) == 1
    office.tenant.set_events("bo.friis@lillehavn.example", calendar)
    office.run("2026-03-02T11:00:00+01:00")
    (again,) = office.cards("bo.friis")
    assert "på plads" not in again
    assert len(_changes(office)) == 2


def test_a_card_that_could_not_be_changed_is_changed_by_the_next_pass(office):
    office.run()
    office.tenant.set_events("bo.friis@lillehavn.example", [])
    office.fault(match="PUT /teams/v3/conversations/*/activities/*", status=429, retry_after=0.01)
    office.run("2026-03-02T09:00:00+01:00")
    assert "på plads" not in office.cards("bo.friis")[0]
    office.sandbox.faults.clear()
    office.run("2026-03-02T10:00:00+01:00")
    assert "på plads" in office.cards("bo.friis")[0]


def test_a_card_that_its_reader_has_deleted_is_not_tried_again(office):
    office.run()
    office.tenant.set_events("bo.friis@lillehavn.example", [])
    office.fault(match="PUT /teams/v3/conversations/*/activities/*", status=404)
    for hour in (9, 10, 11):
        office.run(f"2026-03-02T{hour:02}:00:00+01:00")
    assert len(_changes(office)) == 1


def test_a_dry_run_changes_no_card(office):
    office.run()
    office.tenant.set_events("bo.friis@lillehavn.example", [])
    office.run("2026-03-02T09:00:00+01:00", dry_run=True)
    assert not _changes(office)


def _changes(office):
    return [one for one in office.sandbox.requests if one.method == "PUT"]


def test_nobody_is_written_to_on_leave_and_all_are_when_back(office):
    assert told(office.run())["freja.berg"] == "held"
    assert told(office.run("2026-03-05T08:00:00+01:00"))["freja.berg"] == "sent"


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        ("2026-03-02T06:59:00+01:00", "quiet-hours"),
        ("2026-03-02T17:00:00+01:00", "quiet-hours"),
        ("2026-03-01T12:00:00+01:00", "not-a-working-day"),
    ],
)
def test_outside_the_hours_messages_are_held(office, now, reason):
    report = office.run(now)
    assert {line["state"] for line in report["messages"]} == {"held"}
    assert reason in {line["reason"] for line in report["messages"]}
    assert not office.sandbox.messages


def test_a_dry_run_plans_and_leaves_no_trace(office):
    planned = office.run(dry_run=True)
    assert set(told(planned).values()) == {"planned", "held"}
    assert not office.sandbox.messages
    report = office.run()
    assert "sent" in Counter(told(report).values())


def test_calendars_are_read_twenty_to_a_request_and_never_with_a_body(office):
    office.run()
    batches = [one for one in office.sandbox.requests if one.path.endswith("/$batch")]
    work_plans, mailboxes, recipients = 13, 16, 5 + 3
    assert [one.items for one in batches if one.items] == [work_plans, mailboxes, recipients]
    views = [one for one in office.sandbox.requests if "calendarView" in one.path]
    assert len(views) == 16
    assert not [one for one in views if "body" in one.query["$select"].lower()]


def test_a_cancelled_day_is_told_at_once_with_its_reason(office):
    with office.register.open("a", encoding="utf-8") as register:
        register.write(
            "  - {person: anna.holm@lillehavn.example, date: 2026-03-12, kind: cancelled, note: Hastemøde}\n"
        )
    report = office.run()
    (finding,) = [one for one in report["findings"] if one["rule"] == "day-cancelled"]
    assert finding["dates"] == ["2026-03-12"]
    assert finding["values"]["reason"] == "Hastemøde"
    assert told(report)["anna.holm"] == "sent"


def test_a_team_whose_marks_all_vanish_is_left_alone_and_operators_are_told(office):
    office.run()
    for person in ("anna.holm", "bo.friis", "carla.dam", "david.juhl", "eva.skov"):
        office.tenant.set_events(f"{person}@lillehavn.example", [])
    done = office.command("run", "--now", "2026-03-02T13:00:00+01:00")
    assert '"event": "team_without_marks"' in done.stderr
    assert '"team": "borgerservice"' in done.stderr


def test_a_word_planted_in_appointments_is_nowhere(office):
    word = "xylofonkoncert"
    for hours in ((9, 10), None):
        office.tenant.add_event(
            "bo.friis@lillehavn.example",
            entry("bo.friis", date(2026, 3, 3), f"Hjemme, {word}", hours=hours),
        )
    office.tenant.add_event(
        "anna.holm@lillehavn.example",
        entry(
            "anna.holm",
            date(2026, 3, 5),
            f"{word} på kontoret",
            hours=(10, 11),
            location={"displayName": word},
        ),
    )
    done = office.command("run", "--now", MONDAY, "--report", "r.json", HJEMMEDAG_LOG_LEVEL="DEBUG")
    explained = office.command("explain", "anna.holm@lillehavn.example", "2026-03-05", "--now", MONDAY)
    assert explained.returncode == 0, explained.stderr
    texts = [done.stdout, done.stderr, explained.stdout, explained.stderr]
    stored = [file.read_bytes() for file in office.folder.rglob("*") if file.is_file()]
    assert len(stored) > 2
    assert not [text for text in texts if word in text]
    assert not [data for data in stored if word.encode() in data or word.encode("utf-16-le") in data]
