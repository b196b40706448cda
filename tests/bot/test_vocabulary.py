"""What people write for home work is read as home work, and what only looks like it is not."""

from __future__ import annotations

import pytest

from bot.days import working_minutes
from bot.model import Absence
from bot.names import Owner
from bot.reading import Reading
from bot.reading import read as read_text
from bot.reading.places import Place, Places
from bot.vocabulary import HOME_PLACES, HOME_WORDS, is_home_category
from bot.words import normalise
from tests.bot.builders import KIRSTEN, PERSON

ANNA = Owner.of(PERSON, KIRSTEN)


def read(text: str, own_words: frozenset[str] = frozenset()) -> Reading:
    """Read a text in Anna's calendar."""
    return read_text(text, ANNA, working_minutes(PERSON.work_hours), own_words)


HOME = """
Hjemme
hjemme hele dagen
HJEMMEARBEJDE
Arbejder hjemme
Arbejder hjemmefra
Hjemmearbejdsdag
Hjemmedag – rapport
hjemmekontor
Hjemmearb.
🏠 Hjemme
[Hjemme] Sagsbehandling
Hjemmearbejde, ring på 12 34 56 78
Hjemme med influenza i huset
Forkølet, arbejder hjemme
Telearbejde
Distancearbejde
WFH
wfh / focus
Working from home
Home office
Home day
Remote work
Remote working
Half day WFH
Hjemme efter frokost
Starter hjemme, på kontoret fra kl. 10
Onlinekursus hjemmefra
"""

LOOKS_ALIKE = """
Hjemmebesøg hos fru Jensen
Hjemmeplejen
Møde med hjemmeplejen
Hjemmehjælp
Hjemmesygeplejen
Hjemmeside
Ny hjemmeside går i luften
Hjemmevejleder
Hjemmetræning
Hjemmel i forvaltningsloven
Skole-hjem-samtale
Skole/hjem-samtale 3.b
Plejehjem Solgården
Hjem kl. 15
På vej hjem
Home page launch
Homepage
Home care
Home visit
Nursing home
Take-home exam
"""

ABOUT_HOME_WORK = """
Drøftelse af hjemmearbejde
Møde om hjemmearbejde
Møde: hjemmearbejde
MED: retningslinjer for hjemmearbejde
Politik for hjemmearbejde
Individuel aftale om hjemmearbejde
Oplæg om det gode hjemmekontor
Spørgeskema vedr. hjemmearbejde
Webinar: hjemmearbejde og ergonomi
APV hjemmekontor
Work from home policy
Survey about working from home
"""

NOT_AT_HOME = """
Ikke hjemme
Arbejder ikke hjemme
Ikke længere hjemme fredag
Not working from home
Aflyst: Hjemmearbejde
Hjemmearbejde AFLYST
Hjemmedag flyttet til torsdag
Canceled: WFH
Afgang hjemmefra kl. 7
Kører hjemmefra 6.30
Hjemme igen kl. 17
Hjemme hos borger
Jeg er hjemme fra ferie
Hjemme nej, kontor
LMU - hjemmearbejde og trivsel
Hjemmekontor-messe
"""

