"""Everybody's days: what goes in comes out, equal days are held once, the order is the register's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from bot.daybook import DayBook
from bot.model import Day, Evidence, Kind
from tests.bot.builders import ANNA, BO, THURSDAY, TODAY, TUESDAY, WINDOW, all_day, days_of


def days(*events: object) -> Mapping[date, Day]:
    return days_of(*events)


def test_what_went_in_comes_out() -> None:
    annas, bos = days(all_day("Hjemmearbejde", TUESDAY)), days(all_day("Ferie", THURSDAY))
    book = DayBook.of(WINDOW, [(ANNA, annas), (BO, bos)])
    assert dict(book) == {ANNA: annas, BO: bos}
    assert list(book[ANNA]) == list(WINDOW.days())


def test_who_was_not_read_is_not_in_it() -> None:
    book = DayBook.of(WINDOW, [(ANNA, days())])
    assert (BO in book, book.get(BO), len(book)) == (False, None, 1)
    with pytest.raises(KeyError):
        book[BO]


def test_days_that_are_alike_are_one_object() -> None:
    book = DayBook.of(WINDOW, [(ANNA, days()), (BO, days(all_day("Hjemmearbejde", TUESDAY)))])
    assert book[ANNA][THURSDAY] is book[BO][THURSDAY]
    assert book[ANNA][TUESDAY] is not book[BO][TUESDAY]


def test_days_that_differ_in_anything_stay_apart() -> None:
    home = days(all_day("Hjemmearbejde", TUESDAY))
    by_category = {
        day: replace(one, evidence=frozenset({Evidence.CATEGORY})) if day == TUESDAY else one
        for day, one in home.items()
    }
    book = DayBook.of(WINDOW, [(ANNA, home), (BO, by_category)])
    assert book[BO] == by_category
    assert book[ANNA] == home


def test_the_people_come_in_the_order_that_is_asked_for_and_others_come_out() -> None:
    book = DayBook.of(WINDOW, [(ANNA, days()), (BO, days()), ("x", days())])
    book.in_order([BO, "nobody", ANNA])
    assert list(book) == [BO, ANNA]


def test_it_tells_where_everybody_is_on_one_date() -> None:
    book = DayBook.of(WINDOW, [(ANNA, days(all_day("Hjemmearbejde", TODAY))), (BO, days())])
    assert {name: day.kind for name, day in book.on(TODAY).items()} == {ANNA: Kind.HOME, BO: Kind.ON_SITE}
    assert {day.date for day in book.on(TODAY).values()} == {TODAY}


def test_only_days_that_are_not_plainly_on_site_are_for_keeping() -> None:
    book = DayBook.of(WINDOW, [(ANNA, days(all_day("Hjemmearbejde", TUESDAY))), (BO, days())])
    assert {name: [day.date for day in kept] for name, kept in book.marked()} == {ANNA: [TUESDAY], BO: []}
