"""The step that adds the echo of the first words, and how an engagement ended.

A released step is never edited. The words asked about are kept beside the answer, so that both can
be read side by side whatever is reworded later.
"""

from __future__ import annotations

import sqlite3

_LIST = "CHECK (CASE WHEN json_valid({0}) THEN json_type({0}) END IS 'array')"
_TABLES = (
    """CREATE TABLE echoes (
        session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        question TEXT NOT NULL CHECK (question IN ('stuck_point', 'destination', 'takeaways')),
        words TEXT NOT NULL,
        answer TEXT NOT NULL CHECK (answer <> ''),
        PRIMARY KEY (session_id, question)) STRICT""",
    f"""CREATE TABLE endings (
        engagement_id INTEGER PRIMARY KEY REFERENCES engagements (id) ON DELETE CASCADE,
        closed TEXT NOT NULL CHECK (closed IS date(closed, '+0 days')),
        follow_up TEXT CHECK (follow_up IS date(follow_up, '+0 days')),
        outcomes TEXT NOT NULL {_LIST.format("outcomes")},
        triggers TEXT NOT NULL {_LIST.format("triggers")},
        missing TEXT NOT NULL {_LIST.format("missing")},
        forced TEXT NOT NULL,
        CHECK (follow_up IS NULL OR follow_up > closed),
        CHECK (forced <> '' OR (follow_up IS NOT NULL AND missing = '[]'))) STRICT""",
)


def endings(db: sqlite3.Connection) -> None:
    """Add both tables."""
    for statement in _TABLES:
        db.execute(statement)
