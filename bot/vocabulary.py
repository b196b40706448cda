"""The words people use in a calendar for working at home, for being away and for doubt. Danish and
English.

Whole words only: "hjemme" is a mark, "hjemmebesøg" and "hjemmeside" are other words altogether. The sets
are data; ``bot.reading`` says what they mean where they stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from bot.model import Absence
from bot.words import Phrases, normalise


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> Phrases:
    """Return the phrases, one a line."""
    phrases: dict[str, list[list[str]]] = {}
    for phrase in sorted((line.split() for line in text.strip().splitlines()), key=len, reverse=True):
        phrases.setdefault(phrase[0], []).append(phrase)
    return phrases


# --- home: what says "I am at home", and what names home work as a thing one may also talk about --

AT_HOME = _words("fjernarbejder hjemme derhjemme hjemmefra hjemmearbejder hjemmearbejdende arbejderhjemme")
# These say so only where nothing but time, names and desk work stands with them.
AT_HOME_ALONE = _words("🏠 🏡 remote remotely")
ABBREVIATIONS = _words("ha ho")
AFTER_AN_ABBREVIATION = _words("hvis pga grundet for uge og med m til pg jf resten ring ved")
BESIDE_A_SIGN = _words(
    "ugentlig weekly med 🏠 🏡 uge arbejder arbejde arb er sidder idag today i hele dag dagen all day fast 💻"
)
INSTEAD = _words("stedet fremfor instead")
HOME_WORK = _words("""
    hjemmekontoret hjemmedagen hjemmearbejdet distancearb wfh hjemmearbejde hjemmearb hjarb hjemarb
    hjemmearbejdsdag hjemmedag hjemmekontor hjemmekontordag hjemmearbejdsuge hjemmeuge hjemarbejde
    hjemarbejdsdag hjemkontor telearbejde telearbejdsdag teledag distancearbejde distancearbejdsdag
    distancedag fjernarbejde fjernarbejdsdag homeoffice homeworking homeday telework teleworking
    telecommuting telecommute
""")
HOME_WORDS = AT_HOME | HOME_WORK
AT_HOME_PHRASES = _phrases("""
    arbejder fra bopæl
    arbejder fra bopælen
    arbejder fra privaten
    working from home
    works from home
    work at home
    working at home
    working remotely
    remote working
    work remotely
    remote today
    from home
    at home
    home today
    fra hjemmet
    arbejder i hjemmet
""")
HOME_WORK_PHRASES = _phrases("""
    w f h
    work from home
    hjemme arbejde
    hjemme arbejdsdag
    distance arbejde
    tele arbejde
    fjern arbejde
    home office
    home office day
    home working day
    home working
    home day
    remote work
    remote day
    hj arb
    hj arbejde
    hjem arb
    hjem arbejde
    hjem arbejdsdag
    hjemme arb
    arb hj
    arb hjem
    arb hjm
    arbejder hj
""")
# Words one slip of the finger away from these are taken for them, unless they are words themselves.
SPELLED_WRONG = _words("""
    hjemme hjemmefra hjemmearbejde hjemmearbejdsdag hjemmekontor hjemmedag telearbejde distancearbejde
""")
NOT_SPELLED_WRONG = _words("""
    hjem hjemad hjemlig hjemlige hjemmel hjemlen hjemler hjemmelen hjemmet hjemmets hjemmene hjemmenes
    hjemmes hjemmelig hjemløse hjemløs hjemve hjemvendt hjemom hjelme hjelmen hjemsted hemme hæmme
    gemme fremme hjemmebag hjemmebagt hjemmehjælp hjemmepleje hjemmeside hjemmehold hjemmemad hjemmebane
    hjemmefest
""")
# Names for one's home that stand alone as a place; in a subject they say nothing.
HOME_PLACES = frozenset(
    {"hjemmearbejdsplads", "hjemmeadresse", "privatadresse", "egen bopæl", "bopæl", "home"}
)
HOME_CATEGORIES = HOME_WORDS | {
    "arbejder hjemme",
    "arbejder hjemmefra",
    "home office",
    "home day",
    "working from home",
    "work from home",
    "working at home",
    "remote work",
    "remote",
    "home",
}

VERBS = _words("""
    starter
    abejder arbejer arbjeder arbejdr workin workign videre arbejder arbejde arb er sidder har holder working
    works work is være blive bliver jobber
