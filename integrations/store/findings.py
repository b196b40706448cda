"""What the rules found, each finding by its id, in its latest form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, case, select

from bot.model import Finding, Status
from integrations.store import dialect
from integrations.store.documents import from_document, source_from_document, to_document
from integrations.store.schema import findings

IDS_AT_ONCE = 500
"""How many findings are asked for in one statement; older SQLite takes at most 999 variables in one."""


def standing_findings(connection: Connection) -> list[Finding]:
    """Return the findings that are open or excused, by id."""
    standing = findings.c.status.in_([Status.OPEN, Status.EXCUSED])
    query = select(findings).where(standing).order_by(findings.c.id)
    return [_finding(row) for row in connection.execute(query)]


def open_since(connection: Connection) -> dict[str, datetime]:
    """Return since when each open finding has been open without a break, where that is known."""
    query = select(findings.c.id, findings.c.open_since).where(
        findings.c.status == Status.OPEN, findings.c.open_since.is_not(None)
    )
    return {row.id: row.open_since for row in connection.execute(query)}


def findings_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Finding]:
    """Return those of the findings that are kept, whatever their status."""
    wanted = sorted(set(ids))
    kept: dict[str, Finding] = {}
    for start in range(0, len(wanted), IDS_AT_ONCE):
        query = select(findings).where(findings.c.id.in_(wanted[start : start + IDS_AT_ONCE]))
        kept |= {row.id: _finding(row) for row in connection.execute(query)}
    return kept


def save_findings(connection: Connection, found: Iterable[Finding], at: datetime) -> None:
    """Insert or update each by id; ``first_seen`` stays, ``open_since`` while the finding stays open."""
    rows = [_finding_row(finding, at) for finding in found]
    if not rows:
        return
    statement = dialect.insert(connection, findings)
    kept = {"id", "first_seen"}
    changed: dict[str, Any] = {one.name: one for one in statement.excluded if one.name not in kept}
    was_open = findings.c.status == Status.OPEN
    changed["open_since"] = case((was_open, findings.c.open_since), else_=statement.excluded.open_since)
    connection.execute(statement.on_conflict_do_update(index_elements=[findings.c.id], set_=changed), rows)


def _finding_row(finding: Finding, at: datetime) -> dict[str, object]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "person": finding.person,
        "team": finding.team,
        "dates": to_document(finding.dates),
        "status": finding.status,
        "facts": to_document(finding.facts),
        "source": to_document(finding.source),
        "scope": finding.scope,
        "audience": finding.audience,
        "first_seen": at,
        "open_since": at,
        "last_seen": at,
    }


def _finding(row: Row[*tuple[Any, ...]]) -> Finding:
    return Finding(
        id=row.id,
        rule=row.rule,
        person=row.person,
        team=row.team,
        dates=from_document(row.dates, tuple[date, ...]),
        status=row.status,
        facts=row.facts,
        source=source_from_document(row.source),
        scope=row.scope,
        audience=row.audience,
    )
