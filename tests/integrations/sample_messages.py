"""Messages as the program writes them, for every renderer: one of each kind, in both languages."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.model import Bar, Grid, GridColumn, GridRow, GridWeek, Message, MessageItem, Place, Section, Sign

LAST_WEEK, THIS_WEEK = date(2026, 2, 23), date(2026, 3, 2)
CALENDAR_URL = "https://outlook.office.com/calendar/"
WEEKDAYS = {
    "da": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
}
MONTHS = {"da": {2: "februar", 3: "marts"}, "en": {2: "February", 3: "March"}}
SIGNS: Mapping[str, Mapping[Place, Sign]] = {
    "da": {
        Place.ON_SITE: Sign("A", "på arbejdspladsen"),
        Place.HOME: Sign("H", "hjemme"),
        Place.TENTATIVE: Sign("M", "måske hjemme"),
        Place.AWAY: Sign("V", "væk"),
        Place.ELSEWHERE: Sign("U", "ude af huset"),
        Place.OFF: Sign("–", "ikke arbejdsdag"),
        Place.UNKNOWN: Sign("?", "ikke læst"),
    },
    "en": {
        Place.ON_SITE: Sign("W", "at the workplace"),
        Place.HOME: Sign("H", "at home"),
        Place.TENTATIVE: Sign("M", "maybe at home"),
        Place.AWAY: Sign("A", "away"),
        Place.ELSEWHERE: Sign("E", "elsewhere"),
        Place.OFF: Sign("–", "no working day"),
        Place.UNKNOWN: Sign("?", "not read"),
    },
}
LONG_WORD = "Socialtilsynskonsulentgruppen-for-Hovedstadsområdets-Specialinstitutioner/" + "x" * 60
FIRST = ("Anna", "Bo", "Camilla", "Dorthe", "Emil", "Freja", "Gustav", "Hanne", "Ida", "Jens-Christian")
LAST = ("Holm", "Lund", "Friis", "Overgaard Mikkelsen", "Lundgaard-Christoffersen", "Sørensen", "Ågård")
PLACES = (
    Place.ON_SITE,
    Place.HOME,
    Place.ON_SITE,
    Place.AWAY,
    Place.ON_SITE,
    Place.HOME,
    Place.OFF,
    Place.TENTATIVE,
    Place.ELSEWHERE,
    Place.UNKNOWN,
)


def grid(people: int, language: str) -> Grid:
    """Return last week and this week of a team; Tuesdays are its days together."""
    dice = random.Random(people)
    rows = tuple(
        GridRow(
            f"{FIRST[n % len(FIRST)]} {LAST[n % len(LAST)]}",
            tuple(dice.choice(PLACES) for _ in range(10)),
        )
        for n in range(people)
    )
    return Grid((_week(LAST_WEEK, language), _week(THIS_WEEK, language)), rows, SIGNS[language])


def _week(monday: date, language: str) -> GridWeek:
    word, together = ("Uge", "teamdag") if language == "da" else ("Week", "team day")
    columns = []
    for number, name in enumerate(WEEKDAYS[language]):
        day = monday + timedelta(days=number)
        month = MONTHS[language][day.month]
        long = f"{name} den {day.day}. {month}" if language == "da" else f"{name} {day.day} {month}"
        columns.append(GridColumn(name[:2].lower(), long, together if number == 1 else ""))
    return GridWeek(f"{word} {monday.isocalendar().week}", tuple(columns))


TEAM_DAY = {
    "da": MessageItem(
        heading="Tirsdag den 3. marts er teamdag",
        seen="Der står hjemmearbejde i din kalender den dag, hvor alle i Borgerservice mødes på "
        "arbejdspladsen.",
        rule="Faste teamdage, som Borgerservice selv har aftalt",
        advice="Flyt hjemmedagen i Outlook. Er der en god grund til at være hjemme netop den dag, så aftal "
        "det med din leder.",
    ),
    "en": MessageItem(
        heading="Tuesday 3 March is a team day",
        seen="Your calendar says home work on the day when everybody in Citizen Services meets at the "
        "workplace.",
        rule="Team days, as Citizen Services has agreed on them",
        advice="Move the home day in Outlook. If there is a good reason to be at home on that very day, "
        "agree on it with your leader.",
    ),
}
NOT_AGREED = {
    "da": MessageItem(
        heading="Torsdag den 5. marts står ikke i din aftale",
        seen="Din aftale nævner mandag og onsdag.",
        rule="Nyborg Kommune, rammer for hjemmearbejde, afsnittet “Aftalen”",
        advice="En enkelt dag er i orden, når du har aftalt den med Kirsten Lund.",
        know="Du kan se din aftale hos HR.",
    ),
    "en": MessageItem(
        heading="Thursday 5 March is not in your agreement",
        seen="Your agreement names Monday and Wednesday.",
        rule="Nyborg Municipality, framework for home work, section “The agreement”",
        advice="A single day is fine when you have agreed on it with Kirsten Lund.",
        know="HR can show you your agreement.",
    ),
}
FIRE_DRILL = {
    "da": MessageItem(
        heading="Fredag den 6. marts har du et møde på arbejdspladsen",
        seen="Mødet har et lokale, og dagen er samtidig en hjemmedag.",
        rule="Nyborg Kommune, rammer for hjemmearbejde, afsnittet “Møder”",
        advice="Deltag online, eller byt dagen.",
    ),
    "en": MessageItem(
        heading="On Friday 6 March you have a meeting at the workplace",
        seen="The meeting has a room, and the day is a home day too.",
        rule="Nyborg Municipality, framework for home work, section “Meetings”",
        advice="Take part online, or swap the day.",
    ),
}
TALK = {
    "da": MessageItem(
        heading="Anna Holm: tirsdag den 3. marts er teamdag",
        seen="Anna har fået besked i torsdags, og dagen står stadig som hjemmedag.",
        rule="Faste teamdage, som Borgerservice selv har aftalt",
        advice="Tag det op med Anna. Der kan være en god grund, som ikke står i kalenderen.",
        questions=("Passer teamdagen stadig til dine opgaver?", "Skal vi registrere en undtagelse?"),
    ),
    "en": MessageItem(
        heading="Anna Holm: Tuesday 3 March is a team day",
        seen="Anna was told on Thursday, and the day is still a home day.",
        rule="Team days, as Citizen Services has agreed on them",
        advice="Bring it up with Anna. There may be a good reason that the calendar does not tell.",
        questions=("Does the team day still suit your tasks?", "Shall we register an exception?"),
    ),
}


def reminder(language: str) -> Message:
    """Return three matters of an employee's own, the second put right since."""
    da = language == "da"
    return Message(
        language=language,
        title="Lidt om dine næste hjemmedage" if da else "A little about your next home days",
        greeting="Hej Anna",
        items=(
            TEAM_DAY[language],
            MessageItem(
                NOT_AGREED[language].heading,
                "Det er på plads – tak." if da else "That is in place now – thank you.",
                rule="",
                advice="",
                settled=True,
            ),
            FIRE_DRILL[language],
        ),
        closing="Kun du får denne besked. Har vi læst din kalender forkert, så skriv til hr@proeve.example."
        if da
        else "Only you get this message. If we have read your calendar wrongly, write to hr@proeve.example.",
        button="Åbn din kalender" if da else "Open your calendar",
        button_url=CALENDAR_URL,
    )


