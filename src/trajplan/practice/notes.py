"""Notes of the coach: part of the record, or working papers with a day to purge them (R58)."""

from __future__ import annotations

import datetime as dt

from trajplan.practice import rows
from trajplan.practice.records import Note, NoteKind
from trajplan.practice.store import Store


def add(
    store: Store,
    *,
    session_id: int,
    kind: NoteKind,
    text: str,
    written: dt.date,
    purge_on: dt.date | None = None,
) -> Note:
    """Add a note. Only a working note takes `purge_on`."""
    number = rows.insert(
        store,
        "notes",
        session_id=session_id,
        kind=kind,
        text=text,
        written=written,
        purge_on=purge_on,
    )
    return rows.record(Note, store.run("SELECT * FROM notes WHERE id = ?", (number,)).fetchone())


def of_session(store: Store, session_id: int) -> tuple[Note, ...]:
    """Return the session's notes, in the order they were written."""
    found = store.run("SELECT * FROM notes WHERE session_id = ? ORDER BY id", (session_id,))
    return tuple(rows.record(Note, row) for row in found)
