"""An agreed fixed home day, today or to come, that the calendar says nothing of.

Source: Nyborg, "Til ansatte: Råd til den gode hjemmearbejdsplads": mark home days in the calendar. Off until a
team switches it on.

Reading: looser than the text. Only days that an agreement names by weekday; an unmarked day may just as well be
spent at the workplace, so the words ask for a marking only if one works at home. Nothing is said of a day that
was swapped away or cancelled, of absence, of work elsewhere, of a day marked as one at the workplace, of the
team's own days or of exceptional periods.
"""

from __future__ import annotations

from bot.agreements import is_team_day
from bot.case import PersonCase
from bot.model import Audience, Day, Kind, Outcome, Verdict
from bot.parameters import Terms
from bot.rules import DayRule
from bot.talk import Talk
from bot.wording import Wording, Words

MARKED = frozenset({Kind.HOME, Kind.TENTATIVE})


def _check(case: PersonCase, day: Day, terms: Terms) -> Verdict:
    expected = terms.value("on", day.date) and day.date >= case.today and _is_fixed_home_day(case, day)
    if not expected or not day.working or day.kind not in MARKED | {Kind.ON_SITE}:
        return Verdict(Outcome.NOT_APPLICABLE)
    # A day on site that rests on a mark was marked as one: "not at home today".
    if day.kind in MARKED or day.evidence:
        return Verdict(Outcome.OK)
    return Verdict(Outcome.VIOLATED, dates=(day.date,))


def _is_fixed_home_day(case: PersonCase, day: Day) -> bool:
    """Whether an agreement names the date by its weekday and nothing speaks against working at home then."""
    agreement = case.agreement_on(day.date)
    named = agreement is not None and not agreement.placement.free and case.agreed(day.date)
    return named and not is_team_day(case.team, day.date) and not case.exceptional(day.date)


def _da(talk: Talk) -> Words:
    if talk.several:
        return (
            "Aftalte hjemmedage uden markering",
            f"Ifølge din aftale har du hjemmedage {talk.day()}, og de står ikke i din kalender.",
            "Arbejder du hjemme de dage, så skriv det i Outlook. Er du på arbejdspladsen, behøver du ikke gøre noget.",
        )
    return (
        "En aftalt hjemmedag uden markering",
        f"Ifølge din aftale har du hjemmedag {talk.day()}, og den står ikke i din kalender.",
        "Arbejder du hjemme den dag, så skriv det i Outlook. Er du på arbejdspladsen, behøver du ikke gøre noget.",
    )


def _en(talk: Talk) -> Words:
    if talk.several:
        return (
            "Agreed home days that are not marked",
            f"Your agreement gives you home days on {talk.day()}, and they are not in your calendar.",
            "If you work from home on those days, mark them in Outlook. If you are at the workplace, there is nothing you need to do.",
        )
    return (
        "An agreed home day that is not marked",
        f"Your agreement gives you a home day on {talk.day()}, and it is not in your calendar.",
        "If you work from home that day, mark it in Outlook. If you are at the workplace, there is nothing you need to do.",
    )


RULE = DayRule(
    audience=Audience.NOTICE,
    says_several=True,
    values=frozenset({"on"}),
    wording={
        "da": Wording("Aftalt hjemmedag uden markering", _da),
        "en": Wording("Agreed home day without a marking", _en),
    },
    check=_check,
)
