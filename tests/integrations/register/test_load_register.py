"""Reading a register: what it becomes, and what each field may hold."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from bot.errors import WrongConfiguration
from bot.model import (
    Agreement,
    Approval,
    DayException,
    Equipment,
    ExceptionKind,
    ExtraordinaryPeriod,
    LocalAgreement,
    Organisation,
    Period,
    Permission,
    Person,
    Placement,
    Register,
    Team,
    TeamDay,
    Weekday,
    Weeks,
    WorkHours,
)
from integrations.register import load_register

DOCUMENTATION = Path(__file__).parents[3] / "docs" / "register.md"

SMALL = """\
organisation: {name: Prøvekommunen, policy: Nyborg}
teams:
  - {id: Byg, name: Byg og Miljø, leader: Kirsten@proeve.example}
people:
  - {id: Anna@Proeve.example, name: No, team: BYG}
"""


def load(folder: Path, text: str) -> Register:
    file = folder / "register.yaml"
    file.write_text(text, encoding="utf-8")
    return load_register(file)


def test_the_required_fields_are_enough_and_capitals_in_ids_make_no_difference(tmp_path: Path) -> None:
    register = load(tmp_path, SMALL)
    assert register == Register(
        organisation=Organisation(name="Prøvekommunen", policy="nyborg"),
        teams={"byg": Team(id="byg", name="Byg og Miljø", leader="kirsten@proeve.example")},
        people={"anna@proeve.example": Person(id="anna@proeve.example", name="No", team="byg")},
    )


def example_in_the_documentation() -> str:
    examples = re.findall(r"```yaml\n(organisation:.*?)```", DOCUMENTATION.read_text("utf-8"), re.DOTALL)
    assert len(examples) == 1
    return str(examples[0])


def test_the_example_in_the_documentation_has_no_fault(tmp_path: Path) -> None:
    register = load(tmp_path, example_in_the_documentation())
    assert register.people
    assert register.agreements
    assert register.exceptions


def test_every_field_of_the_organisation_is_read(tmp_path: Path) -> None:
    text = SMALL.replace(
        "{name: Prøvekommunen, policy: Nyborg}",
        "{name: P, policy: kf, timezone: Europe/Copenhagen, language: DA, domains: [Proeve.example],"
        " car_resources: [Bil1@proeve.example], hr_contact: hr@proeve.example,"
        " closing_days: [2026-12-24, '2026-12-31'], home_categories: [Hjemmekontor], home_words: [hytten],"
        " extraordinary_periods: [{from: 2026-03-09, to: 2026-03-13, reason: Sne}]}",
    )
    assert load(tmp_path, text).organisation == Organisation(
        name="P",
        policy="kf",
        timezone="Europe/Copenhagen",
        language="da",
        domains=("proeve.example",),
        car_resources=("bil1@proeve.example",),
        hr_contact="hr@proeve.example",
        closing_days=frozenset({date(2026, 12, 24), date(2026, 12, 31)}),
        extraordinary_periods=(
            ExtraordinaryPeriod(Period(date(2026, 3, 9), date(2026, 3, 13)), reason="Sne"),
        ),
        home_categories=("Hjemmekontor",),
        home_words=("hytten",),
    )


def test_every_field_of_a_team_is_read(tmp_path: Path) -> None:
    text = """\
organisation: {name: P, policy: nyborg}
teams:
  - id: byg
    name: Byg
    leader: k@proeve.example
    deputy: j@proeve.example
    representative: t@proeve.example
    team_days:
      - {weekday: thursday, weeks: even, from: 2026-04-01, to: 2026-06-30}
      - {date: 2026-03-13}
    min_on_site: 0
    approval: leader
    child_sick_day: not_allowed
    replacement_day: allowed
    home_work: not_possible
    med_discussed_on: 2025-11-01
    frames_decided_on: 2025-11-02
    discussed_on: 2025-11-03
    apv_covers_home_on: 2025-11-04
    local_agreements: [{reference: LA-1, from: 2026-01-01, to: 2026-12-31, review_on: 2026-06-01,
      personnel_group: HK}]
    values: {average-limit.days_per_week: 1, a.b: 1.5, c.d: true, e.f: ord}
