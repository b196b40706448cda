"""A home day whose own marking shows its owner as out of office, all day.

Source: Region Sjælland, "Hvornår kan man arbejde hjemme?": those who work at home can be got hold of. Nyborg,
"Til ansatte: Råd til den gode hjemmearbejdsplads": be available in your calendar also when you are not there.

Reading: looser than the text. We see only how the marking itself shows, not who answers when; a part of the day
shown so is let be, and so is another entry beside the marking. The employee alone is told.
"""

from __future__ import annotations

from bot.case import PersonCase
from bot.model import Audience, Circumstance, Day, Outcome, Verdict
from bot.parameters import Terms
from bot.rules import DayRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(_case: PersonCase, day: Day, _terms: Terms) -> Verdict:
    if not day.at_home:
        return Verdict(Outcome.NOT_APPLICABLE)
    if Circumstance.SHOWN_AWAY not in day.circumstances:
        return Verdict(Outcome.OK)
    return Verdict(Outcome.VIOLATED, dates=(day.date,))


def _da(talk: Talk) -> Words:
    return (
        "Hjemmearbejde vist som »ikke til stede«",
        f"Hjemmearbejdet {talk.day()} vises som »ikke til stede«, så det ser ud, som om du har fri.",
        "Skift visningen til »arbejder et andet sted«, så kollegerne kan se, at de kan få fat i dig. Har du fri, så tag hjemmearbejdet ud.",
    )


def _en(talk: Talk) -> Words:
    return (
        "Home working shown as “out of office”",
        f"Your home working on {talk.day()} shows as “out of office”, so it looks as if you are off.",
        "Change it to “working elsewhere”, so colleagues can see that they can get hold of you. If you are off, take the home day out.",
    )


RULE = DayRule(
    audience=Audience.NOTICE,
    says_several=True,
    needs_entries=True,
    wording={
        "da": Wording("Hjemmedag vist som »ikke til stede«", _da),
        "en": Wording("Home day shown as “out of office”", _en),
    },
    check=_check,
)
