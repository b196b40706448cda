"""Which dates an agreement, a team or an exception speaks of."""

from __future__ import annotations

from datetime import date, timedelta

from bot.days import monday_of
from bot.model import Agreement, Placement, Team, TeamDay, Weekday, Weeks
from bot.patterns import nth_of_month


def in_weeks(weeks: Weeks, day: date) -> bool:
    """Whether the date's ISO week is one of these. Two odd weeks follow each other after a week 53."""
    odd = day.isocalendar().week % 2 == 1
    return weeks is Weeks.ALL or odd == (weeks is Weeks.ODD)


def allows(placement: Placement, day: date) -> bool:
    """Whether a home day may fall on the date; freely placed ones may on any of the weeks it holds in."""
    return (
        (placement.free or Weekday(day.weekday()) in placement.weekdays)
        and in_weeks(placement.weeks, day)
        and _in_interval(placement, day)
        and (placement.nth is None or nth_of_month(day) == placement.nth)
    )


def in_force(agreement: Agreement, day: date) -> bool:
    """Whether the agreement's period holds on the date. Signatures are another matter."""
    return agreement.period.holds_on(day)


def has_ended(agreement: Agreement, day: date) -> bool:
    """Whether the agreement's last day lies before the date."""
    return agreement.period.end is not None and agreement.period.end < day


def missing_signatures(agreement: Agreement, today: date) -> list[str]:
    """Return whose signature is missing: employee, leader. One dated in the future is not there yet."""
    signed = {"employee": agreement.signed_by_employee_on, "leader": agreement.signed_by_leader_on}
    return [name for name, day in signed.items() if day is None or day > today]


def is_team_day(team: Team, day: date) -> bool:
    """Whether all of the team are to be at the workplace that date."""
    return any(_is_on(team_day, day) for team_day in team.team_days)


def _is_on(team_day: TeamDay, day: date) -> bool:
    if team_day.on is not None:
        return team_day.on == day
    return (
        team_day.weekday == day.weekday() and in_weeks(team_day.weeks, day) and team_day.period.holds_on(day)
    )


def _in_interval(placement: Placement, day: date) -> bool:
    if placement.every_weeks is None or placement.first_date is None:
        return True
    weeks = (monday_of(day) - monday_of(placement.first_date)) // timedelta(weeks=1)
    return weeks % placement.every_weeks == 0
