"""Notes what a command changes, row by row, so that `undo.py` can put it back (R138).

SQLite itself does the noting, with triggers made from the records' declaration that last as long
as the connection: whatever changes a row is noted, also a cascade, and a file opened by anything
else has no such triggers. A table's triggers are made when the first statement writes to it; most
commands write to three or four.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any

import msgspec
from msgspec import Struct

from trajplan.errors import StoreFault
from trajplan.records.kinds import KINDS, TABLES
from trajplan.records.model.sessions import Session
from trajplan.text import plural

KEPT = 20
"""So many commands can be taken back."""
RUNNING_NUMBERS = "last_numbers"
"""Belongs to no record; what gives the records their numbers goes back with them."""
_REVISION = ("clients", "revision")
"""It only ever rises, so that a plan made before an undo is made anew after it."""
_WRITES = {"INSERT": 2, "REPLACE": 2, "UPDATE": 1, "DELETE": 2}
"""Statements that write, and which of their words names the table."""
DAMAGED = "the list of commands to take back is damaged; `trajplan undo --forget` clears it"


class Step(Struct, frozen=True):
    """What a command did to one row."""

    table: str
    row: int
    """Its rowid."""
    old: Mapping[str, str | None] | None
    """Values before by column, as SQL; None: the row is new. Of a changed row only what changed."""
    deleted: bool


class Recorder:
    """Notes what is written to an opened practice, as the rows were before."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._watched: set[str] = set()
        self._seen: set[tuple[str, str]] = set()
        db.execute(
            "CREATE TEMP TABLE noted (id INTEGER PRIMARY KEY, thing TEXT, line INTEGER, old TEXT,"
            " deleted INTEGER)"
        )
        self._current = _current_client(db)
        # What a command replaces or removes must not stay readable once it has left the list.
        db.execute("PRAGMA secure_delete = ON")

    def watch(self, sql: str) -> None:
        """Before a statement that writes: note what it will do to its table, and to those below."""
        words = sql.split(None, 3)
        if words[0] not in _WRITES:
            return
        act, name = words[0], words[_WRITES[words[0]]]
        if (act, name) in self._seen:
            return
        self._seen.add((act, name))
        everything = noted_columns()
        tables = self._below(name) if act == "DELETE" else {name}
        if any("number" in everything.get(table, ()) for table in tables):
            tables.add(RUNNING_NUMBERS)
        for table in tables & everything.keys() - self._watched:
            for trigger in _triggers(table):
                self._db.execute(trigger)
            self._watched.add(table)

    def _below(self, name: str) -> set[str]:
        """A table, and those whose rows go, or change, when a row of it is deleted."""
        found, waiting = {name}, [name]
        while waiting:
            reference = f"REFERENCES {waiting.pop()} ("
            below = {child for child, sql in self._tables.items() if reference in sql} - found
            waiting += below
            found |= below
        return found

    @cached_property
    def _tables(self) -> Mapping[str, str]:
        """How each table was made, by its name."""
        rows = self._db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
        return dict(rows.fetchall())

    def keep(self, command: str, client_id: int | None, day: str) -> None:
        """Keep what was noted as one command. What was taken back before it stays so."""
        steps = self._steps()
        if steps:
            self._db.execute("DELETE FROM undo_commands WHERE undone = 1")
            client_id = client_id or _new_client(steps)
            self._insert(steps, (command, day, client_id, _words(self._db, steps), False))

    def keep_reversal(
        self, command: str, client_id: int | None, day: str, changes: str, *, undone: bool
    ) -> None:
        """Keep what a command's undo changed, so that it can be brought back; or the reverse."""
        steps = self._steps()
        client_id = client_id or _new_client(steps)
        there = self._db.execute("SELECT 1 FROM clients WHERE id = ?", (client_id,)).fetchone()
        self._insert(steps, (command, day, client_id if there else None, changes, undone))

    def _steps(self) -> list[Step]:
        rows = self._db.execute("SELECT thing, line, old, deleted FROM noted ORDER BY id")
        return [step for step in map(step_of, rows) if step.old != {}]

    def _insert(self, steps: Iterable[Step], entry: tuple[Any, ...]) -> None:
        """Put a command on the list; let go of what goes beyond the last `KEPT`."""
        current = _current_client(self._db)
        cursor = self._db.execute(
            "INSERT INTO undo_commands (command, done, client_id, changes, undone, current_client)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (*entry, (self._current or 0) if current != self._current else None),
        )
        self._db.executemany(
            "INSERT INTO undo_steps (command_id, thing, line, old, deleted) VALUES (?, ?, ?, ?, ?)",
            [
                (
                    cursor.lastrowid,
                    step.table,
                    step.row,
                    None if step.old is None else msgspec.json.encode(step.old).decode(),
                    step.deleted,
                )
                for step in steps
            ],
        )
        self._db.execute(
            "DELETE FROM undo_commands WHERE id NOT IN"
            " (SELECT id FROM undo_commands ORDER BY id DESC LIMIT ?)",
            (KEPT,),
        )


@cache
def noted_columns() -> Mapping[str, tuple[str, ...]]:
    """The columns that are noted, by table."""
    columns = {name: kind.__struct_fields__ for kind, name in TABLES.items()}
    return columns | {RUNNING_NUMBERS: ("client_id", "thing", "last")}


