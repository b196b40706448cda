"""Rules over people and teams → verdicts → findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from bot.case import PersonCase, TeamCase
from bot.days import iso_week
from bot.model import Day, Finding, Outcome, Status, Team, Verdict
from bot.parameters import Policy, Terms
from bot.rules import AnyRule, DayRule, PersonRule, TeamRule, WeekRule, all_rules

DAY_CANCELLED = "day-cancelled"
STATUS = {Outcome.VIOLATED: Status.OPEN, Outcome.EXCUSED: Status.EXCUSED}
NOT_IN_FORCE = Verdict(Outcome.NOT_APPLICABLE)


class Judged(NamedTuple):
    """A verdict with the rule and the terms it was made under. ``key`` tells it apart from the rule's others
    on the same subject; ``person`` None: it speaks of the team.

    A tuple: there are hundreds a person, and one takes a third of the time to make.
    """

    rule_id: str
    rule: AnyRule
    terms: Terms
    verdict: Verdict
    team: Team
    person: str | None
    key: str

    @property
    def finding(self) -> str:
        """The id that a finding of it has: the same from run to run, and telling nothing to who does not
        know the parts.
        """
        parts = (self.rule_id, self.person or self.team.id, self.key)
        return blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()


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


def judge_team(case: TeamCase, policy: Policy) -> Iterator[Judged]:
    """Yield every verdict of the profile's rules on the team as a whole, in order of rule."""
    for rule_id, rule in all_rules().items():
        terms = policy.terms.get(rule_id)
        if terms is None or not isinstance(rule, TeamRule):
            continue
        in_force = terms.in_force(case.window.end)
        for verdict in rule.check(case, terms) if in_force else (NOT_IN_FORCE,):
            yield Judged(rule_id, rule, terms, verdict, case.team, verdict.person, verdict.key)


def judge_all(case: TeamCase, policy: Policy) -> Iterator[Judged]:
    """Yield every verdict on the members of a team and on the team, under the team's own values."""
    own = policy.for_team(case.team)
    for member in case.members:
        yield from judge_person(member, own)
    yield from judge_team(case, own)


def findings_of(judged: Iterable[Judged]) -> list[Finding]:
    """Return the findings among verdicts: what is violated, and what an exception excuses."""
    return [finding_of(one) for one in judged if one.verdict.outcome in STATUS]


def _judge(
    case: PersonCase, policy: Policy, days: Sequence[Day], weeks: Sequence[Sequence[Day]]
) -> Iterator[Judged]:
    held = [day for day in days if not case.cancellation(day.date)]
    for rule_id, rule in all_rules().items():
        terms = policy.terms.get(rule_id)
        if terms is not None:
            judged = days if rule_id == DAY_CANCELLED else held
            for key, verdict in _verdicts(rule, case, terms, judged, weeks):
                yield Judged(rule_id, rule, terms, verdict, case.team, case.person.id, key)


def _verdicts(
    rule: AnyRule,
    case: PersonCase,
    terms: Terms,
    days: Sequence[Day],
    weeks: Sequence[Sequence[Day]],
) -> Iterator[tuple[str, Verdict]]:
    """Yield each verdict with the key that tells it apart from the rule's others on the same person.

    For rules on days the day decides which values hold, for rules on weeks the week's last day, for all
    others the last day looked at.
    """
    if isinstance(rule, DayRule):
        for day in days:
            in_force = terms.in_force(day.date)
            yield day.date.isoformat(), rule.check(case, day, terms) if in_force else NOT_IN_FORCE
    elif isinstance(rule, WeekRule):
        for week in weeks:
            in_force = terms.in_force(week[-1].date)
            yield iso_week(week[0].date), rule.check(case, week, terms) if in_force else NOT_IN_FORCE
    elif isinstance(rule, PersonRule):
        for verdict in rule.check(case, terms) if terms.in_force(case.window.end) else (NOT_IN_FORCE,):
            yield verdict.key, verdict


def finding_of(judged: Judged) -> Finding:
    """Return the finding that a verdict comes to, one of those in ``STATUS``."""
    verdict, rule = judged.verdict, judged.rule
    return Finding(
        id=judged.finding,
        rule=judged.rule_id,
        person=judged.person,
        team=judged.team.id,
        dates=verdict.dates,
        status=STATUS[verdict.outcome],
        facts=verdict.facts,
        source=verdict.source or judged.terms.source,
        scope=rule.scope,
        audience=verdict.audience or rule.audience_in(judged.team),
    )
