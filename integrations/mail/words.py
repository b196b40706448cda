"""The few words that a mail adds by itself. They are Danish unless English is asked for."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: Mapping[str, Mapping[str, str]] = {
    "da": {
        "name": "Navn",
        "trend": "Udviklingen",
        "why mail": "Du får beskeden som mail, fordi Teams ikke kunne aflevere den.",
    },
    "en": {
        "name": "Name",
        "trend": "The trend",
        "why mail": "You are receiving this by email because Teams could not deliver it.",
    },
}


def words(language: str) -> Mapping[str, str]:
    """The words by what they are for."""
    return _WORDS.get(language, _WORDS["da"])
