"""When a pass is due, by the clock alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.schedule import Schedule, may_be_tried

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
HOURLY = Schedule("0 7-16 * * mon-fri", "Europe/Copenhagen")


def local(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=COPENHAGEN)


@pytest.mark.parametrize(
    ("now", "latest"),
    [
        (local(2, 6, 59), None),
        (local(2, 7), local(2, 7)),
        (local(2, 7, 59), local(2, 7)),
        (local(2, 13, 20), local(2, 13)),
        (local(2, 23, 59), local(2, 16)),
    ],
)
def test_the_latest_time_that_has_come_is_the_one_that_counts(now: datetime, latest: datetime | None) -> None:
    assert HOURLY.latest(now) == latest


def test_what_was_missed_yesterday_is_not_made_up_for() -> None:
    assert HOURLY.latest(local(3, 3)) is None


def test_on_a_day_that_is_not_named_nothing_is_due() -> None:
    assert HOURLY.latest(local(7, 12)) is None


@pytest.mark.parametrize(("month", "day"), [(3, 29), (10, 25)])
def test_on_the_days_when_the_clock_changes_the_times_are_those_on_the_wall(month: int, day: int) -> None:
    daily = Schedule("0 7 * * *", "Europe/Copenhagen")
    assert daily.latest(local(day, 6, 59, month)) is None
    assert daily.latest(local(day, 7, 0, month)) == local(day, 7, 0, month)


def test_the_times_are_those_of_the_zone_wherever_the_clock_is_read() -> None:
    assert HOURLY.latest(datetime(2026, 7, 1, 5, 0, tzinfo=UTC)) == local(1, 7, month=7)
    assert Schedule(HOURLY.cron, "Atlantic/Faroe").latest(datetime(2026, 7, 1, 5, 0, tzinfo=UTC)) is None


@given(st.integers(0, 365 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes)))
def test_the_latest_time_is_today_on_a_weekday_and_less_than_an_hour_ago_in_working_hours(
    now: datetime,
) -> None:
    latest, here = HOURLY.latest(now), now.astimezone(COPENHAGEN)
    if here.weekday() >= 5 or here.hour < 7:
        assert latest is None
    else:
        assert latest is not None
        assert latest == here.replace(hour=min(here.hour, 16), minute=0, second=0, microsecond=0)


def test_after_a_failure_the_pauses_grow() -> None:
    began = local(2, 7)
    pauses = {
        failures: next(
            minutes
            for minutes in range(60)
            if may_be_tried(began + timedelta(minutes=minutes), failures, began)
        )
        for failures in (1, 2, 3, 4)
    }
    assert pauses == {1: 2, 2: 4, 3: 8, 4: 16}


def test_without_a_failure_there_is_no_pause() -> None:
    assert may_be_tried(local(2, 7), 0, None)
