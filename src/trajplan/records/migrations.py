"""From any released practice file to the newest, step by step; any other file is refused.

`schema.py` builds an empty file at the newest version. `STEPS` brings older ones there: its first
step takes a file of version `FIRST` to the next, and so on. The list only grows: a released step is
never edited or removed. Versions below `FIRST` were never released.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from trajplan.errors import StoreFault

APPLICATION_ID = 0x54504C4E
"""`TPLN` in the file's header: says that an SQLite file is a practice of this program."""
FIRST = 100
"""The version of the first release."""
EMPTY = 0
"""The version of an empty file."""

STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = ()
"""Each brings a file from one released version to the next."""


def newest() -> int:
    """Return the version this program writes."""
    return FIRST + len(STEPS)


def version_of(db: sqlite3.Connection, path: Path) -> int:
    """Return the version of an opened file, `EMPTY` when nothing is in it.

    Raises StoreFault when the file belongs to another program, to a newer trajplan, or to one from
    before the first release.
    """
    if not require_ours(db, path):
        return EMPTY
    version = _number(db, "PRAGMA user_version")
    if version > newest():
        raise StoreFault(
            f"{path} was written by a newer trajplan: the file has version {version}, this"
            f" trajplan knows versions up to {newest()}; update trajplan (nothing was changed)"
        )
    if version < FIRST:
        raise StoreFault(
            f"{path} is from before the first release (version {version}) and cannot be brought"
            " up to date; nothing was changed. Keep it as it is: the trajplan that wrote it still"
            " reads it, and its `practice export` prints all of it. Begin a new practice by moving"
            " it elsewhere, or with --practice"
        )
    return version


def require_ours(db: sqlite3.Connection, path: Path) -> bool:
    """Refuse a file of another program. Returns False when nothing is in the file.

    Raises StoreFault.
    """
    owner = _number(db, "PRAGMA application_id")
    if owner == APPLICATION_ID:
        return True
    if owner == _number(db, "PRAGMA user_version") == 0 and not _number(
        db, "SELECT count(*) FROM sqlite_schema"
    ):
        return False
    raise StoreFault(
        f"{path} is an SQLite file of another program, not a practice; nothing was changed"
    )


def migrate(db: sqlite3.Connection, path: Path) -> None:
    """Bring an opened file to the newest version, in one transaction: wholly or not at all."""
    # A step that rebuilds a table must not cascade; the references are checked at the end instead.
    db.execute("PRAGMA foreign_keys = OFF")
    try:
        db.execute("BEGIN IMMEDIATE")
        # Read again under the lock: another process may have been faster.
        version = version_of(db, path)
        orphans = _orphans(db)
        if version == EMPTY:
            from trajplan.records import schema  # one command in a lifetime needs it

            schema.build(db)
        else:
            for step in STEPS[version - FIRST :]:
                step(db)
        # Those of before are no reason to lock a coach out; `practice check` names them.
        if _orphans(db) > orphans:
            raise StoreFault(f"{path} would hold records without their owner; nothing was changed")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {newest()}")
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")
        db.execute("PRAGMA foreign_keys = ON")


def _orphans(db: sqlite3.Connection) -> int:
    return len(db.execute("PRAGMA foreign_key_check").fetchall())


def _number(db: sqlite3.Connection, question: str) -> int:
    row = db.execute(question).fetchone()
    return int(row[0])
