"""What is taken out of a practice beyond recall: a client (R119), working notes on their day (R58).

Both overwrite the words where they stood: otherwise they stay readable in the file until their
place is used again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from trajplan.errors import StoreFault
from trajplan.records import belongings
from trajplan.records.model import Client, Engagement, Note, Session
from trajplan.records.store import Store


def erase_client(store: Store, client: Client) -> dict[str, int]:
    """Delete a client with all that belongs to them; return how many rows of each table went.

    The schema's cascades do the deleting: its guards of what is append-only let a row go with its
    client and in no other way, so none of them has to be lifted. `store.rewrite` is to follow when
    the transaction is over. Raises StoreFault when a row would have stayed behind.
    """
    store.run("PRAGMA secure_delete = ON")
    rows = belongings.of_client(store, client.id)
    store.delete(Client, id=client.id)
    left = belongings.still_there(store, rows)
    if left:
        raise StoreFault(
            f"{left} records would have stayed behind, so nothing was erased from {store.path}"
        )
    return {table: len(ids) for table, ids in rows.items() if ids}


class DueNote(Struct, frozen=True):
    """A working note whose day has come, and whose it is."""

    note: Note
    slug: str
    session: int | None
    """The session's number; None for a meeting."""


def due_notes(store: Store, today: dt.date) -> tuple[DueNote, ...]:
    """Return those of the whole practice, by client and session."""
    rows = store.run(
        "SELECT id FROM notes WHERE kind = 'working' AND purge_on <= ?", (today.isoformat(),)
    )
    due = []
    for note in store.select(Note, id=[row["id"] for row in rows]):
        session = store.get(Session, note.session_id)
        client = store.get(Client, store.get(Engagement, session.engagement_id).client_id)
        due.append(DueNote(note, client.slug, session.number))
    due.sort(key=lambda due_note: (due_note.slug, due_note.session or 0, due_note.note.id))
    return tuple(due)


def purge_notes(store: Store, due: Iterable[DueNote]) -> None:
    """Delete working notes whose day has come."""
    store.run("PRAGMA secure_delete = ON")
    store.delete(Note, id=[due_note.note.id for due_note in due])
