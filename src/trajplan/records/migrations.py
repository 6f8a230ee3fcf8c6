"""From any older practice file to the newest, step by step; a newer or foreign one is refused.

`STEPS[n]` takes a file from version n to n + 1. The list only grows: a released step is never
edited or removed. Version 0 is an empty file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from trajplan.errors import StoreFault
from trajplan.records import (
    schema,
    schema_contacts,
    schema_endings,
    schema_goals,
    schema_handed_out,
    schema_journey,
    schema_method,
    schema_numbers,
    schema_priorities,
    schema_retired,
    schema_scaled,
    schema_worksheets,
)

APPLICATION_ID = 0x54504C4E
"""`TPLN` in the file's header: says that an SQLite file is a practice of this program."""

STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    schema.version_1,
    schema_worksheets.worksheet_answers,
    schema_method.methods_and_referrals,
    schema_priorities.priorities_served,
    schema_numbers.numbers,
    schema_goals.goals,
    schema_contacts.contacts,
    schema_scaled.scaled_answers,
    schema_handed_out.handed_out,
    schema_retired.retired_questions,
    schema_endings.endings,
    schema_journey.moving_journeys,
)


def newest() -> int:
    """Return the version this program writes."""
    return len(STEPS)


def version_of(db: sqlite3.Connection, path: Path) -> int:
    """Return the version of an opened file, 0 when it is empty.

    Raises StoreFault when the file belongs to another program or to a newer trajplan.
    """
    owner = _number(db, "PRAGMA application_id")
    version = _number(db, "PRAGMA user_version")
    empty = owner == version == 0 and not _number(db, "SELECT count(*) FROM sqlite_schema")
    if owner != APPLICATION_ID and not empty:
        raise StoreFault(
            f"{path} is an SQLite file of another program, not a practice; nothing was changed"
        )
    if version > newest():
        raise StoreFault(
            f"{path} was written by a newer trajplan: the file has version {version}, this"
            f" trajplan knows versions up to {newest()}; update trajplan (nothing was changed)"
        )
    return version


def migrate(db: sqlite3.Connection, path: Path) -> None:
    """Bring an opened file to the newest version, in one transaction: wholly or not at all."""
    # A step that rebuilds a table must not cascade; the references are checked at the end instead.
    db.execute("PRAGMA foreign_keys = OFF")
    try:
        db.execute("BEGIN IMMEDIATE")
        # Read again under the lock: another process may have been faster.
        for step in STEPS[version_of(db, path) :]:
            step(db)
        if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise StoreFault(f"{path} holds records without their owner; nothing was changed")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {newest()}")
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")
        db.execute("PRAGMA foreign_keys = ON")


def _number(db: sqlite3.Connection, question: str) -> int:
    row = db.execute(question).fetchone()
    return int(row[0])
