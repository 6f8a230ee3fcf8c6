"""The step that adds worksheets handed out: what a client took home to fill in (R82, R83).

A released step is never edited.
"""

from __future__ import annotations

import sqlite3

_TABLE = """CREATE TABLE handed_out (
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    worksheet TEXT NOT NULL CHECK (worksheet <> ''),
    title TEXT NOT NULL CHECK (title <> ''),
    PRIMARY KEY (session_id, worksheet)) STRICT"""


def handed_out(db: sqlite3.Connection) -> None:
    """Add the table of worksheets that went home with a session's sheet."""
    db.execute(_TABLE)
