"""One row of the register (a team, a person …): its fields are taken one by one, with every fault noted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.model import Period
from integrations.register import values
from integrations.register.faults import Faults, did_you_mean
from integrations.register.tree import Items, Node, Scalar, Table, is_absent

T = TypeVar("T")


class Row:
    """The fields of a table. What cannot be read is noted as a fault and given as None.

    ``sound`` is False once a fault was noted here, so that later checks don't complain of its consequences.
    ``close`` reports the fields that nobody took.
    """

    def __init__(self, table: Table, path: str, faults: Faults) -> None:
        self.table = table
        self.path = path
        self.sound = True
        self._faults = faults
        self._taken: set[str] = set()

    def has(self, name: str) -> bool:
        """Whether the field has a value, right or wrong."""
        return not is_absent(self.table.fields.get(name))

    def fault(self, name: str, what: str) -> None:
        """Note what is wrong with a field, at the row's own place if the row has no such field."""
        node = self.table.fields.get(name, self.table)
        self._note(node, self._path(name), what)

    def get(self, name: str, convert: Callable[[str], T]) -> T | None:
        """Return the value of a field, or None where there is none."""
        node = self._take(name)
        return None if node is None else self.convert(node, self._path(name), convert)

    def need(self, name: str, convert: Callable[[str], T]) -> T | None:
        """Return the value of a field that must be there."""
        if not self.has(name):
            self._taken.add(name)
            self.fault(name, "this field is missing; fill it in.")
        return self.get(name, convert)

    def several(self, name: str, convert: Callable[[str], T]) -> tuple[T, ...]:
        """Return the values of a list; a list that is absent is empty."""
        converted = (self.convert(node, path, convert) for node, path in self.nodes(name))
        return tuple(value for value in converted if value is not None)

    def nodes(self, name: str) -> list[tuple[Node, str]]:
        """Return the items of a list, each with its path; items count from 1."""
        node = self._take(name)
        if node is None:
            return []
        if not isinstance(node, Items):
            self._note(node, self._path(name), "this must be a list; write [ and ] around it.")
            return []
        return [(item, f"{self._path(name)}[{number}]") for number, item in enumerate(node.nodes, 1)]

    def row(self, name: str) -> Row | None:
        """Return the table that a field holds, or None where there is none."""
        node = self._take(name)
        return None if node is None else self.child(node, self._path(name))

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a list of tables."""
        found = (self.child(node, path) for node, path in self.nodes(name))
        return [row for row in found if row is not None]

    def convert(self, node: Node, path: str, convert: Callable[[str], T]) -> T | None:
        """Return what one value means."""
        if not isinstance(node, Scalar):
            self._note(node, path, "this must be one value, not a list and not fields.")
        elif is_absent(node):
            self._note(node, path, "this is empty; fill it in or remove it.")
        else:
            try:
                return convert(node.text)
            except ValueError as error:
                self._note(node, path, str(error))
        return None

    def child(self, node: Node, path: str) -> Row | None:
        """Return the row that a node holds."""
        if isinstance(node, Table):
            return Row(node, path, self._faults)
        self._note(node, path, "this must hold fields, each with a name, a colon and a value.")
        return None

    def period(self) -> Period:
        """Return the dates of the fields ``from`` and ``to``."""
        start, end = self.get("from", values.day), self.get("to", values.day)
        if start and end and end < start:
            self.fault("to", f"{end} is before {start}, where it begins.")
        return Period(start, end)

    def close(self) -> None:
        """Note every field that was not taken as unknown."""
        for name in self.table.fields.keys() - self._taken:
            advice = did_you_mean(name, self._taken) or "; mend its name or remove it"
            self._faults.add(self.table.names[name], self._path(name), f'there is no field "{name}"{advice}')
            self.sound = False

    def _take(self, name: str) -> Node | None:
        self._taken.add(name)
        return self.table.fields[name] if self.has(name) else None

    def _note(self, node: Node, path: str, what: str) -> None:
        self._faults.add(node.place, path, what)
        self.sound = False

    def _path(self, name: str) -> str:
        return ".".join(part for part in (self.path, name) if part)


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """What was made of a row, with the row, so that faults between rows can say where they are."""

    value: T
    row: Row
