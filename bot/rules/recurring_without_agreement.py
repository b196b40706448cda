"""Home work in a recurring pattern, and no individual agreement that covers it.

Source: Nyborg, "RAMMER FOR HJEMMEARBEJDE": a formal agreement is to be made where home work recurs. The
academics' guide, "Udarbejdelse af lokalaftaler ved hjemmearbejde", and the Prison and Probation Service, "Fast
tilbagevendende hjemmearbejde (fastlagt mønster) forudsætter", ask for the same; regularity decides, not the number
of days. Region Sjælland, "Hvornår kan man arbejde hjemme?", and Hjørring, "Arbejdsgiverens eller medarbejderens
ønske?", want home work agreed on, and nothing in writing.

Reading: a pattern is what ``bot.patterns`` finds, so a habit is judged like an entered series. It is
covered when the agreement in force today allows all of its days, or when each day was allowed on its own
date by the agreement of that time or by an exception. Where the profile requires signatures, an agreement that
the employee has not signed covers nothing; it is found by ``agreement-not-in-force`` as well and told once. One
that only the leader has not signed covers, for of that the leader is told and not the employee. Exceptional
periods lift the rule. Somebody employed on the condition of working at home needs an agreement on the terms of
it like everybody else; the words say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.agreements import allows, missing_signatures
from bot.case import PersonCase
from bot.model import Agreement, Audience, Outcome, Scope, Verdict, Weekday
from bot.parameters import Terms
from bot.patterns import Pattern
from bot.rhythm import rhythms
from bot.rules import PersonRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: PersonCase, terms: Terms) -> Sequence[Verdict]:
    if case.exceptional(case.today) or not case.patterns:
        return [Verdict(Outcome.NOT_APPLICABLE)]
    signed = bool(terms.value("signatures_required", case.window.end))
    uncovered = [pattern for pattern in case.patterns if not _is_covered(case, pattern, signed=signed)]
    if not uncovered:
        return [Verdict(Outcome.OK)]
    return [
        Verdict(
            Outcome.VIOLATED,
            dates=tuple(sorted({day for pattern in uncovered for day in pattern.dates})),
            facts={
                "patterns": [_describe(pattern) for pattern in uncovered],
                "in_writing": signed,
                "condition_of_employment": case.person.home_work_condition_of_employment,
            },
        )
    ]


def _is_covered(case: PersonCase, pattern: Pattern, *, signed: bool) -> bool:
    """Whether agreements cover the pattern; ``signed``: only those that the employee has signed do."""
    today = case.agreement_on(case.today)
    if (
        today
        and _counts(today, case.today, signed=signed)
        and all(allows(today.placement, day) for day in pattern.dates)
    ):
        return True
    return all(_is_agreed(case, day, signed=signed) or case.covering_exception(day) for day in pattern.dates)


def _is_agreed(case: PersonCase, day: date, *, signed: bool) -> bool:
    agreement = case.agreement_on(day)
    return agreement is not None and _counts(agreement, case.today, signed=signed) and case.agreed(day)


def _counts(agreement: Agreement, today: date, *, signed: bool) -> bool:
    return not signed or "employee" not in missing_signatures(agreement, today)


def _describe(pattern: Pattern) -> dict[str, object]:
    weekdays = [Weekday(number).name.lower() for number in sorted({day.weekday() for day in pattern.dates})]
    facts = {"kind": pattern.kind.value, "weekdays": weekdays, "every": pattern.every, "nth": pattern.nth}
    return {name: value for name, value in facts.items() if value is not None}


def _written(talk: Talk) -> str:
    """Return the Danish word for an agreement in writing, where the profile asks for signatures."""
    return "skriftlig " if talk.fact("in_writing") else ""


def _da(talk: Talk) -> Words:
    if talk.fact("condition_of_employment"):
        return (
            "Mangler vi en aftale om dine hjemmedage?",
            f"Hjemmearbejde er et vilkår i din ansættelse, og det står i din kalender {rhythms(talk)}. Aftalen om rammerne er ikke registreret endnu.",
            f"Lav en {_written(talk)}aftale med din leder om dage, tilgængelighed og udstyr. Har I allerede en, så bed blot om at få den registreret.",
        )
    return (
        "Dine hjemmedage er blevet faste. Mangler vi en aftale?",
        f"Der står hjemmearbejde i din kalender {rhythms(talk)}, blandt andet {talk.dates(3)}.",
        f"Lav en {_written(talk)}aftale med din leder, så I begge ved, hvad der gælder. Har I allerede en, så bed blot om at få den registreret.",
    )


def _da_leader(talk: Talk) -> Words:
    return (
        f"{talk.first_name}: faste hjemmedage og endnu ingen aftale",
        f"Kalenderen viser hjemmearbejde {rhythms(talk)}, og der er ikke registreret en aftale, der dækker det.",
        f"Lav en {_written(talk)}aftale sammen, eller registrér den, I har.",
    )


def _an_agreement(talk: Talk) -> str:
    return "a written agreement" if talk.fact("in_writing") else "an agreement"


def _en(talk: Talk) -> Words:
    if talk.fact("condition_of_employment"):
        return (
            "Is an agreement on your home days missing?",
            f"Home working is a term of your employment, and the calendar shows it {rhythms(talk)}. The agreement on the terms is not on record yet.",
            f"Make {_an_agreement(talk)} with your leader on days, availability and equipment. If you already have one, just ask for it to be registered.",
        )
    return (
        "Your home days have become regular. Is an agreement missing?",
        f"Your calendar shows home working {rhythms(talk)}, for instance {talk.dates(3)}.",
        f"Make {_an_agreement(talk)} with your leader, so that you both know what applies. If you already have one, just ask for it to be registered.",
    )


def _en_leader(talk: Talk) -> Words:
    return (
        f"{talk.first_name}: regular home days and no agreement yet",
        f"The calendar shows home working {rhythms(talk)}, and no agreement that covers it is on record.",
        f"Make {_an_agreement(talk)} together, or register the one you have.",
    )


RULE = PersonRule(
    scope=Scope.PERIOD,
    audience=Audience.EMPLOYEE,
    values=frozenset({"signatures_required"}),
    wording={
        "da": Wording("Faste hjemmedage uden en aftale", _da, _da_leader),
        "en": Wording("Regular home days without an agreement", _en, _en_leader),
    },
    check=_check,
)
