"""A wrong register: every fault is found, all at once, each with its place and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from bot.errors import WrongConfiguration
from integrations.register import load_register

ANNA = "anna@proeve.example"
TEAM = {"id": "byg", "name": "Byg", "leader": "k@proeve.example"}
PERSON = {"id": ANNA, "name": "Anna Holm", "team": "byg"}
AGREEMENT = {"person": ANNA, "from": "2026-01-01"}
EXCEPTION = {"person": ANNA, "date": "2026-03-10", "kind": "approved"}
NOTHING_LISTED = "there is nothing in this section; write at least one row."
Fields = dict[str, object]


@dataclass(frozen=True)
class Policies:
    """Two policies; one lets a team set a value."""

    policies: frozenset[str] = frozenset({"nyborg", "kf"})

    def settable(self, policy: str) -> frozenset[str]:
        return frozenset({"average-limit.days_per_week"}) if policy == "kf" else frozenset()


def faults_in(path: Path) -> tuple[str, ...]:
    with pytest.raises(WrongConfiguration) as caught:
        load_register(path, known=Policies())
    return caught.value.faults


def faults_of_text(folder: Path, text: str | bytes) -> tuple[str, ...]:
    file = folder / "register.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return faults_in(file)


def faults_of(folder: Path, **sections: object) -> tuple[str, ...]:
    """Faults of a sound register with some sections replaced."""
    sound = {"organisation": {"name": "P", "policy": "kf"}, "teams": [TEAM], "people": [PERSON]}
    return faults_of_text(folder, yaml.safe_dump(sound | sections, allow_unicode=True))


def only(faults: tuple[str, ...]) -> str:
    assert len(faults) == 1, faults
    return faults[0]


# --- the file --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "register.yaml: the file is empty"),
        ("# only a comment\n", "register.yaml: the file is empty"),
        ("a: [", "register.yaml, line 2, column 1: this is not YAML: "),
        ("a: 1\n---\nb: 2\n", "line 2, column 1: this is not YAML: "),
        ("æøå: a\x07b", "line 1, column 7: this is not YAML: control characters"),
        (b"name: \xe6\xf8\xe5", "register.yaml: the file is not UTF-8 text"),
        ("- a\n- b\n", "line 1, column 1: a register begins with fields"),
        ("a: &a [*a]\n", "line 1, column 8: aliases (*) are not read here"),
        ("[" * 50_000, "line 1, column 21: it is nested too deeply"),
    ],
)
def test_a_file_that_is_no_register_is_reported(text: str | bytes, said: str, tmp_path: Path) -> None:
    assert said in only(faults_of_text(tmp_path, text))


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    assert "register.yaml: the file cannot be read" in only(faults_in(tmp_path / "register.yaml"))


def test_a_folder_without_yaml_is_reported(tmp_path: Path) -> None:
    assert "there is no .yaml file in this folder" in only(faults_in(tmp_path))


def test_a_field_written_twice_is_reported_where_the_second_stands(tmp_path: Path) -> None:
    rest = yaml.safe_dump({"teams": [TEAM], "people": [PERSON]})
    text = f"organisation:\n  name: A\n  policy: kf\n  name: B\n{rest}"
    assert only(faults_of_text(tmp_path, text)) == (
        'register.yaml, line 4, column 3: "name" stands here a second time (first in line 2).'
    )


def test_a_fault_names_file_line_column_field_and_the_nearest_word(tmp_path: Path) -> None:
    text = """\
organisation: {name: Prøvekommunen, policy: kf}
teams: [{id: borgerservice, name: Borgerservice, leader: k@proeve.example}]
people:
  - {id: a@proeve.example, name: Åge Ærø, team: borgerservice}
  - id: b@proeve.example
    name: Bo
    team: borgersrvice
"""
    assert only(faults_of_text(tmp_path, text)) == (
        "register.yaml, line 7, column 11: people[2].team: "
        'there is no team "borgersrvice"; did you mean "borgerservice"?'
    )


def test_all_faults_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = """\
organisation: {name: P, policy: kff, language: sv}
teams: [{id: byg, nam: Byg, leader: kirsten}]
people:
  - {id: a@proeve.example, name: Anna, team: byg, work_hours: 16:00-08:00}
  - {id: a@proeve.example, name: Anna, team: vej, tasks_suited: maybe}
