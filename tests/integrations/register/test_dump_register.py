"""Writing a register: reading it again gives the same one."""

from __future__ import annotations

import re
from datetime import date, time
from pathlib import Path
from unicodedata import normalize

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model import (
    Agreement,
    Organisation,
    Period,
    Person,
    Placement,
    Register,
    Team,
    TeamDay,
    Weekday,
    Weeks,
    WorkHours,
)
from integrations.register import dump_register, load_register

DOCUMENTATION = Path(__file__).parents[3] / "docs" / "register.md"

# As the reader leaves text: composed, without white space around it.
words = (
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=30)
    .map(lambda text: normalize("NFC", text).strip())
    .filter(bool)
)
awkward = st.sampled_from(
    ["No", "null", "~", "2026-01-01", "08:00", "0123", "1e3", "# x", "a: b", "'", "- x"]
)
texts = words | awkward
weekdays = st.frozensets(st.sampled_from(Weekday), min_size=1)
dates = st.dates(date(2020, 1, 1), date(2030, 12, 31))
optional_dates = st.none() | dates


def written_and_read(register: Register, folder: Path) -> Register:
    file = folder / "register.yaml"
    file.write_text(dump_register(register), encoding="utf-8")
    return load_register(file)


def test_the_example_in_the_documentation_is_the_same_after_writing(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(organisation:.*?)```", DOCUMENTATION.read_text("utf-8"), re.DOTALL)
    file = tmp_path / "example.yaml"
    file.write_text(example, encoding="utf-8")
    register = load_register(file)
    assert written_and_read(register, tmp_path) == register


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    person=st.builds(
        Person,
        id=st.just("anna@proeve.example"),
        name=texts,
        team=st.just("byg"),
        work_days=weekdays,
        work_hours=st.builds(
            WorkHours, st.builds(time, st.integers(0, 11), st.integers(0, 59)), st.just(time(12))
        ),
        tasks_suited=st.booleans(),
        tasks_reason=st.none() | texts,
        apv_completed_on=optional_dates,
        workstation_safe=st.none() | st.booleans(),
        employment_ends_on=optional_dates,
        home_work_condition_of_employment=st.booleans(),
    ),
    agreement=st.builds(
        Agreement,
        person=st.just("anna@proeve.example"),
        period=st.builds(Period, dates),
        days_per_week=st.none() | st.sampled_from([0.5, 1.0, 1.5, 2.0, 7.0]),
        placement=st.builds(Placement, weekdays=weekdays, weeks=st.sampled_from(Weeks)),
        phone=st.none() | texts,
        tasks=st.lists(texts, max_size=3).map(tuple),
        other_terms=texts,
        signed_by_leader_on=optional_dates,
    ),
    value=st.none() | st.integers(0, 9) | st.booleans() | st.just(1.5),
    when=dates,
)
def test_what_is_written_is_read_the_same(
    person: Person, agreement: Agreement, value: object, when: date, tmp_path: Path
) -> None:
    team = Team(
        id="byg",
        name="Byg",
        leader="k@proeve.example",
        # The same date in two places must not become a YAML alias, which is not read.
        team_days=(TeamDay(on=when), TeamDay(on=when)),
        min_on_site=0,
        values={} if value is None else {"a.b": value},
    )
    organisation = Organisation(name=person.name, policy="nyborg", closing_days=frozenset({when}))
    register = Register(organisation, {"byg": team}, {person.id: person}, (agreement,))
    assert written_and_read(register, tmp_path) == register


def test_fields_with_their_default_are_left_out() -> None:
    register = Register(Organisation(name="P", policy="kf"), {}, {"a@b.dk": Person("a@b.dk", "Anna", "byg")})
    assert yaml.safe_load(dump_register(register)) == {
        "organisation": {"name": "P", "policy": "kf"},
        "people": [{"id": "a@b.dk", "name": "Anna", "team": "byg"}],
    }
