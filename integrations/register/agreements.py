"""An individual agreement's fields, and an exception's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.model import Agreement, DayException, Equipment, ExceptionKind, Period, Placement, Weekday, Weeks
from integrations.register import values
from integrations.register.row import Row
from integrations.register.tree import Node, Scalar


def read_agreement(row: Row) -> Agreement:
    """Return the agreement; what is wrong is noted and left at its default."""
    by_employee = row.get("signed_by_employee_on", values.day)
    by_leader = row.get("signed_by_leader_on", values.day)
    availability = row.row("availability")
    agreement = Agreement(
        person=row.need("person", values.address) or "",
        period=_period(row, by_employee, by_leader),
        days_per_week=row.get("days_per_week", values.days_per_week),
        placement=_placement(row),
        availability_hours=availability.get("hours", values.line) if availability else None,
        phone=availability.get("phone", values.line) if availability else None,
        tasks=row.several("tasks", values.line),
        equipment=tuple(_equipment(row, node, path) for node, path in row.nodes("equipment")),
        other_terms=row.get("other_terms", values.paragraphs) or "",
        filed_on=row.get("filed_on", values.day),
        signed_by_employee_on=by_employee,
        signed_by_leader_on=by_leader,
        review_on=row.get("review_on", values.day),
    )
    if availability:
        availability.close()
    row.close()
    return agreement


def _period(row: Row, by_employee: date | None, by_leader: date | None) -> Period:
    """Return the agreement's period; without ``from`` it starts with the last signature."""
    period = row.period()
    if row.has("from"):
        return period
    signed = [day for day in (by_employee, by_leader) if day is not None]
    if not signed:
        if not row.has("signed_by_employee_on") and not row.has("signed_by_leader_on"):
            row.fault("from", "this field is missing, and there is no signature to count from; fill it in.")
        return period
    if period.end is not None and period.end < max(signed):
        row.fault("to", f"{period.end} is before {max(signed)}, the last signature, where it begins.")
    return replace(period, start=max(signed))


def _placement(row: Row) -> Placement:
    placement = Placement(
        weekdays=frozenset(row.several("weekdays", values.weekday)),
        weeks=row.get("weeks", values.member(Weeks)) or Weeks.ALL,
        every_weeks=row.get("every_weeks", values.whole_between(1, 52)),
        first_date=row.get("first_date", values.day),
        nth=row.get("nth", values.whole_between(1, 5)),
    )
    _check_placement(row, placement)
    return placement


def _check_placement(row: Row, placement: Placement) -> None:
    narrowed = [name for name in ("every_weeks", "nth") if row.has(name)]
    if placement.weeks is not Weeks.ALL:
        narrowed.insert(0, "weeks")
    if len(narrowed) > 1:
        row.fault(narrowed[1], f"{' and '.join(narrowed)} do not go together; keep one of them.")
    if row.has("every_weeks") and not row.has("first_date"):
        row.fault("every_weeks", "first_date is missing: the first home day, from which the weeks count.")
    if row.has("first_date") and not row.has("every_weeks"):
        row.fault("first_date", "this goes with every_weeks only; remove it, or write every_weeks.")
    if row.has("nth") and not row.has("weekdays"):
        row.fault("nth", "weekdays is missing: which weekday of the month is meant.")
    first = placement.first_date
    if first is not None and row.has("every_weeks") and first.weekday() not in placement.weekdays:
        weekday = Weekday(first.weekday()).name.lower()
        row.fault("first_date", f"{first} is a {weekday}, which is not among the weekdays.")


def _equipment(row: Row, node: Node, path: str) -> Equipment:
    """Return one thing, written as a word or as a table with the dates it was lent and returned."""
    if isinstance(node, Scalar):
        return Equipment(row.convert(node, path, values.line) or "")
    child = row.child(node, path)
    if child is None:
        return Equipment("")
    equipment = Equipment(
        item=child.need("item", values.line) or "",
        lent_on=child.get("lent_on", values.day),
        returned_on=child.get("returned_on", values.day),
    )
    if equipment.lent_on and equipment.returned_on and equipment.returned_on < equipment.lent_on:
        child.fault(
            "returned_on", f"{equipment.returned_on} is before {equipment.lent_on}, when it was lent."
        )
    child.close()
    return equipment


def read_exception(row: Row, zone: ZoneInfo) -> DayException:
    """Return the exception; ``zone`` is where a ``decided_at`` without an offset is meant."""
    decided_at = row.get("decided_at", values.instant)
    exception = DayException(
        person=row.need("person", values.address) or "",
        day=row.need("date", values.day) or date.min,
        kind=row.need("kind", values.member(ExceptionKind)) or ExceptionKind.APPROVED,
        to=row.get("to", values.day),
        by=row.get("by", values.address),
        note=row.get("note", values.paragraphs) or "",
        decided_at=_in_zone(decided_at, zone),
    )
    _check_swap(row, exception)
    row.close()
    return exception


def _in_zone(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment.replace(tzinfo=zone) if moment is not None and moment.tzinfo is None else moment


def _check_swap(row: Row, exception: DayException) -> None:
    if not row.sound:
        return
    if exception.kind is not ExceptionKind.SWAPPED:
        if row.has("to"):
            row.fault("to", f"this goes with kind: swapped only; {exception.kind} has one date.")
    elif exception.to is None:
        row.fault("to", "this field is missing: the date that is swapped in.")
    elif exception.to == exception.day:
        row.fault("to", "this is the same date; a swap has two.")