DOUBTFUL = """
Hjemme?
Måske hjemme
Evt. hjemmearbejde
Hjemmearbejde (foreløbigt)
Muligvis hjemmefra
WFH tbc
Hjemme (tentativ)
Hjemme el. kontor
Hjemme - mangler ok
Maybe working from home
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("subject", lines(HOME))
def test_home_work_in_words(subject: str) -> None:
    assert read(subject).home
    assert not read(subject).doubt


@pytest.mark.parametrize("subject", lines(LOOKS_ALIKE + ABOUT_HOME_WORK.lstrip() + NOT_AT_HOME.lstrip()))
def test_what_is_no_home_day_is_not_taken_for_one(subject: str) -> None:
    assert not read(subject).home


@pytest.mark.parametrize("subject", lines(DOUBTFUL))
def test_a_doubt_is_heard(subject: str) -> None:
    assert read(subject).home
    assert read(subject).doubt


@pytest.mark.parametrize(
    ("subject", "absence"),
    [
        ("Ferie", Absence.HOLIDAY),
        ("Ferie hjemme", Absence.HOLIDAY),
        ("Feriefridag", Absence.HOLIDAY),
        ("On vacation", Absence.HOLIDAY),
        ("Syg", Absence.ILLNESS),
        ("Sygemeldt", Absence.ILLNESS),
        ("Barn syg", Absence.CHILD_ILLNESS),
        ("Barn syg fra kl. 3", Absence.CHILD_ILLNESS),
        ("Barns 3. sygedag", Absence.LEAVE),
        ("Barn syg, tredje dag", Absence.LEAVE),
        ("Barns 1. sygedag, arbejder hjemme", Absence.CHILD_ILLNESS),
        ("Afspadsering", Absence.TIME_OFF),
        ("Barselsorlov", Absence.LEAVE),
        ("Seniordag", Absence.CARE_DAY),
        ("Hjemmearbejde", None),
        ("Forkølet, arbejder hjemme", None),
        ("Ferieplanlægning", None),
        ("Sygefraværssamtale", None),
        ("Aflyst: ferie", None),
        ("Aftale om ferie", None),
    ],
)
def test_absence_in_words(subject: str, absence: Absence | None) -> None:
    assert read(subject).absence is absence


@pytest.mark.parametrize("subject", ["Fordybelse", "sagsbehandling", "Deep work", "Rapportskrivning, mails"])
def test_desk_work_is_nothing_but_desk_work(subject: str) -> None:
    assert read(subject).desk_work
    assert read(f"{subject} i Odense").outing


@pytest.mark.parametrize(
    "subject", ["Hjemme, ring 12 34 56 78", "Hjemme 12345678", "Hjemme – træffes på Teams"]
)
def test_how_to_be_reached_is_seen(subject: str) -> None:
    assert read(subject).reachable


@pytest.mark.parametrize("subject", ["Hjemme", "Hjemme 2026", "Hjemme, sag 123456789"])
def test_a_number_of_something_else_is_no_telephone(subject: str) -> None:
    assert not read(subject).reachable


@pytest.mark.parametrize("subject", ["hjem\u200bmearbejde", "\u202ehjemmearbejde\u202c", "ＨＪＥＭＭＥ"])
def test_invisible_marks_and_other_forms_of_letters_do_not_matter(subject: str) -> None:
    assert read(subject).home


def test_white_space_separates_words() -> None:
    assert normalise("  Hjemme\tfredag\n") == "hjemme fredag"


def test_the_organisation_s_own_words_are_read_too() -> None:
    own = frozenset({"fleksplads"})
    assert read("Fleksplads i dag", own).home
    assert not read("Fleksplads i dag").home


@pytest.mark.parametrize(
    "category", ["Hjemmearbejde", "hjemme", "Arbejder hjemme", "Working from home", "WFH"]
)
def test_home_categories(category: str) -> None:
    assert is_home_category(["Vigtig", category], frozenset())


@pytest.mark.parametrize("category", ["Vigtig", "Hjemmebesøg", "Hjemmearbejde ikke muligt", ""])
def test_other_categories(category: str) -> None:
    assert not is_home_category([category], frozenset())


def test_the_organisation_s_own_category() -> None:
    assert is_home_category(["HB-dag"], frozenset({normalise("hb-dag")}))


@pytest.mark.parametrize(
    ("subject", "hours"),
    [
        ("Hjemme", 8),
        ("Hjemme 0,5 dag", 4),
        ("Hjemme 50%", 4),
        ("½ dag hjemme", 4),
        ("Hjemme 3 timer", 3),
        ("Hjemme 08:00 til 10:00", 2),
        ("Hjemme fra kl. 10 til 14", 4),
        ("Hjemme mellem 9 og 12", 3),
        ("Hjemme til kl. 9.30", 1.5),
        ("Hjemme efter frokost", 4),
        ("Hjemme, på kontoret fra kl. 13", 5),
        ("Inde til kl. 11, resten af dagen hjemme", 5),
        ("Hjemme, træffes kl. 9-11", 8),
        ("Hjemme, møde 10-11 på Teams", 8),
    ],
)
def test_parts_of_a_day(subject: str, hours: float) -> None:
    working = working_minutes(PERSON.work_hours)
    assert (read(subject).home & working).bit_count() == hours * 60


@pytest.mark.parametrize("weekday", "mandag tirsdag onsdag torsdag fredag lørdag søndag monday".split())
@pytest.mark.parametrize(
    ("subject", "hours"), [("Hjemme, {} til kl. 12", 4), ("HA {} 8-10", 2), ("Hjemme fra {}", 8)]
)
def test_a_weekday_goes_with_a_time_whichever_it_is(subject: str, hours: int, weekday: str) -> None:
    working = working_minutes(PERSON.work_hours)
    assert (read(subject.format(weekday)).home & working).bit_count() == hours * 60


def test_the_owner_s_own_name_makes_it_the_owner_s_home() -> None:
    assert read("Hjemme hos Anna").home
    assert not read("Hjemme hos Bo").home


HOMES = [
    "Hjemme",
    "hjemmekontor",
    "Hjemmefra",
    "Hjemme hos mig",
    "Hjemme hos Anna",
    "Privatadresse",
    "Egen bopæl",
    "Home",
    "WFH",
    "Hjemmekontoret, Skolegade 3",
]
ONLINE = ["Microsoft Teams-møde", "Online", "Zoom", "Mødelokale 2 / Teams", "Onlinemøde"]
SOMEWHERE = [
    "Rådhuset, lokale 3",
    "Mødelokale 1.04",
    "214",
    "Hjemmeplejen, Skolegade 1",
    "Hjemme hos Bo",
    "Hjemme hos borgeren",
    "Hjørring Bibliotek",
    "Jobcentret",
]
UNSAID = [
    "",
    " ",
    "?",
    "Hjemme?",
    "Evt. hjemme",
    "Hjemme, ikke sikkert",
    "Rådhuset?",
    "Rådhuset eller Jobcentret",
    "Telefon",
    "Ring 12 34 56 78",
    "12345678",
    "https://meet.example/abc",
    "lokale3@proeve.example",
    "Aftales nærmere",
    "TBD",
]


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        *((place, Place.HOME) for place in HOMES),
        *((place, Place.ONLINE) for place in ONLINE),
        *((place, Place.SOMEWHERE) for place in SOMEWHERE),
        *((place, Place.UNSAID) for place in UNSAID),
    ],
)
def test_what_a_place_is(place: str, kind: Place) -> None:
    assert Places(ANNA).kind(place) is kind


@pytest.mark.parametrize("place", sorted(HOME_PLACES | HOME_WORDS))
def test_every_home_word_alone_is_the_home_as_a_place(place: str) -> None:
    assert Places(ANNA).kind(place) is Place.HOME


@pytest.mark.parametrize(
    ("places", "home_address", "home"),
    [
        (("Hjemme",), False, True),
        (("Hjemme", "Hjemmekontor"), False, True),
        (("Hjemme", "Microsoft Teams-møde"), False, True),
        (("Skolegade 5",), True, True),
        ((), True, True),
        ((), False, False),
        (("Skolegade 5",), False, False),
        (("Hjemme", "Rådhuset"), False, False),
        (("Hjemme", "Rådhuset"), True, False),
        (("Microsoft Teams-møde",), False, False),
        (("Hjemme?",), False, False),
    ],
)
def test_the_home_is_the_place_where_no_other_stands_beside_it(
    places: tuple[str, ...], home_address: bool, home: bool
) -> None:
    assert Places(ANNA).are_home(places, home_address=home_address) is home


@pytest.mark.parametrize(
    ("places", "away"),
    [
        (("Rådhuset",), True),
        (("Rådhuset", "Telefon"), True),
        (("Rådhuset", "Hjemme"), False),
        (("Rådhuset", "Teams"), False),
        (("Telefon",), False),
        ((), False),
    ],
)
def test_one_has_to_go_where_neither_home_nor_online_is_named(places: tuple[str, ...], away: bool) -> None:
    assert Places(ANNA).are_away(places) is away
