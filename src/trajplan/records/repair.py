"""What is wrong with a practice put right, as far as it can be, in one transaction (R157).

Words are kept wherever there are any: bytes that are no text become the sign for that, a list that
cannot be read becomes one text. A value that no record can have becomes the one a record begins
with. What hangs from a record that is not there goes as it would have gone with it. Whatever would
have to be guessed stays as it is.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, get_origin
from uuid import uuid4

import msgspec

from trajplan.records import table
from trajplan.records.belongings import forgiving_text
from trajplan.records.fields import Record
from trajplan.records.kinds import KINDS
from trajplan.records.schema import differences, put_right
from trajplan.records.soundness import Fault, let_numbers_go_on
from trajplan.records.store import Store
from trajplan.records.table import Column
from trajplan.text import plural

_OUTLIVES = ("SET NULL", "NO ACTION")
"""A row of such a reference stays, and names nothing any more."""


def repair(store: Store, faults: Iterable[Fault]) -> tuple[str, ...]:
    """Put right what can be; return what was done, each in words. Raises sqlite3.Error."""
    acts: list[str] = []
    by_row: dict[tuple[str, int], list[Fault]] = {}
    whole: dict[str, Fault] = {}
    for fault in faults:
        if fault.table:
            by_row.setdefault((fault.table, fault.row), []).append(fault)
        else:
            whole.setdefault(fault.mend, fault)
    with forgiving_text(store):
        if "schema" in whole:
            acts += _around_the_tables(store)
        if "meta" in whole:
            store.run("DELETE FROM meta")
            store.run("INSERT INTO meta VALUES (1, ?, NULL)", (uuid4().hex,))
            acts.append("the practice has a new id")
        if "undo" in whole:
            store.run("DELETE FROM undo_commands")
            store.run("DELETE FROM undo_steps")
            acts.append("the list of commands to take back is cleared")
        for (name, row), own in by_row.items():
            acts += _row(store, name, row, own)
        if "orphan" in whole:
            acts += _orphans(store)
        if "numbers" in whole:
            let_numbers_go_on(store)
            acts.append("running numbers go on after the highest that was given")
        if "index" in whole:
            store.run("REINDEX")
            acts.append("the indexes are made anew")
    if acts:
        # Whatever was planned from them before is planned anew.
        store.run("UPDATE clients SET revision = revision + 1")
    return tuple(acts)


def _around_the_tables(store: Store) -> Iterator[str]:
    """First of all: a trigger of another program would take part in everything that follows."""
    for difference in differences(store.db):
        with suppress(sqlite3.IntegrityError):  # two rows where an index allows one
            put_right(store.db, difference)
            yield f"the {difference.kind} `{difference.name}` is as it should be"


def _row(store: Store, name: str, row: int, faults: list[Fault]) -> list[str]:
    """Mend a row's columns together, as its table checks them together."""
    where = faults[0].where
    if any(fault.mend == "plan" for fault in faults):
        store.run(f"DELETE FROM {name} WHERE rowid = ?", (row,))
        return [f"{where}: the saved plan is deleted"]
    kind = KINDS[name]
    columns = {column.name: column for column in table.columns_of(kind)}
    cells = store.run(f"SELECT * FROM {name} WHERE rowid = ?", (row,)).fetchone()
    if cells is None:  # it went with another
        return []
    values: dict[str, tuple[Any, str]] = {}
    for fault in faults:
        if fault.mend == "text":
            values[fault.column] = (str(cells[fault.column]), "bytes that are no text are marked")
        elif fault.mend == "unlink":
            values[fault.column] = (None, "it names no goal any more")
        elif fault.mend == "value":
            values.update(_better(kind, columns[fault.column], cells[fault.column]))
    if not values:
        return []
    with _unguarded(store, name):
        if not _update(store, name, row, {column: new for column, (new, _) in values.items()}):
            words = _only_word(store, name, row, [columns[column] for column in values])
            if not words:
                return []
            values = words
    return [
        f"{where}: `{column}`: {how}" if how else f"{where}: `{column}` is {new!r} now"
        for column, (new, how) in values.items()
    ]


