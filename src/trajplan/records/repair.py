"""What is wrong with a practice put right, as far as it can be, in one transaction (R157).

Words are kept wherever there are any: bytes that are no text become the sign for that. What hangs
from a record that is not there goes as it would have gone with it. A value that no record can have
stays and is named: what it was before, a copy of the practice knows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from uuid import uuid4

from trajplan.records.belongings import forgiving_text
from trajplan.records.schema import differences, put_right
from trajplan.records.soundness import Fault, let_numbers_go_on
from trajplan.records.store import Store
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
    cells = store.run(f"SELECT * FROM {name} WHERE rowid = ?", (row,)).fetchone()
    if cells is None:  # it went with another
        return []
    values: dict[str, tuple[str | None, str]] = {}
    for fault in faults:
        if fault.mend == "text":
            values[fault.column] = (str(cells[fault.column]), "bytes that are no text are marked")
        elif fault.mend == "unlink":
            values[fault.column] = (None, "it names no goal any more")
    if not values:
        return []
    with _unguarded(store, name):
        assignments = ", ".join(f"{column} = ?" for column in values)
        words = (words for words, _ in values.values())
        try:
            store.run(f"UPDATE {name} SET {assignments} WHERE rowid = ?", (*words, row))
        except sqlite3.IntegrityError:  # another of its values stands in the way
            return []
    return [f"{where}: `{column}`: {how}" for column, (_, how) in values.items()]


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
