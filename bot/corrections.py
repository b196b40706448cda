"""What has been put right since a card was sent → the card as it is to stand now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.case import is_exceptional
from bot.evaluate import NOT_IN_FORCE, Judged
from bot.known import Known
from bot.ladder import has_gone_by
from bot.letter import Letter
from bot.model import DATED, Audience, Finding, Message, Outcome, SentCard, Status, Step
from bot.rules import all_rules
from bot.texts.letters import Desk, write

CHANGEABLE_FOR = timedelta(days=35)
CONTENT = frozenset({Outcome.OK, Outcome.EXCUSED})

Subject = tuple[str, str | None]
"""A rule and the person it looks at."""


@dataclass(frozen=True, slots=True)
class CardUpdate:
    """A card that no longer shows how things stand, and what is to stand in its place."""

    card: SentCard
    settled: frozenset[str]
    message: Message


def what_cards_need(told_of: Mapping[str, Finding]) -> Callable[[Judged], bool]:
    """Return what tells whether a verdict is needed to say how the findings stand that cards tell of."""
    about = {(one.rule, one.person) for one in told_of.values()}

    def is_needed(judged: Judged) -> bool:
        if (judged.rule_id, judged.person) not in about:
            return False
        return judged.rule.scope not in DATED or judged.finding in told_of

    return is_needed


def corrections(
    known: Known, findings: Mapping[str, Finding], judged: Iterable[Judged]
) -> Iterator[CardUpdate]:
    """Yield the cards to change. ``findings`` are those of this pass, by id, resolved ones too; ``judged``
    every verdict on what the cards are about.
    """
    verdicts: dict[Subject, list[Judged]] = {}
    for one in judged:
        verdicts.setdefault((one.rule_id, one.person), []).append(one)
    desk = Desk(known.register, known.policy, known.language, known.today)
    for card in known.cards:
        told = _told(card, known, findings)
        if told is None:
            continue
        settled = frozenset(one.id for one in told if _is_settled(one, card, known, verdicts))
        if settled != card.settled:
            yield CardUpdate(card, settled, write(_letter(card, told, settled), desk))


def _told(card: SentCard, known: Known, findings: Mapping[str, Finding]) -> Sequence[Finding] | None:
    """Return what a card tells of; None where it cannot be said again: it was purged, is of a rule of an
    earlier version, or is about somebody who has left or changed team.
    """
    told = [findings.get(one.finding) or known.told_of.get(one.finding) for one in card.tells]
    whole = [one for one in told if one is not None and one.rule in all_rules() and _is_here(one, known)]
    return whole if len(whole) == len(card.tells) else None


def _is_here(finding: Finding, known: Known) -> bool:
    if finding.person is None:
        return finding.team in known.register.teams
    person = known.register.people.get(finding.person)
    return person is not None and person.team == finding.team


def _is_settled(
    finding: Finding, card: SentCard, known: Known, verdicts: Mapping[Subject, Sequence[Judged]]
) -> bool:
    """Whether a matter was put right, or is no longer the reader's. That its day has gone by, or that nobody
    looks at it any more, puts nothing right.
    """
    if finding.status is Status.OPEN:
        return finding.audience is Audience.LEADER and card.recipient == finding.person
    if finding.id in card.settled or finding.status is Status.EXCUSED:
        return True
    looked_at = verdicts.get((finding.rule, finding.person), ())
    return not has_gone_by(finding, known.today) and _is_put_right(finding, known, looked_at)


def _is_put_right(finding: Finding, known: Known, looked_at: Sequence[Judged]) -> bool:
    """Whether the rule has looked again and was content. Of a day that is no home day any more most rules
    have nothing to say, and that is as good.
    """
    if finding.scope not in DATED:
        return any(one.verdict.outcome in CONTENT for one in looked_at)
    if any(is_exceptional(known.register.organisation, day) for day in finding.dates):
        return False
    return any(
        one.finding == finding.id
        and one.verdict is not NOT_IN_FORCE
        and one.verdict.outcome in CONTENT | {Outcome.NOT_APPLICABLE}
        for one in looked_at
    )


def _letter(card: SentCard, findings: Sequence[Finding], settled: frozenset[str]) -> Letter:
    for_leader = {one.finding for one in card.tells if one.step is Step.ESCALATION}
    return Letter(
        card.recipient,
        own=tuple(one for one in findings if one.id not in for_leader),
        of_teams=tuple(one for one in findings if one.id in for_leader),
        settled=settled,
        rewritten=True,
    )
