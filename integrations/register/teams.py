"""A team's fields: who leads it, its fixed days, and what it has settled."""

from __future__ import annotations

from collections.abc import Mapping

from bot.model import Approval, LocalAgreement, Permission, Team, TeamDay, Weeks
from integrations.register import values
from integrations.register.row import Row

HOME_WORK = values.one_of({"possible": True, "not_possible": False})


def read_team(row: Row) -> Team:
    """Return the team; what is wrong is noted and left at its default."""
    home_work_possible = row.get("home_work", HOME_WORK)
    team = Team(
        id=row.need("id", values.identifier) or "",
        name=row.need("name", values.line) or "",
        leader=row.need("leader", values.address) or "",
        deputy=row.get("deputy", values.address),
        representative=row.get("representative", values.address),
        team_days=tuple(_team_day(child) for child in row.rows("team_days")),
        min_on_site=row.get("min_on_site", values.not_negative),
        approval=row.get("approval", values.member(Approval)) or Approval.SELF,
        child_sick_day=row.get("child_sick_day", values.member(Permission)),
        replacement_day=row.get("replacement_day", values.member(Permission)),
        home_work_possible=home_work_possible is not False,
        med_discussed_on=row.get("med_discussed_on", values.day),
        frames_decided_on=row.get("frames_decided_on", values.day),
        discussed_on=row.get("discussed_on", values.day),
        apv_covers_home_on=row.get("apv_covers_home_on", values.day),
        local_agreements=_local_agreements(row),
        values=_values(row),
    )
    row.close()
    return team


def _team_day(row: Row) -> TeamDay:
    if row.has("weekday") == row.has("date"):
        row.fault("weekday", "a team day has either a weekday or a date; write one of them.")
    for name in ("weeks", "from", "to"):
        if row.has(name) and not row.has("weekday"):
            row.fault(name, "this goes with a weekday only; remove it, or write a weekday.")
    team_day = TeamDay(
        weekday=row.get("weekday", values.weekday),
        weeks=row.get("weeks", values.member(Weeks)) or Weeks.ALL,
        on=row.get("date", values.day),
        period=row.period(),
    )
    row.close()
    return team_day


def _local_agreements(row: Row) -> tuple[LocalAgreement, ...]:
    if row.has("local_agreement") and row.has("local_agreements"):
        row.fault("local_agreement", "local_agreements is there as well; keep one of the two.")
    one = row.row("local_agreement")
    rows = ([one] if one else []) + row.rows("local_agreements")
    return tuple(_local_agreement(child) for child in rows)


def _local_agreement(row: Row) -> LocalAgreement:
    agreement = LocalAgreement(
        reference=row.get("reference", values.line) or "",
        period=row.period(),
        review_on=row.get("review_on", values.day),
        personnel_group=row.get("personnel_group", values.line),
    )
    row.close()
    return agreement


def _values(row: Row) -> Mapping[str, bool | int | float | str]:
    """Return the rule values a team sets; whether there are such values is checked with the policies."""
    child = row.row("values")
    if child is None:
        return {}
    found = {name: child.get(name, values.setting) for name in child.table.fields}
    return {name: value for name, value in found.items() if value is not None}
