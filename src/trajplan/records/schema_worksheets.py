"""The step that adds worksheets: one row for each time a worksheet was filled in.

A released step is never edited. The form is kept as it was when filled in, so that an answer keeps
its question whatever becomes of the file it came from.
"""

from __future__ import annotations

import sqlite3

_TABLE = """CREATE TABLE worksheet_answers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    engagement_id INTEGER NOT NULL REFERENCES engagements (id) ON DELETE CASCADE,
    session_id INTEGER REFERENCES sessions (id) ON DELETE SET NULL,
    worksheet TEXT NOT NULL CHECK (worksheet <> ''),
    title TEXT NOT NULL CHECK (title <> ''),
    form TEXT NOT NULL CHECK (CASE WHEN json_valid(form) THEN json_type(form) END IS 'object'),
    answers TEXT NOT NULL
        CHECK (CASE WHEN json_valid(answers) THEN json_type(answers) END IS 'object'),
    unmatched TEXT NOT NULL,
    date TEXT NOT NULL CHECK (date IS date(date, '+0 days'))) STRICT"""
_REST = (
    "CREATE INDEX worksheet_answers_by_engagement ON worksheet_answers (engagement_id, worksheet)",
    "CREATE INDEX worksheet_answers_by_session ON worksheet_answers (session_id)",
    """CREATE TRIGGER worksheet_answers_never_change
        BEFORE UPDATE OF engagement_id, worksheet, title, form, answers, unmatched, date
        ON worksheet_answers BEGIN
        SELECT RAISE(ABORT, 'a filled worksheet is never changed; it is filled in again'); END""",
)


def worksheet_answers(db: sqlite3.Connection) -> None:
    """Add the table of filled worksheets."""
    for statement in (_TABLE, *_REST):
        db.execute(statement)
