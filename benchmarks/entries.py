"""Pages of ``calendarView`` as Graph sends them: made up, and the same ones every time.

Eleven weeks of a person, most of it meetings, with the marks, look-alikes and absence that colleagues write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import msgspec

from bot.model import Window

WINDOW = Window(date(2026, 1, 5), date(2026, 3, 22))
ENTRIES_A_PERSON = 60
LONG_SUBJECT = "Referat af møde i arbejdsmiljøudvalget, punkt 7: hjemmearbejde og fremmøde. " * 130
"""About 10 kB; Outlook cuts at 255, other programs that write to a calendar do not."""

_ZONE = "Romance Standard Time"
COLLEAGUES = ("Bo Friis", "Carla Dam", "David Juhl", "Eva Skov", "Freja Berg", "Gustav Lind", "Hanne Ravn")
_PLACES = ("Mødelokale 2", "Rådhuset, lokale 114", "Microsoft Teams-møde", "Byrådssalen")


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of entry: how many in a thousand, its subjects, and what else tells it from a meeting."""

    weight: int
    subjects: tuple[str, ...]
    all_day: bool = False
    meeting: bool = False
    fields: Mapping[str, object] = field(default_factory=dict)


KINDS = (
    Kind(
        430,
        ("Sagsmøde {number}", "Status på {name}s sag {number}", "1:1 {name}", "Budget {number}, opfølgning"),
        meeting=True,
    ),
    Kind(
        190,
        ("Teammøde", "Morgenmøde", "Tavlemøde Borgerservice", "Frokost", "Weekly status"),
        meeting=True,
        fields={"type": "occurrence", "seriesMasterId": "AAMkADAwATM0MDAAMS0xMjM0LWFiY2QtMDACLTAwCgBGAAAD"},
    ),
    Kind(120, ("Husk indberetning {number}", "Tandlæge", "Forberedelse til {name}", "Læse dagsorden", "")),
    Kind(90, ("Hjemmearbejde", "Arbejder hjemme", "Hjemme", "WFH", "hj.arb.", "hjemmearbjde"), all_day=True),
    Kind(25, ("Hjemme til kl. 12", "Hjemmearbejde formiddag", "Hjemmefra fra kl. 13")),
    Kind(15, ("Kontordag",), all_day=True, fields={"categories": ["Hjemmearbejde"]}),
    Kind(15, ("", "Fordybelse"), all_day=True, fields={"showAs": "workingElsewhere"}),
    Kind(
        55,
        ("Hjemmebesøg hos borger {number}", "Møde om hjemmearbejde", "Hjemmesiden: ret side {number}"),
        meeting=True,
    ),
    Kind(
        30,
        ("Ferie", "Barns 1. sygedag", "Afspadsering", "Syg", "{name} holder ferie"),
        all_day=True,
        fields={"showAs": "oof"},
    ),
    Kind(20, ("Kursus i Odense", "Konference", "Møde på Rådhuset i Nyborg"), all_day=True),
    Kind(8, ("Privat aftale",), fields={"sensitivity": "private"}),
    Kind(2, (LONG_SUBJECT,)),
)


def pages(people: int) -> Iterator[bytes]:
    """Yield one page of JSON for each person."""
    dice = Random(20260302)
    context = "https://graph.microsoft.com/v1.0/$metadata#users('anna')/calendarView"
    for _ in range(people):
        value = [entry(dice, any_of(KINDS, dice)) for _ in range(ENTRIES_A_PERSON)]
        yield msgspec.json.encode({"@odata.context": context, "value": value})


def address_of(name: str) -> str:
    """Return the address, and principal name, of somebody of that name."""
    return f"{name.lower().replace(' ', '.')}@proeve.example"


def any_of(kinds: Sequence[Kind], dice: Random) -> Kind:
    """Return one of these kinds, the frequent ones more often."""
    [kind] = dice.choices(kinds, [kind.weight for kind in kinds])
    return kind


def entry(dice: Random, kind: Kind, day: date | None = None) -> dict[str, Any]:
    """Return an entry of this kind: on that day, or on any of the window."""
    number = dice.randrange(10_000, 99_999)
    subject = dice.choice(kind.subjects).format(name=dice.choice(COLLEAGUES), number=number)
    return {
        "@odata.etag": f'W/"DwAAABYAAAB{number}=="',
        "id": f"AAMkADAwATM0MDAAMS0xMjM0LWFiY2QtMDACLTAwCgBGAAADe{number}{dice.randrange(10**40):040}=",
        "subject": subject,
        **_times(dice, day or _any_day(dice), all_day=kind.all_day),
        "isAllDay": kind.all_day,
        "showAs": "free" if kind.all_day else "busy",
        "categories": [],
        "sensitivity": "normal",
        "isCancelled": False,
        "type": "singleInstance",
        "seriesMasterId": None,
        **(_company(dice) if kind.meeting else _alone()),
        **kind.fields,
    }


def _any_day(dice: Random) -> date:
    return WINDOW.start + timedelta(weeks=dice.randrange(11), days=dice.randrange(5))


def _times(dice: Random, day: date, *, all_day: bool) -> dict[str, Any]:
    start = datetime.combine(day, time() if all_day else time(dice.randrange(8, 15), dice.choice((0, 30))))
    length = timedelta(days=1) if all_day else timedelta(minutes=dice.choice((30, 60, 90)))
    return {"start": moment(start), "end": moment(start + length)}


def moment(at: datetime) -> dict[str, str]:
    """Return a local time as Graph writes it."""
    return {"dateTime": f"{at.isoformat()}.0000000", "timeZone": _ZONE}


def _company(dice: Random) -> dict[str, Any]:
    """A meeting that somebody called, with a place and attendees."""
    place = {"displayName": dice.choice(_PLACES), "locationType": "default", "uniqueIdType": "unknown"}
    names = dice.sample(COLLEAGUES, dice.randrange(2, 6))
    return {
        "location": place,
        "locations": [place],
        "isOrganizer": False,
        "organizer": {"emailAddress": _address(names[0])},
        "attendees": [
            {
                "type": "required",
                "status": {"response": "accepted", "time": "2026-01-02T09:00:00Z"},
                "emailAddress": _address(name),
            }
            for name in names
        ],
        "responseStatus": {"response": "accepted", "time": "2026-01-02T09:00:00Z"},
        "isOnlineMeeting": True,
    }


def _alone() -> dict[str, Any]:
    """An entry that people write for themselves."""
    return {
        "location": {"displayName": "", "locationType": "default", "uniqueIdType": "unknown", "address": {}},
        "locations": [],
        "isOrganizer": True,
        "organizer": {"emailAddress": _address("Anna Holm")},
        "attendees": [],
        "responseStatus": {"response": "organizer", "time": "0001-01-01T00:00:00Z"},
        "isOnlineMeeting": False,
    }


def _address(name: str) -> dict[str, str]:
    return {"name": name, "address": address_of(name)}
