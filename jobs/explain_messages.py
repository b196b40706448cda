"""Who has been told of a day's findings, when and with what outcome, and what the rest waits for.

Of the past it knows what the store knows. What waits is what a pass would decide now from the one calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.decide import Placed, decide
from bot.evaluate import Judged
from bot.known import Known
from bot.model import TO_EMPLOYEES, TO_LEADERS, Status, Step, Team, Telling
from bot.plan import TOLD
from jobs.health import HEALTH_RULE

NEXT = {Step.ESCALATION: "goes with the next pass", Step.DIGEST: "goes with the next digest"}


def message_lines(judged: Iterable[Judged], known: Known, team: Team) -> Iterator[str]:
    """Yield what became of each message on these verdicts' findings, then what is still to come."""
    rules = {one.finding: one.rule_id for one in judged if one.rule_id != HEALTH_RULE}
    tellings = [one for one in known.tellings if one.finding in rules]
    yield from (_told(one, rules, known, team) for one in tellings)
    for placed in decide(known).findings:
        finding = placed.finding
        if finding.id in rules and finding.status is Status.OPEN:
            mine = [one for one in tellings if one.finding == finding.id and one.state in TOLD]
            yield from (f"  not yet on {finding.rule}: {waits}" for waits in _to_come(placed, mine))


def _told(one: Telling, rules: Mapping[str, str], known: Known, team: Team) -> str:
    at = one.at.astimezone(ZoneInfo(known.timezone))
    who = {team.leader: "the leader", team.deputy: "the deputy"}.get(one.recipient, one.recipient)
    step = f"{one.step.value} to {who}" if one.step in TO_LEADERS else one.step.value
    return f"  {at:%Y-%m-%d %H:%M}, {step} on {rules[one.finding]}: {one.state.value}"


def _to_come(placed: Placed, told: Sequence[Telling]) -> Iterator[str]:
    """Yield whom nothing has been said to, and why. Who was told before is not waiting."""
    if placed.step is None:
        yield f"anybody ({placed.reason})"
        return
    if placed.step in TO_EMPLOYEES and not any(one.step in TO_EMPLOYEES for one in told):
        yield "the employee (goes with the next pass)"
    waits = placed.leader_waits or NEXT.get(placed.step)
    if waits and not any(one.step in TO_LEADERS for one in told):
        yield f"the leader ({waits})"
