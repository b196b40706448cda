"""What every store keeps of the days that passes saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from sqlalchemy.event import listen

from bot.model import Absence, Certainty, Circumstance, Day, Evidence, Kind, Window
from integrations.store.store import PEOPLE_AT_ONCE, SqlStore

WINDOW = Window(date(2026, 1, 5), date(2026, 3, 16))
ANNA, BO = "anna@proeve.example", "bo@proeve.example"
MANY = [f"p{number}@proeve.example" for number in range(2 * PEOPLE_AT_ONCE + 1)]


def test_marked_days_counts_home_and_tentative_days_of_each_person(store: SqlStore) -> None:
    kinds = [Kind.HOME, Kind.HOME, Kind.TENTATIVE, Kind.ABSENT, Kind.ELSEWHERE]
    store.save_days(WINDOW, [(ANNA, [day_in_march(n, kind) for n, kind in enumerate(kinds, start=2)])])
    store.save_days(WINDOW, [(BO, [day_in_march(2, Kind.ABSENT)])])
    assert store.marked_days(WINDOW) == {ANNA: 3}


def test_marked_days_looks_at_the_window_alone_with_both_ends(store: SqlStore) -> None:
    store.save_days(WINDOW, [(ANNA, [day_in_march(n, Kind.HOME) for n in (1, 2, 6, 7)])])
    assert store.marked_days(Window(date(2026, 3, 2), date(2026, 3, 6))) == {ANNA: 2}


def test_days_are_replaced_within_the_window_and_kept_outside_it(store: SqlStore) -> None:
    store.save_days(WINDOW, [(ANNA, [day_in_march(n, Kind.HOME) for n in (2, 3, 4)])])
    store.save_days(WINDOW, [(BO, [day_in_march(3, Kind.HOME)])])
    store.save_days(Window(date(2026, 3, 3), date(2026, 3, 4)), [(ANNA, [day_in_march(4, Kind.TENTATIVE)])])
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
    store.save_days(WINDOW, [(ANNA, [kept])])
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
    store.save_days(WINDOW, [(ANNA, [told])])
    assert store.kept_days(WINDOW) == {
        ANNA: [Day(date(2026, 3, 2), scheduled=True, kind=Kind.ABSENT, absent=1.0)]
    }


def test_kept_days_are_everybody_s_in_order_and_the_window_s_alone(store: SqlStore) -> None:
    store.save_days(WINDOW, [(ANNA, [day_in_march(n, Kind.HOME) for n in (7, 6, 2, 1)])])
    store.save_days(WINDOW, [(BO, [day_in_march(3, Kind.TENTATIVE)])])
    store.save_days(WINDOW, [("eva@proeve.example", [day_in_march(9, Kind.HOME)])])
    kept = store.kept_days(Window(date(2026, 3, 2), date(2026, 3, 6)))
    assert {person: [day.date.day for day in days] for person, days in kept.items()} == {
        ANNA: [2, 6],
        BO: [3],
    }


def test_everybody_s_days_take_one_question(store: SqlStore) -> None:
    for number in range(20):
        store.save_days(WINDOW, [(f"p{number}@proeve.example", [day_in_march(2, Kind.HOME)])])
    asked = statements_of(store)
    assert len(store.kept_days(WINDOW)) == 20
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 1


def test_the_span_goes_from_the_first_day_kept_to_the_last_of_anybody(store: SqlStore) -> None:
    assert store.kept_span() is None
    store.save_days(WINDOW, [(ANNA, [day_in_march(n, Kind.HOME) for n in (3, 4)])])
    store.save_days(WINDOW, [(BO, [day_in_march(n, Kind.ABSENT) for n in (2, 9)])])
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


def test_equal_days_of_two_people_are_one_object(store: SqlStore) -> None:
    series = frozenset({"9f1c"})
    day = Day(date(2026, 3, 2), scheduled=True, kind=Kind.HOME, home=1.0, series=series)
    other = Day(date(2026, 3, 3), scheduled=True, kind=Kind.HOME, home=1.0, series=series)
    store.save_days(WINDOW, [(ANNA, [day, other]), (BO, [day])])
    kept = store.kept_days(WINDOW)
    assert kept[ANNA][0] is kept[BO][0]
    assert kept[ANNA][0].series is kept[ANNA][1].series


# --- many people -----------------------------------------------------------------------------------------


def test_more_people_than_go_into_a_transaction_are_taken_as_they_come(store: SqlStore) -> None:
    store.save_days(WINDOW, ((person, [day_in_march(2, Kind.HOME)]) for person in MANY))
    assert store.marked_days(WINDOW) == dict.fromkeys(MANY, 1)


def test_what_did_not_change_is_not_written_again(store: SqlStore) -> None:
    seen = [(person, [day_in_march(n, Kind.HOME) for n in (2, 4)]) for person in (ANNA, BO)]
    store.save_days(WINDOW, seen)
    asked = statements_of(store)
    store.save_days(WINDOW, [(person, list(reversed(days))) for person, days in seen])
    assert {statement.split()[0] for statement in asked} - {"BEGIN"} == {"SELECT"}


def test_who_has_no_days_any_more_loses_those_that_were_kept(store: SqlStore) -> None:
    store.save_days(WINDOW, [(ANNA, [day_in_march(2, Kind.HOME)]), (BO, [day_in_march(2, Kind.HOME)])])
    store.save_days(WINDOW, [(ANNA, [])])
    assert set(store.kept_days(WINDOW)) == {BO}


def test_a_pass_that_is_cut_short_leaves_everybody_with_days_that_belong_together(store: SqlStore) -> None:
    before, after = ([day_in_march(n, kind) for n in (2, 3)] for kind in (Kind.HOME, Kind.TENTATIVE))
    store.save_days(WINDOW, ((person, before) for person in MANY))
    with pytest.raises(ZeroDivisionError):
        store.save_days(WINDOW, cut_short_at(PEOPLE_AT_ONCE + 5, after))
    kinds = [[day.kind for day in days] for days in store.kept_days(WINDOW).values()]
    assert kinds.count([Kind.TENTATIVE] * 2) == PEOPLE_AT_ONCE
    assert kinds.count([Kind.HOME] * 2) == len(MANY) - PEOPLE_AT_ONCE


def cut_short_at(number: int, days: Sequence[Day]) -> Iterator[tuple[str, Sequence[Day]]]:
    for person in MANY[:number]:
        yield person, days
    raise ZeroDivisionError


def statements_of(store: SqlStore) -> list[str]:
    """Return what the store asks the database from now on."""
    asked: list[str] = []
    listen(store._engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    return asked
