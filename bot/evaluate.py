"""Rules over people → verdicts → findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from bot.case import PersonCase
from bot.days import iso_week
from bot.model import Day, Finding, Outcome, Status, Verdict
from bot.parameters import Policy, Terms
from bot.rules import AnyRule, DayRule, WeekRule, all_rules

DAY_CANCELLED = "day-cancelled"
STATUS = {Outcome.VIOLATED: Status.OPEN, Outcome.EXCUSED: Status.EXCUSED}


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with the rule and the terms it was made under. ``finding`` is the id that a finding of it
    has.
    """

    rule_id: str
    rule: AnyRule
    terms: Terms
    verdict: Verdict
    finding: str


def judge_person(case: PersonCase, policy: Policy) -> Iterator[Judged]:
    """Yield every verdict of the profile's rules on one person, in order of rule.

    On a date that the leader has cancelled only ``day-cancelled`` speaks.
    """
    return _judge(case, policy, case.judged_days(), case.judged_weeks())


def judge_date(case: PersonCase, policy: Policy, day: date) -> Iterator[Judged]:
    """Yield the verdicts that concern one date: its own, its week's, and those on the period and the
    register.
    """
    week = [one for one in case.days.values() if iso_week(one.date) == iso_week(day)]
    return _judge(case, policy, [case.days[day]], [week])


def findings_of(case: PersonCase, policy: Policy) -> list[Finding]:
    """Return the findings on one person: what is violated, and what an exception excuses."""
    return [
        _finding(case, judged) for judged in judge_person(case, policy) if judged.verdict.outcome in STATUS
    ]


def _judge(
    case: PersonCase, policy: Policy, days: Sequence[Day], weeks: Sequence[Sequence[Day]]
) -> Iterator[Judged]:
    for rule_id, rule in all_rules().items():
        terms = policy.terms.get(rule_id)
        if terms is not None:
            for key, verdict in _verdicts(rule_id, rule, case, terms, days, weeks):
                yield Judged(rule_id, rule, terms, verdict, _finding_id(rule_id, case.person.id, key))


def _verdicts(
    rule_id: str,
    rule: AnyRule,
    case: PersonCase,
    terms: Terms,
    days: Sequence[Day],
    weeks: Sequence[Sequence[Day]],
) -> Iterator[tuple[str, Verdict]]:
    """Yield each verdict with the key that tells it apart from the rule's others on the same person."""
    if isinstance(rule, DayRule):
        for day in days:
            if rule_id == DAY_CANCELLED or not case.cancellation(day.date):
                yield day.date.isoformat(), rule.check(case, day, terms)
    elif isinstance(rule, WeekRule):
        for week in weeks:
            yield iso_week(week[0].date), rule.check(case, week, terms)
    else:
        for verdict in rule.check(case, terms):
            yield verdict.key, verdict


def _finding_id(rule: str, subject: str, key: str) -> str:
    """Return an id that is the same from run to run and tells nothing to who does not know the parts."""
    return blake2b("\0".join((rule, subject, key)).encode(), digest_size=8).hexdigest()


def _finding(case: PersonCase, judged: Judged) -> Finding:
    verdict, rule = judged.verdict, judged.rule
    return Finding(
        id=judged.finding,
        rule=judged.rule_id,
        person=case.person.id,
        team=case.team.id,
        dates=verdict.dates,
        status=STATUS[verdict.outcome],
        facts=verdict.facts,
        source=verdict.source or judged.terms.source,
        scope=rule.scope,
        audience=verdict.audience or rule.audience_in(case.team),
    )