def _better(kind: type[Record], column: Column, value: Any) -> dict[str, tuple[Any, str]]:
    """What stands in place of a value that no record can have; nothing where that is a guess."""
    if column.is_json and get_origin(column.kind) is tuple and isinstance(value, str):
        words = json.dumps([value] if value.strip() else [], ensure_ascii=False)
        return {column.name: (words, "its words are one text now")}
    field = next(field for field in msgspec.structs.fields(kind) if field.name == column.name)
    if column.optional:
        return {column.name: (None, "what it held is gone")}
    if field.default is not msgspec.NODEFAULT:
        return {column.name: (table.cell(field.default, as_json=column.is_json), "")}
    if field.default_factory is not msgspec.NODEFAULT:
        return {column.name: (table.cell(field.default_factory(), as_json=True), "")}
    if isinstance(column.kind, tuple):
        return {column.name: (value, "")}  # perhaps one word alone is possible
    return {}


def _update(store: Store, name: str, row: int, values: dict[str, Any]) -> bool:
    """Change a row. Returns False, and changes nothing, where its table refuses it."""
    assignments = ", ".join(f"{column} = ?" for column in values)
    store.run("SAVEPOINT mending")
    try:
        store.run(f"UPDATE {name} SET {assignments} WHERE rowid = ?", (*values.values(), row))
    except sqlite3.IntegrityError:
        store.run("ROLLBACK TO mending")
        return False
    finally:
        store.run("RELEASE mending")
    return True


def _only_word(
    store: Store, name: str, row: int, columns: list[Column]
) -> dict[str, tuple[Any, str]]:
    """The word of a list that a row's other values leave, where it is a single one."""
    if len(columns) != 1 or not isinstance(columns[0].kind, tuple):
        return {}
    column = columns[0]
    possible = []
    for word in column.kind:
        store.run("SAVEPOINT trying")
        if _update(store, name, row, {column.name: word}):
            possible.append(word)
        store.run("ROLLBACK TO trying")
        store.run("RELEASE trying")
    if len(possible) != 1:
        return {}
    _update(store, name, row, {column.name: possible[0]})
    return {column.name: (possible[0], "")}


@contextmanager
def _unguarded(store: Store, name: str) -> Iterator[None]:
    """Lift the guards of a table: what is never changed is put right here alone."""
    guards = store.run(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?", (name,)
    ).fetchall()
    with store.lifted(*(guard["name"] for guard in guards)):
        yield


def _orphans(store: Store) -> list[str]:
    """Let go what hangs from nothing; until nothing does, as more may hang from that."""
    deletions: dict[str, int] = {}
    links = 0
    before = None
    while (orphans := store.run("PRAGMA foreign_key_check").fetchall()) != before:
        before = orphans
        for orphan in orphans:
            name, row = orphan["table"], orphan["rowid"]
            keys = store.run(f"PRAGMA foreign_key_list({name})").fetchall()
            key = next(key for key in keys if key["id"] == orphan["fkid"])
            with _unguarded(store, name), suppress(sqlite3.IntegrityError):
                if key["on_delete"] in _OUTLIVES:
                    store.run(f"UPDATE {name} SET {key['from']} = NULL WHERE rowid = ?", (row,))
                    links += 1
                else:
                    store.run(f"DELETE FROM {name} WHERE rowid = ?", (row,))
                    deletions[name] = deletions.get(name, 0) + 1
    acts = [
        f"{count} of the records in {name} hung from nothing and "
        f"{'is' if count == 1 else 'are'} deleted"
        for name, count in deletions.items()
    ]
    if links:
        acts.append(f"{plural(links, 'link')} to a record that is not there: cleared")
    return acts
