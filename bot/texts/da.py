"""What the bot says in Danish."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.model import DocumentSource, LawSource, Source
from bot.parameters import Policy
from bot.texts.talk import Talk, capital, heading

Words = tuple[str, str, str]

GREETING = "Hej {name}"
TITLE_OF_SEVERAL = "Et par ting om dine hjemmedage"
CLOSING = (
    "Kun du får denne besked. Har vi læst din kalender forkert, så skriv til {contact}, så får vi det rettet."
)
CLOSING_WITHOUT_CONTACT = "Kun du får denne besked. Har vi læst din kalender forkert, så sig det til din leder, så får vi det rettet."
BUTTON = "Åbn din kalender"

WEEKS = {"odd": " i ulige uger", "even": " i lige uger"}
EVERY = {
    0: "som en fast serie ({day})",
    1: "hver {day}",
    2: "hver anden {day}",
    3: "hver tredje {day}",
    4: "hver fjerde {day}",
}
NTH = {1: "første", 2: "anden", 3: "tredje", 4: "fjerde", 5: "femte"}
REPLACEMENT = {
    "allowed": "Du kan lægge hjemmedagen på en anden dag i samme uge.",
    "not_allowed": "I dit team gives der ikke en anden dag i stedet.",
}
SIGNATURES = {("employee",): "din underskrift", ("leader",): "din leders underskrift"}


def source(where: Source, policy: Policy, team: str) -> str:
    """Say where a rule comes from."""
    if isinstance(where, DocumentSource):
        return f"{policy.name}: {policy.title}, afsnittet »{heading(where.heading)}«"
    if isinstance(where, LawSource):
        return f"{where.law}, {where.reference}"
    return f"Faste teamdage, som {team} selv har aftalt"


def _team_day(talk: Talk) -> Words:
    if talk.several:
        return (
            f"{capital(talk.day())} er teamdage",
            f"Der står hjemmearbejde i din kalender på dage, hvor alle i {talk.team} mødes på arbejdspladsen.",
            "Flyt hjemmedagene i Outlook. Er der en god grund til at være hjemme netop de dage, så aftal det med din leder.",
        )
    return (
        f"{capital(talk.day())} er teamdag",
        f"Der står hjemmearbejde i din kalender den dag, hvor alle i {talk.team} mødes på arbejdspladsen.",
        "Flyt hjemmedagen i Outlook. Er der en god grund til at være hjemme netop den dag, så aftal det med din leder.",
    )


def _weekday_not_agreed(talk: Talk) -> Words:
    if talk.fact("moved_to"):
        return _moved_away(talk)
    if talk.is_notice:
        what = "enkelte hjemmedage" if talk.several else "en enkelt hjemmedag"
        advice = (
            f"Det er helt i orden som {what}, når I har talt om det. Ellers flyt til en af dine faste dage."
        )
    else:
        what = "dagene er" if talk.several else "dagen er"
        advice = f"Spørg din leder, om {what} i orden, eller flyt til en af dine faste dage."
    return (
        f"{capital(talk.day())} ligger uden for din aftale",
        f"Din aftale siger {_placement(talk)}. Du har markeret hjemmearbejde {talk.day()}.",
        advice,
    )


def _moved_away(talk: Talk) -> Words:
    return (
        f"{capital(talk.day())} er byttet til en anden dag",
        f"I har flyttet hjemmedagen til {talk.short_date(talk.fact('moved_to'))}, men den gamle dag står stadig som hjemmearbejde.",
        "Tag den gamle dag ud af kalenderen. Vil du være hjemme begge dage, så tal med din leder om det.",
    )


def _week_limit_agreed(talk: Talk) -> Words:
    week = int(talk.fact("week")[-2:])
    days, limit = talk.number(talk.fact("days")), talk.number(talk.fact("limit"))
    advice = (
        "Er en af dem en enkelt hjemmedag, som I har talt om, så er alt, som det skal være. Ellers flyt en af dem."
        if talk.is_notice
        else "Aftal den ekstra dag med din leder, eller flyt en af dem."
    )
    noun = "hjemmedag" if talk.fact("days") <= 1 else "hjemmedage"
    return (
        f"{days} {noun} i uge {week}",
        f"Din aftale er på {limit} {'hjemmedag' if limit == '1' else 'hjemmedage'} om ugen. Kalenderen viser {days}: {talk.dates(7)}.",
        advice,
    )


def _recurring_without_agreement(talk: Talk) -> Words:
    patterns = talk.all_of(dict.fromkeys(_pattern(talk, one) for one in talk.fact("patterns")))
    return (
        "Dine hjemmedage er blevet faste. Mangler vi en aftale?",
        f"Kalenderen viser hjemmearbejde {patterns}, blandt andet {talk.dates(3)}.",
        "Lav en skriftlig aftale med din leder, så I begge ved, hvad der gælder. Har I allerede en, "
        "mangler den blot at blive registreret.",
    )


def _agreement_not_in_force(talk: Talk) -> Words:
    if talk.fact("ended"):
        return (
            f"Din aftale om hjemmearbejde {'udløb' if talk.fact('has_ended') else 'udløber'} {talk.short_date(talk.fact('ended'))}",
            f"Kalenderen viser hjemmedage efter den dato: {talk.dates(3)}.",
            "Tal med din leder om en ny aftale, eller tag dagene ud af kalenderen.",
        )
    if talk.fact("starts"):
        return (
            f"Din aftale om hjemmearbejde begynder {talk.short_date(talk.fact('starts'))}",
            f"Kalenderen viser hjemmedage før den dato: {talk.dates(3)}.",
            "Vent med de faste hjemmedage til da, eller aftal de tidlige dage med din leder.",
        )
    missing = SIGNATURES.get(tuple(talk.fact("unsigned_by")), "jeres underskrifter")
    return (
        f"Din aftale om hjemmearbejde mangler {missing}",
        f"Du bruger allerede aftalens dage, blandt andet {talk.dates(3)}.",
        "Få den skrevet under. Er det allerede gjort, mangler datoen blot at blive registreret.",
    )


def _day_cancelled(talk: Talk) -> Words:
    reason = f" Begrundelsen er: {talk.fact('reason').rstrip('.')}." if talk.fact("reason") else ""
    replacement = REPLACEMENT.get(
        talk.fact("replacement_day"), "Spørg din leder, om du kan få en anden hjemmedag i samme uge."
    )
    return (
        f"Der er brug for dig på arbejdspladsen {talk.day()}",
        f"Din leder har aflyst hjemmedagen, og den står stadig i din kalender.{reason}",
        f"Ret dagen i Outlook. {replacement}",
    )


def _placement(talk: Talk) -> str:
    days, every = talk.weekdays(talk.fact("weekdays")), talk.fact("every_weeks")
    if talk.fact("nth"):
        return f"den {NTH[talk.fact('nth')]} {days} i måneden"
    if every:
        return EVERY.get(every, "{day} hver {every}. uge").format(day=days, every=every)
    return days + WEEKS.get(talk.fact("weeks"), "")


def _pattern(talk: Talk, pattern: Mapping[str, Any]) -> str:
    days = talk.weekdays(pattern["weekdays"])
    if "nth" in pattern:
        return f"den {NTH[pattern['nth']]} {days} i måneden"
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
    "agreement-not-in-force": "Hjemmedage uden for aftalens periode",
    "day-cancelled": "Aflyst hjemmedag står stadig i kalenderen",
    "recurring-without-agreement": "Faste hjemmedage uden en aftale",
    "team-day": "Hjemmedag på en teamdag",
    "week-limit-agreed": "Flere hjemmedage end aftalt",
    "weekday-not-agreed": "Hjemmedag uden for de aftalte dage",
}
