"""A person's fields."""

from __future__ import annotations

from bot.model import MONDAY_TO_FRIDAY, Person, WorkHours
from integrations.register import values
from integrations.register.row import Row

WORKSTATION = values.one_of({"safe": True, "unsafe": False})


def read_person(row: Row) -> Person:
    """Return the person; what is wrong is noted and left at its default."""
    tasks_suited = row.get("tasks_suited", values.flag)
    person = Person(
        id=row.need("id", values.address) or "",
        name=row.need("name", values.line) or "",
        team=row.need("team", values.identifier) or "",
        work_days=frozenset(row.several("work_days", values.weekday)) or MONDAY_TO_FRIDAY,
        work_hours=row.get("work_hours", values.work_hours) or WorkHours(),
        tasks_suited=tasks_suited is not False,
        tasks_reason=row.get("tasks_reason", values.paragraphs),
        apv_completed_on=row.get("apv_completed_on", values.day),
        workstation_checked_on=row.get("workstation_checked_on", values.day),
        workstation_safe=row.get("workstation_result", WORKSTATION),
        personnel_group=row.get("personnel_group", values.line),
        employment_starts_on=row.get("employment_starts_on", values.day),
        employment_ends_on=row.get("employment_ends_on", values.day),
        home_work_condition_of_employment=row.get("home_work_condition_of_employment", values.flag) is True,
    )
    row.close()
    return person
