"""What a policy's page says besides what the profile says: labels, what values mean, units, audiences.

One table for each language; the keys of the two are the same.
"""

from __future__ import annotations

from collections.abc import Mapping

LABELS: Mapping[str, Mapping[str, str]] = {
    "da": {
        "policy": "Politikken som regler",
        "rule": "En regel i alle politikker",
        "file": "Fil",
        "since": "Gælder fra",
        "rules": "Regler",
        "counted": "{rules}, heraf {demands} krav og {advices} råd",
        "contents": "Indhold",
        "about": "Om reglen (på engelsk)",
        "in profiles": "Sådan står det i politikkerne",
        "place": "Bygger på",
        "asks": "Dokumentet",
        "reading": "Vores læsning",
        "told": "Hvem hører om det",
        "one for": "Ét fund for",
        "values": "Værdier",
        "what": "Hvad",
        "value": "Værdi",
        "from": "Fra",
        "source": "Hvor det står",
        "from date": "fra {date}",
        "know": "Godt at vide",
        "talk": "Til lederens samtaler",
        "demand": "Krav",
        "advice": "Råd",
        "yes": "ja",
        "no": "nej",
        "over": "gælder ikke længere",
        "ours": "vores valg",
        "settable": "Et team kan sætte sin egen: {name}",
        "settable at most": "Et team kan sætte sin egen, højst {most}: {name}",
        "quoted": "»{heading}«",
        "registered": "Det, organisationen selv har registreret",
        "again": "Bliver taget op igen tidligst efter {time}.",
    },
    "en": {
        "policy": "The policy as rules",
        "rule": "One rule in all policies",
        "file": "File",
        "since": "In force from",
        "rules": "Rules",
        "counted": "{rules}, of which {demands} demanded and {advices} advised",
        "contents": "Contents",
        "about": "About the rule",
        "in profiles": "What the policies say",
        "place": "Rests on",
        "asks": "The document",
        "reading": "Our reading",
        "told": "Who hears of it",
        "one for": "One finding for",
        "values": "Values",
        "what": "What",
        "value": "Value",
        "from": "From",
        "source": "Where it says so",
        "from date": "from {date}",
        "know": "Good to know",
        "talk": "For the leader's talks",
        "demand": "Demand",
        "advice": "Advice",
        "yes": "yes",
        "no": "no",
        "over": "no longer in force",
        "ours": "our choice",
        "settable": "A team may set its own: {name}",
        "settable at most": "A team may set its own, {most} at most: {name}",
        "quoted": "“{heading}”",
        "registered": "What the organisation itself has registered",
        "again": "Brought up again after {time} at the earliest.",
    },
}

TOLD: Mapping[str, Mapping[str, str]] = {
    "da": {
        "E": "Medarbejderen først. Lederen hører om det senere, hvis det stadig er aktuelt.",
        "at once": "Medarbejderen med det samme. Lederen hører om det senere, hvis det stadig er aktuelt.",
        "N": "Kun medarbejderen, som et praj. Lederen hører ikke om det.",
        "L": "Kun lederen, som et emne i ugens overblik.",
        "E+L": "Medarbejderen, og lederen ser det i ugens overblik.",
        "as approved": (
            "I team, der noterer lederens ja til enkelte dage: medarbejderen først, og lederen senere, hvis "
            "det stadig er aktuelt. I andre team kun medarbejderen, som et praj."
        ),
    },
    "en": {
        "E": "The employee first. The leader hears of it later, if it is still relevant.",
        "at once": "The employee at once. The leader hears of it later, if it is still relevant.",
        "N": "The employee alone, as a notice. The leader does not hear of it.",
        "L": "The leader alone, as a topic in the weekly digest.",
        "E+L": "The employee, and the leader sees it in the weekly digest.",
        "as approved": (
            "In teams that record the leader's yes to single days: the employee first, and the leader later, "
            "if it is still relevant. In other teams the employee alone, as a notice."
        ),
    },
}

ONE_FOR: Mapping[str, Mapping[str, str]] = {
    "da": {"day": "hver dag", "week": "hver uge", "person": "hver medarbejder", "team": "hvert team"},
    "en": {"day": "each day", "week": "each week", "person": "each person", "team": "each team"},
}

