"""Assumptions in the client's own words, their evidence, and when a plan challenged them (R27)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from trajplan.records import rows
from trajplan.records.records import Assumption, AssumptionStatus
from trajplan.records.store import Store

_COLUMNS = ("status", "evidence_for", "evidence_against", "session_id")
_SELECT = (
    "SELECT a.id, a.number, a.engagement_id, a.text, a.status, a.evidence_for, a.evidence_against,"
    " s.number AS session_number,"
    " (SELECT json_group_array(number) FROM (SELECT h.number FROM assumption_challenges c"
    "   JOIN sessions h ON h.id = c.session_id WHERE c.assumption_id = a.id"
    "   AND h.state = 'held' AND h.number IS NOT NULL ORDER BY h.number)) AS challenged"
    " FROM assumptions a LEFT JOIN sessions s ON s.id = a.session_id"
)


def add(
    store: Store,
    *,
    engagement_id: int,
    text: str,
    status: AssumptionStatus = "open",
    evidence_for: Iterable[str] = (),
    evidence_against: Iterable[str] = (),
    session_id: int | None = None,
) -> Assumption:
    """Add an assumption. `session_id` is the session it was heard in; None: from the intake."""
    number = rows.insert(
        store,
        "assumptions",
        engagement_id=engagement_id,
        text=text,
        status=status,
        evidence_for=tuple(evidence_for),
        evidence_against=tuple(evidence_against),
        session_id=session_id,
    )
    return by_id(store, number)


def by_id(store: Store, assumption_id: int) -> Assumption:
    """Return one assumption. Raises NotFound."""
    row = store.run(f"{_SELECT} WHERE a.id = ?", (assumption_id,)).fetchone()
    if row is None:
        raise rows.missing("assumptions", assumption_id)
    return _record(row)


def of_engagement(store: Store, engagement_id: int) -> tuple[Assumption, ...]:
    """Return every assumption of the engagement, in the order they were added."""
    found = store.run(f"{_SELECT} WHERE a.engagement_id = ? ORDER BY a.id", (engagement_id,))
    return tuple(_record(row) for row in found)


def update(
    store: Store,
    assumption_id: int,
    *,
    status: AssumptionStatus | None = None,
    evidence_for: Iterable[str] = (),
    evidence_against: Iterable[str] = (),
    session_id: int | None = None,
) -> Assumption:
    """Change the status, add evidence to what is there, note the session it was worked on.

    What is left out stays. Raises NotFound.
    """
    before = by_id(store, assumption_id)
    changes: dict[str, Any] = {
        "evidence_for": (*before.evidence_for, *evidence_for),
        "evidence_against": (*before.evidence_against, *evidence_against),
    }
    if status is not None:
        changes["status"] = status
    if session_id is not None:
        changes["session_id"] = session_id
    rows.update(store, "assumptions", assumption_id, changes, _COLUMNS)
    return by_id(store, assumption_id)


def mark_challenged(store: Store, assumption_id: int, session_id: int) -> None:
    """Note that the session's plan challenged it; it shows once the session is held."""
    store.run(
        "INSERT INTO assumption_challenges VALUES (?, ?) ON CONFLICT DO NOTHING",
        (assumption_id, session_id),
    )


def _record(row: sqlite3.Row) -> Assumption:
    return rows.record(Assumption, row, lists=("evidence_for", "evidence_against", "challenged"))
