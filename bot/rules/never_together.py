"""Over some weeks somebody has shared no day at the workplace with most of the team.

Source: Nyborg, "Fagligt og socialt miljø"; Hjørring, "Det faglige og det sociale miljø"; the academics' guide,
"Trivsel og samarbejdskultur"; Region Sjælland, "Hvornår kan man arbejde hjemme?"; the Prison and Probation
Service, "Skab en attraktiv arbejdsplads". All want contact between colleagues to last; none says how often.

Reading: a topic for the leader's talk and no demand; the weeks are ours. Two people have shared a day when both
had at least half of their working hours left for the workplace on the same date. It is said of those who were not
on leave for half of their work days or more, however few these are. The others are those with a working day in
the weeks, at least two of them; it takes more than half of these not to have been met.
Members whose calendars could not be read count as met. Those whose condition of employment is home work are
neither spoken of nor counted among the others, and days in exceptional periods are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.case import PersonCase, TeamCase
from bot.model import Audience, Outcome, Person, Scope, Verdict
from bot.parameters import Terms
from bot.rules import TeamRule
from bot.talk import Talk
from bot.team_view import is_on_site
from bot.wording import Wording, Words

FEWEST_OTHERS = 2


@dataclass(frozen=True, slots=True)
class _Seen:
    """One member's weeks: work days, those of them worked, and the dates on site."""

    person: str
    scheduled: int
    worked: int
    on_site: frozenset[date]

    @property
    def mostly_at_work(self) -> bool:
        return self.worked * 2 > self.scheduled


def _check(case: TeamCase, terms: Terms) -> Sequence[Verdict]:
    weeks = terms.whole("weeks", case.window.end)
    seen = [_see(one, weeks) for one in case.members if _comes_in(one.person)]
    unread = sum(map(_comes_in, case.unread_people))
    return [_judge(one, [other for other in seen if other is not one], unread, weeks) for one in seen]


def _comes_in(person: Person) -> bool:
    return not person.home_work_condition_of_employment


def _see(case: PersonCase, weeks: int) -> _Seen:
    days = [day for week in case.weeks_before(weeks) for day in week if not case.exceptional(day.date)]
    return _Seen(
        case.person.id,
        scheduled=sum(day.scheduled for day in days),
        worked=sum(day.working for day in days),
        on_site=frozenset(day.date for day in days if is_on_site(day)),
    )


def _judge(one: _Seen, colleagues: Iterable[_Seen], unread: int, weeks: int) -> Verdict:
    others = [other for other in colleagues if other.worked]
    if not one.mostly_at_work or len(others) + unread < FEWEST_OTHERS:
        return Verdict(Outcome.NOT_APPLICABLE, person=one.person)
    met = sum(not one.on_site.isdisjoint(other.on_site) for other in others)
    not_met, all_others = len(others) - met, len(others) + unread
    if not_met * 2 > all_others:
        facts = {"met": met, "others": len(others), "weeks": weeks}
        return Verdict(Outcome.VIOLATED, facts=facts, person=one.person)
    if (not_met + unread) * 2 > all_others:
        return Verdict(Outcome.UNKNOWN, person=one.person)
    return Verdict(Outcome.OK, person=one.person)


def _da_leader(talk: Talk) -> Words:
    met, others = talk.fact("met"), talk.number(talk.fact("others"))
    with_whom = f"haft fælles dage på arbejdspladsen med {talk.number(met)} af {others} kolleger"
    with_nobody = f"ikke haft fælles dage på arbejdspladsen med nogen af de {others} kolleger"
    return (
        f"{talk.first_name}: få fælles dage med kollegerne",
        f"I de seneste {talk.number(talk.fact('weeks'))} hele uger har {talk.first_name} {with_whom if met else with_nobody}.",
        "Måske et emne til jeres næste snak: Hvordan holder I kontakten, og ville en fast fælles dag hjælpe?",
    )


def _en_leader(talk: Talk) -> Words:
    met, others = talk.fact("met"), talk.number(talk.fact("others"))
    with_whom = f"shared days at the workplace with {talk.number(met)} of {others} colleagues"
    with_nobody = f"not shared a day at the workplace with any of the {others} colleagues"
    return (
        f"{talk.first_name}: few days together with colleagues",
        f"In the last {talk.number(talk.fact('weeks'))} whole weeks {talk.first_name} has {with_whom if met else with_nobody}.",
        "Perhaps a topic for your next talk: how do you keep in touch, and would a fixed day together help?",
    )


RULE = TeamRule(
    scope=Scope.PERIOD,
    audience=Audience.LEADER,
    values=frozenset({"weeks"}),
    wording={
        "da": Wording("Få fælles dage med kollegerne", None, _da_leader),
        "en": Wording("Few days together with colleagues", None, _en_leader),
    },
    check=_check,
)