def escalation(language: str) -> Message:
    """Return one matter of an employee's, told to the leader."""
    da = language == "da"
    return Message(
        language=language,
        title="Et emne til en snak med Anna" if da else "Something to talk to Anna about",
        greeting="Hej Kirsten",
        items=(),
        closing="Anna har fået det samme at vide." if da else "Anna has been told the same.",
        button="Åbn kalenderen" if da else "Open the calendar",
        button_url=CALENDAR_URL,
        sections=(Section("Borgerservice" if da else "Citizen Services", items=(TALK[language],)),),
    )


def team_sections(name: str, people: int, language: str) -> tuple[Section, ...]:
    """Return what a digest tells of one team."""
    da = language == "da"
    return (
        Section(
            f"{name}: hvem er hvor" if da else f"{name}: who is where",
            lines=("I denne uge er de fleste på kontoret tirsdag." if da else "Most are in on Tuesday.",),
            grid=grid(people, language),
        ),
        Section(
            f"{name}: værd at tale om" if da else f"{name}: worth a talk",
            items=(TALK[language], NOT_AGREED[language]),
        ),
        Section(
            f"{name}: udviklingen" if da else f"{name}: the trend",
            lines=("Hjemmearbejde i de seneste fire uger:" if da else "Home work in the last four weeks:",),
            bars=tuple(
                Bar(f"{'uge' if da else 'week'} {week}", share, f"{share:.0%}".replace("%", " %"))
                for week, share in ((7, 0.08), (8, 0.38), (9, 0.425), (10, 1.0))
            ),
        ),
    )


