"""The team works at home, and its latest discussion of home work lies too far back, or there is none on record.

Source: Nyborg, "Inspirationsspørgsmål til drøftelser i teamet / afdelingen": the frames are to be discussed
continually, for wishes and needs change. The Prison and Probation Service, "Fast tilbagevendende hjemmearbejde
(fastlagt mønster) forudsætter": discussions in the single centres and areas, with adjustments, as one goes along.

Reading: neither document gives an interval; a year is ours, and the team may set its own. The team's own
discussion and the one in MED both count, the later decides, and exactly so many calendar months are fine; where
the month is too short, its last day stands for the date. A date to come is a plan and counts for nothing yet.
One home day of anybody, past or to come, is enough. Where nothing was ever discussed, ``med-discussion-missing``
may speak as well: it asks for something else. Exceptional periods do not lift the rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.case import TeamCase
from bot.days import months_before
from bot.model import Audience, Outcome, Scope, Verdict
from bot.parameters import Terms
from bot.rules import TeamRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: TeamCase, terms: Terms) -> Sequence[Verdict]:
    latest, months = _latest(case), terms.whole("months", case.window.end)
    if latest and latest >= months_before(case.today, months):
        return [Verdict(Outcome.OK)]
    if not any(one.home_days() for one in case.members):
        return [Verdict(Outcome.UNKNOWN if case.unread else Outcome.NOT_APPLICABLE)]
    return [
        Verdict(Outcome.VIOLATED, facts={"latest": latest.isoformat() if latest else None, "months": months})
    ]


def _latest(case: TeamCase) -> date | None:
    """Return when home work was last discussed, in the team or in MED."""
    dates = (case.team.discussed_on, case.team.med_discussed_on)
    return max((day for day in dates if day and day <= case.today), default=None)


def _da_leader(talk: Talk) -> Words:
    months, advice = (
        talk.fact("months"),
        "Sæt det på dagsordenen til et teammøde. Er det gjort, så registrér blot datoen.",
    )
    if latest := talk.fact("latest"):
        return (
            "Det er ved at være tid til at tale om hjemmearbejdet igen",
            f"I {talk.team} blev hjemmearbejdet sidst drøftet {talk.full_date(latest)}, altså for mere end {months} {'måned' if months == 1 else 'måneder'} siden.",
            advice,
        )
    return (
        "Har I talt sammen om hjemmearbejdet i teamet?",
        f"Kalenderne viser hjemmearbejde i {talk.team}, og der er endnu ikke registreret en drøftelse af det.",
        advice,
    )


def _en_leader(talk: Talk) -> Words:
    months, advice = (
        talk.fact("months"),
        "Put it on the agenda for a team meeting. If that is done, just register the date.",
    )
    if latest := talk.fact("latest"):
        return (
            "It is about time to talk about home working again",
            f"{talk.team} last discussed home working on {talk.full_date(latest)}, more than {months} {'month' if months == 1 else 'months'} ago.",
            advice,
        )
    return (
        "Have you talked about home working in the team?",
        f"The calendars show home working in {talk.team}, and no discussion of it is on record yet.",
        advice,
    )


RULE = TeamRule(
    scope=Scope.REGISTER,
    audience=Audience.LEADER,
    values=frozenset({"months"}),
    wording={
        "da": Wording("Tid til at drøfte hjemmearbejdet", None, _da_leader),
        "en": Wording("Time to discuss home working", None, _en_leader),
    },
    check=_check,
)
