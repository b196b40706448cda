"""From the trees of one or more files to the register: every section read, every row checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.model import Agreement, DayException, Organisation, Person, Register, Team
from integrations.register.agreements import read_agreement, read_exception
from integrations.register.faults import Faults
from integrations.register.organisation import read_organisation
from integrations.register.people import read_person
from integrations.register.row import Checked, Row
from integrations.register.teams import read_team
from integrations.register.tree import Items, Place, Table, is_absent

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sections:
    """Everything that was read, row by row, before rows are checked against each other."""

    organisation: Checked[Organisation] | None
    teams: tuple[Checked[Team], ...]
    people: tuple[Checked[Person], ...]
    agreements: tuple[Checked[Agreement], ...]
    exceptions: tuple[Checked[DayException], ...]

    def register(self, organisation: Organisation) -> Register:
        """Return the register of what was read; only right when no fault was found."""
        return Register(
            organisation=organisation,
            teams={team.value.id: team.value for team in self.teams},
            people={person.value.id: person.value for person in self.people},
            agreements=tuple(agreement.value for agreement in self.agreements),
            exceptions=tuple(exception.value for exception in self.exceptions),
        )


def read_sections(trees: Sequence[Table], source: str, timezone: str, faults: Faults) -> Sections:
    """Read what the files hold together.

    ``source`` names them all, for a section that none of them has; ``timezone`` holds where the organisation
    names none.
    """
    files = [Row(tree, "", faults) for tree in trees]
    organisation = _organisation(files, source, faults)
    zone = ZoneInfo((organisation and organisation.value.timezone) or timezone)
    sections = Sections(
        organisation=organisation,
        teams=_section(files, "teams", read_team),
        people=_section(files, "people", read_person),
        agreements=_section(files, "agreements", read_agreement),
        exceptions=_section(files, "exceptions", partial(read_exception, zone=zone)),
    )
    for file in files:
        file.close()
    for name in ("teams", "people"):
        _require_rows(files, name, source, faults)
    return sections


def _organisation(files: Sequence[Row], source: str, faults: Faults) -> Checked[Organisation] | None:
    present = [file.has("organisation") for file in files]
    rows = [row for file in files if (row := file.row("organisation")) is not None]
    if not any(present):
        faults.add(
            Place(source), "organisation", "this section is missing; write at least its name and policy."
        )
    for row in rows[1:]:
        row.fault("", f"the organisation stands in {rows[0].table.place.source} already; keep one of them.")
    checked = [Checked(read_organisation(row), row) for row in rows]
    return checked[0] if checked else None


def _require_rows(files: Sequence[Row], name: str, source: str, faults: Faults) -> None:
    """Note a section without a row: judged by an emptied register, every open finding would be resolved."""
    nodes = [node for file in files if (node := file.table.fields.get(name)) is not None]
    if all(is_absent(node) or node == Items((), node.place) for node in nodes):
        place = nodes[0].place if nodes else Place(source)
        faults.add(place, name, "there is nothing in this section; write at least one row.")


def _section(files: Sequence[Row], name: str, read: Callable[[Row], T]) -> tuple[Checked[T], ...]:
    return tuple(Checked(read(row), row) for file in files for row in file.rows(name))
