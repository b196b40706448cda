"""What is wrong with a register: collected while checking, told all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from integrations.register.tree import Place


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A place, the field (such as ``people[3].team``, counted from 1; may be empty), and what is wrong."""

    place: Place
    path: str
    what: str

    def __str__(self) -> str:
        sentence = ": ".join(part for part in (str(self.place), self.path, self.what) if part)
        return sentence if sentence.endswith((".", "?")) else f"{sentence}."


@dataclass(slots=True)
class Faults:
    """The faults found so far."""

    found: list[Fault] = field(default_factory=list)

    def add(self, place: Place, path: str, what: str) -> None:
        """Note a fault."""
        self.found.append(Fault(place, path, what))

    def sentences(self) -> list[str]:
        """Return every fault in the order of the files, each as one sentence."""
        return [str(fault) for fault in sorted(set(self.found))]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the question after the nearest known word, to be put behind a sentence, or nothing."""
    near = get_close_matches(word.lower(), list(known), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""
