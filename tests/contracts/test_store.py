"""What every store keeps of the register, and gives back unchanged."""

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
    Agreement,
    DayException,
    ExceptionKind,
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


def test_a_register_that_did_not_change_is_not_written_again(store: SqlStore) -> None:
    everything = replace(
        REGISTER,
        people=REGISTER.people | {BO: Person(BO, "Bo Dam", "borgerservice")},
        agreements=(Agreement(ANNA, Period()),),
        exceptions=(DayException(ANNA, date(2026, 3, 3), ExceptionKind.APPROVED),),
    )
    store.save_register(everything)
    written = writes_of(store)
    store.save_register(everything)
    assert written == []


def test_people_in_another_order_are_a_change(store: SqlStore) -> None:
    both = {ANNA: REGISTER.people[ANNA], BO: Person(BO, "Bo Dam", "borgerservice")}
    store.save_register(replace(REGISTER, people=both))
    store.save_register(replace(REGISTER, people=dict(reversed(both.items()))))
    assert list(store.load_register().people) == [BO, ANNA]


def writes_of(store: SqlStore) -> list[str]:
    """Return a list that takes up each statement with which the store changes something from now on."""
    written: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            written.append(statement)

    listen(store._engine, "before_cursor_execute", note)
    return written
