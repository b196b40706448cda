"""What the bot says in Danish."""

from bot.texts.catalogue import Language
from bot.texts.da.digest import DIGEST
from bot.texts.da.frame import FRAME
from bot.texts.da.grid import GRID
from bot.texts.da.sources import SOURCES

NUMBERS = ("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti")

DANISH = Language(frame=FRAME, digest=DIGEST, grid=GRID, sources=SOURCES, numbers=NUMBERS)
