"""The date set for looking at an agreement again has passed or comes within a fortnight.

Source: the review date registered with a local agreement or an individual one. The academics' guide,
"Evaluering og opfølgning", recommends that a local agreement say how it is evaluated and followed up; the other
four documents (Region Sjælland, Hjørring, Nyborg, Kriminalforsorgen) set no such date, so there the rule rests
on the organisation's own registration.

Reading: wider than the guide, which speaks of local agreements alone. The fortnight is our choice. A date that has
passed stays due until a new one is registered. Only agreements in force today count, and of people those whose
calendars were read. One finding for each agreement; silent while an exceptional period lasts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot.case import PersonCase, TeamCase
from bot.model import Audience, LocalAgreement, Outcome, Scope, Verdict
from bot.parameters import Terms
from bot.rules import TeamRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: TeamCase, terms: Terms) -> Sequence[Verdict]:
    if case.exceptional(case.today):
        return [Verdict(Outcome.NOT_APPLICABLE)]
    last_day_ahead = case.today + timedelta(days=terms.whole("days_ahead", case.window.end))
    judged = [*_of_team(case, last_day_ahead), *_of_members(case, last_day_ahead)]
    return judged or [Verdict(Outcome.NOT_APPLICABLE)]


def _of_team(case: TeamCase, last_day_ahead: date) -> Iterator[Verdict]:
    for one in case.team.local_agreements:
        if one.review_on is not None and one.period.holds_on(case.today):
            due = one.review_on <= last_day_ahead
            yield Verdict(
                Outcome.VIOLATED if due else Outcome.OK,
                dates=(one.review_on,) if due else (),
                facts=_facts(one.review_on, case.today)
                | {"reference": one.reference, "group": one.personnel_group},
                key=_key(one),
            )


def _of_members(case: TeamCase, last_day_ahead: date) -> Iterator[Verdict]:
    for member in case.members:
        review_on = _review_of(member)
        if review_on is not None:
            due = review_on <= last_day_ahead
            yield Verdict(
                Outcome.VIOLATED if due else Outcome.OK,
                dates=(review_on,) if due else (),
                facts=_facts(review_on, case.today),
                person=member.person.id,
            )


def _review_of(member: PersonCase) -> date | None:
    agreement = member.agreement_on(member.today)
    return agreement.review_on if agreement else None


def _key(agreement: LocalAgreement) -> str:
    """Return what tells the agreement from the team's others: reference, group and first day."""
    start = agreement.period.start
    parts = (agreement.reference, agreement.personnel_group, start.isoformat() if start else None)
    return "/".join(filter(None, parts))


def _facts(review_on: date, today: date) -> dict[str, object]:
    return {"review_on": review_on.isoformat(), "overdue": review_on < today}


def _da_leader(talk: Talk) -> Words:
    due = f"{'stod' if talk.fact('overdue') else 'står'} til opfølgning {talk.full_date(talk.fact('review_on'))}"
    if talk.finding.person is None:
        return (
            f"Lokalaftalen {due}",
            f"Det er den dato, {talk.team} har noteret{_named(talk, ' for »{}«')}.",
            "Se på den sammen med dem, der har indgået den, og notér en ny dato bagefter.",
        )
    return (
        f"{talk.first_name}: aftalen {due}",
        "Det er den dato, I har noteret til at se på aftalen igen.",
        "Tag en snak om, hvordan aftalen fungerer, og notér en ny dato bagefter.",
    )


def _en_leader(talk: Talk) -> Words:
    due = f"{'was' if talk.fact('overdue') else 'is'} due for review on {talk.full_date(talk.fact('review_on'))}"
    if talk.finding.person is None:
        return (
            f"The local agreement {due}",
            f"That is the date {talk.team} has recorded{_named(talk, ' for “{}”')}.",
            "Look at it with those who made it, and record a new date afterwards.",
        )
    return (
        f"{talk.first_name}: the agreement {due}",
        "That is the date you have recorded for looking at the agreement again.",
        "Have a talk about how the agreement is working, and record a new date afterwards.",
    )


def _named(talk: Talk, words: str) -> str:
    """Return which local agreement it is, as far as the register says."""
    reference, group = talk.fact("reference"), talk.fact("group")
    return (words.format(reference) if reference else "") + (f" ({group})" if group else "")


RULE = TeamRule(
    scope=Scope.REGISTER,
    audience=Audience.LEADER,
    values=frozenset({"days_ahead"}),
    wording={
        "da": Wording("En aftale står til opfølgning", to_leader=_da_leader),
        "en": Wording("An agreement is due for review", to_leader=_en_leader),
    },
    check=_check,
)
