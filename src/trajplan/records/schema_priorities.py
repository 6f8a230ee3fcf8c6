"""The step that lets a topic name the agreed priority it serves (R43).

A released step is never edited. The priority is kept in its own words, so that it reads the same
whatever becomes of the list it came from.
"""

from __future__ import annotations

import sqlite3

_COLUMN = "serves TEXT NOT NULL DEFAULT ''"


def priorities_served(db: sqlite3.Connection) -> None:
    """Add the priority served to check-ins and wraps."""
    for table in ("check_ins", "wraps"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN {_COLUMN}")
