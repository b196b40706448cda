"""Subjects made to be slow: the work of reading one grows with its length and no faster.

Work is counted in lines run through, so that a busy machine changes nothing. What a regular expression does
inside is not counted; these are looked at for their shape.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from importlib import import_module
from pkgutil import walk_packages
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot.markings import read_days
from bot.model import Day, Event, Window
from bot.names import Owner
from bot.words import LONGEST
from integrations.graph import events as wire_events
from tests.bot.builders import KIRSTEN, ORGANISATION, PERSON, TUESDAY

WINDOW = Window(TUESDAY, TUESDAY)
A_LITTLE_MORE_THAN_TWICE = 2.5
NEXT_TO_NOTHING = 200_000
"""Lines that no longer matter: some hundredths of a second."""

WORDS = [
    "hjemme ",
    "Hjemme, ",
    "hjemme.. ",
    "hjemmee ",
    "hjemmearbejde ",
    "ikke ",
    "ikke hjemme ",
    "hjemme aflyst, ",
    "hjemme hos ",
    "om hjemmearbejde ",
    "møde om hjemme ",
    "hj arb ",
    "HA ",
    "wfh? ",
    "work from home ",
    "Anders hjemme, ",
    "barn syg ",
    "ferie ",
    "fri ",
    "kursus ",
    "arbejder i Odense ",
    "tlf 12 34 56 78 ",
    "🏠",
    "🤒 ",
    "? ",
    "(",
    "((hjemme",
    "-",
    " - ",
    "8-",
    "8-8-",
    "8-12 ",
    "08:00-12:00",
    "8:00:",
    "1/2 ",
    "½",
    "1",
    "1 ",
    "a",
    "h",
    "hj",
    ". A",
    "\u200b",
    "\u0300",
    "ﷺ",
    "\u202eh",
]


def steps(call: Callable[[], object]) -> int:
    """Return how many lines the call runs through, the second time, when all is imported and warm."""
    count = 0

    def trace(_frame: FrameType, _event: str, _arg: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    call()
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def reading(subject: str, *, places: int = 0, categories: int = 0) -> Callable[[], Mapping[date, Day]]:
    """Return the reading of one day with one entry, its texts as they are: nothing is cut beforehand."""
    event = Event(
        subject,
        datetime.combine(TUESDAY, time(8)),
        datetime.combine(TUESDAY, time(16)),
        locations=(subject,) * places,
        categories=(subject,) * categories,
    )
    return lambda: read_days(Owner.of(PERSON, KIRSTEN), ORGANISATION, [event], WINDOW)


def repeated(word: str, length: int) -> str:
    return (word * length)[:length]


def test_work_is_counted():
    once, twice = (steps(lambda n=n: sum(one for one in range(n))) for n in (1_000, 2_000))
    assert 1.9 < twice / once < 2.1


@pytest.mark.parametrize("word", WORDS)
def test_twice_the_text_is_no_more_than_twice_the_work_or_next_to_nothing(word):
    once, twice = (steps(reading(repeated(word, length))) for length in (LONGEST // 2, LONGEST))
    assert twice <= max(A_LITTLE_MORE_THAN_TWICE * once, NEXT_TO_NOTHING)


@pytest.mark.parametrize(
    "subject",
    [
        pytest.param("hjemme " * 100_000, id="one word 100,000 times"),
        pytest.param("ikke " * 50_000 + "hjemme", id="a word after 50,000 others"),
        pytest.param("(" * 500_000 + "hjemme" + ")" * 500_000, id="in brackets"),
        pytest.param("8-" * 250_000, id="hours without end"),
        pytest.param("1" * 1_000_000, id="a long number"),
        pytest.param("a" * 1_000_000, id="a long word"),
        pytest.param("hjemme" * 200_000, id="a long word of home"),
        pytest.param("🏠" * 250_000, id="a street"),
        pytest.param("ﷺ" * 250_000, id="letters that grow"),
    ],
)
def test_a_text_a_hundred_times_as_long_is_hardly_more_work(subject):
    cut = subject[: len(subject) // 100]
    assert steps(reading(subject)) <= A_LITTLE_MORE_THAN_TWICE * steps(reading(cut))


@pytest.mark.parametrize("what", ["places", "categories"])
def test_places_and_categories_are_read_one_by_one(what):
    once, twice = (steps(reading("hjemme hos Anders", **{what: many})) for many in (100, 200))
    assert twice <= A_LITTLE_MORE_THAN_TWICE * once


hostile_parts = st.lists(st.sampled_from(WORDS), max_size=30).map("".join)


@given(st.one_of(hostile_parts, st.text(max_size=300)))
def test_any_text_is_read_and_makes_one_day_at_most(subject):
    (day,) = reading(subject, places=1, categories=1)().values()
    assert 0 <= day.home + day.absent + day.tentative + day.elsewhere <= 1 + 1e-9


# --- the shape of regular expressions ---------------------------------------------------------------

SINGLE = {"LITERAL", "NOT_LITERAL", "ANY", "IN"}
REPEATS = {"MAX_REPEAT", "MIN_REPEAT"}
MANY = 20


def patterns() -> dict[str, re.Pattern[str]]:
    """Return the regular expressions that appointments are read with."""
    modules = [import_module(one.name) for one in walk_packages(bot.__path__, "bot.")]
    return {
        f"{module.__name__}.{name}": value
        for module in [*modules, wire_events]
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern)
    }


def repeats(parsed: Any) -> Iterator[Any]:
    """Yield what a parsed expression repeats without a bound, or nearly so."""
    for operation, argument in parsed:
        name = str(operation)
        if name in REPEATS and argument[1] > MANY:
            yield argument[2]
        yield from (inner for part in _parts(argument) for inner in repeats(part))


def _parts(argument: Any) -> Iterator[Any]:
    """Yield the expressions inside an operation's argument, however deep they lie in lists and tuples."""
    if isinstance(argument, re._parser.SubPattern):
        yield argument
    elif isinstance(argument, list | tuple):
        for one in argument:
            yield from _parts(one)


def explosive(pattern: str, flags: int = 0) -> bool:
    """Whether more than single characters are repeated: only that can make the matching explode."""
    parsed = re._parser.parse(pattern, flags)
    return any(len(one) != 1 or str(one[0][0]) not in SINGLE for one in repeats(parsed))


@pytest.mark.parametrize("name", patterns())
def test_a_regular_expression_repeats_single_characters_only(name):
    pattern = patterns()[name]
    assert not explosive(pattern.pattern, pattern.flags)


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", r"(?:\d{1,2} ?)*x", "((ab)*)*", "(a{1,9}){1,99}"])
def test_an_expression_that_explodes_would_be_noticed(pattern):
    assert explosive(pattern)
