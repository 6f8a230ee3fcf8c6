"""The step that adds answers to scaled questions: append-only, like ratings (R67).

A released step is never edited. The question and both ends of its scale are kept as they were
asked, so that an answer keeps its meaning whatever becomes of the bank it came from.
"""

from __future__ import annotations

import sqlite3

_TABLE = """CREATE TABLE scaled_answers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    question_id TEXT NOT NULL CHECK (question_id <> ''),
    text TEXT NOT NULL CHECK (text <> ''),
    low TEXT NOT NULL CHECK (low <> ''),
    high TEXT NOT NULL CHECK (high <> ''),
    value INTEGER NOT NULL CHECK (value BETWEEN 1 AND 10),
    date TEXT NOT NULL CHECK (date IS date(date, '+0 days'))) STRICT"""
_REST = (
    "CREATE INDEX scaled_answers_by_session ON scaled_answers (session_id, question_id)",
    """CREATE TRIGGER scaled_answers_never_change BEFORE UPDATE ON scaled_answers BEGIN
        SELECT RAISE(ABORT, 'an answer is never changed; it is given again'); END""",
    """CREATE TRIGGER scaled_answers_never_replaced BEFORE INSERT ON scaled_answers
        WHEN EXISTS (SELECT 1 FROM scaled_answers WHERE id = NEW.id) BEGIN
        SELECT RAISE(ABORT, 'an answer is never changed; it is given again'); END""",
    """CREATE TRIGGER scaled_answers_never_deleted BEFORE DELETE ON scaled_answers
        WHEN EXISTS (SELECT 1 FROM sessions WHERE id = OLD.session_id) BEGIN
        SELECT RAISE(ABORT, 'an answer is deleted only with its client'); END""",
)


def scaled_answers(db: sqlite3.Connection) -> None:
    """Add the table of answers to scaled questions."""
    for statement in (_TABLE, *_REST):
        db.execute(statement)