# By the first of these words that stands in what the profile calls the registration.
REGISTERED: Mapping[str, Mapping[str, str]] = {
    "da": {
        "team_days": "De faste dage, som teamet selv har registreret",
        "min_on_site": "Den mindste bemanding, som teamet selv har registreret",
        "minimum": "Den mindste bemanding, som teamet selv har registreret",
        "exceptions": "Det, der er registreret om den enkelte dag",
        "review": "Den registrerede dato for opfølgning på aftalen",
        "agreement": "Den registrerede individuelle aftale",
    },
    "en": {
        "team_days": "The fixed days that the team itself has registered",
        "min_on_site": "The least number on site that the team itself has registered",
        "minimum": "The least number on site that the team itself has registered",
        "exceptions": "What is registered about the single day",
        "review": "The registered date for reviewing the agreement",
        "agreement": "The registered individual agreement",
    },
}

# By the value's full name, or else by its last part.
WHAT: Mapping[str, Mapping[str, str]] = {
    "da": {
        "ad_hoc_free": "Enkeltstående dage ved siden af aftalen er frie",
        "average-limit.days_per_week": "Højst hjemme om ugen, i gennemsnit",
        "before_signing": "Gennemgangen ligger før underskrifterne",
        "beforehand": "Drøftelsen ligger før hjemmearbejdet",
        "child_by_team": "Barns sygedag kun i team, der har sagt nej til det",
        "days_ahead": "Hvor lang tid i forvejen",
        "explain": "Lederens begrundelse og vejen videre bliver vist",
        "frames_required": "De lokale rammer har en dato",
        "inclusive": "Selve grænsen tæller med",
        "law_days_per_week": "Lovens egen grænse om ugen, til sammenligning",
        "local-discussion-due.months": "Længste tid mellem to drøftelser",
        "med-discussion-missing.days_per_week": "Fra så meget hjemme om ugen (0: enhver hjemmedag)",
        "on": "Reglen er slået til",
        "own_illness": "Medarbejderens egen sygdom",
        "rest-period.hours": "Hvile mellem to arbejdsdage",
        "rising-home-work.days": "Og om ugen pr. medarbejder en stigning på mindst",
        "rising-home-work.share": "En stigning på mindst",
        "rising-home-work.weeks": "To perioder, hver på",
        "signatures_required": "Begge underskrifter er påkrævet",
        "steady-home-work.at_least": "Hjemme i mindst",
        "weeks": "Regnet over",
        "whole_working_time": "Også når al arbejdstid ligger hjemme",
        "workstation-check-missing.days_per_week": "Grænse for tid hjemme om ugen, i gennemsnit",
        "workstation-tip.days_per_week": "Over så meget hjemme om ugen, i gennemsnit",
        "apv-missing.years": "Så gammel må en APV højst være",
    },
    "en": {
        "ad_hoc_free": "Single days beside the agreement are free",
        "average-limit.days_per_week": "At home a week at most, on average",
        "before_signing": "The walk-through comes before the signatures",
        "beforehand": "The discussion comes before the home work",
        "child_by_team": "A child's sick day only in teams that have said no to it",
        "days_ahead": "How long beforehand",
        "explain": "The leader's reason and the way on are shown",
        "frames_required": "The local frames have a date",
        "inclusive": "The limit itself counts",
        "law_days_per_week": "The law's own limit a week, for comparison",
        "local-discussion-due.months": "Longest time between two discussions",
        "med-discussion-missing.days_per_week": "From this much at home a week (0: any home day)",
        "on": "The rule is switched on",
        "own_illness": "The employee's own illness",
        "rest-period.hours": "Rest between two working days",
        "rising-home-work.days": "And a week per employee, a rise of at least",
        "rising-home-work.share": "A rise of at least",
        "rising-home-work.weeks": "Two periods, each of",
        "signatures_required": "Both signatures are required",
        "steady-home-work.at_least": "At home in at least",
        "weeks": "Taken over",
        "whole_working_time": "Also where all working time is at home",
        "workstation-check-missing.days_per_week": "Limit for time at home a week, on average",
        "workstation-tip.days_per_week": "Above this much at home a week, on average",
        "apv-missing.years": "How old an APV may be at most",
    },
}

UNITS: Mapping[str, str] = {
    "at_least": "week",
    "days": "day",
    "days_ahead": "day",
    "days_per_week": "day",
    "hours": "hour",
    "law_days_per_week": "day",
    "months": "month",
    "share": "percent",
    "weeks": "week",
    "years": "year",
}
