"""The last commands that changed records, and how each of them is taken back (R138).

What a command changed was noted row by row (`recorder.py`) and is kept in the practice file for the
last `KEPT` commands. Taking one back puts its rows back, the last one first.

Ratings and scaled answers are never deleted: they are withdrawn (`Withdrawal`).
"""

from __future__ import annotations

import sqlite3

from msgspec import Struct

from trajplan.errors import CannotDo, NotFound, StoreFault
from trajplan.records.kinds import TABLES
from trajplan.records.model.ratings import ScaledAnswer, TciEntry
from trajplan.records.model.sessions import KeptPlan, QuestionUse
from trajplan.records.recorder import (
    DAMAGED,
    RUNNING_NUMBERS,
    Recorder,
    Step,
    noted_columns,
    step_of,
    value_of,
)
from trajplan.records.store import Store

_REMADE = {TABLES[KeptPlan], TABLES[QuestionUse], RUNNING_NUMBERS}
"""What is there again by the time it is put back: `prep` makes plans anew between two commands that
count, and a record that gets its number back begins the counting."""
_WITHDRAWN = {TABLES[TciEntry]: "tci_entry_id", TABLES[ScaledAnswer]: "scaled_answer_id"}
_LIFTED = (
    "goal_changes_never_deleted",
    "commitment_reviews_never_change",
)
"""Guards an undo lifts: what a goal was is kept, but not what it never was, and words that a
removal took out of a review are put back."""


class UndoEntry(Struct, frozen=True, kw_only=True):
    """A command that can be taken back."""

    id: int
    command: str
    """As it is typed, without options: `commitments add`."""
    done: str
    """The day, ISO."""
    client_id: int | None
    """None: the coach's own records, such as days off."""
    changes: str
    """What it did, in words that hold none of the client's."""
    current_client: int | None
    """The current client before it, where it chose another; 0: there was none."""


class Undone(Struct, frozen=True, kw_only=True):
    """A command that was taken back, or brought back."""

    entry: UndoEntry
    withdrawn: int
    """Ratings and scaled answers that stay in the records and count no more."""


def entries(store: Store, *, undone: bool = False) -> tuple[UndoEntry, ...]:
    """The commands that can be taken back, the last one first; `undone`: that were taken back."""
    rows = store.run(
        "SELECT id, command, done, client_id, changes, current_client FROM undo_commands"
        " WHERE undone = ? ORDER BY id DESC",
        (undone,),
    )
    return tuple(UndoEntry(**dict(row)) for row in rows)


def take_back(store: Store, day: str, *, redo: bool = False) -> Undone:
    """Take the last command back; with `redo`, bring back the one that was taken back last.

    Either can be followed by the other. Raises NotFound where there is none, CannotDo where a
    rating would have to be deleted.
    """
    entry = next(iter(entries(store, undone=redo)), None)
    if entry is None:
        raise NotFound(_nothing(redo))
    rows = store.run(
        "SELECT thing, line, old, deleted FROM undo_steps WHERE command_id = ? ORDER BY id DESC",
        (entry.id,),
    )
    steps = [step_of(row) for row in rows]
    store.run("DELETE FROM undo_commands WHERE id = ?", (entry.id,))
    store.recorder = Recorder(store.db)
    store.run("PRAGMA defer_foreign_keys = ON")
    # A row that makes place for another is noted like any that is deleted.
    store.run("PRAGMA recursive_triggers = ON")
    try:
        with store.lifted(*_LIFTED):
            withdrawn = sum(_reverse(store, step, day) for step in steps)
    except sqlite3.IntegrityError as fault:
        way = "brought back" if redo else "taken back"
        # A guard says in words what it guards; SQLite's own words name a column.
        is_constraint = "constraint failed" in str(fault)
        why = "what was recorded since stands in its way" if is_constraint else str(fault)
        raise CannotDo(f"`{entry.command}` cannot be {way}: {why}. Nothing was changed") from fault
    _choose_again(store, entry, redo=redo)
    store.recorder.keep_reversal(
        entry.command, entry.client_id, entry.done, entry.changes, undone=not redo
    )
    _raise_revisions(store, entry)
    return Undone(entry=entry, withdrawn=withdrawn)


def _nothing(redo: bool) -> str:
    if redo:
        return "nothing was taken back that can be brought back"
    return "there is no command to take back"


def forget(store: Store) -> int:
    """Clear the list, overwriting what it holds; return how many commands were on it."""
    store.run("PRAGMA secure_delete = ON")
    return store.run("DELETE FROM undo_commands").rowcount


def _reverse(store: Store, step: Step, day: str) -> int:
    """Put one row back. Returns how many ratings were withdrawn for it."""
    if not set(step.old or ()) <= set(noted_columns().get(step.table, ())):
        raise StoreFault(DAMAGED)
    if step.old is None:
        if step.table in _WITHDRAWN:
            return _withdraw(store, step, day)
        store.run(f"DELETE FROM {step.table} WHERE rowid = ?", (step.row,))
        return 0
    values = {column: value_of(literal) for column, literal in step.old.items()}
    if step.deleted:
        insert = "REPLACE" if step.table in _REMADE else "INSERT"
        marks = ", ".join("?" * (len(values) + 1))
        store.run(
            f"{insert} INTO {step.table} (rowid, {', '.join(values)}) VALUES ({marks})",
            (step.row, *values.values()),
        )
    else:
        named = ", ".join(f"{column} = ?" for column in values)
        store.run(f"UPDATE {step.table} SET {named} WHERE rowid = ?", (*values.values(), step.row))
    return 0


def _withdraw(store: Store, step: Step, day: str) -> int:
    column = _WITHDRAWN[step.table]
    if not store.run(f"SELECT 1 FROM {step.table} WHERE id = ?", (step.row,)).fetchone():
        return 0
    store.run(f"INSERT INTO withdrawals (date, {column}) VALUES (?, ?)", (day, step.row))
    return 1


def _choose_again(store: Store, entry: UndoEntry, *, redo: bool) -> None:
    """Let the client be the current one who was it before, unless `use` has chosen another since.

    With `redo`, the one whom the command chose is chosen again.
    """
    chosen = (None, entry.client_id)  # None: the client whom it chose went with the command
    if entry.current_client is not None and (redo or store.current_client in chosen):
        store.run(
            "UPDATE meta SET current_client = (SELECT id FROM clients WHERE id = ?)",
            (entry.current_client,),
        )


def _raise_revisions(store: Store, entry: UndoEntry) -> None:
    """Plans made while the command stood are made anew."""
    store.run(
        "UPDATE clients SET revision = revision + 1 WHERE ?1 IS NULL OR id = ?1",
        (entry.client_id,),
    )