""")

# --- what makes a home word speak of something else -----------------------------------------------

NOT = _words("nej normalt plejer egentlig oprindeligt ikke ej ingen intet aldrig uden not no never without")
WITHDRAWN = _words("""
    udsat udsættes afvist afslået bytter bytte aflyst aflyses aflys afbud annulleret annulleres flyttet
    flyttes rykket rykkes udgår udgik udskudt bortfalder droppet droppes slettet inddraget byttet byttes
    skiftet cancelled canceled moved postponed dropped
""")
ABOUT = _words("om vedr vedrørende ang angående about regarding re")
# Clearly about home work, wherever the word stands.
TOPIC = _words("""
    messe
    politik politikken aftale aftalen aftaler aftaleskema lokalaftale lokalaftalen rammeaftale retningslinje
    retningslinjer rammer regler drøft drøfte drøfter drøftelse drøftelsen dialog debat apv tjekliste
    vejledning webinar oplæg workshop høring evaluering evaluere evaluer spørgeskema undersøgelse rundspørge
    survey implementering procedure temadag temamøde konference udstyr udstyrsliste bestil bestille
    bestilling hæve ansøgning ansøg ansøge tilladelse punkt skema registrering registrer tilmelding frist
    deadline policy agreement guidelines meeting discuss discussion questionnaire equipment
""")
# About home work when it comes before the word; after it, it is just what one does that day.
TOPIC_BEFORE = _words("""
    møde mødet samtale snak tal kursus udvalg mus punkt status opfølgning planlæg planlægge planlægning husk
    info orientering koordinering koordiner book opret lav afklar afklaring spørg spørge godkend godkende
    fordeling vagtplan overblik oversigt plan statistik notat nyhedsbrev artikel rapport indstilling
    dagsorden referat skærm skærme kontorstol svar
""")
HOSTED = _words("hos ved")
OWN_PLACE = _words("mig os mit vores migselv")
JOURNEY_BEFORE = _words("""
    afgang kører køre cykler tager tage rejser går gå komme kommer tog bus senest tilbage skal glemt ligger
    kørsel cykle hentes hente udflytning flytning flytter
""")
JOURNEY_AFTER = _words("bedst igen kl ca senest efter ad")
VISIT = _words("""
    borger borgeren borgere besøg tilsyn visitation visitering patient beboer beboeren familien familie
    kunde træning sygeplejerske
""")
PRIVATE_LIFE = _words("""
    fest middag gæster fødselsdag julehygge svigermor hygge film børnefødselsdag konfirmation brunch grill
    nøgler nøgle opladere oplader børnene
""")
EVERYBODY = _words("jeg vi alle hele teamet team afdelingen afd all everyone we")
SOMEBODY = _words("""
    boss bossen han hun mand kone kæreste chef leder far mor søn datter chefen direktøren lederen
    teamlederen afdelingslederen kollega kollegaen kolleger kollegerne sekretæren borgmesteren praktikanten
    eleven studenten konsulenten vikaren manden konen kæresten rådgiveren
""")
OTHERS = _words("andre øvrige others")
FIRST_PERSON = _words("jeg min mit mine my")
WEEKDAYS: tuple[frozenset[str], ...] = tuple(
    _words(f"{name} {name}en {name}e {english}")
    for name, english in zip(
        "mandag tirsdag onsdag torsdag fredag lørdag søndag".split(),
        "monday tuesday wednesday thursday friday saturday sunday".split(),
        strict=True,
    )
)
ANY_WEEKDAY = frozenset(chain.from_iterable(WEEKDAYS))
NO_INITIALS = _words("obs nb ok fri jeg er nu og hej ps")
OTHER_DAYS = _words("imorgen tomorrow næste")
BEFORE_HOME_WORK = ANY_WEEKDAY | _words("""
    half starter slutter
    men bare alligevel deltager koncentreret mand forkølet snotforkølet tager den læring elæring online lidt
    mest derudover ugentlig weekly godkendt derfor derefter herefter bagefter resten af med at det er der nu
    så alm almindelig igen videre fast ekstra fælles planlagt dagens hele hel dag dagen i på har min mit ad
    hoc kun og ok aftalt obs nb uge jf
