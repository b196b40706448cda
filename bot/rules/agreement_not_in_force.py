"""An agreement's home days are used before it starts, after it ends, or while a signature is missing.

Source: Nyborg's form ends in date and signatures of employee and leader ("Dato og underskrift"), and
recurring home work needs a formal agreement ("RAMMER FOR HJEMMEARBEJDE"). The academics' guide, "Udarbejdelse af
lokalaftaler ved hjemmearbejde", and the Prison and Probation Service, "Fast tilbagevendende hjemmearbejde (fastlagt
mønster) forudsætter", ask for an individual agreement; Region Sjælland, "Hvem kan arbejde hjemme?", rests home work on
a concrete one. In Hjørring it is the organisation's own registration. Only Nyborg and the Prison and Probation Service
are read as asking for signatures.

Reading: a day is the agreement's when its weekdays and weeks allow it; where it names none, any home day
is. Dates on which another agreement is in force, or that an exception covers, are not counted. Looser
than the text: days before the first signature are left alone, for there was no agreement yet to use. A
day is held against the nearest agreement alone: the one that ended last, or else the first to come. Where
only the leader's signature is missing the leader is told, not the employee. Exceptional periods lift the
rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.agreements import allows, in_force
from bot.case import PersonCase, is_exceptional
from bot.model import Agreement, Audience, Outcome, Scope, Verdict
from bot.parameters import Terms
from bot.rules import PersonRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: PersonCase, terms: Terms) -> Sequence[Verdict]:
    if not case.agreements:
        return [Verdict(Outcome.NOT_APPLICABLE)]
    return [_judge(case, one, terms) for one in case.agreements]


def _judge(case: PersonCase, agreement: Agreement, terms: Terms) -> Verdict:
    needed = bool(terms.value("signatures_required", case.window.end))
    missing = _missing_signatures(agreement) if needed else []
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
            lifted = is_exceptional(case.organisation, day.date) or case.cancellation(day.date)
            if not lifted and not case.covering_exception(day.date) and not case.moved_away(day.date):
                yield day.date


def _outside(case: PersonCase, agreement: Agreement) -> Iterator[date]:
    """Yield the agreement's days on which no agreement is in force, where this one is the nearest."""
    first_signature = min(filter(None, _signatures(agreement)), default=date.min)
    for day in _used(case, agreement):
        too_early = _is_before(agreement, day) and day < first_signature
        if case.agreement_on(day) is None and _nearest(case, day) is agreement and not too_early:
            yield day


def _nearest(case: PersonCase, day: date) -> Agreement:
    """Return the agreement that ended last before the day, or else the first to start after it."""
    ended = [one for one in case.agreements if one.period.end is not None and one.period.end < day]
    if ended:
        return max(ended, key=lambda one: one.period.end or date.min)
    return min(case.agreements, key=lambda one: one.period.start or date.min)


def _signatures(agreement: Agreement) -> tuple[date | None, date | None]:
    return agreement.signed_by_employee_on, agreement.signed_by_leader_on


def _missing_signatures(agreement: Agreement) -> list[str]:
    names = ("employee", "leader")
    return [name for name, signed in zip(names, _signatures(agreement), strict=True) if signed is None]


def _is_before(agreement: Agreement, day: date) -> bool:
    return agreement.period.start is not None and day < agreement.period.start


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


DA_SIGNATURES = {("employee",): "din underskrift", ("leader",): "din leders underskrift"}
EN_SIGNATURES = {("employee",): "your signature", ("leader",): "your leader's signature"}


