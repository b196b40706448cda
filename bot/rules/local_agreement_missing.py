"""Somebody works at home in a recurring pattern, and no local agreement for the personnel group is in force.

Source: the academics' guide, "Udarbejdelse af lokalaftaler ved hjemmearbejde": before anybody works at home in
a fixed pattern the workplace makes a local agreement with the union; a guideline from MED or SU is not one. The
Prison and Probation Service, "Fast tilbagevendende hjemmearbejde (fastlagt mønster) forudsætter", asks for one
too. Nyborg's form ("Individuel aftale om hjemmearbejde af tilbagevendende karakter") supplements one.

Reading: a pattern is one found in the calendar, or an individual agreement in force today, as soon as there is a
home day in what was read; single days ask for no agreement. Stricter than Nyborg's form, which takes a local
agreement for granted and does not demand it in so many words. Each personnel group needs an agreement of its own
or one for all; for a person without a group on record any local agreement of the team will do. One finding a
group, which is the leader's alone. Where a calendar could not be read and nobody else of the group is at home,
nothing is said. Exceptional periods lift the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.case import PersonCase, TeamCase
from bot.model import Audience, Outcome, Person, Scope, Verdict
from bot.parameters import Terms
from bot.rules import TeamRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: TeamCase, _terms: Terms) -> Sequence[Verdict]:
    if case.exceptional(case.today):
        return [Verdict(Outcome.NOT_APPLICABLE)]
    at_home = _by_group(one.person for one in case.members if _is_recurring(one))
    unread = _by_group(case.unread_people)
    groups = dict.fromkeys([*at_home, *unread])
    return [_judge(case, group, at_home.get(group, [])) for group in groups] or [Verdict(Outcome.OK)]


def _judge(case: TeamCase, group: str, people: Sequence[Person]) -> Verdict:
    if case.local_agreements(group or None):
        return Verdict(Outcome.OK, key=group)
    if not people:
        return Verdict(Outcome.UNKNOWN, key=group)
    return Verdict(
        Outcome.VIOLATED,
        facts={
            "group": people[0].personnel_group or "",
            "people": [one.id for one in people],
            "names": [one.name for one in people],
        },
        key=group,
    )


def _is_recurring(case: PersonCase) -> bool:
    return bool(case.patterns) or bool(case.agreement_on(case.today) and case.home_days())


def _by_group(people: Iterable[Person]) -> Mapping[str, list[Person]]:
    """Sort people by personnel group, however it is capitalised; the empty text: none on record."""
    groups: dict[str, list[Person]] = {}
    for one in people:
        groups.setdefault((one.personnel_group or "").casefold(), []).append(one)
    return groups


MOST_NAMES = 6


def _who(talk: Talk, others: str) -> str:
    """Name the people, or a few of them and how many more there are."""
    names = talk.fact("names")
    if len(names) <= MOST_NAMES:
        return talk.all_of(names)
    return talk.all_of([*names[: MOST_NAMES - 1], f"{talk.number(len(names) - MOST_NAMES + 1)} {others}"])


def _da_leader(talk: Talk) -> Words:
    group = talk.fact("group")
    return (
        f"Faste hjemmedage uden lokalaftale{f': {group}' if group else ''}",
        f"Kalenderne viser faste hjemmedage for {_who(talk, 'andre')}, og der er ikke registreret en lokalaftale, som gælder {f'for {group} ' if group else ''}i dag.",
        "Tag det op med tillidsrepræsentanten. Har I allerede en lokalaftale, så registrér den blot på teamet.",
    )


def _en_leader(talk: Talk) -> Words:
    group = talk.fact("group")
    return (
        f"Regular home days without a local agreement{f': {group}' if group else ''}",
        f"The calendars show regular home days for {_who(talk, 'others')}, and no local agreement that applies {f'to {group} ' if group else ''}today is on record.",
        "Take it up with the union representative. If you already have a local agreement, just register it for the team.",
    )


RULE = TeamRule(
    scope=Scope.REGISTER,
    audience=Audience.LEADER,
    wording={
        "da": Wording("Faste hjemmedage uden en lokalaftale", None, _da_leader),
        "en": Wording("Regular home days without a local agreement", None, _en_leader),
    },
    check=_check,
)
