"""Home work of some size, or an agreement on it, without the walk-through of the workstation that goes with it.

Source: Nyborg, "Arbejdsgivers pligt ift. sikkerhed og sundhed" and "Lokale rammer og dialog om hjemmearbejde"
(the walk-through first, then the agreement), and "Lederens APV-tjekliste" (more than two days a week on average
over about a month, or all of the working time). Hjørring, "Regler for hjemmearbejde": two days a week or more.
The academics' guide, "Arbejdsmiljøloven ved hjemmearbejde": one day a week or more. Today's law has a figure of
its own, with its own citation, and the words name it: "more than" so many days. The law until 29 April 2022
said "one day or more"; the windows of today no longer reach back to it.

Reading: stricter than Hjørring and the academics, who ask for a sound workstation, not for a check on record;
the date is how we see it. Looser than Nyborg: single home days up to the limit need none. All of the working time
means that every working day of the weeks looked at was at home from its beginning to its end, absence aside,
with working days in two of them at least. A check dated in the future is a plan, and counts for nothing yet.

Nyborg's order is taken at its word: an agreement in force, or still to come, whose last signature is older than
the latest check on record was signed too early, also where it was signed before the document came. The same day
is fine. The register holds the latest check alone, so a check that was repeated hides the first; the words say
what to do then. Exceptional periods do not lift the rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.agreements import has_ended
from bot.averages import TOLERANCE, Average, average_home
from bot.case import PersonCase
from bot.model import Agreement, Audience, Day, LawSource, Outcome, Scope, Verdict
from bot.parameters import Terms
from bot.rules import PersonRule
from bot.talk import Talk
from bot.wording import Wording, Words

AVERAGE, BEFORE_SIGNING, WHOLE_TIME = "average", "before-signing", "whole-time"
LATE, LAW = "late", "law"
WEEKS_OF_WHOLE_TIME = 2


def _check(case: PersonCase, terms: Terms) -> Sequence[Verdict]:
    average = average_home(case, terms.whole("weeks", case.window.end))
    reasons = list(_reasons(case, terms, average))
    if not reasons:
        return [Verdict(Outcome.OK)]
    counted = average.dates if average and reasons != [BEFORE_SIGNING] else ()
    return [Verdict(Outcome.VIOLATED, counted, _facts(case, terms, average) | {"reasons": reasons})]


def _reasons(case: PersonCase, terms: Terms, average: Average | None) -> Iterator[str]:
    on, checked = case.window.end, _checked_on(case)
    if checked is None and average and _is_enough(average, terms, on):
        yield AVERAGE
    if terms.value("before_signing", on) and _is_any_signed_too_early(case, checked):
        yield BEFORE_SIGNING
    if checked is None and terms.value("whole_working_time", on) and _is_all_at_home(case, terms):
        yield WHOLE_TIME


def _is_enough(average: Average, terms: Terms, on: date) -> bool:
    limit = terms.number("days_per_week", on)
    return average.reaches(limit) if terms.value("inclusive", on) else average.exceeds(limit)


def _checked_on(case: PersonCase) -> date | None:
    checked = case.person.workstation_checked_on
    return checked if checked and checked <= case.today else None


def _is_any_signed_too_early(case: PersonCase, checked: date | None) -> bool:
    return any(_is_signed_too_early(one, checked, case.today) for one in case.agreements)


def _is_signed_too_early(agreement: Agreement, checked: date | None, today: date) -> bool:
    employee, leader = agreement.signed_by_employee_on, agreement.signed_by_leader_on
    if has_ended(agreement, today) or not employee or not leader or max(employee, leader) > today:
        return False
    return checked is None or max(employee, leader) < checked


def _is_all_at_home(case: PersonCase, terms: Terms) -> bool:
    weeks = case.weeks_before(terms.whole("weeks", case.window.end))
    working = [[day for day in week if day.working] for week in weeks]
    enough = sum(bool(week) for week in working) >= WEEKS_OF_WHOLE_TIME
    return enough and all(_is_wholly_at_home(day) for week in working for day in week)


def _is_wholly_at_home(day: Day) -> bool:
    return day.at_home and day.home + day.absent >= 1 - TOLERANCE


def _facts(case: PersonCase, terms: Terms, average: Average | None) -> dict[str, object]:
    on, checked = case.window.end, _checked_on(case)
    return {
        "average": average.rounded if average else None,
        "limit": terms.number("days_per_week", on),
        "inclusive": terms.value("inclusive", on),
        "checked_on": checked.isoformat() if checked else None,
        "law_days_per_week": terms.number("law_days_per_week", on),
        "law": _law(terms, on),
    }


def _law(terms: Terms, on: date) -> str | None:
    """Return the act and the place in it that the law's figure in force comes from."""
    source = terms.source_of("law_days_per_week", on)
    return source.citation if isinstance(source, LawSource) else None


