"""An agreement's home days are used before it starts, after it ends, or while a signature is missing.

Source: Nyborg's form ends in date and signatures of employee and leader ("Dato og underskrift"), and
recurring home work needs a formal agreement ("RAMMER FOR HJEMMEARBEJDE"). The academics' guide, "Udarbejdelse af
lokalaftaler ved hjemmearbejde", and the Prison and Probation Service, "Fast tilbagevendende hjemmearbejde (fastlagt
mønster) forudsætter", ask for an individual agreement; Region Sjælland, "Hvem kan arbejde hjemme?", rests home work on
a concrete one. In Hjørring it is the organisation's own registration. Only Nyborg and the Prison and Probation Service
are read as asking for signatures.

Reading: a day is the agreement's when its weekdays and weeks allow it; where it names none, any home day
is. Dates on which another agreement is in force, or that an exception covers, are not counted. Looser
than the text: days before the first signature are left alone, for there was no agreement yet to use, and so is an
agreement that ended more than a year ago. A signature dated in the future is missing. A
day is held against the nearest agreement alone: the one that ended last, or else the first to come. Where
only the leader's signature is missing the leader is told, not the employee. Exceptional periods lift the
rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot.agreements import allows, has_ended, in_force, missing_signatures
from bot.case import PersonCase
from bot.model import Agreement, Audience, Outcome, Scope, Verdict
from bot.parameters import Terms
from bot.rules import PersonRule
from bot.talk import Talk
from bot.wording import Wording, Words

LONG_AGO = timedelta(days=365)


def _check(case: PersonCase, terms: Terms) -> Sequence[Verdict]:
    if not case.agreements:
        return [Verdict(Outcome.NOT_APPLICABLE)]
    return [_judge(case, one, terms) for one in case.agreements]


def _judge(case: PersonCase, agreement: Agreement, terms: Terms) -> Verdict:
    needed = bool(terms.value("signatures_required", case.window.end))
    missing = missing_signatures(agreement, case.today) if needed else []
    unsigned = [day for day in _used(case, agreement) if missing and in_force(agreement, day)]
    outside = [*_outside(case, agreement)]
    before = [day for day in outside if _is_before(agreement, day)]
    after = [day for day in outside if not _is_before(agreement, day)]
    if not (unsigned or before or after):
        return Verdict(Outcome.OK)
    only_leader = missing == ["leader"] and not before and not after
    return Verdict(
        Outcome.VIOLATED,
        dates=tuple(sorted({*unsigned, *before, *after})),
        facts={
            "starts": _iso(agreement.period.start) if before else None,
            "ended": _iso(agreement.period.end) if after else None,
            "has_ended": bool(after) and not in_force(agreement, case.today),
            "unsigned_by": missing if unsigned else [],
        },
        audience=Audience.LEADER if only_leader else None,
        key=f"{agreement.period.start}..{agreement.period.end}",
    )


def _used(case: PersonCase, agreement: Agreement) -> Iterator[date]:
    """Yield the home days that are the agreement's by weekday and week, in or out of its period."""
    for day in case.home_days():
        if allows(agreement.placement, day.date):
            lifted = case.exceptional(day.date) or case.cancellation(day.date)
            if not lifted and not case.covering_exception(day.date) and not case.moved_away(day.date):
                yield day.date


def _outside(case: PersonCase, agreement: Agreement) -> Iterator[date]:
    """Yield the agreement's days on which no agreement is in force, where this one is the nearest."""
    if has_ended(agreement, case.today - LONG_AGO):
        return
    first_signature = min(filter(None, _signatures(agreement)), default=date.min)
    for day in _used(case, agreement):
        too_early = _is_before(agreement, day) and day < first_signature
        if case.agreement_on(day) is None and _nearest(case, day) is agreement and not too_early:
            yield day


def _nearest(case: PersonCase, day: date) -> Agreement:
    """Return the agreement that ended last before the day, or else the first to start after it."""
    ended = [one for one in case.agreements if has_ended(one, day)]
    if ended:
        return max(ended, key=lambda one: one.period.end or date.min)
    return min(case.agreements, key=lambda one: one.period.start or date.min)


