"""What the bot says in English."""

from __future__ import annotations

from bot.model import DocumentSource, LawSource, Source
from bot.parameters import Policy
from bot.talk import heading

GREETING = "Hi {name}"
TITLE_OF_SEVERAL = "A few things about your home days"
CLOSING = "Only you get this message. If we have misread your calendar, write to {contact} and we will put it right."
CLOSING_WITHOUT_CONTACT = (
    "Only you get this message. If we have misread your calendar, tell your leader and we will put it right."
)
BUTTON = "Open your calendar"

REGISTERED = {
    "team_days": "The fixed team days that {team} has agreed on",
    "min_on_site": "The number on site that {team} has set for itself",
    "exceptions": "Registered for the single day",
    "agreement": "The individual agreement on working at home",
    "home_work": "Judged for all of {team}: the tasks are done at the workplace",
    "review_on": "The date recorded for looking at the agreement again",
    "values": "What {team} has chosen for itself",
}
OTHERWISE_REGISTERED = "What {team} has registered itself"


def source(where: Source, policy: Policy, team: str) -> str:
    """Say where a rule comes from."""
    if isinstance(where, DocumentSource):
        return f"{policy.name}: {policy.title}, section “{heading(where.heading)}”"
    if isinstance(where, LawSource):
        return where.citation
    field = where.registration.rpartition(": ")[2]
    return REGISTERED.get(field, OTHERWISE_REGISTERED).format(team=team)
