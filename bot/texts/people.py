"""What people are called in a message: as short as tells them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from bot.model import Person

AFTER_Z = str.maketrans("æøå", "{|}")
Way = Callable[[Person], str]


def first_name(name: str) -> str:
    """Return the given name, also of a name that the directory writes as "Holm, Anna"."""
    family, comma, given = name.partition(",")
    words = (given if comma and given.strip() else family).split()
    return words[0] if words else ""


def called(people: Iterable[Person]) -> Mapping[str, str]:
    """Return what each is called where there is room for little more than a first name, by id."""
    return _told_apart(people, lambda one: first_name(one.name), _with_initial, _full_name)


def listed(people: Iterable[Person]) -> Mapping[str, str]:
    """Return what each is called in a list of people, by id: "Anna H.", else the full name."""
    return _told_apart(people, _with_initial, _full_name)


def _with_initial(person: Person) -> str:
    words = person.name.split()
    return f"{words[0]} {words[-1][0]}." if len(words) > 1 else person.name


def _full_name(person: Person) -> str:
    return person.name


def _with_account(person: Person) -> str:
    return f"{person.name} ({person.id.partition('@')[0]})"


def _told_apart(people: Iterable[Person], *ways: Way) -> Mapping[str, str]:
    """Name each person in the first of the ways in which nobody else is called the same."""
    everybody = list(people)
    names = {one.id: one for one in everybody}
    taken = [Counter(way(one) for one in names.values()) for way in ways]
    return {
        one.id: next(
            (way(one) for way, times in zip(ways, taken, strict=True) if times[way(one)] == 1),
            _with_account(one),
        )
        for one in names.values()
    }


def alphabetical(name: str) -> str:
    """Return a key that sorts as the Danish alphabet does: æ, ø, å after z."""
    return name.casefold().translate(AFTER_Z)
