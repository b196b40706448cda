"""The register as rows: replaced as a whole, read as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Connection, String, Table, cast, delete, insert, select

from bot.model import Agreement, DayException, Organisation, Person, Register, Team
from integrations.store.documents import from_document, to_json
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
    """Put this register in the place of the one that stands, where they differ at all."""
    rows = _rows(register)
    if all(_is_kept(connection, table, of_table) for table, of_table in rows.items()):
        return
    for table in (exceptions, agreements, people, teams, organisation):
        connection.execute(delete(table))
    for table, of_table in rows.items():
        if of_table:
            connection.execute(insert(table), of_table)


def _is_kept(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> bool:
    """Whether the table holds these rows in this order. A document says all that its row does."""
    # The organisation is one row and has no place in an order.
    order = [table.c.position] if "position" in table.c else []
    query = select(cast(table.c.document, String)).order_by(*order)
    return list(connection.execute(query).scalars()) == [to_json(row["document"]) for row in rows]


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
