"""What stands around the matters of a message, in Danish."""

from bot.texts.catalogue import Frame

FRAME = Frame(
    greeting="Hej {name}",
    greeting_without_name="Hej",
    button="Åbn din kalender",
    title_of_own="Et par ting om dine hjemmedage",
    title_of_team="Et par ting om hjemmedage i {team}",
    title_of_teams="Et par ting om hjemmedage i dine teams",
    title_of_both="Et par ting om hjemmedage",
    title_settled="Det er på plads nu",
    of_teams="Værd at vide nu",
    standing_in="Som stedfortræder i {team}",
    because_away="Du får dette, fordi {leader} er væk.",
    leader_of="lederen af {team}",
    settled="Det er på plads – tak.",
    settled_for_leader="Det er på plads.",
    closing_settled="Så er der ikke mere at gøre her.",
    only_you="Kun du får denne besked.",
    own_only_you="Dine egne punkter er kun til dig.",
    of_own="Om det, der gælder dig selv: {sentence}",
    rest_only_you={
        "one": "Det sidste punkt er kun til dig.",
        "other": "De {word} sidste punkter er kun til dig.",
    },
    leader_hears={
        "later today": "Din leder hører tidligst om det senere i dag – og kun hvis det stadig står der.",
        "the working day before": "Din leder hører kun om det, hvis det stadig står der kl. 12 arbejdsdagen før.",
        "on the day": "Din leder hører kun om det, hvis det stadig er åbent, når dagen kommer.",
        "after five working days": "Din leder hører kun om det, hvis det ikke er på plads om fem arbejdsdage.",
        "in the digest": "Din leder kan se det i sit næste ugeoverblik, hvis det stadig er åbent.",
        "after five working days or in the digest": "Din leder hører kun om det, der stadig er åbent om fem arbejdsdage eller ved det næste ugeoverblik.",
    },
    leader_hears_of_several="Din leder hører kun om det, der stadig er åbent: {parts}.",
    parts={
        "later today": "de nærmeste dage tidligst senere i dag",
        "the working day before": "de enkelte dage kl. 12 arbejdsdagen før",
        "on the day": "hjemmedage uden et registreret ja, når dagen kommer",
        "after five working days": "resten efter fem arbejdsdage",
        "in the digest": "resten i det næste ugeoverblik",
        "after five working days or in the digest": "resten efter fem arbejdsdage eller i det næste ugeoverblik",
    },
    wrong="Beskeden er lavet automatisk, så skriv endelig til {contact}, hvis noget ikke passer.",
    wrong_without_contact="Beskeden er lavet automatisk, så sig det til din leder, hvis noget ikke passer.",
    told_first={
        "one": "{name} har selv fået en venlig besked om det først.",
        "other": "Medarbejderne har selv fået en venlig besked om det først.",
    },
    if_agreed="Har I allerede aftalt noget andet, eller passer noget ikke, så skriv til {contact}.",
    if_agreed_without_contact="Har I allerede aftalt noget andet, eller passer noget ikke, så sig det til den, der holder styr på aftalerne.",
)
