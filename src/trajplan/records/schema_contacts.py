"""The step that adds what happens between sessions, and how a client wants to be held to it (R101).

A released step is never edited.
"""

from __future__ import annotations

import sqlite3

_STATEMENTS = (
    """CREATE TABLE contacts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    commitment_id INTEGER NOT NULL REFERENCES commitments (id) ON DELETE CASCADE,
    date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
    kind TEXT NOT NULL CHECK (kind IN ('message', 'call', 'celebration')),
    note TEXT NOT NULL) STRICT""",
    "CREATE INDEX contacts_by_commitment ON contacts (commitment_id)",
    """CREATE TRIGGER contact_stays BEFORE UPDATE ON contacts BEGIN
        SELECT RAISE(ABORT, 'what happened is never changed; a further contact is added'); END""",
    "ALTER TABLE engagements ADD COLUMN accountability TEXT NOT NULL DEFAULT ''",
)


def contacts(db: sqlite3.Connection) -> None:
    """Add messages, calls and celebrations, and the way agreed on for them."""
    for statement in _STATEMENTS:
        db.execute(statement)