def _signatures(agreement: Agreement) -> tuple[date | None, date | None]:
    return agreement.signed_by_employee_on, agreement.signed_by_leader_on


def _is_before(agreement: Agreement, day: date) -> bool:
    return agreement.period.start is not None and day < agreement.period.start


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


DA_SIGNATURES = {("employee",): "din underskrift", ("leader",): "din leders underskrift"}
EN_SIGNATURES = {("employee",): "your signature", ("leader",): "your leader's signature"}
DA_LEADER_SIGNATURES = {
    ("employee",): (
        "medarbejderens underskrift",
        "Tal sammen om at få den skrevet under, eller registrér datoen, hvis det er gjort.",
    ),
    ("leader",): ("din underskrift", "Skriv den under, eller registrér datoen, hvis det er gjort."),
}
DA_BOTH_SIGNATURES = (
    "jeres underskrifter",
    "Skriv den under sammen, eller registrér datoerne, hvis det er gjort.",
)
EN_LEADER_SIGNATURES = {
    ("employee",): (
        "the employee's signature",
        "Talk about getting it signed, or register the date if that is done.",
    ),
    ("leader",): ("your signature", "Sign it, or register the date if that is done."),
}
EN_BOTH_SIGNATURES = (
    "both your signatures",
    "Sign it together, or register the dates if that is done.",
)
MOST_DAYS = 3
SOME_OF_THEM = {"da": ", blandt andet ", "en": ", for instance on "}


def _da(talk: Talk) -> Words:
    if talk.fact("ended"):
        days = _after(talk)
        one = len(days) == 1
        return (
            f"Din aftale om hjemmearbejde {'udløb' if talk.fact('has_ended') else 'udløber'} {talk.short_date(talk.fact('ended'))}",
            f"Der står {'en hjemmedag' if one else 'hjemmedage'} i din kalender efter den dato{_listed(talk, days)}.",
            f"Tal med din leder om en ny aftale, eller tag {'dagen' if one else 'dagene'} ud af kalenderen. Har I allerede lavet en ny, så bed blot om at få den registreret.",
        )
    if talk.fact("starts"):
        days = _before(talk)
        return (
            f"Din aftale om hjemmearbejde begynder {talk.short_date(talk.fact('starts'))}",
            f"Der står {'en hjemmedag' if len(days) == 1 else 'hjemmedage'} i din kalender før den dato{_listed(talk, days)}.",
            "Aftal med din leder, hvad der gælder indtil da, eller vent med de faste hjemmedage.",
        )
    days, missing = talk.finding.dates, DA_SIGNATURES.get(tuple(talk.fact("unsigned_by")))
    return (
        f"Din aftale om hjemmearbejde mangler {missing or 'jeres underskrifter'}",
        f"Der står allerede {'en' if len(days) == 1 else 'nogle'} af aftalens dage i din kalender{_listed(talk, days)}.",
        "Få den skrevet under. Er det allerede gjort, så bed blot om at få datoen registreret.",
    )


def _da_leader(talk: Talk) -> Words:
    if talk.fact("ended"):
        days = _after(talk)
        home_days = "en hjemmedag" if len(days) == 1 else "hjemmedage"
        return (
            f"{talk.first_name}: {home_days} efter aftalens udløb",
            f"Aftalen {'udløb' if talk.fact('has_ended') else 'udløber'} {talk.short_date(talk.fact('ended'))}, og kalenderen viser {home_days} derefter{_listed(talk, days)}.",
            "Tal sammen om en ny aftale, eller registrér den, hvis I har lavet den.",
        )
    if talk.fact("starts"):
        days = _before(talk)
        home_days = "en hjemmedag" if len(days) == 1 else "hjemmedage"
        return (
            f"{talk.first_name}: {home_days}, før aftalen begynder",
            f"Aftalen begynder {talk.short_date(talk.fact('starts'))}, og kalenderen viser {home_days} før den dato{_listed(talk, days)}.",
            "Aftal, hvad der gælder indtil da.",
        )
    missing, advice = DA_LEADER_SIGNATURES.get(tuple(talk.fact("unsigned_by")), DA_BOTH_SIGNATURES)
    return (
        f"{talk.first_name}: aftalen mangler {missing}",
        f"Aftalens hjemmedage er allerede i brug{_listed(talk, talk.finding.dates)}.",
        advice,
    )


