"""What a replay is told in, in Danish and in English."""

from __future__ import annotations

from collections.abc import Mapping

SHORT_DATE = {"da": "EEE d. MMM", "en": "EEE d MMM"}
LONG_DATE = {"da": "d. MMMM y", "en": "d MMMM y"}
LOCALE = {"da": "da", "en": "en_GB"}

WORDS: Mapping[str, Mapping[str, str]] = {
    "da": {
        "title": "Det ville hjemmedag have set og skrevet fra {start} til {end}",
        "lead": "{rules}. Én gennemgang hver hverdag kl. {hours}. Intet bliver sendt, og intet bliver gemt.",
        "rules": "Regler: {policy}",
        "rules_today": "Regler: {policy}, som i dag",
        "file": " og {file}",
        "week": "Uge {week}",
        "day": "Dag",
        "matter": "Hvad",
        "about": "Hvem",
        "heard": "Hvem hører om det",
        "nothing": "Der var intet at fortælle i perioden.",
        "reminder": "påmindelse til {name}",
        "notice": "til medarbejderen alene",
        "topic": "emne til lederen",
        "seen": "ingen besked",
        "settled": "faldet på plads",
        "one_unnamed": "en medarbejder",
        "unnamed": "{number} medarbejdere",
        "dates": "{topic}: {dates}",
        "of_week": "{topic}: uge {week}",
        "and_more": "{dates} og {number} til",
        "total": "I alt",
        "messages": "Beskeder",
        "reminders": "Påmindelser til medarbejdere",
        "notices": "Praj til medarbejdere, sendt for sig",
        "topics": "Emner til ledernes samtaler",
        "by_rule": "Reglerne, og hvor mange gange de meldte sig",
        "notes": "Godt at vide",
        "last_state": "Dagene er, som de stod, sidst kalenderne blev læst. "
        "Hvad nogen har rettet undervejs, kan vi ikke se.",
        "from_nothing": "Vi begynder forfra: Det, nogen allerede har fået at vide, tæller med igen.",
        "one_portion": "Er en dag delt mellem hjemmearbejde og fravær, er kun det ene gemt.",
        "names": "Det, der kun er til medarbejderen selv, står her uden navn og dato.",
        "unknown": "Af {number} ud af {all} er der ikke gemt nogen dage fra den tid; om dem siger vi intet.",
        "left_out": "Ikke spillet igennem: {rules}. "
        "De bygger på møder, klokkeslæt, fravær og ordlyd i kalenderen, og det gemmer vi ikke.",
        "before": "Før {date} er der intet gemt; de dage er ikke med.",
        "after": "Efter {date} er der intet gemt; de dage er ikke med.",
        "short": "Frem til {date} har de regler, der ser otte uger tilbage, haft færre uger at se på.",
    },
    "en": {
        "title": "What hjemmedag would have seen and written from {start} to {end}",
        "lead": "{rules}. One pass each weekday at {hours}. Nothing is sent, and nothing is kept.",
        "rules": "Rules: {policy}",
        "rules_today": "Rules: {policy}, as today",
        "file": " and {file}",
        "week": "Week {week}",
        "day": "Day",
        "matter": "What",
        "about": "Who",
        "heard": "Who hears of it",
        "nothing": "There was nothing to tell in the period.",
        "reminder": "reminder to {name}",
        "notice": "to the employee alone",
        "topic": "topic for the leader",
        "seen": "no message",
        "settled": "settled",
        "one_unnamed": "an employee",
        "unnamed": "{number} employees",
        "dates": "{topic}: {dates}",
        "of_week": "{topic}: week {week}",
        "and_more": "{dates} and {number} more",
        "total": "Total",
        "messages": "Messages",
        "reminders": "Reminders to employees",
        "notices": "Notices to employees, sent by themselves",
        "topics": "Topics for the leaders' talks",
        "by_rule": "Rules, and how many times they spoke",
        "notes": "Good to know",
        "last_state": "The days are as they were when the calendars were last read. "
        "What somebody changed along the way we cannot see.",
        "from_nothing": "The replay starts afresh: what somebody has already been told counts again.",
        "one_portion": "Where a day is divided between home work and absence, only one of them is kept.",
        "names": "What is for the employee alone is shown here without name and date.",
        "unknown": "For {number} out of {all} no days are kept from that time; nothing is said about them.",
        "left_out": "Not replayed: {rules}. "
        "They rest on meetings, times, absence and words in the calendar, which we do not keep.",
        "before": "Nothing is kept from before {date}; those days are left out.",
        "after": "Nothing is kept from after {date}; those days are left out.",
        "short": "Until {date} the rules that look eight weeks back had fewer weeks to look at.",
    },
}
