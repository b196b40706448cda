"""The register as rows: replaced as a whole, read as a whole."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Connection, Table, delete, insert, select

from bot.model import Agreement, DayException, Organisation, Person, Register, Team
from integrations.store.documents import from_document
from integrations.store.schema import agreements, exceptions, organisation, people, teams

T = TypeVar("T")


def load(connection: Connection) -> Register | None:
    """Return the register, or None where none was ever saved."""
    found = connection.execute(select(organisation.c.document)).scalar_one_or_none()
    if found is None:
        return None
    return Register(
        organisation=from_document(found, Organisation),
        teams={team.id: team for team in _read(connection, teams, Team)},
        people={person.id: person for person in _read(connection, people, Person)},
        agreements=_read(connection, agreements, Agreement),
        exceptions=_read(connection, exceptions, DayException),
    )


def replace(connection: Connection, register: Register) -> None:
    """Put this register in the place of the one that stands."""
    for table in (exceptions, agreements, people, teams, organisation):
        connection.execute(delete(table))
    for table, rows in _rows(register).items():
        if rows:
            connection.execute(insert(table), rows)


def _read(connection: Connection, table: Table, kind: type[T]) -> tuple[T, ...]:
    documents = connection.execute(select(table.c.document).order_by(table.c.position)).scalars()
    return tuple(from_document(document, kind) for document in documents)


def _rows(register: Register) -> dict[Table, list[dict[str, object]]]:
    """The rows of each table, in the order in which foreign keys let them be inserted."""
    employer = register.organisation
    return {
        organisation: [{"name": employer.name, "document": employer}],
        teams: [
            {"position": position, "id": team.id, "document": team}
            for position, team in enumerate(register.teams.values())
        ],
        people: [
            {"position": position, "id": person.id, "team": person.team, "document": person}
            for position, person in enumerate(register.people.values())
        ],
        agreements: [
            {"position": position, "person": agreement.person, "document": agreement}
            for position, agreement in enumerate(register.agreements)
        ],
        exceptions: [
            {"position": position, "person": one.person, "day": one.day, "document": one}
            for position, one in enumerate(register.exceptions)
        ],
    }