""")
ACCORDING_TO = _words("jf jvf efter iflg ifølge pr per som ift")
COMMITTEES = _words("med lmu hmu cmu fmu su hsu lu mus")
TOPIC_ENDINGS = ("møde", "mødet", "kursus", "webinar", "temadag", "samtale", "seminar")
ABOUT_ENDINGS = ("politik", "aftale", "regler")
REST = _words("videre resten derefter herefter bagefter ellers øvrig")
SPEAKS_TO = _words("""
    med m ml til fra af v ved hos kontakt ring ringe møde mødes sparring om for ift vedr samtale snak mus
    opkald overlevering tlf cc att with w call to from by bag dækker
""")
OFFICE = _words("""
    kontor kontoret kontordag rådhus rådhuset fremmøde inde huset arbejdspladsen ind møder jobcenter
    jobcentret office site onsite borgmesterkontoret institutionen sygehuset afdelingskontoret
""")
REACHABLE = _words("""
    tlf telefon telefonen mobil mobilen ring ringe teams fanges træffes telefontid phone call mobile
    kontaktes træffetid
""")
MEETING = _words("""
    møde mødet møder teammøde tavlemøde afdelingsmøde statusmøde personalemøde sparring frokost kursus
    samtale borgermøde opkald webinar meeting lunch mus
""")

# --- doubt ----------------------------------------------------------------------------------------

DOUBT = _words("""
    tentativ mangler eller el mulig
    sandsynligvis might forbehold medmindre måske evt eventuelt muligvis formentlig forventet forventer
    forhåbentlig foreløbig foreløbigt afventer nok hvis uafklaret håber regner satser overvejer ønsker ønske
    ønskes usikkert vistnok antagelig tbc tbd maybe possibly perhaps probably tentative tentatively
    hopefully
""")

DOUBTFUL = DOUBT | {"?"}
DOUBT_PHRASES = _phrases("""
    ved ikke
    ikke afklaret
    ikke endeligt
    ikke sikker
    ikke sikkert
    ikke endnu
    ikke helt
    not sure
""")

# --- plain desk work, which a person marked as working elsewhere may well do at home --------------

DESK_WORK = _words("""
    arbejde arbejder arbejdsdag arbejdsro arbejdstid admin administration budget deadline desk deep e focus
    fokus fokusdag fokustid fokusarbejde fordybelse fordybelsesdag fordybelsestid forbereder forberedelse
    forberede journalisere journalisering kontorarbejde kontortid koncentration læse læsedag læsning mail
    mails notat notater opsamling papirarbejde paperwork preparation quiet rapport rapporter
    rapportskrivning reading regnskab ro sagsarbejde sagsbehandling sager skrive skrivearbejde skrivebord
    skrivedag skriver skrivetid telefontid work writing årsrapport indkøb analyse dataarbejde excel
    korrektur planlægning uforstyrret optaget dokumentation oprydning indbakke ajourføring læser stille
""")
DESK_VERBS = _words(
    "skriver skrive læser læse forbereder laver gennemgår retter journaliserer analyserer writing reading"
)
DESK_ENDINGS = (
    "skrivning",
    "behandling",
    "arbejde",
    "læsning",
    "forberedelse",
    "opfølgning",
    "rapport",
    "notat",
    "budget",
)
FILLERS = _words("""
    og på til af i med m for en et det den de der som kl ca min mit mine and the of to on my in a hele dag
    dagen dagens today fm em fra hd
""")

# --- being elsewhere ------------------------------------------------------------------------------

ELSEWHERE = _words("""
    kursus kursusdag kurset konference konferencen seminar seminaret messe studietur tjenesterejse internat
    internatseminar døgnseminar landsmøde årsmøde kongres kongressen ekskursion virksomhedsbesøg
    praktikbesøg uddannelse uddannelsesdag diplomuddannelse eksamen course conference trip fair congress
    training kursusfredag undervisningsdag studiebesøg fagdag netværksdag netværkstræf fagseminar
