"""Where a rule comes from, in English."""

from bot.texts.catalogue import Sources

SOURCES = Sources(
    document="{name}: {title}",
    section="{document}, section “{heading}”",
    registered={
        "team_days": "The fixed team days that {team} has agreed on",
        "min_on_site": "The minimum at the workplace that {team} has set for itself",
        "exceptions": "Registered for that day",
        "agreement": "The individual home working agreement",
        "home_work": "Assessed for all of {team}: the tasks are done at the workplace",
        "review_on": "The date recorded for looking at the agreement again",
        "values": "What {team} has chosen for itself",
    },
    otherwise_registered="What {team} has registered itself",
)
