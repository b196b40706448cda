"""The words of the grid of who is where, in Danish."""

from bot.model import Place
from bot.texts.catalogue import GridWords

GRID = GridWords(
    heading="Hvem er hvor",
    unread={
        "one": "Vi kunne ikke læse kalenderen hos {names}",
        "other": "Vi kunne ikke læse kalenderne hos {names}",
    },
    week="Uge {week}",
    team_day="teamdag",
    holiday="helligdag",
    closed="lukket",
    signs={
        Place.ON_SITE: ("A", "på arbejdspladsen"),
        Place.HOME: ("H", "hjemme"),
        Place.TENTATIVE: ("M", "måske hjemme"),
        Place.AWAY: ("V", "væk"),
        Place.ELSEWHERE: ("U", "ude af huset"),
        Place.OFF: ("–", "ikke arbejdsdag"),
        Place.UNKNOWN: ("?", "ikke læst"),
    },
)
