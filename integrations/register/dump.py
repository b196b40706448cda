"""Writes a register as YAML; reading it again gives an equal register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import yaml

from bot.model import (
    MONDAY_TO_FRIDAY,
    Agreement,
    DayException,
    Equipment,
    LocalAgreement,
    Organisation,
    Period,
    Person,
    Placement,
    Register,
    Team,
    TeamDay,
    Weekday,
    Weeks,
    WorkHours,
)

Fields = dict[str, object]
_BaseDumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_BaseDumper):  # type: ignore[misc, valid-type]
    """Writes every value out: the same date in two places is no alias."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the signature is PyYAML's
        return True


def dump_register(register: Register) -> str:
    """Return the register as YAML, without the fields that have their default."""
    sections = {
        "organisation": _organisation(register.organisation),
        "teams": [_team(team) for team in register.teams.values()],
        "people": [_person(person) for person in register.people.values()],
        "agreements": [_agreement(agreement) for agreement in register.agreements],
        "exceptions": [_exception(exception) for exception in register.exceptions],
    }
    text: str = yaml.dump(_given(sections), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return text


def _given(fields: Mapping[str, object]) -> Fields:
    """Leave out what is absent: None, and texts and lists that are empty."""
    return {name: value for name, value in fields.items() if value is not None and value not in ("", [], {})}


def _weekdays(days: Iterable[Weekday]) -> list[str]:
    return [day.name.lower() for day in sorted(days)]


def _period(period: Period) -> Fields:
    return {"from": period.start, "to": period.end}


def _weeks(weeks: Weeks) -> str | None:
    return None if weeks is Weeks.ALL else weeks.value


def _organisation(organisation: Organisation) -> Fields:
    extraordinary = [
        _given(_period(item.period) | {"reason": item.reason}) for item in organisation.extraordinary_periods
    ]
    return _given(
        {
            "name": organisation.name,
            "policy": organisation.policy,
            "timezone": organisation.timezone,
            "language": organisation.language,
            "domains": list(organisation.domains),
            "car_resources": list(organisation.car_resources),
            "hr_contact": organisation.hr_contact,
            "closing_days": sorted(organisation.closing_days),
            "extraordinary_periods": extraordinary,
            "home_categories": list(organisation.home_categories),
            "home_words": list(organisation.home_words),
        }
    )


def _team(team: Team) -> Fields:
    return _given(
        {
            "id": team.id,
            "name": team.name,
            "leader": team.leader,
            "deputy": team.deputy,
            "representative": team.representative,
            "team_days": [_team_day(day) for day in team.team_days],
            "min_on_site": team.min_on_site,
            "approval": team.approval.value,
            "child_sick_day": team.child_sick_day and team.child_sick_day.value,
            "replacement_day": team.replacement_day and team.replacement_day.value,
            "home_work": None if team.home_work_possible else "not_possible",
            "med_discussed_on": team.med_discussed_on,
            "frames_decided_on": team.frames_decided_on,
            "discussed_on": team.discussed_on,
            "apv_covers_home_on": team.apv_covers_home_on,
            "local_agreements": [_local_agreement(item) for item in team.local_agreements],
            "values": dict(team.values),
        }
    )


def _team_day(day: TeamDay) -> Fields:
    weekday = None if day.weekday is None else day.weekday.name.lower()
    return _given({"weekday": weekday, "weeks": _weeks(day.weeks), "date": day.on} | _period(day.period))


def _local_agreement(agreement: LocalAgreement) -> Fields:
    return _given(
        {"reference": agreement.reference, "personnel_group": agreement.personnel_group}
        | _period(agreement.period)
        | {"review_on": agreement.review_on}
    )


def _person(person: Person) -> Fields:
    result = {True: "safe", False: "unsafe", None: None}[person.workstation_safe]
    return _given(
        {
            "id": person.id,
            "name": person.name,
            "team": person.team,
            "work_days": None if person.work_days == MONDAY_TO_FRIDAY else _weekdays(person.work_days),
            "work_hours": _hours(person.work_hours),
            "tasks_suited": None if person.tasks_suited else False,
            "tasks_reason": person.tasks_reason,
            "apv_completed_on": person.apv_completed_on,
            "workstation_checked_on": person.workstation_checked_on,
            "workstation_result": result,
            "personnel_group": person.personnel_group,
            "employment_starts_on": person.employment_starts_on,
            "employment_ends_on": person.employment_ends_on,
            "home_work_condition_of_employment": person.home_work_condition_of_employment or None,
        }
    )


def _hours(hours: WorkHours) -> str | None:
    return None if hours == WorkHours() else f"{hours.start:%H:%M}-{hours.end:%H:%M}"


def _agreement(agreement: Agreement) -> Fields:
    days = agreement.days_per_week
    return _given(
        {"person": agreement.person}
        | _period(agreement.period)
        | {"days_per_week": int(days) if days is not None and days == int(days) else days}
        | _placement(agreement.placement)
        | {
            "availability": _given({"hours": agreement.availability_hours, "phone": agreement.phone}),
            "tasks": list(agreement.tasks),
            "equipment": [_equipment(item) for item in agreement.equipment],
            "other_terms": agreement.other_terms,
            "filed_on": agreement.filed_on,
            "signed_by_employee_on": agreement.signed_by_employee_on,
            "signed_by_leader_on": agreement.signed_by_leader_on,
            "review_on": agreement.review_on,
        }
    )


def _placement(placement: Placement) -> Fields:
    return {
        "weekdays": _weekdays(placement.weekdays),
        "weeks": _weeks(placement.weeks),
        "every_weeks": placement.every_weeks,
        "first_date": placement.first_date,
        "nth": placement.nth,
    }


def _equipment(equipment: Equipment) -> str | Fields:
    if equipment.lent_on is None and equipment.returned_on is None:
        return equipment.item
    return _given(
        {"item": equipment.item, "lent_on": equipment.lent_on, "returned_on": equipment.returned_on}
    )


def _exception(exception: DayException) -> Fields:
    decided_at = exception.decided_at
    return _given(
        {
            "person": exception.person,
            "date": exception.day,
            "kind": exception.kind.value,
            "to": exception.to,
            "by": exception.by,
            "note": exception.note,
            "decided_at": decided_at and decided_at.isoformat(),
        }
    )
