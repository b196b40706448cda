"""More than one home day a week: a word to the employee on a good place to work.

Source: Nyborg, "Til ansatte: Råd til den gode hjemmearbejdsplads": above one home day a week the working
environment and the postures at home deserve a thought too. Advice, so the employee alone hears of it.

Reading: the document says nothing of how the days are counted; the average over four whole weeks is our
choice, and exactly one day a week is left alone. It is taken at its word and said also where the workstation
was checked, but once a year at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.averages import average_home
from bot.case import PersonCase
from bot.model import Audience, Outcome, Scope, Verdict
from bot.parameters import Terms
from bot.rules import PersonRule
from bot.talk import Talk
from bot.wording import Wording, Words

ONCE_A_YEAR = timedelta(days=365)


def _check(case: PersonCase, terms: Terms) -> Sequence[Verdict]:
    on = case.window.end
    average, limit = average_home(case, terms.whole("weeks", on)), terms.number("days_per_week", on)
    if average is None:
        return [Verdict(Outcome.NOT_APPLICABLE)]
    if not average.exceeds(limit):
        return [Verdict(Outcome.OK)]
    return [Verdict(Outcome.VIOLATED, average.dates, {"average": average.rounded, "limit": limit})]


def _da(talk: Talk) -> Words:
    limit = talk.fact("limit")
    return (
        "Et godt sted at arbejde derhjemme",
        f"I de seneste uger har du i gennemsnit haft mere end {talk.number(limit)} {'hjemmedag' if limit <= 1 else 'hjemmedage'} om ugen.",
        "Så kan det betale sig at tænke over, hvordan du sidder, og om du kan have et fast sted med ro omkring dig.",
    )


def _en(talk: Talk) -> Words:
    limit = talk.fact("limit")
    return (
        "A good place to work at home",
        f"In the last weeks you have had more than {talk.number(limit)} {'home day' if limit == 1 else 'home days'} a week on average.",
        "So it may pay to think about how you sit, and whether you can have a fixed spot with some peace around you.",
    )


RULE = PersonRule(
    scope=Scope.PERIOD,
    audience=Audience.NOTICE,
    values=frozenset({"days_per_week", "weeks"}),
    again_after=ONCE_A_YEAR,
    wording={
        "da": Wording("Råd om hjemmearbejdspladsen", _da),
        "en": Wording("Advice on the workstation at home", _en),
    },
    check=_check,
)
