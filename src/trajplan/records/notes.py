"""Working notes, until the day on which they are purged (R58)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from trajplan.records.forms import NoteKind
from trajplan.records.model import Client, Engagement, Note, Session
from trajplan.records.store import Store


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
    return store.insert(
        Note(session_id=session_id, kind=kind, text=text, written=written, purge_on=purge_on)
    )


def due(store: Store, today: dt.date) -> tuple[tuple[Note, str, int | None], ...]:
    """Return the working notes of the whole practice whose day has come.

    Each comes with its client's slug and its session's number, in the order of these.
    """
    rows = store.run(
        "SELECT id FROM notes WHERE kind = 'working' AND purge_on <= ?", (today.isoformat(),)
    )
    due_notes = []
    for note in store.select(Note, id=[row["id"] for row in rows]):
        session = store.get(Session, note.session_id)
        engagement = store.get(Engagement, session.engagement_id)
        client = store.get(Client, engagement.client_id)
        due_notes.append((note, client.slug, session.number))
    return tuple(
        sorted(due_notes, key=lambda due_note: (due_note[1], due_note[2] or 0, due_note[0].id))
    )


def purge(store: Store, note_ids: Iterable[int]) -> None:
    """Delete notes and overwrite where they stood."""
    # Without it the words stay readable in the file until their place is used again.
    store.run("PRAGMA secure_delete = ON")
    store.delete(Note, id=tuple(note_ids))