def _da(talk: Talk) -> Words:
    if talk.fact("ended"):
        return (
            f"Din aftale om hjemmearbejde {'udløb' if talk.fact('has_ended') else 'udløber'} {talk.short_date(talk.fact('ended'))}",
            f"Kalenderen viser hjemmedage efter den dato: {talk.dates(3)}.",
            "Tal med din leder om en ny aftale, eller tag dagene ud af kalenderen.",
        )
    if talk.fact("starts"):
        return (
            f"Din aftale om hjemmearbejde begynder {talk.short_date(talk.fact('starts'))}",
            f"Kalenderen viser hjemmedage før den dato: {talk.dates(3)}.",
            "Vent med de faste hjemmedage til da, eller aftal de tidlige dage med din leder.",
        )
    missing = DA_SIGNATURES.get(tuple(talk.fact("unsigned_by")), "jeres underskrifter")
    return (
        f"Din aftale om hjemmearbejde mangler {missing}",
        f"Du bruger allerede aftalens dage, blandt andet {talk.dates(3)}.",
        "Få den skrevet under. Er det allerede gjort, mangler datoen blot at blive registreret.",
    )


def _da_leader(talk: Talk) -> Words:
    if talk.fact("ended"):
        seen = f"Aftalen slutter {talk.short_date(talk.fact('ended'))}, og kalenderen viser hjemmedage derefter: {talk.dates(3)}."
        return f"{talk.first_name} har hjemmedage efter aftalens udløb", seen, "Tal om en ny aftale."
    if talk.fact("starts"):
        seen = f"Aftalen begynder {talk.short_date(talk.fact('starts'))}, og kalenderen viser hjemmedage før: {talk.dates(3)}."
        return (
            f"{talk.first_name} har hjemmedage før aftalens start",
            seen,
            "Aftal, hvad der gælder indtil da.",
        )
    theirs = talk.fact("unsigned_by") == ["leader"]
    return (
        f"{talk.first_name}s aftale mangler {'din underskrift' if theirs else 'en underskrift'}",
        f"Aftalens hjemmedage er i brug, blandt andet {talk.dates(3)}.",
        "Skriv den under, eller registrér datoen, hvis det er gjort.",
    )


def _en(talk: Talk) -> Words:
    if talk.fact("ended"):
        return (
            f"Your home work agreement {'ended' if talk.fact('has_ended') else 'ends'} on {talk.short_date(talk.fact('ended'))}",
            f"The calendar shows home days after that date: {talk.dates(3)}.",
            "Talk to your leader about a new agreement, or take the days out of the calendar.",
        )
    if talk.fact("starts"):
        return (
            f"Your home work agreement starts on {talk.short_date(talk.fact('starts'))}",
            f"The calendar shows home days before that date: {talk.dates(3)}.",
            "Let the fixed home days wait until then, or settle the early days with your leader.",
        )
    missing = EN_SIGNATURES.get(tuple(talk.fact("unsigned_by")), "your signatures")
    return (
        f"Your home work agreement lacks {missing}",
        f"You already use the days of the agreement, for instance {talk.dates(3)}.",
        "Get it signed. If that is done already, only the date needs to be registered.",
    )


def _en_leader(talk: Talk) -> Words:
    if talk.fact("ended"):
        seen = f"The agreement ends on {talk.short_date(talk.fact('ended'))}, and the calendar shows home days after it: {talk.dates(3)}."
        return f"{talk.first_name} has home days after the agreement's end", seen, "Talk about a new one."
    if talk.fact("starts"):
        seen = f"The agreement starts on {talk.short_date(talk.fact('starts'))}, and the calendar shows home days before it: {talk.dates(3)}."
        return (
            f"{talk.first_name} has home days before the agreement starts",
            seen,
            "Settle what holds until then.",
        )
    theirs = talk.fact("unsigned_by") == ["leader"]
    return (
        f"{talk.first_name}'s agreement lacks {'your signature' if theirs else 'a signature'}",
        f"Its home days are in use, for instance {talk.dates(3)}.",
        "Sign it, or register the date if that is done.",
    )


RULE = PersonRule(
    scope=Scope.REGISTER,
    audience=Audience.EMPLOYEE,
    values=frozenset({"signatures_required"}),
    wording={
        "da": Wording("Hjemmedage uden for aftalens periode", _da, _da_leader),
        "en": Wording("Home days outside the agreement's period", _en, _en_leader),
    },
    check=_check,
)
