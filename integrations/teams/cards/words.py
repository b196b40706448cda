"""The few words that a card adds by itself. They are Danish unless English is asked for."""

from __future__ import annotations

_MORE = {
    "da": (
        "Der er ét punkt mere, som der ikke er plads til her.",
        "Der er {count} punkter mere, som der ikke er plads til her.",
    ),
    "en": (
        "There is one more matter than fits here.",
        "There are {count} more matters than fit here.",
    ),
}
_TOO_BIG = {
    "da": "Overblikket dag for dag fylder for meget til at kunne vises i Teams.",
    "en": "The overview day by day is too big to be shown in Teams.",
}


def more(left_out: int, language: str) -> str:
    """How many matters are not shown; nothing where all are."""
    if not left_out:
        return ""
    one, many = _MORE[_known(language)]
    return one if left_out == 1 else many.format(count=left_out)


def too_big(language: str) -> str:
    """What stands in the place of a grid that does not fit."""
    return _TOO_BIG[_known(language)]


def _known(language: str) -> str:
    return language if language in _MORE else "da"
