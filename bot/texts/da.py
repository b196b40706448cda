"""What the bot says in Danish."""

from __future__ import annotations

from bot.model import DocumentSource, LawSource, Source
from bot.parameters import Policy
from bot.talk import heading

GREETING = "Hej {name}"
TITLE_OF_SEVERAL = "Et par ting om dine hjemmedage"
CLOSING = (
    "Kun du får denne besked. Har vi læst din kalender forkert, så skriv til {contact}, så får vi det rettet."
)
CLOSING_WITHOUT_CONTACT = "Kun du får denne besked. Har vi læst din kalender forkert, så sig det til din leder, så får vi det rettet."
BUTTON = "Åbn din kalender"

REGISTERED = {
    "team_days": "Faste teamdage, som {team} selv har aftalt",
    "min_on_site": "Bemanding på arbejdspladsen, som {team} selv har sat",
    "exceptions": "Registreret om den enkelte dag",
    "agreement": "Den individuelle aftale om hjemmearbejde",
    "home_work": "Vurderet for hele {team}: opgaverne løses på arbejdspladsen",
    "review_on": "Den dato, der er noteret for at se på aftalen igen",
    "values": "Det, som {team} selv har valgt",
}
OTHERWISE_REGISTERED = "Det, som {team} selv har registreret"


def source(where: Source, policy: Policy, team: str) -> str:
    """Say where a rule comes from."""
    if isinstance(where, DocumentSource):
        return f"{policy.name}: {policy.title}, afsnittet »{heading(where.heading)}«"
    if isinstance(where, LawSource):
        return where.citation
    field = where.registration.rpartition(": ")[2]
    return REGISTERED.get(field, OTHERWISE_REGISTERED).format(team=team)
