"""Findings → the topics of a talk, the weightiest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.model import Finding

BY_IMPORTANCE = (
    # safety and health
    "workstation-unsafe",
    "apv-missing",
    "workstation-check-missing",
    # days to come
    "understaffed-day",
    "day-cancelled",
    "not-agreed-beforehand",
    "team-day",
    "tasks-not-suited",
    "external-meeting-at-home",
    "municipal-car-booked",
    "weekday-not-agreed",
    "week-limit-agreed",
    # agreements that are missing or end, and what goes with them
    "agreement-not-in-force",
    "recurring-without-agreement",
    "local-agreement-missing",
    "med-discussion-missing",
    "agreement-expiring",
    "equipment-return-due",
    "agreement-exceeds-limit",
    "average-limit",
    "agreement-review-due",
    "local-discussion-due",
    "reason-missing",
    "agreement-not-filed",
    # patterns and trends
    "steady-home-work",
    "never-together",
    "rising-home-work",
)
"""The rules that a leader hears of."""


@dataclass(frozen=True, slots=True)
class Topic:
    """All findings of one rule."""

    rule: str
    findings: tuple[Finding, ...]


def by_rule(findings: Iterable[Finding]) -> list[Topic]:
    """Return one topic for each rule, by importance; findings keep their order."""
    sorted_out: dict[str, list[Finding]] = {}
    for finding in findings:
        sorted_out.setdefault(finding.rule, []).append(finding)
    return [Topic(rule, tuple(sorted_out[rule])) for rule in sorted(sorted_out, key=BY_IMPORTANCE.index)]