def digest(language: str, *people: int) -> Message:
    """Return the weekly digest on a team, or several, of so many people."""
    da = language == "da"
    names = ("Borgerservice", "Jobcenter Syd", "Løn & Personale")
    sections = [team_sections(name, count, language) for name, count in zip(names, people, strict=False)]
    return Message(
        language=language,
        title="Ugens overblik: uge 10" if da else "The week at a glance: week 10",
        greeting="Hej Kirsten. Her er ugen i dit team." if da else "Hi Kirsten. This is your team's week.",
        items=(),
        closing="Bygger på det, I selv har skrevet i Outlook. Grunden til et fravær vises aldrig."
        if da
        else "Based on what you wrote in Outlook yourselves. The reason for an absence is never shown.",
        button="Åbn kalenderen" if da else "Open the calendar",
        button_url=CALENDAR_URL,
        sections=tuple(section for team in sections for section in team),
    )


def quiet_digest(language: str) -> Message:
    """Return the digest of a week with nothing to report."""
    da = language == "da"
    line = "Alt er på plads i denne uge." if da else "Everything is in place this week."
    week = replace(digest(language, 6), sections=())
    heading = "Borgerservice: hvem er hvor" if da else "Citizen Services: who is where"
    return replace(week, sections=(Section(heading, lines=(line,), grid=grid(6, language)),))


def awkward_digest() -> Message:
    """Return a digest with words and names that are longer than a line."""
    message = digest("da", 3)
    who = message.sections[0]
    assert who.grid is not None
    names = zip((LONG_WORD, "Å" * 80, "I"), who.grid.rows, strict=True)
    rows = tuple(replace(row, name=name) for name, row in names)
    section = replace(who, heading=LONG_WORD, lines=(LONG_WORD,), grid=replace(who.grid, rows=rows))
    matter = replace(TALK["da"], heading=LONG_WORD, seen=LONG_WORD, rule=LONG_WORD, questions=(LONG_WORD,))
    trend = replace(message.sections[2], bars=(Bar(LONG_WORD, 0.5, "50 %"),))
    return replace(message, title=LONG_WORD, greeting=LONG_WORD, items=(matter,), sections=(section, trend))


def operations(language: str) -> Message:
    """Return the operators' weekly summary."""
    da = language == "da"
    return Message(
        language=language,
        title="Drift i uge 9" if da else "Operations in week 9",
        greeting="",
        items=(),
        closing="",
        button="Læs vejledningen" if da else "Read the guide",
        button_url="https://example.org/hjemmedag/drift",
        sections=(
            Section(
                "Dækning" if da else "Coverage",
                lines=("11 af 12 kalendere blev læst.",) if da else ("11 of 12 calendars were read.",),
            ),
            Section(
                "Kom ikke frem" if da else "Did not arrive",
                lines=("eva@proeve.example: app-not-installed", "finn@proeve.example: no-mail-address"),
            ),
        ),
    )


def all_kinds(language: str) -> dict[str, Message]:
    """Return a message of every kind, by name."""
    return {
        "reminder": reminder(language),
        "escalation": escalation(language),
        "digest": digest(language, 12),
        "digest-of-40": digest(language, 40),
        "digest-of-three-teams": digest(language, 40, 40, 40),
        "quiet-digest": quiet_digest(language),
        "operations": operations(language),
    }
