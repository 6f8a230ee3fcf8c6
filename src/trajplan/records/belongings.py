"""What belongs to a client, and what is erased beyond recall (R119): a client, working notes (R58).

Belongings are found by the schema's own foreign keys. Nothing here names a table but `clients`, so
a table added later is found as soon as it hangs from one that is. A foreign key that is set to null
when its target goes makes no row a client's: such a row outlives the client, as the current
client's place in `meta` does.

What is erased is overwritten where it stood: otherwise the words stay readable in the file until
their place is used again.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec
from msgspec import Struct

from trajplan.errors import StoreFault
from trajplan.records.model.journeys import Client, Engagement
from trajplan.records.model.sessions import Note, Session
from trajplan.records.plan_pages import DUE_NOTES, REMOVED_NOTES
from trajplan.records.store import Store
from trajplan.text import pattern

Belongings = Mapping[str, frozenset[int]]
"""Row ids by table."""
_ROOT = "clients"
UNDO_TABLES = ("undo_commands", "undo_steps")
"""What an undo needs is no record: of no export, and cleared by erasing."""
_NO_RECORDS = (*UNDO_TABLES, "plan_pages")
"""The pages of plans are made from these: they are of no export either, and go with their plan."""
_UNEXPORTED = {"clients": ("revision",)}
"""It counts writing commands, also those that were taken back."""
_OUTLIVES = ("SET NULL", "SET DEFAULT")
_IS_JSON = pattern(r"json_valid\((\w+)\)")
# A list of any length as one value: SQLite limits how many a statement may take.
_AMONG = "(SELECT value FROM json_each(?))"


class _Link(Struct, frozen=True):
    """A foreign key whose rows go with the row they name; `on` joins child `c` to parent `p`."""

    child: str
    parent: str
    on: str


def tables(store: Store) -> tuple[str, ...]:
    """Return the names of the tables that hold records, in the order they were made."""
    rows = store.run(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
        " ORDER BY rowid"
    )
    return tuple(row["name"] for row in rows if row["name"] not in _NO_RECORDS)


def of_client(store: Store, client_id: int) -> Belongings:
    """Return every row that belongs to a client; a table that could hold some has an entry."""
    return hanging_from(store, _ROOT, {client_id})


def of_nobody(store: Store) -> Belongings:
    """Return every row that belongs to no client: what is the coach's own."""
    everyone = {int(row["id"]) for row in store.run(f"SELECT id FROM {_ROOT}")}
    owned = hanging_from(store, _ROOT, everyone)
    result: dict[str, frozenset[int]] = {}
    for table in tables(store):
        every = frozenset(int(row[0]) for row in store.run(f"SELECT rowid FROM {table}"))
        if table not in owned or every - owned[table]:
            result[table] = every - owned.get(table, frozenset())
    return result


def still_there(store: Store, belongings: Belongings) -> int:
    """Return how many of these rows a practice still holds."""
    left = 0
    for table, ids in belongings.items():
        rows = store.run(f"SELECT count(*) FROM {table} WHERE rowid IN {_AMONG}", (_list(ids),))
        left += int(rows.fetchone()[0])
    return left


class Unreadable(Struct, frozen=True, kw_only=True):
    """A record that cannot be read as it should."""

    table: str
    row: int
    """Its rowid, which is its id or its session's where the table has one."""
    why: str

    def __str__(self) -> str:
        return f"{self.table}, record {self.row}: {self.why}"


def contents(
    store: Store, belongings: Belongings
) -> tuple[dict[str, list[dict[str, Any]]], tuple[Unreadable, ...]]:
    """Return the rows in full, in the order they were made; what is kept as JSON is read.

    A damaged row is among them as far as it can be read, and named.
    """
    unreadable: list[Unreadable] = []
    tables = {table: _rows(store, table, ids, unreadable) for table, ids in belongings.items()}
    return tables, tuple(unreadable)


def hanging_from(store: Store, root: str, ids: Collection[int]) -> Belongings:
    """Return these rows of a table with every row that would go with them."""
    links = _links(store)
    reached = {root: set(ids)}
    # Until nothing new is found: tables may hang from each other, and from themselves.
    while True:
        before = sum(map(len, reached.values())) + len(reached)
        for link in links:
            if link.parent not in reached:
                continue
            rows = store.run(
                f"SELECT c.rowid FROM {link.child} c JOIN {link.parent} p ON {link.on}"
                f" WHERE p.rowid IN {_AMONG}",
                (_list(reached[link.parent]),),
            )
            reached.setdefault(link.child, set()).update(int(row[0]) for row in rows)
        if sum(map(len, reached.values())) + len(reached) == before:
            break
    return {name: frozenset(reached[name]) for name in tables(store) if name in reached}


def _links(store: Store) -> tuple[_Link, ...]:
    result: list[_Link] = []
    for child in tables(store):
        keys: dict[int, list[Any]] = {}
        for row in store.run(f"PRAGMA foreign_key_list({child})"):
            if row["on_delete"] not in _OUTLIVES:
                keys.setdefault(row["id"], []).append(row)
        for columns in keys.values():
            parent = str(columns[0]["table"])
            targets = _targets(store, parent, columns)
            on = " AND ".join(
                f'c."{column["from"]}" = p."{target}"'
                for column, target in zip(columns, targets, strict=True)
            )
            result.append(_Link(child, parent, on))
    return tuple(result)


def _targets(store: Store, parent: str, columns: list[Any]) -> tuple[str, ...]:
    """The columns a foreign key names; the primary key where it names none."""
    if columns[0]["to"] is not None:
        return tuple(str(column["to"]) for column in columns)
    keys = store.run("SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk", (parent,))
    return tuple(str(row["name"]) for row in keys)


