"""The operators' summary in Danish."""

from __future__ import annotations

from bot.model import MessageState, UnreadableReason
from bot.operations.reasons import Matter
from bot.operations.state import Proof
from bot.operations.words import Advice, Counted, Words

WORDS = Words(
    locale="da",
    date="'den' d. MMMM y",
    greeting="Hej",
    title_well="Uge {week}: hjemmedag kører, som den plejer",
    title=Counted(
        "Uge {week}: én ting at se på i hjemmedag", "Uge {week}: {count} ting at se på i hjemmedag"
    ),
    closing="Næste besked kommer i næste uge. Kommer den ikke, så se efter, om kørslerne bliver startet.",
    button="Åbn Microsoft Entra",
    overview="Sådan står det til",
    nobody="Der er ingen i registret endnu.",
    all_read=Counted("Den ene kalender i registret er læst.", "Alle {count} kalendere er læst."),
    some_read="{read} af {people} kalendere er læst.",
    none_hanging="Ingen beskeder hænger.",
    hanging=Counted("Én besked hænger.", "{count} beskeder hænger."),
    good_until="{proof} gælder til {date}.",
    source_off="En kilde er slået fra: {source}.",
    sources={
        "work-plan": (
            "Arbejdsplaner fra Outlook og Teams læses ikke. "
            "Vil I have dem med, så giv appen Calendars.Read.All; ellers er alt i orden."
        ),
    },
    to_read="Kalendere, der ikke kunne læses",
    unreadable={
        UnreadableReason.NO_MAILBOX: Advice(
            "Ingen postkasse i Exchange Online",
            "Se efter, om navnet er skrevet rigtigt i registret. "
            "Ligger postkassen et andet sted, kan den ikke læses.",
        ),
        UnreadableReason.FORBIDDEN: Advice(
            "Appen har ikke adgang",
            "Giv appen Calendars.ReadBasic.All, eller tag dem med i den gruppe, som adgangen er begrænset "
            "til i Exchange. Der kan gå to timer, før en ændring virker.",
        ),
        UnreadableReason.THROTTLED: Advice(
            "Microsoft bad os vente",
            "Næste kørsel prøver igen. Sker det tit, så læg kørslerne på et roligere tidspunkt.",
        ),
        UnreadableReason.UNAVAILABLE: Advice(
            "Microsoft svarede ikke",
            "Næste kørsel prøver igen. Bliver det ved, så se Microsofts driftsstatus.",
        ),
        UnreadableReason.MALFORMED: Advice(
            "Svaret kunne ikke forstås",
            "Meld det til dem, der vedligeholder hjemmedag, og send loggen fra kørslen med.",
        ),
        UnreadableReason.OUT_OF_TIME: Advice(
            "Kørslen nåede det ikke",
            "Næste kørsel prøver igen. Sker det tit, så giv den længere tid med HJEMMEDAG_PASS_MINUTES.",
        ),
    },
    to_deliver="Beskeder, der hænger",
    to="Til {names}. {state}",
    channel="kanalen",
    others=Counted("1 til", "{count} til"),
    states={
        MessageState.UNDELIVERABLE: "Kan ikke leveres, som det er nu.",
        MessageState.FAILED: "Næste kørsel prøver igen.",
        MessageState.UNCLEAR: "Kan være kommet frem, så der sendes ikke igen.",
    },
    matters={
        Matter.UNKNOWN_PERSON: Advice(
            "Findes ikke i Entra",
            "Ret navnet i registret, eller tag personen ud, hvis vedkommende er fratrådt.",
        ),
        Matter.CLOSED_ACCOUNT: Advice(
            "Kontoen er deaktiveret", "Er personen fratrådt, så tag vedkommende ud af registret."
        ),
        Matter.NOT_LOOKED_UP: Advice(
            "Kunne ikke slås op i Entra", "Bliver det ved, så se Microsofts driftsstatus."
        ),
        Matter.NO_SIGN_IN: Advice(
            "Ingen adgang fra Entra",
            "Se efter, om hemmeligheden eller certifikatet gælder endnu, "
            "og om hjemmedag kan nå HJEMMEDAG_AUTHORITY.",
        ),
        Matter.CATALOGUE: Advice(
            "Teams-appen er ikke fundet i kataloget",
            "Udgiv appen i Teams Administration, giv AppCatalog.Read.All, eller ret HJEMMEDAG_TEAMS_APP_ID.",
        ),
        Matter.NOT_INSTALLED: Advice(
            "Teams-appen er ikke installeret hos modtageren",
            "Installér den med en politik i Teams Administration, eller sæt HJEMMEDAG_TEAMS_APP_ID og giv "
            "TeamsAppInstallation.ReadWriteSelfForUser.All.",
        ),
        Matter.SWITCHED_OFF: Advice("Teams-appen er slået fra", "Slå den til igen i Teams Administration."),
        Matter.BLOCKED: Advice(
            "Modtageren har blokeret botten i Teams",
            "Spørg, om det er meningen. "
            "Når HJEMMEDAG_MAIL_SENDER er sat, kommer beskeden som mail efter et døgn.",
        ),
        Matter.REFUSED: Advice(
            "Teams afviser modtageren",
            "Se efter, om personen har Teams og må bruge appen. "
            "Når HJEMMEDAG_MAIL_SENDER er sat, kommer beskeden som mail efter et døgn.",
        ),
        Matter.NO_CONVERSATION: Advice(
            "Samtalen i Teams blev ikke fundet",
            "Bliver det ved, så se efter, om appen er installeret hos personen.",
        ),
        Matter.NO_SERVICE: Advice(
            "Microsoft svarede ikke, eller bad os vente",
            "Bliver det ved, så se Microsofts driftsstatus, og om hjemmedag kan nå Teams gennem firewallen.",
        ),
        Matter.TOO_LARGE: Advice(
            "Beskeden er for stor",
            "Meld det til dem, der vedligeholder hjemmedag, og send koden herunder med.",
        ),
        Matter.NO_CLEAR_ANSWER: Advice(
            "Intet klart svar fra Microsoft", "Spørg modtageren, hvis det er vigtigt, at beskeden er læst."
        ),
        Matter.NO_ADDRESS: Advice(
            "Ingen mailadresse i Entra",
            "Giv personen en mailadresse, eller sørg for, at Teams-appen kan nå vedkommende.",
        ),
        Matter.MAIL_FORBIDDEN: Advice(
            "Appen har ikke lov til at sende mail",
            "Giv den Application Mail.Send i Exchange, begrænset til postkassen i HJEMMEDAG_MAIL_SENDER.",
        ),
        Matter.NO_MAIL_SENDER: Advice(
            "Postkassen, der sendes fra, findes ikke", "Opret den, eller ret HJEMMEDAG_MAIL_SENDER."
        ),
        Matter.WEBHOOK: Advice(
            "Kanalens webhook tog ikke imod",
            "Se efter, om flowet i Workflows er slået til og har en ejer. "
            "Lav ellers et nyt, og ret HJEMMEDAG_OPERATIONS_WEBHOOK.",
        ),
        Matter.OTHER: Advice(
            "En anden årsag",
            "Slå koden herunder op hos Microsoft. Giver det ikke noget, så meld den til dem, "
            "der vedligeholder hjemmedag.",
        ),
    },
    silence="Teams, der ikke bliver skrevet til",
    silenced="Alle hjemmedage er væk: {teams}",
    silenced_seen=(
        "Der står ikke længere hjemmedage i nogen af kalenderne, så hjemmedag har ikke skrevet til nogen dér."
    ),
    silenced_advice=(
        "Se efter, om kalenderne læses som før. Er hjemmedagene væk med vilje, skriver næste "
        "kørsel igen som sædvanlig."
    ),
    access="Adgang til Microsoft",
    proofs={Proof.SECRET: "Appens hemmelighed", Proof.CERTIFICATE: "Appens certifikat"},
    unknown_expiry={
        Proof.SECRET: (
            "Skriv i HJEMMEDAG_CLIENT_SECRET_EXPIRES_ON, hvornår appens hemmelighed udløber, "
            "så får I besked i god tid."
        ),
        Proof.CERTIFICATE: "Certifikatets udløbsdato kunne ikke læses.",
    },
    expires="{proof} udløber {date}",
    expires_seen="Derefter kan hjemmedag hverken læse kalendere eller sende noget.",
    expires_advice={
        Proof.SECRET: (
            "Lav en ny på appen i Entra, sæt den ind som HJEMMEDAG_CLIENT_SECRET, "
            "og ret HJEMMEDAG_CLIENT_SECRET_EXPIRES_ON."
        ),
        Proof.CERTIFICATE: (
            "Læg et nyt op på appen i Entra, og byt filen i HJEMMEDAG_CLIENT_CERTIFICATE_FILE."
        ),
    },
    expired="{proof} udløb {date}",
    expired_seen="Entra har alligevel givet adgang i denne kørsel.",
    expired_advice={
        Proof.SECRET: (
            "Er den fornyet, så skriv den nye dato i HJEMMEDAG_CLIENT_SECRET_EXPIRES_ON. "
            "Lav ellers en ny på appen i Entra."
        ),
        Proof.CERTIFICATE: (
            "Læg et nyt op på appen i Entra, og byt filen i HJEMMEDAG_CLIENT_CERTIFICATE_FILE."
        ),
    },
    code="I log og rapport: {codes}",
)