SEEN: Mapping[str, Mapping[str, str]] = {
    "da": {
        AVERAGE: "Kalenderen viser {average} om ugen i gennemsnit, og {bound} hører der en gennemgang af pladsen med.",
        BEFORE_SIGNING: "Aftalen om hjemmearbejde er skrevet under, og der er endnu ikke registreret en gennemgang af pladsen.",
        WHOLE_TIME: "I de seneste uger har al arbejdstid ligget hjemme, og så hører der en gennemgang af pladsen med.",
        LATE: "Aftalen om hjemmearbejde er skrevet under, før pladsen blev gennemgået {checked_on}.",
        LAW: "Loven stiller i dag krav til indretningen, når man arbejder hjemme mere end {law} om ugen.",
    },
    "en": {
        AVERAGE: "The calendar shows {average} a week on average, and a walk-through of the workstation goes with {bound}.",
        BEFORE_SIGNING: "The home working agreement is signed, and no walk-through of the workstation is on record yet.",
        WHOLE_TIME: "In the last weeks all of the working time was at home, and a walk-through of the workstation goes with that.",
        LATE: "The home working agreement was signed before the walk-through of the workstation on {checked_on}.",
        LAW: "Today's law sets requirements for the workstation when somebody works at home more than {law} a week.",
    },
}
HOME_DAYS: Mapping[str, tuple[str, str]] = {
    "da": ("hjemmedag", "hjemmedage"),
    "en": ("home day", "home days"),
}
DAYS: Mapping[str, tuple[str, str]] = {"da": ("dag", "dage"), "en": ("day", "days")}
BOUND: Mapping[str, Mapping[bool, str]] = {
    "da": {True: "ved {limit} eller flere", False: "ved mere end {limit}"},
    "en": {True: "{limit} or more", False: "more than {limit}"},
}


def _seen(talk: Talk) -> str:
    """Say each reason, and what today's law says beside it."""
    checked, limit = talk.fact("checked_on"), talk.number(talk.fact("limit"))
    reasons = [LATE] if checked else _reasons_to_say(talk.fact("reasons"))
    law = talk.fact("law_days_per_week")
    said = " ".join(SEEN[talk.language][one] for one in [*reasons, LAW])
    return said.format(
        average=_home_days(talk),
        bound=BOUND[talk.language][talk.fact("inclusive")].format(limit=limit),
        checked_on=talk.full_date(checked) if checked else "",
        law=f"{talk.number(law)} {DAYS[talk.language][law > 1]}",
    )


def _reasons_to_say(reasons: Sequence[str]) -> Sequence[str]:
    """Leave out that all was at home where the average has said why."""
    return [one for one in reasons if one != WHOLE_TIME or AVERAGE not in reasons]


def _home_days(talk: Talk) -> str:
    average = talk.fact("average") or 0
    several = average > 1 if talk.language == "da" else average != 1
    return f"{talk.number(average)} {HOME_DAYS[talk.language][several]}"


def _da(talk: Talk) -> Words:
    if BEFORE_SIGNING in talk.fact("reasons"):
        return (
            "Gennemgangen kom efter underskriften"
            if talk.fact("checked_on")
            else "Er din hjemmearbejdsplads gennemgået?",
            _seen(talk),
            "Gå pladsen igennem med din leder, hvis I ikke har gjort det, og skriv aftalen under igen. Har I gennemgået den før underskriften, så bed blot om at få den dato registreret.",
        )
    return (
        "Der mangler en gennemgang af din hjemmearbejdsplads",
        _seen(talk),
        "Gå den igennem med din leder: plads, bord, stol, skærm og lys. Er det gjort, så bed blot om at få datoen registreret.",
    )


def _da_leader(talk: Talk) -> Words:
    if BEFORE_SIGNING in talk.fact("reasons"):
        return (
            f"{talk.first_name}: gennemgangen kom efter underskriften"
            if talk.fact("checked_on")
            else f"{talk.first_name}: er hjemmearbejdspladsen gennemgået?",
            _seen(talk),
            "Gå kravene igennem sammen, hvis I ikke har gjort det, og skriv aftalen under igen. Har I gjort det før underskriften, så registrér blot den dato.",
        )
    return (
        f"{talk.first_name}: hjemmearbejdspladsen mangler en gennemgang",
        _seen(talk),
        "Gå kravene igennem sammen. Ingen behøver at besøge hjemmet. Er det gjort, så registrér blot datoen.",
    )


def _en(talk: Talk) -> Words:
    if BEFORE_SIGNING in talk.fact("reasons"):
        return (
            "The walk-through came after the signature"
            if talk.fact("checked_on")
            else "Has your workstation at home been gone through?",
            _seen(talk),
            "Go through the workstation with your leader if you haven't yet, and sign the agreement again. If you went through it before the signature, just ask for that date to be registered.",
        )
    return (
        "Your workstation at home needs a walk-through",
        _seen(talk),
        "Go through it with your leader: space, desk, chair, screen and light. If that is done, just ask for the date to be registered.",
    )


def _en_leader(talk: Talk) -> Words:
    if BEFORE_SIGNING in talk.fact("reasons"):
        return (
            f"{talk.first_name}: the walk-through came after the signature"
            if talk.fact("checked_on")
            else f"{talk.first_name}: has the workstation at home been gone through?",
            _seen(talk),
            "Go through the requirements together if you haven't yet, and sign the agreement again. If that came before the signature, just register its date.",
        )
    return (
        f"{talk.first_name}: the workstation at home needs a walk-through",
        _seen(talk),
        "Go through the requirements together. Nobody needs to visit the home. If that is done, just register the date.",
    )


RULE = PersonRule(
    scope=Scope.REGISTER,
    audience=Audience.EMPLOYEE_AND_LEADER,
    values=frozenset(
        {"days_per_week", "inclusive", "weeks", "before_signing", "whole_working_time", "law_days_per_week"}
    ),
    wording={
        "da": Wording("Gennemgang af hjemmearbejdspladsen", _da, _da_leader),
        "en": Wording("Walk-through of the workstation at home", _en, _en_leader),
    },
    check=_check,
)
