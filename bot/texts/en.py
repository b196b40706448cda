"""What the bot says in English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.model import DocumentSource, LawSource, Source
from bot.parameters import Policy
from bot.texts.talk import Talk, capital, heading

Words = tuple[str, str, str]

GREETING = "Hi {name}"
TITLE_OF_SEVERAL = "A few things about your home days"
CLOSING = "Only you get this message. If we have misread your calendar, write to {contact} and we will put it right."
CLOSING_WITHOUT_CONTACT = (
    "Only you get this message. If we have misread your calendar, tell your leader and we will put it right."
)
BUTTON = "Open your calendar"

WEEKS = {"odd": " in odd weeks", "even": " in even weeks"}
EVERY = {
    0: "as a fixed series ({day})",
    1: "every {day}",
    2: "every second {day}",
    3: "every third {day}",
    4: "every fourth {day}",
}
NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}
REPLACEMENT = {
    "allowed": "You may take another home day in the same week.",
    "not_allowed": "In your team no other day is given instead.",
}
SIGNATURES = {("employee",): "your signature", ("leader",): "your leader's signature"}


def source(where: Source, policy: Policy, team: str) -> str:
    """Say where a rule comes from."""
    if isinstance(where, DocumentSource):
        return f"{policy.name}: {policy.title}, section “{heading(where.heading)}”"
    if isinstance(where, LawSource):
        return f"{where.law}, {where.reference}"
    return f"The fixed team days that {team} has agreed on"


def _team_day(talk: Talk) -> Words:
    if talk.several:
        return (
            f"{capital(talk.day())} are team days",
            f"Your calendar says home on days when everyone in {talk.team} meets at the workplace.",
            "Move the home days in Outlook. If you have a good reason to be home on those very days, settle it with your leader.",
        )
    return (
        f"{capital(talk.day())} is a team day",
        f"Your calendar says home on a day when everyone in {talk.team} meets at the workplace.",
        "Move the home day in Outlook. If you have a good reason to be home that very day, settle it with your leader.",
    )


def _weekday_not_agreed(talk: Talk) -> Words:
    if talk.fact("moved_to"):
        return _moved_away(talk)
    if talk.is_notice:
        what = "fine as single home days" if talk.several else "fine as a single home day"
        advice = f"That is {what} once you have talked about it. Otherwise move to one of your fixed days."
    else:
        what = "the days are" if talk.several else "the day is"
        advice = f"Ask your leader whether {what} all right, or move to one of your fixed days."
    return (
        f"{capital(talk.day())} {'are' if talk.several else 'is'} outside your agreement",
        f"Your agreement says {_placement(talk)}. You have marked {talk.day()} as a home day.",
        advice,
    )


def _moved_away(talk: Talk) -> Words:
    return (
        f"{capital(talk.day())} was swapped for another day",
        f"The home day was moved to {talk.short_date(talk.fact('moved_to'))}, and the old one is still in your calendar.",
        "Take the old day out of the calendar. If you want to be home on both, talk to your leader about it.",
    )


def _week_limit_agreed(talk: Talk) -> Words:
    week = int(talk.fact("week")[-2:])
    days, limit = talk.number(talk.fact("days")), talk.number(talk.fact("limit"))
    advice = (
        "If one of them is a single home day that you have talked about, all is well. Otherwise move one of them."
        if talk.is_notice
        else "Settle the extra day with your leader, or move one of them."
    )
    noun = "home day" if talk.fact("days") == 1 else "home days"
    return (
        f"{days} {noun} in week {week}",
        f"Your agreement is for {limit} {'home day' if limit == '1' else 'home days'} a week. The calendar shows {days}: {talk.dates(7)}.",
        advice,
    )


def _recurring_without_agreement(talk: Talk) -> Words:
    patterns = talk.all_of(dict.fromkeys(_pattern(talk, one) for one in talk.fact("patterns")))
    return (
        "Your home days have become regular. Do we lack an agreement?",
        f"The calendar shows you working at home {patterns}, for instance {talk.dates(3)}.",
        "Put it in writing with your leader, so that you both know what holds. If you have done so already, "
        "it only needs to be registered.",
    )


def _agreement_not_in_force(talk: Talk) -> Words:
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
    missing = SIGNATURES.get(tuple(talk.fact("unsigned_by")), "your signatures")
    return (
        f"Your home work agreement lacks {missing}",
        f"You already use the days of the agreement, for instance {talk.dates(3)}.",
        "Get it signed. If that is done already, only the date needs to be registered.",
    )


def _day_cancelled(talk: Talk) -> Words:
    reason = f" The reason given: {talk.fact('reason').rstrip('.')}." if talk.fact("reason") else ""
    replacement = REPLACEMENT.get(
        talk.fact("replacement_day"),
        "Ask your leader whether you can have another home day in the same week.",
    )
    return (
        f"You are needed at the workplace on {talk.day()}",
        f"Your leader has cancelled the home day, and it is still in your calendar.{reason}",
        f"Change the day in Outlook. {replacement}",
    )


def _placement(talk: Talk) -> str:
    days, every = talk.weekdays(talk.fact("weekdays")), talk.fact("every_weeks")
    if talk.fact("nth"):
        return f"the {NTH[talk.fact('nth')]} {days} of the month"
    if every:
        return EVERY.get(every, "{day} every {every} weeks").format(day=days, every=every)
    return days + WEEKS.get(talk.fact("weeks"), "")


def _pattern(talk: Talk, pattern: Mapping[str, Any]) -> str:
    days = talk.weekdays(pattern["weekdays"])
    if "nth" in pattern:
        return f"on the {NTH[pattern['nth']]} {days} of the month"
    return EVERY[pattern.get("every", 0)].format(day=days)


ITEMS: Mapping[str, Callable[[Talk], Words]] = {
    "agreement-not-in-force": _agreement_not_in_force,
    "day-cancelled": _day_cancelled,
    "recurring-without-agreement": _recurring_without_agreement,
    "team-day": _team_day,
    "week-limit-agreed": _week_limit_agreed,
    "weekday-not-agreed": _weekday_not_agreed,
}

# What a finding is called where it is only named.
TOPICS: Mapping[str, str] = {
    "agreement-not-in-force": "Home days outside the agreement's period",
    "day-cancelled": "A cancelled home day is still in the calendar",
    "recurring-without-agreement": "Regular home days without an agreement",
    "team-day": "Home day on a team day",
    "week-limit-agreed": "More home days than agreed",
    "weekday-not-agreed": "Home day outside the agreed days",
}