def _triggers(name: str) -> Iterable[str]:
    """The triggers that note what becomes of a table's rows."""
    columns = noted_columns()[name]
    whole = ", ".join(f"'{column}', quote(OLD.{column})" for column in columns)
    changed = ", ".join(
        f"'{column}', CASE WHEN OLD.{column} IS NOT NEW.{column} THEN quote(OLD.{column}) END"
        for column in columns
        if (name, column) != _REVISION
    )
    for act, row, old, deleted in (
        ("INSERT", "NEW", "NULL", 0),
        ("UPDATE", "OLD", f"json_object({changed})", 0),
        ("DELETE", "OLD", f"json_object({whole})", 1),
    ):
        yield (
            f"CREATE TEMP TRIGGER note_{act}_{name} AFTER {act} ON main.{name} BEGIN"
            " INSERT INTO noted (thing, line, old, deleted)"
            f" VALUES ('{name}', {row}.rowid, {old}, {deleted}); END"
        )


def step_of(row: Any) -> Step:
    """A step as it was noted or kept; a change that changed nothing has an empty `old`."""
    old = None if row["old"] is None else msgspec.json.decode(row["old"])
    if old is not None:
        old = {column: value for column, value in old.items() if value is not None}
    return Step(row["thing"], row["line"], old, bool(row["deleted"]))


def value_of(literal: str | None) -> str | int | float | None:
    """A value from SQL, without running any: whoever wrote the file, it is only ever a value."""
    if literal is None or literal == "NULL":
        return None
    if re.fullmatch("'(?:[^']|'')*'", literal):
        return literal[1:-1].replace("''", "'")
    try:
        # As SQLite writes a number, so that it is read back to the last digit.
        return float(literal) if set(literal) - set("-0123456789") else int(literal)
    except ValueError:
        raise StoreFault(DAMAGED) from None


def _current_client(db: sqlite3.Connection) -> int | None:
    row = db.execute("SELECT current_client FROM meta").fetchone()
    return int(row[0]) if row and row[0] is not None else None


def _new_client(steps: Sequence[Step]) -> int | None:
    """The client that a command added."""
    added = (step.row for step in steps if step.table == "clients" and step.old is None)
    return next(added, None)


def _words(db: sqlite3.Connection, steps: Sequence[Step]) -> str:
    """What a command did, counted by kind of record: `session 4: added 1 wrap, 2 commitments`."""
    added = {(step.table, step.row): step for step in steps if step.old is None}
    removed = {(step.table, step.row): step for step in steps if step.deleted}
    changed = {(step.table, step.row): step for step in steps if step.old and not step.deleted}
    replaced = {}
    for row in added.keys() & removed.keys():
        first = next(step for step in steps if (step.table, step.row) == row)
        new, old = added.pop(row), removed.pop(row)
        if first is old:  # put in its own place; else written and gone again within the command
            replaced[row] = new
    changed = {
        row: step for row, step in changed.items() if row not in added and row not in removed
    } | replaced
    moved = [step for step in changed.values() if step.table == TABLES[Session]]
    named = [step for step in (*added.values(), *removed.values()) if _noun(step.table)]
    numbers = _session_numbers(db, [*named, *replaced.values(), *moved])
    session = f"session {numbers.pop()}" if len(numbers) == 1 else ""
    acts = {
        "added": _names(db, added.values(), numbered=False),
        "removed": _names(db, removed.values()),
        # That a session was held or moved goes without saying where it stands in front.
        "changed": [name for name in _names(db, changed.values()) if name != session],
    }
    parts = [f"{act} {', '.join(names)}" for act, names in acts.items() if names]
    if session and not parts:
        asked = all(set(step.old or ()) == {"options"} for step in moved)
        return f"{session}: changed what was asked of its plan" if asked else f"changed {session}"
    return ": ".join(filter(None, (session, "; ".join(parts))))


def _names(db: sqlite3.Connection, steps: Iterable[Step], *, numbered: bool = True) -> list[str]:
    """`2 commitments`, `goal 3`, `1 note`; without what a coach has no name for.

    `numbered`: a single one goes by its number.
    """
    by_table: dict[str, list[Step]] = {}
    for step in steps:
        by_table.setdefault(step.table, []).append(step)
    names = []
    for table in sorted(by_table, key=[*KINDS, RUNNING_NUMBERS].index):
        own = by_table[table]
        noun = _noun(table)
        if noun:
            number = _number(db, own[0]) if numbered and len(own) == 1 else None
            nouns = KINDS[table].nouns
            names.append(f"{noun} {number}" if number else plural(len(own), noun, nouns))
    return names


def _noun(table: str) -> str:
    return getattr(KINDS.get(table), "noun", "")


def _number(db: sqlite3.Connection, step: Step) -> Any:
    """What a coach calls the row by, where it has a number."""
    if step.deleted and step.old:
        return value_of(step.old.get("number"))
    if "number" not in noted_columns()[step.table]:
        return None
    row = db.execute(f"SELECT number FROM {step.table} WHERE rowid = ?", (step.row,)).fetchone()
    return row and row["number"]


def _session_numbers(db: sqlite3.Connection, steps: Iterable[Step]) -> set[Any]:
    """The numbers of the sessions that rows belong to or are."""
    sessions = TABLES[Session]
    ids: set[Any] = set()
    for step in steps:
        if step.table == sessions:
            ids.add(step.row)
        elif "session_id" in noted_columns()[step.table]:
            if step.deleted and step.old:
                ids.add(value_of(step.old["session_id"]))
            else:
                ids |= {
                    row[0]
                    for row in db.execute(
                        f"SELECT session_id FROM {step.table} WHERE rowid = ?", (step.row,)
                    )
                }
    rows = db.execute(
        f"SELECT number FROM {sessions} WHERE number IS NOT NULL"
        " AND id IN (SELECT value FROM json_each(?))",
        (msgspec.json.encode([*ids]).decode(),),
    )
    return {row["number"] for row in rows}
