"""Home work, and no workplace assessment (APV) that covers it, or only one that is too old.

Source: Region Sjælland, "Arbejdsmiljø og krav til indretning af hjemmearbejdspladsen": the APV holds for the
workplace at home too. Hjørring, "Arbejdsmiljøgruppens rolle og opgave", and the academics' guide,
"Arbejdsmiljøloven ved hjemmearbejde": so it does where there is but little home work. How old it may be is the
law's, not the documents'; where the age alone is the matter, the law is what the finding cites.

Reading: looser than the documents: the team's APV is enough where it covers home work, else the person's own,
and the later of the two counts. Stricter: one home day in what was read is enough, past or to come. A date in
the future is a plan, and counts for nothing yet. The years are calendar years: exactly three are fine. The law
also asks for a new APV when the work changes; no date tells us that. Exceptional periods do not lift the rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.case import PersonCase
from bot.days import months_before
from bot.model import Audience, Outcome, Scope, Source, Verdict
from bot.parameters import OwnChoice, Terms
from bot.rules import PersonRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: PersonCase, terms: Terms) -> Sequence[Verdict]:
    if not case.home_days():
        return [Verdict(Outcome.NOT_APPLICABLE)]
    latest, years = _latest(case), terms.whole("years", case.window.end)
    if latest and latest >= months_before(case.today, 12 * years):
        return [Verdict(Outcome.OK)]
    return [
        Verdict(
            Outcome.VIOLATED,
            facts={"latest": latest.isoformat() if latest else None, "years": years},
            source=_source_of_years(terms, case.window.end) if latest else None,
        )
    ]


def _latest(case: PersonCase) -> date | None:
    """Return when home work was last assessed, by the team's APV or the person's own."""
    dates = (case.team.apv_covers_home_on, case.person.apv_completed_on)
    return max((day for day in dates if day and day <= case.today), default=None)


def _source_of_years(terms: Terms, on: date) -> Source | None:
    """Return where the number of years in force comes from; None where it is our own choice."""
    source = terms.source_of("years", on)
    return None if isinstance(source, OwnChoice) else source


LEADER_ADVICE = {
    "da": "Tal med arbejdsmiljøgruppen om en APV, der dækker hjemmearbejdet, eller registrér datoen, hvis den er lavet.",
    "en": "Talk to the working environment group about an APV that covers home working, or register the date if it has been made.",
}


def _da(talk: Talk) -> Words:
    if latest := talk.fact("latest"):
        return (
            f"Din APV for hjemmearbejde er over {talk.number(talk.fact('years'))} år gammel",
            f"Der står hjemmearbejde i din kalender, og den seneste arbejdspladsvurdering (APV) er fra {talk.full_date(latest)}.",
            "Spørg din leder, hvornår den bliver fornyet. Er det allerede sket, så bed blot om at få datoen registreret.",
        )
    return (
        "Der mangler en APV for dit hjemmearbejde",
        "Der står hjemmearbejde i din kalender, og ingen registreret arbejdspladsvurdering (APV) dækker det.",
        "Spørg din leder, hvordan hjemmearbejdet kommer med i en APV. Er det allerede sket, så bed blot om at få datoen registreret.",
    )


def _da_leader(talk: Talk) -> Words:
    if latest := talk.fact("latest"):
        return (
            f"{talk.first_name}: APV for hjemmearbejde er over {talk.number(talk.fact('years'))} år gammel",
            f"Kalenderen viser hjemmearbejde, og den seneste arbejdspladsvurdering (APV) er fra {talk.full_date(latest)}.",
            LEADER_ADVICE["da"],
        )
    return (
        f"{talk.first_name}: hjemmearbejde uden en APV",
        "Kalenderen viser hjemmearbejde, og ingen registreret arbejdspladsvurdering (APV) dækker det, hverken teamets eller medarbejderens egen.",
        LEADER_ADVICE["da"],
    )


def _en(talk: Talk) -> Words:
    if latest := talk.fact("latest"):
        return (
            f"Your APV for home working is over {talk.number(talk.fact('years'))} years old",
            f"Your calendar shows home working, and the latest workplace assessment (APV) is from {talk.full_date(latest)}.",
            "Ask your leader when it will be renewed. If it has been already, just ask for the date to be registered.",
        )
    return (
        "Your home working is not covered by an APV yet",
        "Your calendar shows home working, and no workplace assessment (APV) on record covers it.",
        "Ask your leader how your home working can be included in one. If it has been already, just ask for the date to be registered.",
    )


def _en_leader(talk: Talk) -> Words:
    if latest := talk.fact("latest"):
        return (
            f"{talk.first_name}: the APV for home working is over {talk.number(talk.fact('years'))} years old",
            f"The calendar shows home working, and the latest workplace assessment (APV) is from {talk.full_date(latest)}.",
            LEADER_ADVICE["en"],
        )
    return (
        f"{talk.first_name}: home working without an APV",
        "The calendar shows home working, and no workplace assessment (APV) on record covers it, neither the team's nor the employee's own.",
        LEADER_ADVICE["en"],
    )


RULE = PersonRule(
    scope=Scope.REGISTER,
    audience=Audience.EMPLOYEE_AND_LEADER,
    values=frozenset({"years"}),
    wording={
        "da": Wording("Hjemmearbejde uden en gældende APV", _da, _da_leader),
        "en": Wording("Home working without a current APV", _en, _en_leader),
    },
    check=_check,
)
