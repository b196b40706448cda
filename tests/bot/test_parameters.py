"""A value holds from its date until the next one's."""

from __future__ import annotations

from datetime import date

import pytest

from bot.parameters import DatedValue, Force, Terms, value_on
from tests.bot.builders import SOURCE

VALUES = (
    DatedValue(date(2021, 3, 1), 2, SOURCE),
    DatedValue(date(2024, 1, 1), 3, SOURCE),
    DatedValue(date(2026, 1, 1), None, SOURCE),
)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2021, 2, 28), None),
        (date(2021, 3, 1), 2),
        (date(2023, 12, 31), 2),
        (date(2024, 1, 1), 3),
        (date(2025, 12, 31), 3),
        (date(2026, 1, 1), None),
        (date(2099, 1, 1), None),
    ],
)
def test_the_latest_value_whose_date_has_come_is_in_force(day: date, value: int | None) -> None:
    assert value_on(VALUES, day) == value
    assert value_on(tuple(reversed(VALUES)), day) == value


def test_a_rule_s_terms_give_its_values_by_name() -> None:
    terms = Terms("some-rule", SOURCE, Force.DEMAND, values={"days": VALUES})
    assert terms.value("days", date(2024, 6, 1)) == 3
