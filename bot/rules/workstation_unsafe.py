"""A home day while the latest check says that the workstation at home isn't safe.

Source: Region Sjælland, "Arbejdsmiljø og krav til indretning af hjemmearbejdspladsen": where the work can't be done
safely and soundly at home, the leader holds to its being done at the workplace. Nyborg, "Arbejdsgivers pligt
ift. sikkerhed og sundhed": where the requirements can't be met, the leader can't say yes to home work.

Reading: we know what was recorded of the latest check and nothing else; without a result nothing is assumed. Days
before the check are left alone; where the check has no date, every day counts. A leader's yes to a single day does
not settle it: both documents bind the leader too.
"""

from __future__ import annotations

from bot.case import PersonCase
from bot.model import Audience, Day, Outcome, Verdict
from bot.parameters import Terms
from bot.rules import DayRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: PersonCase, day: Day, _terms: Terms) -> Verdict:
    checked = case.person.workstation_checked_on
    is_before = checked is not None and day.date < checked
    if not day.working or case.person.workstation_safe is not False or is_before:
        return Verdict(Outcome.NOT_APPLICABLE)
    if not day.at_home:
        return Verdict(Outcome.OK)
    return Verdict(
        Outcome.VIOLATED,
        dates=(day.date,),
        facts={"checked_on": checked.isoformat() if checked else None},
    )


def _da(talk: Talk) -> Words:
    days = "dagene" if talk.several else "dagen"
    return (
        "Din hjemmearbejdsplads er ikke helt klar endnu",
        f"Du har markeret hjemmearbejde {talk.day()}. Den seneste gennemgang{_of(talk)} viste, at det endnu ikke er sikkert og sundt at arbejde hjemme.",
        f"Læg {days} på arbejdspladsen, og tal med din leder om, hvad der mangler. Er det ordnet, mangler blot en ny gennemgang.",
    )


def _da_leader(talk: Talk) -> Words:
    several = talk.several
    return (
        f"{talk.first_name}: {'hjemmedage' if several else 'hjemmedag'}, før hjemmearbejdspladsen er klar",
        f"Kalenderen viser hjemmearbejde {talk.day()}. Ved den seneste gennemgang{_of(talk)} var hjemmearbejdspladsen ikke klar endnu.",
        f"Tal sammen om, hvad der mangler, og læg {'dagene' if several else 'dagen'} på arbejdspladsen, indtil den er klar. Er det ordnet, så registrér den nye gennemgang.",
    )


def _en(talk: Talk) -> Words:
    days = "days" if talk.several else "day"
    return (
        "Your workstation at home isn't quite ready yet",
        f"You have marked home working on {talk.day()}. The latest check{_of(talk)} showed that working at home isn't safe and healthy yet.",
        f"Spend the {days} at the workplace, and talk to your leader about what is missing. Once that is sorted out, only a new check is needed.",
    )


def _en_leader(talk: Talk) -> Words:
    several = talk.several
    return (
        f"{talk.first_name}: {'home days' if several else 'home day'} before the workstation is ready",
        f"The calendar shows home working on {talk.day()}. At the latest check{_of(talk)} the workstation at home was not ready yet.",
        f"Talk about what is missing, and place the {'days' if several else 'day'} at the workplace until it is ready. If it is sorted out, register the new check.",
    )


def _of(talk: Talk) -> str:
    """Say the date of the check, where there is one."""
    checked = talk.fact("checked_on")
    if not checked:
        return ""
    return f" {'on ' if talk.language == 'en' else ''}{talk.full_date(checked)}"


RULE = DayRule(
    audience=Audience.EMPLOYEE,
    says_several=True,
    wording={
        "da": Wording("Hjemmedag, før hjemmearbejdspladsen er klar", _da, _da_leader),
        "en": Wording("Home day before the workstation is ready", _en, _en_leader),
    },
    check=_check,
)
