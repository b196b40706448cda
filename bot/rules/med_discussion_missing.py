"""The team works at home, and home work has not been discussed in MED, or the leader's frames have no date.

Source: Hjørring, "Arbejdsgiverens eller medarbejderens ønske?": systematic home work is first dealt with in the
relevant MED committee. How much that is, its "Regler for hjemmearbejde" say: two days a week or more. Nyborg,
"RAMMER FOR HJEMMEARBEJDE": the employees take part in discussions in the local MED, and management then decides
on the local frames.

Reading: Hjørring's two days are an average over four whole weeks for one person, and the discussion has to lie
no later than that person's first home day in those weeks; what came before them is not asked about, so a
discussion that came late is let be once the weeks lie behind it. Nyborg names no extent: any home day of
anybody, past or to come, is enough, and it is not asked which of the two dates came first. A date to come is a
plan and counts for nothing yet. Where a calendar could not be read and nobody else makes the discussion
necessary, nothing is said. Exceptional periods do not lift the rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.averages import average_home
from bot.case import PersonCase, TeamCase
from bot.model import Audience, Outcome, Scope, Verdict
from bot.parameters import Terms
from bot.rules import TeamRule
from bot.talk import Talk
from bot.wording import Wording, Words

MED, FRAMES = "med_discussed_on", "frames_decided_on"


def _check(case: TeamCase, terms: Terms) -> Sequence[Verdict]:
    first_days = {one.person.id: dates[0] for one in case.members if (dates := _home_dates(one, terms))}
    people = [person for person, first in first_days.items() if _missing(case, terms, first)]
    if people:
        missing = _missing(case, terms, min(first_days.values()))
        return [Verdict(Outcome.VIOLATED, facts=_facts(case, terms, missing, people))]
    if case.unread and _missing(case, terms, case.window.start):
        return [Verdict(Outcome.UNKNOWN)]
    return [Verdict(Outcome.OK)]


def _home_dates(case: PersonCase, terms: Terms) -> Sequence[date]:
    """Return the home days that make a discussion necessary, in order; none where there are too few."""
    end = case.window.end
    limit = terms.number("days_per_week", end)
    if not limit:
        return [day.date for day in case.home_days()]
    average = average_home(case, terms.whole("weeks", end))
    return average.dates if average and average.reaches(limit) else ()


def _missing(case: TeamCase, terms: Terms, first: date) -> list[str]:
    """Return the dates that are not on record, or too late for somebody whose first home day it is."""
    end, team = case.window.end, case.team
    latest = min(first, case.today) if terms.value("beforehand", end) else case.today
    missing = [] if team.med_discussed_on and team.med_discussed_on <= latest else [MED]
    if terms.value("frames_required", end) and not _has_come(team.frames_decided_on, case.today):
        missing.append(FRAMES)
    return missing


def _facts(
    case: TeamCase, terms: Terms, missing: Sequence[str], people: Sequence[str]
) -> Mapping[str, object]:
    discussed = case.team.med_discussed_on
    return {
        "missing": list(missing),
        "people": list(people),
        "discussed_on": discussed.isoformat() if discussed else None,
        "late": MED in missing and _has_come(discussed, case.today),
        "days_per_week": terms.number("days_per_week", case.window.end),
    }


def _has_come(day: date | None, today: date) -> bool:
    return day is not None and day <= today


DA_MISSING = {MED: "drøftelsen i MED", FRAMES: "de lokale rammer"}
EN_MISSING = {MED: "the discussion in MED", FRAMES: "the local framework"}
# By whether the discussion and whether the frames are missing.
DA_ADVICE = {
    (True, False): "Sæt det på dagsordenen i MED. Er det drøftet, så registrér blot datoen.",
    (False, True): "Få de lokale rammer lagt fast. Er det gjort, så registrér blot datoen.",
    (
        True,
        True,
    ): "Sæt det på dagsordenen i MED, og få derefter de lokale rammer lagt fast. Er det gjort, så registrér blot datoerne.",
}
EN_ADVICE = {
    (True, False): "Put it on the MED agenda. If it has been discussed, just register the date.",
    (False, True): "Have the local framework agreed. If that is done, just register the date.",
    (
        True,
        True,
    ): "Put it on the MED agenda, and then have the local framework agreed. If that is done, just register the dates.",
}


def _da_leader(talk: Talk) -> Words:
    missing = talk.fact("missing")
    if talk.fact("late"):
        days = talk.fact("days_per_week")
        return (
            "Drøftelsen i MED kom efter de første hjemmedage",
            f"Den er registreret {_discussed_on(talk)}, og kalenderne viser mindst {talk.number(days)} {'hjemmedag' if days <= 1 else 'hjemmedage'} om ugen allerede før den dato.",
            "Er datoen ikke den rigtige, så ret den. Ellers behøver I ikke gøre noget: Punktet går væk af sig selv, når de uger ligger bag jer.",
        )
    names = talk.all_of(DA_MISSING[one] for one in missing)
    if _is_planned(talk):
        frames = ", og de lokale rammer har endnu ingen dato" if FRAMES in missing else ""
        then = " Få derefter de lokale rammer lagt fast." if frames else ""
        return (
            "Hjemmearbejdet er endnu ikke drøftet i MED",
            f"Kalenderne viser hjemmearbejde i {talk.team}. Drøftelsen i MED er registreret til {_discussed_on(talk)}{frames}.",
            f"Hold drøftelsen som planlagt, eller ret datoen, hvis den allerede er holdt.{then}",
        )
    return (
        "Er hjemmearbejdet drøftet i MED?" if MED in missing else "Hvornår blev de lokale rammer lagt fast?",
        f"Kalenderne viser hjemmearbejde i {talk.team}, og der er endnu ikke registreret en dato for {names}.",
        DA_ADVICE[MED in missing, FRAMES in missing],
    )


def _en_leader(talk: Talk) -> Words:
    missing = talk.fact("missing")
    if talk.fact("late"):
        days = talk.fact("days_per_week")
        return (
            "The discussion in MED came after the first home days",
            f"It is on record for {_discussed_on(talk)}, and the calendars show at least {talk.number(days)} {'home day' if days == 1 else 'home days'} a week before that date.",
            "If the date is not the right one, correct it. Otherwise there is nothing you need to do: this goes away by itself once those weeks are behind you.",
        )
    names = talk.all_of(EN_MISSING[one] for one in missing)
    if _is_planned(talk):
        frames = ", and the local framework has no date yet" if FRAMES in missing else ""
        then = " After that, have the local framework agreed." if frames else ""
        return (
            "Home working has not been discussed in MED yet",
            f"The calendars show home working in {talk.team}. The discussion in MED is on record for {_discussed_on(talk)}{frames}.",
            f"Hold the discussion as planned, or correct the date if it has already taken place.{then}",
        )
    return (
        "Has home working been discussed in MED?"
        if MED in missing
        else "When was the local framework agreed?",
        f"The calendars show home working in {talk.team}, and no date for {names} is on record yet.",
        EN_ADVICE[MED in missing, FRAMES in missing],
    )


def _is_planned(talk: Talk) -> bool:
    return MED in talk.fact("missing") and talk.fact("discussed_on") is not None


def _discussed_on(talk: Talk) -> str:
    return talk.full_date(talk.fact("discussed_on"))


RULE = TeamRule(
    scope=Scope.REGISTER,
    audience=Audience.LEADER,
    values=frozenset({"days_per_week", "weeks", "beforehand", "frames_required"}),
    wording={
        "da": Wording("MED og rammerne for hjemmearbejdet", None, _da_leader),
        "en": Wording("MED and the framework for home working", None, _en_leader),
    },
    check=_check,
)
