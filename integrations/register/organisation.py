"""The organisation's fields."""

from __future__ import annotations

from bot.model import ExtraordinaryPeriod, Organisation
from integrations.register import values
from integrations.register.row import Row


def read_organisation(row: Row) -> Organisation:
    """Return the organisation; what is wrong is noted and left at its default."""
    organisation = Organisation(
        name=row.need("name", values.line) or "",
        policy=row.need("policy", values.identifier) or "",
        timezone=row.get("timezone", values.time_zone),
        language=row.get("language", values.one_of({"da": "da", "en": "en"})),
        domains=row.several("domains", values.domain),
        car_resources=row.several("car_resources", values.address),
        hr_contact=row.get("hr_contact", values.line),
        closing_days=frozenset(row.several("closing_days", values.day)),
        extraordinary_periods=tuple(_extraordinary(child) for child in row.rows("extraordinary_periods")),
        home_categories=row.several("home_categories", values.line),
        home_words=row.several("home_words", values.line),
    )
    row.close()
    return organisation


def _extraordinary(row: Row) -> ExtraordinaryPeriod:
    if not row.has("from") and not row.has("to"):
        row.fault("from", "the period has neither beginning nor end; write from, to or both.")
    extraordinary = ExtraordinaryPeriod(row.period(), row.get("reason", values.paragraphs) or "")
    row.close()
    return extraordinary
