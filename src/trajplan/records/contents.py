"""What a practice or a copy of it holds, in numbers, and whether its pages are sound.

Asked of any version of the tables, and of a file that may be damaged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from trajplan.errors import StoreFault
from trajplan.records import migrations
from trajplan.records.practice_file import connect, connect_in_memory, in_files, in_sqlite

DAMAGED = "damaged"
"""Stands for the id of a practice that has lost it."""
_CHANGED = ("created", "written", "wrapped_on", "date")
"""Columns that say on which day a record was kept."""
_AHEAD = ("sessions", "question_uses")
"""Tables whose `date` is a day planned for."""
_COUNTED = (
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
    " AND name NOT GLOB 'undo_*' AND name <> 'meta' ORDER BY name"
)


class Contents(Struct, frozen=True, kw_only=True):
    """What a practice or a copy of one holds, in numbers."""

    practice_id: str
    version: int
    clients: int
    sessions: int
    """Those that were held."""
    records: int
    changed: str
    """The newest day on which a record was kept, ISO; empty: there is none."""
    counts: Mapping[str, int]
    """Rows by table."""
    revisions: Mapping[int, int]
    """Of each client by id; they only ever rise."""
    names: Mapping[int, str]
    """Of each client by id."""


class Source(Struct, frozen=True, kw_only=True):
    """A file to look into: a practice, or a copy of one anywhere."""

    path: Path
    pages: bytes = b""
    """What an encrypted one holds; empty for any other, which is read from the disk."""

    def connect(self) -> sqlite3.Connection:
        """Open it; nothing that is done there changes an encrypted one. Raises as `connect`."""
        return connect_in_memory(self.pages) if self.pages else connect(self.path)

    def __repr__(self) -> str:
        """Without a client's word."""
        return f"Source({self.path})"


def look_into(source: Source) -> Contents:
    """Return what a file holds. Raises StoreFault where it is no practice or cannot be read."""
    path = source.path
    with in_files(path), in_sqlite(path), closing(source.connect()) as db:
        db.execute("PRAGMA query_only = ON")
        if migrations.version_of(db, path) == migrations.EMPTY:
            raise StoreFault(f"{path} is empty, so it is no copy of a practice")
        return contents(db)


def contents(db: sqlite3.Connection) -> Contents:
    """Return what an opened practice of any version holds. Raises sqlite3.Error."""
    tables = [str(row[0]) for row in db.execute(_COUNTED)]
    counts = {name: _number(db, f"SELECT count(*) FROM {_quoted(name)}") for name in tables}
    days = [""]
    for name in tables:
        columns = {row[0] for row in db.execute("SELECT name FROM pragma_table_info(?)", (name,))}
        for column in columns.intersection(_CHANGED):
            if not (column == "date" and name in _AHEAD):
                days.append(_text(db, f"SELECT max({column}) FROM {_quoted(name)}"))
    return Contents(
        practice_id=practice_id_of(db),
        version=_number(db, "PRAGMA user_version"),
        clients=counts["clients"],
        sessions=_number(db, "SELECT count(*) FROM sessions WHERE state = 'held'"),
        records=sum(counts.values()),
        changed=max(days),
        counts=counts,
        revisions={row[0]: row[1] for row in db.execute("SELECT id, revision FROM clients")},
        names={
            row[0]: str(row[1] or b"", "utf-8", "replace")
            for row in db.execute("SELECT id, CAST(name AS BLOB) FROM clients")
        },
    )


def page_faults(db: sqlite3.Connection, most: int = 1) -> tuple[str, ...]:
    """Return what SQLite finds wrong with pages, indexes and CHECKs; empty if nothing."""
    report = db.execute(f"PRAGMA integrity_check({most})")
    return tuple(str(row[0]) for row in report if row[0] != "ok")


def practice_id_of(db: sqlite3.Connection) -> str:
    """The id of an opened practice; `damaged` where it has lost it. Raises sqlite3.Error."""
    return _text(db, "SELECT practice_id FROM meta") or DAMAGED


def _text(db: sqlite3.Connection, question: str) -> str:
    """One text, whatever a damaged file has in its place; empty where there is none."""
    row = db.execute(f"SELECT CAST(({question}) AS BLOB)").fetchone()
    return str(row[0] or b"", "utf-8", "replace")


def _quoted(name: str) -> str:
    """A table's name as SQL takes it: the file may come from anywhere."""
    return '"' + name.replace('"', '""') + '"'


def _number(db: sqlite3.Connection, question: str) -> int:
    return int(db.execute(question).fetchone()[0])