def _en(talk: Talk) -> Words:
    if talk.fact("ended"):
        days = _after(talk)
        one = len(days) == 1
        return (
            f"Your home working agreement {'ended' if talk.fact('has_ended') else 'ends'} on {talk.short_date(talk.fact('ended'))}",
            f"Your calendar shows {'a home day' if one else 'home days'} after that date{_listed(talk, days)}.",
            f"Talk to your leader about a new agreement, or take the {'day' if one else 'days'} out of the calendar. If you have already made a new one, just ask for it to be registered.",
        )
    if talk.fact("starts"):
        days = _before(talk)
        return (
            f"Your home working agreement starts on {talk.short_date(talk.fact('starts'))}",
            f"Your calendar shows {'a home day' if len(days) == 1 else 'home days'} before that date{_listed(talk, days)}.",
            "Settle with your leader what applies until then, or let the fixed home days wait.",
        )
    days, missing = talk.finding.dates, EN_SIGNATURES.get(tuple(talk.fact("unsigned_by")))
    return (
        f"Your home working agreement still needs {missing or 'both your signatures'}",
        f"Your calendar already shows {'one' if len(days) == 1 else 'some'} of the agreed days{_listed(talk, days)}.",
        "Get it signed. If that is already done, just ask for the date to be registered.",
    )


def _en_leader(talk: Talk) -> Words:
    if talk.fact("ended"):
        days = _after(talk)
        home_days = "a home day" if len(days) == 1 else "home days"
        return (
            f"{talk.first_name}: {home_days} after the agreement's end",
            f"The agreement {'ended' if talk.fact('has_ended') else 'ends'} on {talk.short_date(talk.fact('ended'))}, and the calendar shows {home_days} after it{_listed(talk, days)}.",
            "Talk about a new agreement, or register it if you have already made it.",
        )
    if talk.fact("starts"):
        days = _before(talk)
        home_days = "a home day" if len(days) == 1 else "home days"
        return (
            f"{talk.first_name}: {home_days} before the agreement starts",
            f"The agreement starts on {talk.short_date(talk.fact('starts'))}, and the calendar shows {home_days} before that{_listed(talk, days)}.",
            "Settle what applies until then.",
        )
    missing, advice = EN_LEADER_SIGNATURES.get(tuple(talk.fact("unsigned_by")), EN_BOTH_SIGNATURES)
    return (
        f"{talk.first_name}: the agreement still needs {missing}",
        f"Its home days are already in use{_listed(talk, talk.finding.dates)}.",
        advice,
    )


def _after(talk: Talk) -> Sequence[date]:
    return [day for day in talk.finding.dates if day.isoformat() > talk.fact("ended")]


def _before(talk: Talk) -> Sequence[date]:
    return [day for day in talk.finding.dates if day.isoformat() < talk.fact("starts")]


def _listed(talk: Talk, days: Sequence[date]) -> str:
    """Name the days, or the latest of them where there are many, as the end of a sentence."""
    link = SOME_OF_THEM[talk.language] if len(days) > MOST_DAYS else ": "
    return link + talk.all_of(talk.date(day) for day in days[-MOST_DAYS:])


RULE = PersonRule(
    scope=Scope.REGISTER,
    audience=Audience.EMPLOYEE,
    values=frozenset({"signatures_required"}),
    wording={
        "da": Wording("Hjemmedage uden en aftale, der gælder", _da, _da_leader),
        "en": Wording("Home days when the agreement is not in force", _en, _en_leader),
    },
    check=_check,
)