""")
ELSEWHERE_ENDINGS = (
    "kursus",
    "seminar",
    "seminaret",
    "konference",
    "konferencen",
    "messe",
    "kongres",
    "internat",
)
ELSEWHERE_FREE_BUSY = _words("""
    besøg møde kunde kundebesøg tilsyn rundvisning rejse tur event reception kundemøde samarbejdsmøde
    borgerbesøg udebesøg site lokation besigtigelse netværk workshop visit meeting travel inspektion temadag
    møder byggemøde hjemmebesøg
""")
ONLINE_BEGINNINGS = ("online", "web", "virtuel", "fjern", "video", "elærings")
ONLINE = _words("online teams webinar virtuel virtuelt zoom skype elæring digitalt remote video")
# Where a place is asked for and none is given.
NO_PLACE = _words("""
    tlf telefon telefonen telefonisk telefonmøde telefonsamtale telefonopkald mobil mobilen ring ringes
    ringer opkald phone call telefonmøder teamsmøde skypemøde zoommøde facetime meet webex jabber
    link linket http https www aftales følger senere besked tba tbd nærmere ingen intet ukendt nn
""")
NOT_THERE_YET = _words("""
    tilmeldingsfrist ansøgningsfrist frist tilmelding tilmeld planlægning planlæg planlægge evaluering book
    bestil bestilling deadline forberedelse forbered opsamling opfølgning invitation program husk ansøgning
    betaling dagsorden oplæg materiale
""")

# --- absence, in its kinds ------------------------------------------------------------------------

ABSENCE: tuple[tuple[frozenset[str], Absence], ...] = (
    (
        _words("""
        syg sygdom sygedag sygemeldt sygemelding delvissyg sengeliggende influenza omgangssyge migræne sick
        sickday sickleave ill 🤒 🤧 😷
    """),
        Absence.ILLNESS,
    ),
    (
        _words("""
        ferie feriedag feriedage feriefri feriefridag feriefridage restferie sommerferie vinterferie
        efterårsferie påskeferie juleferie ferieuge ferieugen skiferie miniferie vacation holiday holidays
        pto 🏖 🌴 ⛱
    """),
        Absence.HOLIDAY,
    ),
    (
        _words("""
        afsp flexfri fleksfri flexdag fleksdag flexafspadsering fridag timefri flekstimer fleksafspadsering
    """),
        Absence.TIME_OFF,
    ),
    (
        _words("orlov barsel barselsorlov fædreorlov forældreorlov tjenestefri leave maternity paternity"),
        Absence.LEAVE,
    ),
    (
        _words("omsorgsdag omsorgsdage seniordag seniordage seniorfridag seniorfri børneomsorgsdag"),
        Absence.CARE_DAY,
    ),
)
CHILD = _words("""
    barn barns børn børns barnet børnene dreng drengen datter datteren søn sønnen pige pigen lille child
    childs kid kids ungen unge
""")
SICK = _words("syg syge sygt sygedag sygdom sick ill feber 🤒 🤧")
CHILD_SICK_DAY = _words("børnesygedag barnsygedag barnetssygedag")
LATER = _words("3 tredje third 3rd 4 fjerde fourth 4th 5 femte")
TIME_OFF_VERBS = _words("holder har tager off flex fleks hele")
NOT_ONE_S_OWN_TIME_OFF = _words("børnene børn skolen skole elever eleverne")
NOT_TIME_OFF_AFTER = _words(
    "bil telefon internet for leg bar parkering tale proces til adgang skole entre konkurrence"
)
AWAY_TOPIC = _words("""
    plan planer ferieplan ferieplaner planlægning planlæg planlægge frist ønsker ønske ferieønsker
    afholdelse varsling varsle godkend godkende godkendelse oversigt registrering registrer politik møde
    samtale opfølgning regler aftale aftaler drøft drøftelse kalender vikar vagtplan dækning koordinering
    restferiesaldo optælling statistik raskmelding husk overlevering indtast saldo opgørelse budget
    budgettet penge refusion lukket hjælp
""")
BACK_FROM = _words("fra efter før inden tilbage retur slut")


def is_home_category(categories: Iterable[str], own: frozenset[str]) -> bool:
    """Whether one of an entry's categories is a name for home work, ours or the organisation's own."""
    names = {normalise(name) for name in categories}
    return bool(names & HOME_CATEGORIES or names & own)