class NoText(str):
    """Bytes that are no UTF-8, as far as they can be read."""


def _forgiving(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return NoText(data.decode("utf-8", errors="replace"))


@contextmanager
def forgiving_text(store: Store) -> Iterator[None]:
    """Read bytes that are no text too: as `NoText`, with a sign in their place."""
    strict, store.db.text_factory = store.db.text_factory, _forgiving
    try:
        yield
    finally:
        store.db.text_factory = strict


def _rows(
    store: Store, table: str, ids: Iterable[int], unreadable: list[Unreadable]
) -> list[dict[str, Any]]:
    import json  # which a command that only looks for notes that are due does without

    schema = store.run("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    as_json = set(_IS_JSON.findall(schema["sql"]))
    unexported = _UNEXPORTED.get(table, ())
    with forgiving_text(store):
        rows = store.run(
            f"SELECT rowid AS row_number, * FROM {table} WHERE rowid IN {_AMONG} ORDER BY rowid",
            (_list(ids),),
        ).fetchall()
    found: list[dict[str, Any]] = []
    for row in rows:
        values: dict[str, Any] = {}
        for name in row.keys()[1:]:
            why = ""
            values[name] = row[name]
            if isinstance(row[name], NoText):
                why = f"`{name}` is not UTF-8"
            elif name in as_json and row[name]:
                try:
                    values[name] = json.loads(row[name])
                except (ValueError, RecursionError):
                    why = f"`{name}` is no JSON"
            if why:
                unreadable.append(Unreadable(table=table, row=row["row_number"], why=why))
        found.append({name: values[name] for name in values if name not in unexported})
    return found


def _list(ids: Iterable[int]) -> str:
    return msgspec.json.encode(sorted(ids)).decode()


def erase_client(store: Store, client_id: int) -> dict[str, int]:
    """Delete a client with all that belongs to them; return how many rows of each table went.

    The schema's cascades do the deleting: its guards of what is append-only let a row go with its
    client and in no other way, so none of them has to be lifted. `store.rewrite` is to follow when
    the transaction is over. Raises StoreFault when a row would have stayed behind.
    """
    store.run("PRAGMA secure_delete = ON")
    rows = of_client(store, client_id)
    store.delete(Client, id=client_id)
    # A command may have changed records of several clients, so none can be taken back any more.
    store.run("DELETE FROM undo_commands")
    rows_left = still_there(store, rows)
    if rows_left:
        raise StoreFault(
            f"{rows_left} records would have stayed behind, so nothing was erased from {store.path}"
        )
    return {table: len(ids) for table, ids in rows.items() if ids}


LONG_PAST = 45
"""Days after which a working note past its day waits for a person: a coach who works has seen it go
long before, so the clock may have jumped."""


class DueNote(Struct, frozen=True):
    """A working note whose day has come, and whose it is."""

    note: Note
    slug: str
    session: int | None
    """The session's number; None for a meeting."""

    def waits(self, today: dt.date) -> bool:
        """Whether it is so long past its day that the clock may be wrong (R156)."""
        return self.note.purge_on is not None and (today - self.note.purge_on).days > LONG_PAST


def due_notes(store: Store, today: dt.date) -> tuple[DueNote, ...]:
    """Return those of the whole practice, by client and session."""
    rows = store.run(DUE_NOTES, {"today": today.isoformat()})
    due = []
    for note in store.select(Note, id=[row["id"] for row in rows]):
        session = store.find(Session, id=note.session_id)
        engagement = store.find(Engagement, id=session.engagement_id) if session else None
        if session and engagement:  # else it is nobody's, which `practice check` names
            client = store.get(Client, engagement.client_id)
            due.append(DueNote(note, client.slug, session.number))
    due.sort(key=lambda due_note: (due_note.slug, due_note.session or 0, due_note.note.id))
    return tuple(due)


def notes_to_forget(store: Store, today: dt.date) -> bool:
    """Whether an undo could bring back a working note whose day has come."""
    day = {"today": today.isoformat()}
    rows = store.run(f"SELECT 1 FROM undo_commands WHERE {REMOVED_NOTES}", day)
    return rows.fetchone() is not None


def delete_notes(store: Store, due: Iterable[DueNote], today: dt.date) -> tuple[str, ...]:
    """Delete working notes whose day has come, also those that an undo could bring back.

    From the copies of the practice too; returns a sentence where they are left in one.
    """
    from trajplan.records.backups import copies_of, rewrite_copies

    ids, day = _list(due_note.note.id for due_note in due), {"today": today.isoformat()}

    def holds(db: sqlite3.Connection) -> bool:
        notes = db.execute(f"SELECT 1 FROM notes WHERE id IN {_AMONG}", (ids,))
        undone = db.execute(f"SELECT 1 FROM undo_commands WHERE {REMOVED_NOTES}", day)
        return bool(notes.fetchone() or undone.fetchone())

    def remove(db: sqlite3.Connection) -> None:
        db.execute("PRAGMA secure_delete = ON")
        db.execute(f"DELETE FROM notes WHERE id IN {_AMONG}", (ids,))
        db.execute(f"DELETE FROM undo_commands WHERE {REMOVED_NOTES}", day)

    remove(store.db)
    try:
        _, unreadable = rewrite_copies(copies_of(store.path, store.practice_id), holds, remove)
    except StoreFault as fault:
        return (f"copies of the practice may still hold them: {fault}",)
    return tuple(f"it may still be in {copy.path}, which is damaged" for copy in unreadable)
