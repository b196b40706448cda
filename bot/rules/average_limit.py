"""More fixed home days a week, on average, than the profile's maximum.

Source: Kriminalforsorgen, "Fast tilbagevendende hjemmearbejde (fastlagt mønster) forudsætter": no more than
two home days a week on average may be agreed on in a fixed pattern; single days stand beside them.

Reading: counted are home days that an agreement in force allows, a day that one was moved to or that was given
for a cancelled one, and days in a pattern; all others are single days, among them a day that was said yes to under
an agreement that places its days freely. Stricter: the text limits what is agreed,
and we look at what was held. Looser: exactly the maximum is fine. Eight whole weeks are our choice; weeks
without a working day, cancelled days and exceptional periods are left out, and the rule rests while one lasts.
Part time gives no other limit. A team may set a number of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.averages import average_home
from bot.case import PersonCase
from bot.model import Audience, Day, ExceptionKind, Outcome, Scope, Verdict
from bot.parameters import Terms
from bot.rules import PersonRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: PersonCase, terms: Terms) -> Sequence[Verdict]:
    weeks = terms.whole("weeks", case.window.end)
    limit = terms.number("days_per_week", case.window.end)
    average = average_home(case, weeks, lambda day: _is_fixed(case, day), case.exceptional)
    if case.exceptional(case.today) or average is None or not average.dates:
        return [Verdict(Outcome.NOT_APPLICABLE)]
    if not average.exceeds(limit):
        return [Verdict(Outcome.OK)]
    return [
        Verdict(
            Outcome.VIOLATED,
            dates=average.dates,
            facts={
                "average": average.rounded,
                "limit": limit,
                "weeks": weeks,
                "weeks_counted": average.weeks,
            },
        )
    ]


def _is_fixed(case: PersonCase, day: Day) -> bool:
    """Whether the home day belongs to an agreement or a pattern, and is no single one."""
    if case.in_pattern(day.date):
        return True
    covering, agreement = case.covering_exception(day.date), case.agreement_on(day.date)
    if covering is None or covering.kind is not ExceptionKind.APPROVED:
        return covering is not None or case.agreed(day.date)
    # A yes to the very day makes it a single one, unless the agreement names it by its weekday.
    return agreement is not None and not agreement.placement.free and case.agreed(day.date)


def _da(talk: Talk) -> Words:
    return (
        _da_average(talk),
        _da_seen(talk),
        "Tal med din leder om, hvordan I lægger de kommende hjemmedage. Det er gennemsnittet, der tæller, ikke den enkelte uge.",
    )


def _da_leader(talk: Talk) -> Words:
    return (
        f"{talk.first_name}: {_da_average(talk)}",
        _da_seen(talk),
        "Tal sammen om, hvordan I lægger de faste hjemmedage, så gennemsnittet passer.",
    )


def _da_average(talk: Talk) -> str:
    average = talk.fact("average")
    return f"{talk.number(average)} {'fast hjemmedag' if average <= 1 else 'faste hjemmedage'} om ugen i gennemsnit"


def _da_seen(talk: Talk) -> str:
    weeks, limit = talk.fact("weeks"), talk.number(talk.fact("limit"))
    return f"Sådan ser de seneste {weeks} uger ud i kalenderen. Rammen er højst {limit} om ugen. Enkeltstående hjemmedage er ikke talt med."


def _en(talk: Talk) -> Words:
    return (
        _en_average(talk),
        _en_seen(talk),
        "Talk to your leader about how to place the coming home days. It is the average that counts, not the single week.",
    )


def _en_leader(talk: Talk) -> Words:
    return (
        f"{talk.first_name}: {_en_average(talk)}",
        _en_seen(talk),
        "Talk about how to place the fixed home days so that the average fits.",
    )


def _en_average(talk: Talk) -> str:
    average = talk.fact("average")
    return f"{talk.number(average)} fixed {'home day' if average == 1 else 'home days'} a week on average"


def _en_seen(talk: Talk) -> str:
    weeks, limit = talk.fact("weeks"), talk.number(talk.fact("limit"))
    return f"That is what the last {weeks} weeks look like in the calendar. The limit is {limit} a week. Single home days are not counted."


RULE = PersonRule(
    scope=Scope.PERIOD,
    audience=Audience.EMPLOYEE,
    values=frozenset({"days_per_week", "weeks"}),
    wording={
        "da": Wording("Flere faste hjemmedage end rammen i gennemsnit", _da, _da_leader),
        "en": Wording("More fixed home days than the limit on average", _en, _en_leader),
    },
    check=_check,
)
