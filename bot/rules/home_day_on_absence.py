"""Work at home marked in the very hours in which illness, the person's own or a child's, is marked as absence.

Source: Region Sjælland, "Hvornår kan man arbejde hjemme?": a home day takes the place neither of sick leave nor
of a child's first or second sick day. Nyborg, "Til lederen: Vigtige overvejelser og mulige faldgruber": one may
be ill without working at home; and "Inspirationsspørgsmål til drøftelser i teamet / afdelingen": whether a
child's sick day goes with home work is for the team to say.

Reading: looser than the text, for it is only asked whether the calendar says both of the same hours; "a cold,
working at home" is no absence. Which of the child's sick days it is we do not count; only one that is called
the third or a later one is let be. Nothing is said of a child's sick day in Nyborg unless the team has said
that it does not go with home work.

This is health data. The words do not say whose illness it is, no fact is kept, and every other outcome is one
and the same, so that a silent verdict gives nothing away either.
"""

from __future__ import annotations

from bot.case import PersonCase
from bot.model import Audience, Circumstance, Day, Outcome, Permission, Verdict
from bot.parameters import Terms
from bot.rules import DayRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: PersonCase, day: Day, terms: Terms) -> Verdict:
    own = Circumstance.DURING_ILLNESS in day.circumstances and terms.value("own_illness", day.date)
    child = Circumstance.DURING_CHILD_ILLNESS in day.circumstances and _speaks_of_children(case, day, terms)
    if not day.scheduled or not (own or child):
        return Verdict(Outcome.NOT_APPLICABLE)
    return Verdict(Outcome.VIOLATED, dates=(day.date,))


def _speaks_of_children(case: PersonCase, day: Day, terms: Terms) -> bool:
    by_team = terms.value("child_by_team", day.date)
    return not by_team or case.team.child_sick_day is Permission.NOT_ALLOWED


def _da(talk: Talk) -> Words:
    return (
        "Både fravær og hjemmearbejde i kalenderen",
        f"Der står begge dele i din kalender i de samme timer {talk.day()}.",
        "Er du ikke på arbejde, så lad fraværet stå, og tag hjemmearbejdet ud. Du behøver ikke arbejde, når du har fravær. Arbejder du, så ret fraværet. Ingen andre får det at vide.",
    )


def _en(talk: Talk) -> Words:
    return (
        "Both absence and home working in the calendar",
        f"Your calendar has both for the same hours on {talk.day()}.",
        "If you are not at work, leave the absence and take the home day out. You don't have to work while you are absent. If you are working, adjust the absence. Nobody else is told.",
    )


RULE = DayRule(
    audience=Audience.NOTICE,
    says_several=True,
    values=frozenset({"own_illness", "child_by_team"}),
    needs_entries=True,
    wording={
        "da": Wording("Både fravær og hjemmearbejde", _da),
        "en": Wording("Both absence and home working", _en),
    },
    check=_check,
)