agreements:
  - {person: c@proeve.example, from: 2026-02-30}
"""
    assert [fault.split(": ")[1] for fault in faults_of_text(tmp_path, text)] == [
        "organisation.policy",
        "organisation.language",
        "teams[1].name",
        "teams[1].nam",
        "teams[1].leader",
        "people[1].work_hours",
        "people[2].id",
        "people[2].team",
        "people[2].tasks_suited",
        "agreements[1].person",
        "agreements[1].from",
    ]


# --- single fields -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["name", "policy"])
def test_the_organisation_has_required_fields(name: str, tmp_path: Path) -> None:
    fields = {key: value for key, value in {"name": "P", "policy": "kf"}.items() if key != name}
    fault = only(faults_of(tmp_path, organisation=fields))
    assert f"organisation.{name}: this field is missing" in fault


def test_the_organisation_itself_is_required(tmp_path: Path) -> None:
    fault = only(faults_of(tmp_path, organisation=None))
    assert fault.startswith("register.yaml: organisation: this section is missing")


@pytest.mark.parametrize(
    ("section", "row", "name"),
    [
        ("teams", TEAM, "name"),
        ("teams", TEAM, "leader"),
        ("people", PERSON, "name"),
        ("people", PERSON, "team"),
    ]
    + [("exceptions", EXCEPTION, name) for name in EXCEPTION],
)
def test_rows_have_required_fields(section: str, row: dict[str, str], name: str, tmp_path: Path) -> None:
    fault = only(faults_of(tmp_path, **{section: [row | {name: None}]}))
    assert f"{section}[1].{name}: this field is missing" in fault


@pytest.mark.parametrize("section", ["teams", "people"])
def test_an_id_is_required(section: str, tmp_path: Path) -> None:
    row = {"teams": TEAM, "people": PERSON}[section] | {"id": ""}
    faults = faults_of(tmp_path, **{section: [row]})
    assert f"{section}[1].id: this field is missing; fill it in." in [
        fault.split(": ", maxsplit=1)[1] for fault in faults
    ]


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"organisation": "Nyborg"}, "organisation: this must hold fields"),
        ({"organisation": {"name": ["P"], "policy": "kf"}}, "organisation.name: this must be one value"),
        ({"exceptions": EXCEPTION}, "exceptions: this must be a list"),
        ({"people": [PERSON, "Bo"]}, "people[2]: this must hold fields"),
        ({"personer": []}, 'personer: there is no field "personer"; mend its name or remove it.'),
        ({"agreement": []}, 'agreement: there is no field "agreement"; did you mean "agreements"?'),
    ],
)
def test_the_wrong_shape_is_reported(section: Fields, said: str, tmp_path: Path) -> None:
    assert said in only(faults_of(tmp_path, **section))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"timezone": "Europe/Copenhagn"}, "organisation.timezone: "),
        ({"language": "sv"}, 'organisation.language: "sv" is none of da, en'),
        ({"domains": ["x y"]}, 'organisation.domains[1]: "x y" is not a domain'),
        ({"car_resources": ["bil1"]}, 'organisation.car_resources[1]: "bil1" is not a user principal name'),
        ({"closing_days": ["24-12-2026"]}, 'organisation.closing_days[1]: "24-12-2026" is not a date'),
        ({"extraordinary_periods": [{"reason": "x"}]}, "neither beginning nor end"),
        (
            {"extraordinary_periods": [{"from": "2026-03-09", "to": "2026-03-08"}]},
            "extraordinary_periods[1].to: 2026-03-08 is before 2026-03-09",
        ),
    ],
)
def test_a_wrong_field_of_the_organisation_is_reported(fields: Fields, said: str, tmp_path: Path) -> None:
    assert said in only(faults_of(tmp_path, organisation={"name": "P", "policy": "kf"} | fields))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"leder": "x"}, 'teams[1].leder: there is no field "leder"; did you mean "leader"?'),
        ({"leader": "kirsten"}, 'teams[1].leader: "kirsten" is not a user principal name'),
        ({"deputy": "k@proeve"}, "teams[1].deputy: "),
        ({"min_on_site": -1}, "teams[1].min_on_site: -1 is negative"),
        ({"min_on_site": 2.5}, 'teams[1].min_on_site: "2.5" is not a whole number'),
        ({"approval": "leadr"}, 'approval: "leadr" is none of leader, self; did you mean "leader"?'),
        ({"child_sick_day": "yes"}, "child_sick_day: "),
        ({"home_work": "no"}, "home_work: "),
        ({"med_discussed_on": "2025-11-01 10:00"}, '"2025-11-01 10:00" is not a date'),
        ({"team_days": ["tuesday"]}, "team_days[1]: this must hold fields"),
        ({"team_days": [{"weekday": "tirsdag"}]}, 'team_days[1].weekday: "tirsdag" is none of monday'),
        ({"team_days": [{}]}, "team_days[1].weekday: a team day has either a weekday or a date"),
        ({"team_days": [{"weekday": "monday", "date": "2026-03-02"}]}, "either a weekday or a date"),
        ({"team_days": [{"date": "2026-03-02", "weeks": "odd"}]}, "weeks: this goes with a weekday only"),
        ({"team_days": [{"date": "2026-03-02", "to": "2026-04-02"}]}, "to: this goes with a weekday only"),
        ({"team_days": [{"weekday": "monday", "weeks": "third"}]}, '"third" is none of all, odd, even'),
        (
            {"team_days": [{"weekday": "monday", "from": "2026-06-30", "to": "2026-04-01"}]},
            "team_days[1].to: 2026-04-01 is before 2026-06-30",
        ),
        ({"local_agreement": {"ref": "x"}}, "local_agreement.ref: there is no field"),
        (
            {"local_agreement": {"reference": "x"}, "local_agreements": [{"reference": "y"}]},
            "keep one of the two",
        ),
        ({"values": {"average-limit.days_pr_week": 1}}, "unknown rule value"),
        ({"values": {"average-limit.days_per_week": [1]}}, "this must be one value"),
        ({"values": 2}, "teams[1].values: this must hold fields"),
    ],
)
def test_a_wrong_field_of_a_team_is_reported(fields: Fields, said: str, tmp_path: Path) -> None:
    assert said in only(faults_of(tmp_path, teams=[TEAM | fields]))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "An\u0007na"}, "people[1].name: there is an invisible control character (U+0007)"),
        ({"name": "An\u202ena"}, "invisible control character (U+202E)"),
        ({"name": "Anna\nHolm"}, "people[1].name: there is a line break"),
        ({"work_days": "monday"}, "people[1].work_days: this must be a list"),
        ({"work_days": ["mondy"]}, 'work_days[1]: "mondy" is none of monday, '),
        ({"work_days": ["monday", None]}, "work_days[2]: this is empty"),
        ({"work_hours": "8-16"}, '"8-16" are not working hours; write them such as 08:00-16:00'),
        ({"work_hours": "08:00-25:00"}, "there is no such time of day"),
        ({"work_hours": "16:00-08:00"}, "ends before it starts"),
        ({"tasks_suited": "perhaps"}, 'tasks_suited: "perhaps" is none of true, false'),
        ({"apv_completed_on": "2026-02-30"}, 'there is no date "2026-02-30" in the calendar'),
        ({"apv_completed_on": "soon"}, '"soon" is not a date; write year-month-day'),
        ({"workstation_result": "fine"}, '"fine" is none of safe, unsafe'),
        ({"team": "veje"}, 'people[1].team: there is no team "veje"; add it or mend the name.'),
    ],
)
def test_a_wrong_field_of_a_person_is_reported(fields: Fields, said: str, tmp_path: Path) -> None:
    assert said in only(faults_of(tmp_path, people=[PERSON | fields]))


def test_a_person_is_named_by_an_address(tmp_path: Path) -> None:
    assert 'people[1].id: "anna" is not a user principal name' in only(
        faults_of(tmp_path, people=[PERSON | {"id": "anna"}])
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"person": "ana@proeve.example"},
            f'there is no person "ana@proeve.example"; did you mean "{ANNA}"?',
        ),
        ({"person": None}, "agreements[1].person: this field is missing"),
        ({"from": None}, "agreements[1].from: this field is missing, and there is no signature"),
        ({"to": "2025-12-31"}, "agreements[1].to: 2025-12-31 is before 2026-01-01"),
        (
            {"from": None, "signed_by_leader_on": "2026-02-01", "to": "2026-01-31"},
            "2026-01-31 is before 2026-02-01, the last signature",
        ),
        ({"days_per_week": 0}, "0 days a week is not possible"),
        ({"days_per_week": 7.5}, "7.5 days a week is not possible"),
        ({"days_per_week": "two"}, '"two" is not a number'),
        ({"days_per_week": ".nan"}, '".nan" is not a number'),
        ({"weekdays": ["mandag"]}, "weekdays[1]: "),
        ({"weeks": "uneven"}, 'weeks: "uneven" is none of all, odd, even; did you mean "even"?'),
        ({"weekdays": ["monday"], "nth": 6}, "nth: 6 is outside 1 to 5"),
        ({"weekdays": ["monday"], "nth": 0}, "nth: 0 is outside 1 to 5"),
        ({"nth": 1}, "nth: weekdays is missing"),
        ({"weekdays": ["monday"], "weeks": "odd", "nth": 1}, "weeks and nth do not go together"),
        (
            {"weekdays": ["monday"], "weeks": "odd", "every_weeks": 2, "first_date": "2026-01-05"},
            "weeks and every_weeks do not go together",
        ),
        (
            {"weekdays": ["monday"], "nth": 1, "every_weeks": 2, "first_date": "2026-01-05"},
            "every_weeks and nth do not go together",
        ),
        ({"weekdays": ["monday"], "every_weeks": 2}, "every_weeks: first_date is missing"),
        ({"weekdays": ["monday"], "first_date": "2026-01-05"}, "this goes with every_weeks only"),
        (
            {"weekdays": ["monday"], "every_weeks": 53, "first_date": "2026-01-05"},
            "every_weeks: 53 is outside 1 to 52",
        ),
        (
            {"weekdays": ["monday"], "every_weeks": 2, "first_date": "2026-01-06"},
            "first_date: 2026-01-06 is a tuesday, which is not among the weekdays",
        ),
        ({"availability": "9-15"}, "availability: this must hold fields"),
        ({"availability": {"phon": "1"}}, 'there is no field "phon"; did you mean "phone"?'),
        ({"tasks": "sager"}, "agreements[1].tasks: this must be a list"),
        ({"equipment": [["skærm"]]}, "equipment[1]: this must hold fields"),
        ({"equipment": [{"lent_on": "2026-01-01"}]}, "equipment[1].item: this field is missing"),
        (
            {"equipment": [{"item": "stol", "lent_on": "2026-02-01", "returned_on": "2026-01-01"}]},
            "equipment[1].returned_on: 2026-01-01 is before 2026-02-01",
        ),
    ],
)
def test_a_wrong_field_of_an_agreement_is_reported(fields: Fields, said: str, tmp_path: Path) -> None:
    assert said in only(faults_of(tmp_path, agreements=[AGREEMENT | fields]))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"person": "bo@proeve.example"}, 'there is no person "bo@proeve.example"'),
        ({"kind": "aproved"}, 'kind: "aproved" is none of approved, cancelled, swapped, replacement'),
        ({"kind": "swapped"}, "exceptions[1].to: this field is missing"),
        ({"kind": "swapped", "to": "2026-03-10"}, "to: this is the same date"),
        ({"kind": "cancelled", "to": "2026-03-11"}, "to: this goes with kind: swapped only"),
        ({"by": "kirsten"}, 'by: "kirsten" is not a user principal name'),
        ({"decided_at": "yesterday"}, '"yesterday" is not a date and time'),
        ({"decided_at": "2026-03-09 25:00"}, '"2026-03-09 25:00" is not a date and time'),
    ],
)
def test_a_wrong_field_of_an_exception_is_reported(fields: Fields, said: str, tmp_path: Path) -> None:
    assert said in only(faults_of(tmp_path, exceptions=[EXCEPTION | fields]))


# --- between rows ------------------------------------------------------------------------------------


def test_two_teams_with_one_id_are_reported_whatever_the_capitals(tmp_path: Path) -> None:
    fault = only(faults_of(tmp_path, teams=[TEAM, TEAM | {"id": "BYG"}]))
    assert "teams[2].id: there is a team with this id already (register.yaml, line " in fault


def test_a_person_in_two_rows_is_reported_whatever_the_capitals(tmp_path: Path) -> None:
    fault = only(faults_of(tmp_path, people=[PERSON, PERSON | {"id": ANNA.upper()}]))
    assert "people[2].id: this person stands in the register already" in fault


def test_two_agreements_of_one_person_that_overlap_are_reported(tmp_path: Path) -> None:
    following = AGREEMENT | {"from": "2026-06-30"}
    fault = only(faults_of(tmp_path, agreements=[AGREEMENT | {"to": "2026-06-30"}, following]))
    assert "agreements[2].from: this overlaps another agreement of the person (register.yaml, line " in fault


def test_overlap_counts_from_the_signature_where_from_is_absent(tmp_path: Path) -> None:
    signed = {"person": ANNA, "signed_by_leader_on": "2026-06-30"}
    fault = only(faults_of(tmp_path, agreements=[AGREEMENT | {"to": "2026-06-30"}, signed]))
    assert "agreements[2].from: this overlaps another agreement" in fault


def test_two_exceptions_for_one_person_and_date_are_reported(tmp_path: Path) -> None:
    fault = only(faults_of(tmp_path, exceptions=[EXCEPTION, EXCEPTION | {"kind": "cancelled"}]))
    assert "exceptions[2].date: there is an exception for this person and date already" in fault


# --- policies ----------------------------------------------------------------------------------------


def test_an_unknown_policy_is_reported_alone(tmp_path: Path) -> None:
    teams = [TEAM | {"values": {"anything.at_all": 1}}]
    fault = only(faults_of(tmp_path, organisation={"name": "P", "policy": "nyborgg"}, teams=teams))
    assert 'organisation.policy: there is no policy "nyborgg"; there are kf, nyborg.' in fault


def test_a_value_that_the_policy_fixes_cannot_be_set_by_a_team(tmp_path: Path) -> None:
    teams = [TEAM | {"values": {"average-limit.days_per_week": 1}}]
    fault = only(faults_of(tmp_path, organisation={"name": "P", "policy": "nyborg"}, teams=teams))
    assert 'unknown rule value; the policy "nyborg" has no "average-limit.days_per_week"' in fault


def test_policies_are_not_checked_where_none_are_known(tmp_path: Path) -> None:
    file = tmp_path / "register.yaml"
    file.write_text(
        f"organisation: {{name: P, policy: own}}\nteams: [{yaml.safe_dump(TEAM, default_flow_style=True)}]\n"
        f"people: [{yaml.safe_dump(PERSON, default_flow_style=True)}]"
    )
    assert load_register(file).organisation.policy == "own"


@pytest.mark.parametrize(
    ("section", "place"),
    [
        ("", "register.yaml"),
        ("people:\n", "register.yaml, line 3, column 8"),
        ("people: []\n", "register.yaml, line 3, column 9"),
    ],
)
def test_a_register_without_people_is_refused(section: str, place: str, tmp_path: Path) -> None:
    teams = "teams: [{id: byg, name: Byg, leader: k@proeve.example}]"
    text = f"organisation: {{name: P, policy: kf}}\n{teams}\n{section}"
    assert only(faults_of_text(tmp_path, text)) == f"{place}: people: {NOTHING_LISTED}"


@pytest.mark.parametrize("section", ["", "teams:\n", "teams: []\n"])
def test_a_register_without_teams_is_refused_whatever_else_is_wrong(section: str, tmp_path: Path) -> None:
    faults = faults_of_text(tmp_path, f"organisation: {{name: P, policy: kff}}\n{section}people: []\n")
    assert len(faults) == 3
    assert [fault.partition(": ")[2] for fault in faults if NOTHING_LISTED in fault] == [
        f"teams: {NOTHING_LISTED}",
        f"people: {NOTHING_LISTED}",
    ]


def test_the_rows_may_stand_in_another_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("organisation: {name: P, policy: kf}\npeople: []\n", "utf-8")
    (tmp_path / "b.yaml").write_text(yaml.safe_dump({"teams": [TEAM], "people": [PERSON]}), "utf-8")
    assert list(load_register(tmp_path).people) == [ANNA]
