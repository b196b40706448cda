"""Where a rule comes from, in Danish."""

from bot.texts.catalogue import Sources

SOURCES = Sources(
    document="{name}: {title}",
    section="{document}, afsnittet »{heading}«",
    registered={
        "team_days": "Faste teamdage, som {team} selv har aftalt",
        "min_on_site": "Bemanding på arbejdspladsen, som {team} selv har sat",
        "exceptions": "Registreret om den enkelte dag",
        "agreement": "Den individuelle aftale om hjemmearbejde",
        "home_work": "Vurderet for hele {team}: opgaverne løses på arbejdspladsen",
        "review_on": "Den dato, der er noteret for at se på aftalen igen",
        "values": "Det, som {team} selv har valgt",
    },
    otherwise_registered="Det, som {team} selv har registreret",
)
