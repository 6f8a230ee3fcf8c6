"""The step that adds retired questions: ids that plans leave out, for one client or for good.

A released step is never edited. A row without a client is about the coach's own taste and outlives
every client; one with a client goes with them (R119).
"""

from __future__ import annotations

import sqlite3

_STATEMENTS = (
    """CREATE TABLE retired_questions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        question_id TEXT NOT NULL CHECK (question_id <> ''),
        client_id INTEGER REFERENCES clients (id) ON DELETE CASCADE,
        since TEXT NOT NULL CHECK (since IS date(since, '+0 days'))) STRICT""",
    # No client counts as one here: an index takes two NULLs for different.
    """CREATE UNIQUE INDEX retired_questions_once
        ON retired_questions (question_id, ifnull(client_id, 0))""",
    "CREATE INDEX retired_questions_by_client ON retired_questions (client_id)",
)


def retired_questions(db: sqlite3.Connection) -> None:
    """Add the table of retired questions."""
    for statement in _STATEMENTS:
        db.execute(statement)
