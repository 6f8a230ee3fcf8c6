"""Notes of the coach: part of the record, or working papers with a day to purge them (R58)."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable

from trajplan.records import rows
from trajplan.records.forms import NoteKind
from trajplan.records.records import Note
from trajplan.records.store import Store

_COLUMNS = ("id", "session_id", "kind", "text", "written", "purge_on")


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


def keep_as(store: Store, note_id: int, kind: NoteKind, purge_on: dt.date | None) -> None:
    """Change what a note is. Only a working note takes `purge_on`."""
    store.run(
        "UPDATE notes SET kind = ?, purge_on = ? WHERE id = ?",
        (kind, rows.cell(purge_on), note_id),
    )


def of_engagement(store: Store, engagement_id: int) -> tuple[Note, ...]:
    """Return every note of the engagement, in the order they were written."""
    found = store.run(
        "SELECT n.* FROM notes n JOIN sessions s ON s.id = n.session_id"
        " WHERE s.engagement_id = ? ORDER BY n.id",
        (engagement_id,),
    )
    return tuple(rows.record(Note, row) for row in found)


def due(store: Store, today: dt.date) -> tuple[tuple[Note, str, int | None], ...]:
    """Return the working notes of the whole practice whose day has come, each with its client's
    slug and its session's number."""
    found = store.run(
        "SELECT n.*, c.slug AS slug, s.number AS number FROM notes n"
        " JOIN sessions s ON s.id = n.session_id JOIN engagements e ON e.id = s.engagement_id"
        " JOIN clients c ON c.id = e.client_id"
        " WHERE n.kind = 'working' AND n.purge_on <= ? ORDER BY c.slug, s.number, n.id",
        (today.isoformat(),),
    ).fetchall()
    return tuple((_note(row), str(row["slug"]), row["number"]) for row in found)


def purge(store: Store, note_ids: Iterable[int]) -> None:
    """Delete notes and overwrite where they stood."""
    # Without it the words stay readable in the file until their place is used again.
    store.run("PRAGMA secure_delete = ON")
    for one in note_ids:
        store.run("DELETE FROM notes WHERE id = ?", (one,))


def _note(row: sqlite3.Row) -> Note:
    return rows.record(Note, {name: row[name] for name in _COLUMNS})  # type: ignore[arg-type]


def of_session(store: Store, session_id: int) -> tuple[Note, ...]:
    """Return the session's notes, in the order they were written."""
    found = store.run("SELECT * FROM notes WHERE session_id = ? ORDER BY id", (session_id,))
    return tuple(rows.record(Note, row) for row in found)
