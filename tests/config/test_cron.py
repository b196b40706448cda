"""Which schedules are taken, and what is said of those that are not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from config.cron import checked_cron, trigger


@pytest.mark.parametrize(
    "text",
    [
        "0 7-16 * * mon-fri",
        "0 8,13,15 * * mon,tue,wed,thu,fri",
        "*/30 7-16 * * *",
        "30 3 1 * *",
        "0 1 last * *",
        "15 7 * jan-jun mon",
    ],
)
def test_a_schedule_that_can_be_kept_is_taken_as_it_is(text: str) -> None:
    assert checked_cron(text) == text


def test_capitals_and_white_space_make_no_difference() -> None:
    assert checked_cron("  0  7-16 * * MON-Fri ") == "0 7-16 * * mon-fri"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@hourly", "is not five fields"),
        ("0 7 * * mon extra", "is not five fields"),
        ("0 25 * * *", "cannot be read"),
        ("0 7- * * *", "cannot be read"),
        ("0 7 * * xyz", "cannot be read"),
        ("0 7 * * mon-fri-sun", '"mon-fri-sun" in'),
        ("0 7 * * mon,tue*", '"tue*" in'),
        ("0 7 * jan-jun-dec *", '"jan-jun-dec" in'),
        ("0 7 * * mon,,tue", "cannot be read"),
        ("0 7 * * fri-mon", "cannot be read"),
        ("0 7 * * 1-5", "write them like mon-fri"),
        ("0 7 * * */2", "write them like mon-fri"),
        ("0 7 1 * mon", "write * for one of them"),
        ("0 7 31 2 *", "a day that never comes"),
        ("30 2 * * mon-fri", "between 02 and 03"),
        ("0 * * * *", "between 02 and 03"),
        ("59 */2 * * *", "between 02 and 03"),
    ],
)
def test_a_schedule_that_cannot_be_kept_is_refused_with_what_to_write(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=r"^\"") as caught:
        checked_cron(text)
    assert said in str(caught.value)


def test_a_weekday_by_name_is_that_day() -> None:
    sunday = datetime(2026, 3, 1, tzinfo=UTC)
    assert trigger("0 7 * * mon", UTC).get_next_fire_time(None, sunday) == datetime(2026, 3, 2, 7, tzinfo=UTC)
