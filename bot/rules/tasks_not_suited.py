"""A home day by somebody whose tasks the leader has judged unsuited to it, or in a team where home work can't be.

Source: Region Sjælland, "Hvem kan arbejde hjemme?": those whose tasks are suited can. Hjørring, "Arbejdsgiverens eller
medarbejderens ønske?": where it fits the work to be done. Nyborg, "RAMMER FOR HJEMMEARBEJDE": agreements start from
the core task. The Prison and Probation Service, "Fast tilbagevendende hjemmearbejde (fastlagt mønster) forudsætter":
the leader accounts for the judgement, and the employee may involve the representative, who may take it to HR.
A team where nobody can work at home has registered that itself, and is then what the finding cites.

Reading: we judge no tasks; only the leader's judgement on record counts. Looser: a day that leader and employee have
settled (approved, moved to, replacement) is excused. Stricter: the Prison and Probation Service speaks of recurring
home work, and single days count here as well. Where both the person's tasks and the team's are judged, the person's
judgement is the nearer one. Only where the document grants it are the reason and the way on shown.
"""

from __future__ import annotations

from bot.case import PersonCase
from bot.model import Audience, Day, Outcome, RegistrationSource, Verdict
from bot.parameters import Terms
from bot.rules import DayRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: PersonCase, day: Day, terms: Terms) -> Verdict:
    whole_team = case.person.tasks_suited
    if not day.working or (whole_team and case.team.home_work_possible):
        return Verdict(Outcome.NOT_APPLICABLE)
    if not day.at_home:
        return Verdict(Outcome.OK)
    return Verdict(
        Outcome.EXCUSED if case.covering_exception(day.date) else Outcome.VIOLATED,
        dates=(day.date,),
        facts=_facts(case, explain=bool(terms.value("explain", day.date))),
        source=RegistrationSource(f"team {case.team.id}: home_work") if whole_team else None,
    )


def _facts(case: PersonCase, *, explain: bool) -> dict[str, object]:
    facts: dict[str, object] = {"whole_team": case.person.tasks_suited, "explained": explain}
    if not explain:
        return facts
    return facts | {
        "reason": None if case.person.tasks_suited else case.person.tasks_reason,
        "representative": case.team.representative,
        "hr_contact": case.organisation.hr_contact,
    }


def _da(talk: Talk) -> Words:
    judged = (
        f"Det er registreret, at opgaverne i {talk.team} løses på arbejdspladsen."
        if talk.fact("whole_team")
        else "Din leder har vurderet, at dine opgaver ikke egner sig til hjemmearbejde."
    )
    days, them = ("dagene", "dem") if talk.several else ("dagen", "den")
    return (
        "Hjemmearbejde og dine opgaver",
        f"Der står hjemmearbejde i din kalender {talk.day()}. {judged}{_da_reason(talk)}",
        f"Læg {days} på arbejdspladsen, eller tal med din leder om {them}.{_da_way_on(talk)}",
    )


def _da_reason(talk: Talk) -> str:
    if not talk.fact("explained") or talk.fact("whole_team"):
        return ""
    reason = talk.fact("reason")
    return (
        f" Begrundelsen er: {reason.rstrip('.')}." if reason else " Begrundelsen er ikke registreret endnu."
    )


def _da_way_on(talk: Talk) -> str:
    if not talk.fact("explained"):
        return ""
    representative, hr = _address(talk, "representative"), _address(talk, "hr_contact")
    return f" Er du uenig, kan du inddrage din tillidsrepræsentant{representative}, som kan tage det op med HR{hr}, hvis det er sagligt og nødvendigt."


def _da_leader(talk: Talk) -> Words:
    judged = (
        f"opgaverne i {talk.team} løses på arbejdspladsen"
        if talk.fact("whole_team")
        else "opgaverne ikke egner sig til det"
    )
    days = "dagene" if talk.several else "dagen"
    return (
        f"{talk.first_name}: hjemmearbejde og opgaverne",
        f"Kalenderen viser hjemmearbejde {talk.day()}, og det er registreret, at {judged}.",
        f"Har I aftalt {days}, så registrér det. Har opgaverne ændret sig, så ret registreringen. Find ellers en anden løsning sammen.",
    )


def _en(talk: Talk) -> Words:
    judged = (
        f"It is on record that the tasks in {talk.team} are done at the workplace."
        if talk.fact("whole_team")
        else "Your leader has judged that your tasks are not suited to home working."
    )
    days, them = ("days", "them") if talk.several else ("day", "it")
    return (
        "Home working and your tasks",
        f"Your calendar shows home working on {talk.day()}. {judged}{_en_reason(talk)}",
        f"Spend the {days} at the workplace, or talk to your leader about {them}.{_en_way_on(talk)}",
    )


def _en_reason(talk: Talk) -> str:
    if not talk.fact("explained") or talk.fact("whole_team"):
        return ""
    reason = talk.fact("reason")
    return f" The reason given: {reason.rstrip('.')}." if reason else " The reason is not on record yet."


def _en_way_on(talk: Talk) -> str:
    if not talk.fact("explained"):
        return ""
    representative, hr = _address(talk, "representative"), _address(talk, "hr_contact")
    return f" If you disagree, you can involve your union representative{representative}, who can take it up with HR{hr} if there are objective grounds and it is necessary."


def _en_leader(talk: Talk) -> Words:
    judged = (
        f"the tasks in {talk.team} are done at the workplace"
        if talk.fact("whole_team")
        else "the tasks are not suited to it"
    )
    days = "days" if talk.several else "day"
    return (
        f"{talk.first_name}: home working and the tasks",
        f"The calendar shows home working on {talk.day()}, and it is on record that {judged}.",
        f"If you have agreed on the {days}, register it. If the tasks have changed, correct the register. Otherwise find another way together.",
    )


def _address(talk: Talk, name: str) -> str:
    """Return how to reach somebody, in brackets, where it is known."""
    return f" ({talk.fact(name)})" if talk.fact(name) else ""


RULE = DayRule(
    audience=Audience.EMPLOYEE,
    values=frozenset({"explain"}),
    says_several=True,
    wording={
        "da": Wording("Hjemmearbejde, hvor opgaverne ikke egner sig", _da, _da_leader),
        "en": Wording("Home working where the tasks are not suited", _en, _en_leader),
    },
    check=_check,
)