people: [{id: anna@proeve.example, name: Anna, team: byg}]
"""
    assert load(tmp_path, text).teams["byg"] == Team(
        id="byg",
        name="Byg",
        leader="k@proeve.example",
        deputy="j@proeve.example",
        representative="t@proeve.example",
        team_days=(
            TeamDay(Weekday.THURSDAY, Weeks.EVEN, period=Period(date(2026, 4, 1), date(2026, 6, 30))),
            TeamDay(on=date(2026, 3, 13)),
        ),
        min_on_site=0,
        approval=Approval.LEADER,
        child_sick_day=Permission.NOT_ALLOWED,
        replacement_day=Permission.ALLOWED,
        home_work_possible=False,
        med_discussed_on=date(2025, 11, 1),
        frames_decided_on=date(2025, 11, 2),
        discussed_on=date(2025, 11, 3),
        apv_covers_home_on=date(2025, 11, 4),
        local_agreements=(
            LocalAgreement("LA-1", Period(date(2026, 1, 1), date(2026, 12, 31)), date(2026, 6, 1), "HK"),
        ),
        values={"average-limit.days_per_week": 1, "a.b": 1.5, "c.d": True, "e.f": "ord"},
    )


def test_one_local_agreement_can_stand_alone(tmp_path: Path) -> None:
    text = SMALL.replace("leader:", "local_agreement: {reference: LA-1}, leader:")
    assert load(tmp_path, text).teams["byg"].local_agreements == (LocalAgreement("LA-1", Period()),)


def test_every_field_of_a_person_is_read(tmp_path: Path) -> None:
    text = SMALL + (
        "  - {id: b@proeve.example, name: Bo, team: byg, work_days: [monday, Friday],"
        " work_hours: 07:30–15:00,"
        " tasks_suited: false, tasks_reason: Borgerkontakt, apv_completed_on: 2025-12-01,"
        " workstation_checked_on: 2025-12-02, workstation_result: unsafe, personnel_group: HK,"
        " employment_ends_on: 2026-12-31, home_work_condition_of_employment: true}\n"
    )
    assert load(tmp_path, text).people["b@proeve.example"] == Person(
        id="b@proeve.example",
        name="Bo",
        team="byg",
        work_days=frozenset({Weekday.MONDAY, Weekday.FRIDAY}),
        work_hours=WorkHours(time(7, 30), time(15)),
        tasks_suited=False,
        tasks_reason="Borgerkontakt",
        apv_completed_on=date(2025, 12, 1),
        workstation_checked_on=date(2025, 12, 2),
        workstation_safe=False,
        personnel_group="HK",
        employment_ends_on=date(2026, 12, 31),
        home_work_condition_of_employment=True,
    )


def test_every_field_of_an_agreement_is_read(tmp_path: Path) -> None:
    text = SMALL + (
        "agreements:\n"
        "  - {person: ANNA@proeve.example, days_per_week: 1.5, weekdays: [tuesday], every_weeks: 2,"
        " first_date: 2026-01-06, availability: {hours: '09:00-15:00', phone: 012345678}, tasks: [sager],"
        " equipment: [skærm, {item: stol, lent_on: 2026-01-02, returned_on: 2026-02-02}],"
        " filed_on: 2026-01-07, other_terms: Efter aftale,"
        " signed_by_employee_on: 2026-01-05, signed_by_leader_on: 2026-01-06,"
        " from: 2026-01-10, to: 2026-12-31, review_on: 2026-06-01}\n"
    )
    assert load(tmp_path, text).agreements == (
        Agreement(
            person="anna@proeve.example",
            period=Period(date(2026, 1, 10), date(2026, 12, 31)),
            days_per_week=1.5,
            placement=Placement(
                weekdays=frozenset({Weekday.TUESDAY}), every_weeks=2, first_date=date(2026, 1, 6)
            ),
            availability_hours="09:00-15:00",
            phone="012345678",
            tasks=("sager",),
            equipment=(Equipment("skærm"), Equipment("stol", date(2026, 1, 2), date(2026, 2, 2))),
            other_terms="Efter aftale",
            filed_on=date(2026, 1, 7),
            signed_by_employee_on=date(2026, 1, 5),
            signed_by_leader_on=date(2026, 1, 6),
            review_on=date(2026, 6, 1),
        ),
    )


@pytest.mark.parametrize(
    ("fields", "placement"),
    [
        ("", Placement()),
        ("weekdays: []", Placement()),
        ("weekdays: [monday], weeks: odd", Placement(frozenset({Weekday.MONDAY}), Weeks.ODD)),
        ("weekdays: [monday], weeks: all, nth: 5", Placement(frozenset({Weekday.MONDAY}), nth=5)),
    ],
)
def test_home_days_are_placed_freely_or_on_weekdays(
    fields: str, placement: Placement, tmp_path: Path
) -> None:
    text = SMALL + f"agreements: [{{person: anna@proeve.example, from: 2026-01-01, {fields}}}]\n"
    assert load(tmp_path, text).agreements[0].placement == placement


def test_an_agreement_without_from_starts_with_the_last_signature(tmp_path: Path) -> None:
    text = SMALL + (
        "agreements: [{person: anna@proeve.example, signed_by_employee_on: 2026-01-08,"
        " signed_by_leader_on: 2026-01-06, from: null}]\n"
    )
    assert load(tmp_path, text).agreements[0].period == Period(start=date(2026, 1, 8))


def test_two_agreements_of_one_person_may_follow_each_other(tmp_path: Path) -> None:
    text = SMALL + (
        "agreements:\n"
        "  - {person: anna@proeve.example, from: 2026-01-01, to: 2026-06-30}\n"
        "  - {person: anna@proeve.example, from: 2026-07-01}\n"
    )
    assert len(load(tmp_path, text).agreements) == 2


def test_every_field_of_an_exception_is_read(tmp_path: Path) -> None:
    text = SMALL + (
        "exceptions:\n"
        "  - {person: anna@proeve.example, date: 2026-03-16, kind: swapped, to: 2026-03-18,"
        " by: Kirsten@proeve.example, note: Bytte, decided_at: 2026-03-10T12:30:00+01:00}\n"
    )
    assert load(tmp_path, text).exceptions == (
        DayException(
            person="anna@proeve.example",
            day=date(2026, 3, 16),
            kind=ExceptionKind.SWAPPED,
            to=date(2026, 3, 18),
            by="kirsten@proeve.example",
            note="Bytte",
            decided_at=datetime(2026, 3, 10, 11, 30, tzinfo=UTC),
        ),
    )


@pytest.mark.parametrize(
    ("written", "zone", "meant"),
    [
        ("2026-03-10 12:30", "Europe/Copenhagen", datetime(2026, 3, 10, 11, 30, tzinfo=UTC)),
        ("2026-07-10 12:30", "Europe/Copenhagen", datetime(2026, 7, 10, 10, 30, tzinfo=UTC)),
        ("2026-03-10", "Europe/Copenhagen", datetime(2026, 3, 9, 23, tzinfo=UTC)),
        ("2026-03-10 12:30", "America/Nuuk", datetime(2026, 3, 10, 14, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_without_an_offset_is_local_to_the_organisation(
    written: str, zone: str, meant: datetime, tmp_path: Path
) -> None:
    text = SMALL.replace("policy: Nyborg", f"policy: nyborg, timezone: {zone}") + (
        "exceptions:\n"
        f"  - {{person: anna@proeve.example, date: 2026-03-16, kind: approved, decided_at: {written}}}\n"
    )
    assert load(tmp_path, text).exceptions[0].decided_at == meant


def test_null_and_empty_text_are_absent_fields(tmp_path: Path) -> None:
    text = SMALL.replace("leader:", 'deputy: null, representative: "", min_on_site: , approval: ~, leader:')
    assert load(tmp_path, text) == load(tmp_path, SMALL)


def test_a_folder_is_read_as_one_register(tmp_path: Path) -> None:
    organisation, rest = SMALL.split("\n", 1)
    (tmp_path / "a.yaml").write_text(organisation, encoding="utf-8")
    (tmp_path / "b.yml").write_text(rest, encoding="utf-8-sig")
    (tmp_path / "c.yaml").write_text("people: [{id: bo@proeve.example, name: Bo, team: byg}]")
    (tmp_path / "readme.txt").write_text("not read")
    assert set(load_register(tmp_path).people) == {"anna@proeve.example", "bo@proeve.example"}


def test_several_files_are_read_as_one_register(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text(SMALL, encoding="utf-8")
    second.write_text("people: [{id: bo@proeve.example, name: Bo, team: byg}]")
    assert set(load_register(first, second).people) == {"anna@proeve.example", "bo@proeve.example"}


def test_a_folder_may_name_the_organisation_once_only(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "b.yaml").write_text("organisation: {name: En anden, policy: kf}")
    with pytest.raises(WrongConfiguration, match=r"b.yaml, line 1, .*stands in a.yaml already"):
        load_register(tmp_path)
