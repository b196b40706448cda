"""What the bot says in English."""

from bot.texts.catalogue import Language
from bot.texts.en.digest import DIGEST
from bot.texts.en.frame import FRAME
from bot.texts.en.grid import GRID
from bot.texts.en.sources import SOURCES

NUMBERS = ("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

ENGLISH = Language(frame=FRAME, digest=DIGEST, grid=GRID, sources=SOURCES, numbers=NUMBERS)
