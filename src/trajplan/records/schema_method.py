"""The step that adds changes of method, referrals, and the mark of a check-in that asks to hold.

A released step is never edited.
"""

from __future__ import annotations

import sqlite3

_METHODS = "('directive', 'exploratory', 'integrative')"
_TABLES = (
    f"""CREATE TABLE method_changes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        engagement_id INTEGER NOT NULL REFERENCES engagements (id) ON DELETE CASCADE,
        session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        onward INTEGER NOT NULL CHECK (onward IN (0, 1)),
        date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
        before TEXT NOT NULL CHECK (before IN {_METHODS}),
        after TEXT NOT NULL CHECK (after IN {_METHODS} AND after <> before),
        reason TEXT NOT NULL) STRICT""",
    """CREATE TABLE referrals (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        client_id INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
        kind TEXT NOT NULL
            CHECK (kind IN ('therapy', 'medical', 'legal', 'financial', 'other')),
        date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
        note TEXT NOT NULL,
        ended TEXT CHECK (ended IS date(ended, '+0 days') AND ended >= date)) STRICT""",
)
_REST = (
    "CREATE INDEX method_changes_by_engagement ON method_changes (engagement_id)",
    "CREATE INDEX method_changes_by_session ON method_changes (session_id)",
    "CREATE INDEX referrals_by_client ON referrals (client_id)",
    # One of a kind at a time: what stands need not be said twice.
    "CREATE UNIQUE INDEX referrals_standing ON referrals (client_id, kind) WHERE ended IS NULL",
    """CREATE TRIGGER method_changes_never_change BEFORE UPDATE ON method_changes BEGIN
        SELECT RAISE(ABORT, 'a change of method is never changed; a further one is added'); END""",
    """ALTER TABLE check_ins
        ADD COLUMN holding INTEGER NOT NULL DEFAULT 0 CHECK (holding IN (0, 1))""",
)


def methods_and_referrals(db: sqlite3.Connection) -> None:
    """Add both tables and the mark."""
    for statement in (*_TABLES, *_REST):
        db.execute(statement)
