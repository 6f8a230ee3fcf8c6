"""Filled worksheets: each filling is a record of its own, so that a form has a history."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping
from typing import Any

from trajplan.records import rows
from trajplan.records.records import WorksheetAnswers
from trajplan.records.store import Store

_SELECT = (
    "SELECT w.*, s.number AS session_number FROM worksheet_answers w"
    " LEFT JOIN sessions s ON s.id = w.session_id"
)


def add(
    store: Store,
    *,
    engagement_id: int,
    session_id: int | None,
    worksheet: str,
    title: str,
    form: Mapping[str, Any],
    answers: Mapping[str, Any],
    unmatched: str,
    date: dt.date,
) -> WorksheetAnswers:
    """Keep one filling; earlier ones stay beside it."""
    number = rows.insert(
        store,
        "worksheet_answers",
        engagement_id=engagement_id,
        session_id=session_id,
        worksheet=worksheet,
        title=title,
        form=form,
        answers=answers,
        unmatched=unmatched,
        date=date,
    )
    return _record(store.run(f"{_SELECT} WHERE w.id = ?", (number,)).fetchone())


def of_engagement(
    store: Store, engagement_id: int, worksheet: str = ""
) -> tuple[WorksheetAnswers, ...]:
    """Return the fillings of an engagement, by date, then in the order they were kept.

    `worksheet` leaves only those of one worksheet.
    """
    found = store.run(
        f"{_SELECT} WHERE w.engagement_id = ? AND ? IN ('', w.worksheet) ORDER BY w.date, w.id",
        (engagement_id, worksheet),
    )
    return tuple(_record(row) for row in found)


def _record(row: sqlite3.Row) -> WorksheetAnswers:
    return rows.record(WorksheetAnswers, row, lists=("form", "answers"))
