"""The words of the grid of who is where, in English."""

from bot.model import Place
from bot.texts.catalogue import GridWords

GRID = GridWords(
    heading="Who is where",
    unread={
        "one": "We could not read the calendar of {names}",
        "other": "We could not read the calendars of {names}",
    },
    week="Week {week}",
    team_day="team day",
    holiday="public holiday",
    closed="closed",
    signs={
        Place.ON_SITE: ("W", "at the workplace"),
        Place.HOME: ("H", "at home"),
        Place.TENTATIVE: ("M", "maybe at home"),
        Place.AWAY: ("A", "away"),
        Place.ELSEWHERE: ("E", "elsewhere"),
        Place.OFF: ("–", "not a working day"),
        Place.UNKNOWN: ("?", "not read"),
    },
)
