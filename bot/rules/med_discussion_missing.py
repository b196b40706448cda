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
EN_MISSING = {MED: "the discussion in MED", FRAMES: "the local frames"}


def _da_leader(talk: Talk) -> Words:
    missing = talk.fact("missing")
    if talk.fact("late"):
        return (
            "Drøftelsen i MED kom efter de første hjemmedage",
            f"Den er noteret {_discussed_on(talk)}, og kalenderne viser {talk.number(talk.fact('days_per_week'))} hjemmedage om ugen eller mere allerede før.",
            "Er datoen ikke den rigtige, så ret den. Ellers går punktet væk af sig selv, når de uger ligger bag jer.",
        )
    names = talk.all_of(DA_MISSING[one] for one in missing)
    planned = f" Drøftelsen i MED er noteret til {_discussed_on(talk)}." if _is_planned(talk) else ""
    return (
        "Er hjemmearbejdet drøftet i MED?" if MED in missing else "Hvornår blev de lokale rammer lagt fast?",
        f"Kalenderne viser hjemmearbejde i {talk.team}, og der er endnu ikke registreret, hvornår {names} faldt på plads.{planned}",
        "Tag det op, hvor det hører til. Er det gjort, mangler datoen blot at blive registreret.",
    )


def _en_leader(talk: Talk) -> Words:
    missing = talk.fact("missing")
    if talk.fact("late"):
        return (
            "The discussion in MED came after the first home days",
            f"It is recorded for {_discussed_on(talk)}, and the calendars show {talk.number(talk.fact('days_per_week'))} home days a week or more before that.",
            "If the date is not the right one, correct it. Otherwise this goes away by itself once those weeks lie behind you.",
        )
    names = talk.all_of(EN_MISSING[one] for one in missing)
    planned = f" The discussion in MED is recorded for {_discussed_on(talk)}." if _is_planned(talk) else ""
    return (
        "Has home work been discussed in MED?"
        if MED in missing
        else "When were the local frames decided on?",
        f"The calendars show home work in {talk.team}, and the register does not yet say when {names} came about.{planned}",
        "Take it up where it belongs. If that is done, only the date needs to be registered.",
    )


def _is_planned(talk: Talk) -> bool:
    return MED in talk.fact("missing") and talk.fact("discussed_on") is not None


def _discussed_on(talk: Talk) -> str:
    iso = talk.fact("discussed_on")
    return f"{talk.short_date(iso)} {iso[:4]}"


RULE = TeamRule(
    scope=Scope.REGISTER,
    audience=Audience.LEADER,
    values=frozenset({"days_per_week", "weeks", "beforehand", "frames_required"}),
    wording={
        "da": Wording("Hjemmearbejde, der ikke er drøftet i MED", None, _da_leader),
        "en": Wording("Home work that has not been discussed in MED", None, _en_leader),
    },
    check=_check,
)
