"""The words people use in a calendar for working at home, for being away and for doubt. Danish and English.

Whole words only: "hjemme" is a mark, "hjemmebesøg" and "hjemmeside" are other words altogether.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.model import Absence


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HOME = _words("""
    hjemme hjemmefra hjemmearbejde hjemmearbejder hjemmearbejdsdag hjemmearbejdsdage hjemmedag hjemmedage
    hjemmekontor hjemmekontordag hjemmearb wfh telearbejde teledag distancearbejde distancedag fjernarbejde
    homeoffice homeworking telework teleworking telecommuting
""")
HOME_PHRASES = (
    ("home", "office"),
    ("work", "from", "home"),
    ("working", "from", "home"),
    ("work", "at", "home"),
    ("working", "at", "home"),
    ("working", "remotely"),
    ("remote", "work"),
    ("home", "day"),
)
HOME_CATEGORIES = HOME | {
    "arbejder hjemme",
    "arbejder hjemmefra",
    *(" ".join(words) for words in HOME_PHRASES),
}

# Beside a home word these tell that the entry is about home work, or that somebody is visited at home.
TOPICS = _words("""
    politik aftale aftaler lokalaftale retningslinjer rammer drøft drøfte drøftelse dialog apv tjekliste
    vejledning kursus webinar oplæg workshop temadag udvalg møde punkt evaluering spørgeskema hos
    policy agreement guidelines survey meeting discuss
""")
# Beside a home word these tell that the home is where somebody leaves from or comes back to.
JOURNEY = _words("afgang afsted kører køre kørsel rejser afrejse hjemrejse igen leaving departure")
ABOUT = _words("om vedr vedrørende about regarding")
NOT = _words("ikke ej ingen not no")
WITHDRAWN = _words("aflyst aflyses annulleret flyttet udgår cancelled canceled moved")
DOUBT = _words("""
    måske evt eventuelt muligvis formentlig forventet foreløbig foreløbigt afventer tbc tbd
    maybe possibly perhaps tentative tentatively
""")
DESK_WORK = _words("""
    fordybelse fordybelsesdag fordybelsestid arbejdsro ro fokus fokustid fokusdag skrivedag skrivetid skrive
    læsedag læse læsning rapport rapportskrivning sagsbehandling journalisering administration admin mail
    mails kontortid telefontid skrivebord opsamling forberedelse koncentration
    focus deep work writing reading desk paperwork preparation quiet
""")
REACHABLE = _words("tlf telefon telefonen mobil ring ringe teams fanges træffes phone call mobile")

HOLIDAY = _words("""
    ferie feriedag feriedage feriefri feriefridag feriefridage restferie sommerferie vinterferie
    efterårsferie påskeferie juleferie vacation holiday holidays pto
""")
ILLNESS = _words("syg sygdom sygedag sygemeldt sygemelding sick sickday ill")
CHILD = _words("barn barns børn børns barnet child childs")
TIME_OFF = _words("afspadsering afspadserer flexfri fleksfri fridag timefri")
LEAVE = _words("orlov barsel barselsorlov fædreorlov forældreorlov leave")
CARE_DAY = _words("omsorgsdag omsorgsdage seniordag seniordage seniorfridag")

_WORD = re.compile(r"[^\W_]+")
_PHONE = re.compile(r"(?<!\d)\d{2} ?\d{2} ?\d{2} ?\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of a text say. A sick child and work at home may both be there."""

    home: bool = False
    doubt: bool = False
    absence: Absence | None = None
    desk_work: bool = False
    reachable: bool = False
    words: frozenset[str] = field(default_factory=frozenset)


def normalise(text: str) -> str:
    """Return the text in lower case and composed form, without control, bidi and other invisible marks."""
    composed = unicodedata.normalize("NFKC", text)
    visible = "".join(" " if c.isspace() else c for c in composed if c.isspace() or _visible(c))
    return visible.casefold().strip()


def read(text: str, home_words: frozenset[str] = frozenset()) -> Reading:
    """Read a subject or a location. ``home_words`` are the organisation's own, normalised.

    Linear in the length of the text.
    """
    plain = normalise(text)
    sequence = tuple(_WORD.findall(plain))
    words = frozenset(sequence)
    beside = bool(words & (TOPICS | WITHDRAWN))
    return Reading(
        home=not beside and not words & JOURNEY and _names_home(sequence, home_words),
        doubt="?" in plain or bool(words & DOUBT),
        absence=None if beside else _absence(words),
        desk_work=bool(words) and words <= DESK_WORK,
        reachable=bool(words & REACHABLE) or _PHONE.search(plain) is not None,
        words=words,
    )


def is_home_category(categories: Iterable[str], own: frozenset[str]) -> bool:
    """Whether one of an entry's categories is a name for home work, ours or the organisation's own."""
    names = {normalise(name) for name in categories}
    return bool(names & HOME_CATEGORIES or names & own)


def _names_home(sequence: tuple[str, ...], own: frozenset[str]) -> bool:
    """Whether some home word stands there without a "not" or an "about" right before it."""
    return any(
        _home_at(sequence, i, own) and not set(sequence[max(0, i - 2) : i]) & (NOT | ABOUT)
        for i in range(len(sequence))
    )


def _home_at(sequence: tuple[str, ...], i: int, own: frozenset[str]) -> bool:
    return (
        sequence[i] in HOME
        or sequence[i] in own
        or any(sequence[i : i + len(phrase)] == phrase for phrase in HOME_PHRASES)
    )


def _absence(words: frozenset[str]) -> Absence | None:
    if words & CHILD and words & ILLNESS:
        return Absence.CHILD_ILLNESS
    kinds = (
        (ILLNESS, Absence.ILLNESS),
        (HOLIDAY, Absence.HOLIDAY),
        (TIME_OFF, Absence.TIME_OFF),
        (LEAVE, Absence.LEAVE),
        (CARE_DAY, Absence.CARE_DAY),
    )
    return next((kind for names, kind in kinds if words & names), None)


def _visible(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
