"""What every store keeps of findings: the latest form of each, for as long as messages speak of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from bot.model import (
    Audience,
    DocumentSource,
    Finding,
    LawSource,
    RegistrationSource,
    Scope,
    Status,
)
from integrations.store.findings import AT_ONCE
from integrations.store.store import SqlStore

NOW = datetime(2026, 3, 2, 8, tzinfo=timezone(timedelta(hours=1)))
ANNA = "anna@proeve.example"
FINDING = Finding(
    id="f1",
    rule="team-day",
    person=ANNA,
    team="borgerservice",
    dates=(date(2026, 3, 3), date(2026, 3, 4)),
    status=Status.OPEN,
    facts={"limit": 2, "average": 2.5, "weekday": "tuesday"},
    source=DocumentSource("002.txt", "Fremmøde"),
    scope=Scope.DAY,
    audience=Audience.EMPLOYEE_AND_LEADER,
)
OF_A_TEAM = replace(FINDING, id="f2", person=None, dates=(), source=RegistrationSource("team_days"))
OF_THE_LAW = replace(FINDING, id="f3", source=LawSource("BEK 1234", "§ 3"), status=Status.EXCUSED)


def test_findings_come_back_as_they_were_saved(store: SqlStore) -> None:
    store.save_findings([OF_THE_LAW, FINDING, OF_A_TEAM], NOW)
    assert store.findings() == [FINDING, OF_A_TEAM, OF_THE_LAW]


def test_a_finding_saved_again_takes_its_new_form(store: SqlStore) -> None:
    store.save_findings([FINDING], NOW)
    excused = replace(FINDING, status=Status.EXCUSED, facts={"limit": 3}, dates=(date(2026, 3, 3),))
    store.save_findings([excused], NOW + timedelta(days=1))
    assert store.findings() == [excused]


def test_a_resolved_finding_stands_no_more(store: SqlStore) -> None:
    store.save_findings([FINDING, OF_A_TEAM], NOW)
    store.save_findings([replace(FINDING, status=Status.RESOLVED)], NOW)
    assert store.findings() == [OF_A_TEAM]


def test_since_when_a_finding_is_open_begins_anew_when_it_comes_back(store: SqlStore) -> None:
    resolved = replace(FINDING, status=Status.RESOLVED)
    days = [NOW + timedelta(days=n) for n in range(4)]
    for finding, at in zip((FINDING, FINDING, resolved, FINDING), days, strict=True):
        store.save_findings([finding, OF_THE_LAW], at)
        expected = {FINDING.id: days[3] if at == days[3] else NOW}
        assert store.open_since() == ({} if finding is resolved else expected)


def test_no_findings_are_no_trouble(store: SqlStore) -> None:
    store.save_findings([], NOW)
    assert store.findings() == []


def test_findings_that_are_the_same_in_part_share_it(store: SqlStore) -> None:
    store.save_findings([FINDING, replace(FINDING, id="f2")], NOW)
    one, other = store.findings()
    assert one.source is other.source
    assert one.facts is other.facts


def test_the_findings_of_a_pass_are_saved_whole_or_not_at_all(store: SqlStore) -> None:
    def cut_short() -> Iterator[Finding]:
        for number in range(3 * AT_ONCE):
            yield replace(FINDING, id=f"n{number}")
        raise ZeroDivisionError

    store.save_findings([OF_A_TEAM], NOW)
    with pytest.raises(ZeroDivisionError):
        store.save_findings(cut_short(), NOW)
    assert store.findings() == [OF_A_TEAM]


def test_a_finding_that_comes_twice_is_kept_as_it_came_last(store: SqlStore) -> None:
    later = replace(FINDING, facts={"limit": 5})
    store.save_findings([FINDING, later], NOW)
    assert store.findings() == [later]


# --- by id -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", Status)
def test_a_finding_is_found_by_its_id_whatever_its_status(store: SqlStore, status: Status) -> None:
    asked_for = replace(FINDING, status=status)
    store.save_findings([asked_for, OF_A_TEAM], NOW)
    assert store.findings_by_id(["f1"]) == {"f1": asked_for}


def test_ids_of_findings_that_are_not_kept_are_left_out(store: SqlStore) -> None:
    store.save_findings([FINDING], NOW)
    assert store.findings_by_id(["gone", "f1", "f1"]) == {"f1": FINDING}
    assert store.findings_by_id([]) == {}


def test_more_findings_can_be_asked_for_than_a_statement_has_room_for(store: SqlStore) -> None:
    many = {f"n{number:05}": replace(FINDING, id=f"n{number:05}") for number in range(0, 70_000, 100)}
    store.save_findings(many.values(), NOW)
    assert store.findings_by_id(f"n{number:05}" for number in range(70_000)) == many
