"""What of a team's agreements and assessments is due in the weeks to come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bot.days import months_before
from bot.letter import TeamWeek
from bot.model import Agreement, Finding, LocalAgreement, Person
from bot.parameters import Policy, Terms

AHEAD = timedelta(weeks=8)


class DeadlineKind(StrEnum):
    """What is due on a date, in the order in which it is told."""

    TEAM_APV = "the team's APV grows old"
    APV = "an APV grows old"
    LOCAL_AGREEMENT_ENDS = "a local agreement ends"
    LOCAL_AGREEMENT_REVIEW = "a local agreement is due for review"
    AGREEMENT_ENDS = "an agreement ends"
    AGREEMENT_REVIEW = "an agreement is due for review"


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is due, and for whom: people by id. ``name`` is a local agreement's; ``years`` an APV's age."""

    day: date
    kind: DeadlineKind
    people: tuple[str, ...] = ()
    name: str = ""
    years: int = 0


def deadlines(week: TeamWeek, policy: Policy, today: date) -> list[Deadline]:
    """Return what is due within eight weeks, by date, as far as no finding speaks of it, or is to."""
    spoken_of = (*week.topics, *week.standing)
    found = [
        *_of_agreements(week, _written_to_until(policy.for_team(week.team), today), spoken_of, today),
        *_of_local_agreements(week, spoken_of, today),
        *_of_assessments(week, policy, _people_in(spoken_of, "apv-missing"), today),
    ]
    ahead = (one for one in found if today <= one.day <= today + AHEAD)
    in_order = [*DeadlineKind]
    return sorted(_together(ahead), key=lambda one: (one.day, in_order.index(one.kind), one.name))


def _written_to_until(policy: Policy, today: date) -> date:
    """Return up to which last day of an agreement its person is written to.

    Of those the leader hears as of any matter, after the person; ends further ahead are no finding.
    """
    terms = policy.terms.get("agreement-expiring")
    if terms is None or not terms.in_force(today):
        return date.min
    return today + timedelta(days=terms.whole("days_ahead", today))


def _people_in(findings: Iterable[Finding], rule: str) -> set[str | None]:
    return {one.person for one in findings if one.rule == rule}


def _reviews_in(findings: Iterable[Finding], person: str | None) -> set[tuple[object, object]]:
    """Return which reviews findings speak of already, as reference and date."""
    due = (one for one in findings if one.rule == "agreement-review-due" and one.person == person)
    return {(one.facts.get("reference"), one.facts.get("review_on")) for one in due}


def _of_agreements(
    week: TeamWeek, written_to_until: date, spoken_of: Collection[Finding], today: date
) -> Iterator[Deadline]:
    for one in week.agreements:
        end, review = one.period.end, one.review_on
        if not one.period.holds_on(today):
            continue
        if end and end > written_to_until and not _is_followed(one, week.agreements):
            yield Deadline(end, DeadlineKind.AGREEMENT_ENDS, (one.person,))
        if review and (None, review.isoformat()) not in _reviews_in(spoken_of, one.person):
            yield Deadline(review, DeadlineKind.AGREEMENT_REVIEW, (one.person,))


def _is_followed(agreement: Agreement, others: Iterable[Agreement]) -> bool:
    end = agreement.period.end
    starts = (one.period.start for one in others if one.person == agreement.person)
    return any(end is not None and start is not None and start > end for start in starts)


def _of_local_agreements(week: TeamWeek, spoken_of: Collection[Finding], today: date) -> Iterator[Deadline]:
    reviewed = _reviews_in(spoken_of, None)
    for one in week.team.local_agreements:
        end, review = one.period.end, one.review_on
        if not one.period.holds_on(today):
            continue
        if end and not _is_succeeded(one, week.team.local_agreements):
            yield Deadline(end, DeadlineKind.LOCAL_AGREEMENT_ENDS, name=one.reference)
        if review and (one.reference, review.isoformat()) not in reviewed:
            yield Deadline(review, DeadlineKind.LOCAL_AGREEMENT_REVIEW, name=one.reference)


def _is_succeeded(agreement: LocalAgreement, others: Iterable[LocalAgreement]) -> bool:
    end = agreement.period.end
    starts = (one.period.start for one in others if one.personnel_group == agreement.personnel_group)
    return any(end is not None and start is not None and start > end for start in starts)


def _of_assessments(
    week: TeamWeek, policy: Policy, missing: Collection[str | None], today: date
) -> Iterator[Deadline]:
    """Yield when the assessments of those who work at home get as old as they may."""
    terms = policy.for_team(week.team).terms.get("apv-missing")
    if terms is None or not terms.in_force(today):
        return
    for person in week.people:
        at_home = any(day.at_home for day in week.days.get(person.id, {}).values())
        if at_home and person.id not in missing:
            yield from _of_assessment(person, week, terms, today)


def _of_assessment(person: Person, week: TeamWeek, terms: Terms, today: date) -> Iterator[Deadline]:
    years, of_team = terms.whole("years", today), week.team.apv_covers_home_on
    done = [day for day in (of_team, person.apv_completed_on) if day and day <= today]
    if not done:
        return
    oldest = months_before(max(done), -12 * years)
    if max(done) == of_team:
        yield Deadline(oldest, DeadlineKind.TEAM_APV, years=years)
    else:
        yield Deadline(oldest, DeadlineKind.APV, (person.id,), years=years)


def _together(those: Iterable[Deadline]) -> Iterator[Deadline]:
    """Make one of what is due for several people on the same date."""
    people: dict[Deadline, list[str]] = {}
    for one in those:
        people.setdefault(replace(one, people=()), []).extend(one.people)
    for deadline, names in people.items():
        yield replace(deadline, people=tuple(names))
