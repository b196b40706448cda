"""A home day on one of the team's fixed days.

Source: the team's own registration of its days. Nyborg ("RAMMER FOR HJEMMEARBEJDE", and the leader's
advice on fixed days at the office) and the academics' guide ("Tilgængelighed ved hjemmearbejde", on fixed
and flexible days) give the idea; neither sets the days itself.

Reading: a home day of any size counts, a morning too. Looser than the word "all": a date that leader and
employee have settled (approved, moved to, replacement) is excused.
"""

from __future__ import annotations

from bot.agreements import is_team_day
from bot.case import PersonCase
from bot.model import Audience, Day, Outcome, RegistrationSource, Verdict
from bot.parameters import Terms
from bot.rules import DayRule


def _check(case: PersonCase, day: Day, _terms: Terms) -> Verdict:
    if not day.working or not is_team_day(case.team, day.date):
        return Verdict(Outcome.NOT_APPLICABLE)
    if not day.at_home:
        return Verdict(Outcome.OK)
    return Verdict(
        Outcome.EXCUSED if case.covering_exception(day.date) else Outcome.VIOLATED,
        dates=(day.date,),
        facts={"team": case.team.name},
        source=RegistrationSource(f"team {case.team.id}: team_days"),
    )


RULE = DayRule(title="Home day on a team day", audience=Audience.EMPLOYEE, check=_check)
