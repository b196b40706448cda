"""What every store keeps of the register and of days, and gives back unchanged."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.event import listen
from sqlalchemy.exc import IntegrityError

from bot.model import (
    Absence,
    Agreement,
    Certainty,
    Circumstance,
    Day,
    DayException,
    Evidence,
    Kind,
    Organisation,
    Period,
    Person,
    Register,
    Team,
    Window,
)
from integrations.store.store import SqlStore, open_store

NOW = datetime(2026, 3, 2, 8, tzinfo=timezone(timedelta(hours=1)))
WINDOW = Window(date(2026, 1, 5), date(2026, 3, 16))
ANNA, BO = "anna@proeve.example", "bo@proeve.example"
REGISTER = Register(
    organisation=Organisation("Prøvekommunen", "nyborg", closing_days=frozenset({date(2026, 12, 24)})),
    teams={"borgerservice": Team("borgerservice", "Borgerservice", "kirsten@proeve.example")},
    people={ANNA: Person(ANNA, "Anna Holm", "borgerservice")},
)

# --- the register ----------------------------------------------------------------------------------------

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
settable = st.one_of(st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), words)
days_per_week = st.none() | st.floats(0, 7)
instants = st.none() | st.datetimes(timezones=st.just(UTC) | st.just(NOW.tzinfo))


def every_field(kind: type, **given_fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(kind, **({field.name: ... for field in fields(kind)} | given_fields))


@st.composite
def registers(draw: st.DrawFn) -> Register:
    team_ids = draw(st.lists(words, min_size=1, max_size=3, unique=True))
    person_ids = draw(st.lists(words, max_size=4, unique=True))
    values = st.dictionaries(words, settable, max_size=3)
    teams = {key: draw(every_field(Team, id=st.just(key), values=values)) for key in team_ids}
    in_team = st.sampled_from(team_ids)
    people = {key: draw(every_field(Person, id=st.just(key), team=in_team)) for key in person_ids}
    organisation = draw(every_field(Organisation, name=words))
    if not people:
        return Register(organisation, teams, people)
    who = st.sampled_from(person_ids)
    agreement = every_field(Agreement, person=who, days_per_week=days_per_week)
    exception = every_field(DayException, person=who, decided_at=instants)
    agreements = draw(st.lists(agreement, max_size=3).map(tuple))
    return Register(organisation, teams, people, agreements, draw(st.lists(exception, max_size=3).map(tuple)))


def test_an_empty_store_has_no_register(store: SqlStore) -> None:
    assert store.load_register() is None


# The store is the same for all examples on purpose: each register replaces the one before.
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(register=registers())
def test_a_register_comes_back_as_it_was_saved(store: SqlStore, register: Register) -> None:
    store.save_register(register)
    loaded = store.load_register()
    assert loaded == register
    assert list(loaded.people) == list(register.people)


def test_a_register_outlives_the_process_that_saved_it(store: SqlStore, store_url: str) -> None:
    store.save_register(REGISTER)
    store.close()
    again = open_store(store_url)
    assert again.load_register() == REGISTER
    again.close()


def test_a_register_that_cannot_be_stored_leaves_the_old_one_whole(store: SqlStore) -> None:
    store.save_register(REGISTER)
    stranger = Agreement("stranger@proeve.example", Period())
    with pytest.raises(IntegrityError):
        store.save_register(replace(REGISTER, people={}, agreements=(stranger,)))
    assert store.load_register() == REGISTER


# --- runs and days -----------------------------------------------------------------------------------------


def test_each_run_gets_a_number_of_its_own(store: SqlStore) -> None:
    first = store.start_run(NOW, WINDOW)
    store.finish_run(first, NOW, 0)
    assert store.start_run(NOW, WINDOW) != first


def test_marked_days_counts_home_and_tentative_days_of_each_person(store: SqlStore) -> None:
    kinds = [Kind.HOME, Kind.HOME, Kind.TENTATIVE, Kind.ABSENT, Kind.ELSEWHERE]
    store.save_days(ANNA, WINDOW, [day_in_march(n, kind) for n, kind in enumerate(kinds, start=2)])
    store.save_days(BO, WINDOW, [day_in_march(2, Kind.ABSENT)])
    assert store.marked_days(WINDOW) == {ANNA: 3}


def test_marked_days_looks_at_the_window_alone_with_both_ends(store: SqlStore) -> None:
    store.save_days(ANNA, WINDOW, [day_in_march(n, Kind.HOME) for n in (1, 2, 6, 7)])
    assert store.marked_days(Window(date(2026, 3, 2), date(2026, 3, 6))) == {ANNA: 2}


def test_days_are_replaced_within_the_window_and_kept_outside_it(store: SqlStore) -> None:
    store.save_days(ANNA, WINDOW, [day_in_march(n, Kind.HOME) for n in (2, 3, 4)])
    store.save_days(BO, WINDOW, [day_in_march(3, Kind.HOME)])
    store.save_days(ANNA, Window(date(2026, 3, 3), date(2026, 3, 4)), [day_in_march(4, Kind.TENTATIVE)])
    assert store.marked_days(WINDOW) == {ANNA: 2, BO: 1}


PORTIONS = {
    Kind.HOME: {"home": 0.5, "marked_home": 0.5},
    Kind.TENTATIVE: {"tentative": 0.25},
    Kind.ABSENT: {"absent": 1.0},
    Kind.ELSEWHERE: {"elsewhere": 0.75},
}


@pytest.mark.parametrize("kind", PORTIONS)
def test_of_a_day_its_kind_portion_certainty_evidence_and_series_come_back(
    store: SqlStore, kind: Kind
) -> None:
    kept = Day(
        date(2026, 3, 2),
        scheduled=True,
        kind=kind,
        certainty=Certainty.TENTATIVE,
        evidence=frozenset({Evidence.SUBJECT, Evidence.CATEGORY}),
        series=frozenset({"9f1c", "04ab"}),
        **PORTIONS[kind],
    )
    store.save_days(ANNA, WINDOW, [kept])
    assert store.kept_days(WINDOW) == {ANNA: [kept]}


def test_why_somebody_was_away_and_what_else_the_entries_said_never_comes_back(store: SqlStore) -> None:
    told = Day(
        date(2026, 3, 2),
        scheduled=False,
        kind=Kind.ABSENT,
        absent=1.0,
        marked_home=1.0,
        absences=frozenset({Absence.ILLNESS}),
        circumstances=frozenset({Circumstance.DURING_ILLNESS}),
        meetings=(480, 960),
        reachable=True,
    )
    store.save_days(ANNA, WINDOW, [told])
    assert store.kept_days(WINDOW) == {
        ANNA: [Day(date(2026, 3, 2), scheduled=True, kind=Kind.ABSENT, absent=1.0)]
    }


def test_kept_days_are_everybody_s_in_order_and_the_window_s_alone(store: SqlStore) -> None:
    store.save_days(ANNA, WINDOW, [day_in_march(n, Kind.HOME) for n in (7, 6, 2, 1)])
    store.save_days(BO, WINDOW, [day_in_march(3, Kind.TENTATIVE)])
    store.save_days("eva@proeve.example", WINDOW, [day_in_march(9, Kind.HOME)])
    kept = store.kept_days(Window(date(2026, 3, 2), date(2026, 3, 6)))
    assert {person: [day.date.day for day in days] for person, days in kept.items()} == {
        ANNA: [2, 6],
        BO: [3],
    }


def test_everybody_s_days_take_one_question(store: SqlStore) -> None:
    for number in range(20):
        store.save_days(f"p{number}@proeve.example", WINDOW, [day_in_march(2, Kind.HOME)])
    asked: list[str] = []
    listen(store._engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    assert len(store.kept_days(WINDOW)) == 20
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 1


def test_the_span_goes_from_the_first_day_kept_to_the_last_of_anybody(store: SqlStore) -> None:
    assert store.kept_span() is None
    store.save_days(ANNA, WINDOW, [day_in_march(n, Kind.HOME) for n in (3, 4)])
    store.save_days(BO, WINDOW, [day_in_march(n, Kind.ABSENT) for n in (2, 9)])
    assert store.kept_span() == Window(date(2026, 3, 2), date(2026, 3, 9))


def day_in_march(number: int, kind: Kind) -> Day:
    return Day(
        date(2026, 3, number),
        scheduled=True,
        kind=kind,
        home=1.0,
        certainty=Certainty.CERTAIN,
        evidence=frozenset({Evidence.SUBJECT, Evidence.CATEGORY}),
        absences=frozenset({Absence.ILLNESS}),
    )
