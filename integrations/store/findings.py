"""What the rules found, each finding by its id, in its latest form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, case, cast, select

from bot.model import Finding, Status
from integrations.store import dialect
from integrations.store.chunks import IN_PIECES, in_chunks
from integrations.store.documents import Reader, SourceReader
from integrations.store.schema import findings

AT_ONCE = 500
"""How many findings go into one statement; older SQLite takes at most 999 variables in one."""

_DOCUMENTS = (findings.c.dates, findings.c.facts, findings.c.source)
_COLUMNS = (
    findings.c.id,
    findings.c.rule,
    findings.c.person,
    findings.c.team,
    findings.c.status,
    findings.c.scope,
    findings.c.audience,
    *(cast(document, String).label(document.name) for document in _DOCUMENTS),
)


def standing_findings(connection: Connection) -> list[Finding]:
    """Return the findings that are open or excused, by id."""
    standing = findings.c.status.in_([Status.OPEN, Status.EXCUSED])
    return list(_found(connection, standing))


def open_since(connection: Connection) -> dict[str, datetime]:
    """Return since when each open finding has been open without a break, where that is known."""
    query = select(findings.c.id, findings.c.open_since).where(
        findings.c.status == Status.OPEN, findings.c.open_since.is_not(None)
    )
    return {row.id: row.open_since for row in connection.execute(query)}


def findings_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Finding]:
    """Return those of the findings that are kept, whatever their status."""
    kept: dict[str, Finding] = {}
    for wanted in in_chunks(sorted(set(ids)), AT_ONCE):
        kept |= {finding.id: finding for finding in _found(connection, findings.c.id.in_(wanted))}
    return kept


def save_findings(connection: Connection, found: Iterable[Finding], at: datetime) -> None:
    """Insert or update each by id; ``first_seen`` stays, ``open_since`` while the finding stays open."""
    statement = dialect.insert(connection, findings)
    kept = {"id", "first_seen"}
    changed: dict[str, Any] = {one.name: one for one in statement.excluded if one.name not in kept}
    was_open = findings.c.status == Status.OPEN
    changed["open_since"] = case((was_open, findings.c.open_since), else_=statement.excluded.open_since)
    upsert = statement.on_conflict_do_update(index_elements=[findings.c.id], set_=changed)
    for some in in_chunks(found, AT_ONCE):
        connection.execute(upsert, [_finding_row(finding, at) for finding in some])


def _finding_row(finding: Finding, at: datetime) -> dict[str, object]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "person": finding.person,
        "team": finding.team,
        "dates": finding.dates,
        "status": finding.status,
        "facts": finding.facts,
        "source": finding.source,
        "scope": finding.scope,
        "audience": finding.audience,
        "first_seen": at,
        "open_since": at,
        "last_seen": at,
    }


def _found(connection: Connection, which: ColumnElement[bool]) -> Iterator[Finding]:
    """Give the findings by id, some at a time; equal dates, facts and sources are one and the same."""
    query = select(*_COLUMNS).where(which).order_by(findings.c.id)
    dates_of, facts_of, source_of = Reader(tuple[date, ...]), Reader(dict[str, object]), SourceReader()
    for row in connection.execute(query, execution_options=IN_PIECES):
        yield Finding(
            id=row.id,
            rule=row.rule,
            person=row.person,
            team=row.team,
            dates=dates_of[row.dates],
            status=row.status,
            facts=facts_of[row.facts],
            source=source_of[row.source],
            scope=row.scope,
            audience=row.audience,
        )
