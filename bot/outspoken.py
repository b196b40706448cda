"""What another finding of the same person says better, so that nobody is told both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.model import Finding

# "Fine as a single home day" and "move it" are not to be said of the same date.
OUTSPOKEN_BY: Mapping[str, set[str]] = {"weekday-not-agreed": {"team-day", "tasks-not-suited"}}
# That an agreement has ended says all there is to say of the days that go on without one.
SPOKEN_FOR_BY: Mapping[str, set[str]] = {"recurring-without-agreement": {"agreement-not-in-force"}}


def outspoken(findings: Iterable[Finding]) -> frozenset[str]:
    """Return those of the findings, by id, of which nothing is said as long as the others stand."""
    those = list(findings)
    rules = {(finding.person, finding.rule) for finding in those}
    on_dates = {(finding.person, finding.rule, finding.dates) for finding in those}

    def said_better(one: Finding) -> bool:
        whole = ((one.person, rule) in rules for rule in SPOKEN_FOR_BY.get(one.rule, ()))
        by_date = ((one.person, rule, one.dates) in on_dates for rule in OUTSPOKEN_BY.get(one.rule, ()))
        return any(whole) or any(by_date)

    return frozenset(finding.id for finding in those if said_better(finding))
