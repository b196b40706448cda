"""Reads one YAML file into a tree of values with places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from integrations.register.faults import Faults
from integrations.register.tree import Items, Node, Place, Scalar, Table

# libyaml reads a large register in a tenth of the time; the pure Python loader gives the same nodes.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 20
_NULL = "tag:yaml.org,2002:null"


def read_yaml(path: Path, faults: Faults) -> Table | None:
    """Return what stands in the file, or None where it holds no fields at all, with the reason noted."""
    whole = Place(path.name)
    text = _text_of(path, faults)
    if text is None:
        return None
    try:
        if not _is_plain(text, path.name, faults):
            return None
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        faults.add(_place_of(error, path.name, text), "", f"this is not YAML: {_reason(error)}.")
        return None
    if root is None:
        faults.add(whole, "", "the file is empty; write the register into it.")
        return None
    tree = _Reader(path.name, faults).read(root)
    if not isinstance(tree, Table):
        faults.add(tree.place, "", "a register begins with fields such as organisation:, teams: and people:.")
        return None
    return tree


def _text_of(path: Path, faults: Faults) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        faults.add(
            Place(path.name), "", f"the file cannot be read ({error.strerror}); mend the access to it."
        )
    except UnicodeDecodeError:
        faults.add(Place(path.name), "", "the file is not UTF-8 text; save it as UTF-8.")
    return None


def _is_plain(text: str, source: str, faults: Faults) -> bool:
    """Note what would exhaust the stack or go round in circles: libyaml crashes on deep nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            faults.add(
                _place(source, event.start_mark), "", "aliases (*) are not read here; write the value out."
            )
            return False
        if depth > MAX_DEPTH:
            faults.add(_place(source, event.start_mark), "", "it is nested too deeply to be a register.")
            return False
    return True


def _place(source: str, mark: Any) -> Place:
    """Return the place of a mark: PyYAML has two unrelated classes of them, which count from 0."""
    return Place(source, mark.line + 1, mark.column + 1)


def _reason(error: yaml.YAMLError) -> str:
    reason = getattr(error, "problem", None) or getattr(error, "reason", None)
    return str(reason or "it cannot be understood")


def _place_of(error: yaml.YAMLError, source: str, text: str) -> Place:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return _place(source, mark)
    position = getattr(error, "position", None)
    if position is None:
        return Place(source)
    # libyaml counts bytes here, and characters everywhere else.
    before = text.encode()[:position].decode(errors="ignore")
    return Place(source, before.count("\n") + 1, len(before) - before.rfind("\n"))


class _Reader:
    """Turns the nodes of one file into a tree."""

    def __init__(self, source: str, faults: Faults) -> None:
        self._source = source
        self._faults = faults

    def read(self, node: yaml.Node) -> Node:
        place = _place(self._source, node.start_mark)
        if isinstance(node, yaml.MappingNode):
            return self._table(node, place)
        if isinstance(node, yaml.SequenceNode):
            return Items(tuple(self.read(item) for item in node.value), place)
        return Scalar("" if node.tag == _NULL else str(node.value).strip(), place)

    def _table(self, node: yaml.MappingNode, place: Place) -> Table:
        fields: dict[str, Node] = {}
        names: dict[str, Place] = {}
        for key, value in node.value:
            where = _place(self._source, key.start_mark)
            if not isinstance(key, yaml.ScalarNode):
                self._faults.add(where, "", "the name of a field must be a word.")
            elif key.value in fields:
                first = names[key.value].line
                self._faults.add(
                    where, "", f'"{key.value}" stands here a second time (first in line {first}).'
                )
            else:
                fields[key.value] = self.read(value)
                names[key.value] = where
        return Table(fields, names, place)
