"""Answers to scaled questions (R67): append-only; a session's newest counts."""

from __future__ import annotations

import datetime as dt
import sqlite3

from trajplan.records import rows
from trajplan.records.records import ScaledAnswer
from trajplan.records.store import Store

_SELECT = (
    "SELECT a.*, s.number AS session_number FROM scaled_answers a"
    " JOIN sessions s ON s.id = a.session_id"
)


def add(
    store: Store,
    *,
    session_id: int,
    question_id: str,
    text: str,
    low: str,
    high: str,
    value: int,
    date: dt.date,
) -> ScaledAnswer:
    """Append one answer, a whole number 1-10; `low` and `high` are the words of 1 and 10."""
    number = rows.insert(
        store,
        "scaled_answers",
        session_id=session_id,
        question_id=question_id,
        text=text,
        low=low,
        high=high,
        value=value,
        date=date,
    )
    return _record(store.run(f"{_SELECT} WHERE a.id = ?", (number,)).fetchone())


def of_engagement(store: Store, engagement_id: int) -> tuple[ScaledAnswer, ...]:
    """Return every answer given in numbered sessions, by session and then in the order given."""
    found = store.run(
        f"{_SELECT} WHERE s.engagement_id = ? AND s.number IS NOT NULL ORDER BY s.number, a.id",
        (engagement_id,),
    )
    return tuple(_record(row) for row in found)


def _record(row: sqlite3.Row) -> ScaledAnswer:
    return rows.record(ScaledAnswer, row)
