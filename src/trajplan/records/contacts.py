"""Messages, calls and celebrations between sessions, each about a commitment (R101)."""

from __future__ import annotations

import datetime as dt

from trajplan.records import rows
from trajplan.records.records import Contact, ContactKind
from trajplan.records.store import Store


def add(
    store: Store, commitment_id: int, *, kind: ContactKind, date: dt.date, note: str
) -> Contact:
    """Append a contact; what happened is never changed."""
    number = rows.insert(
        store, "contacts", commitment_id=commitment_id, date=date, kind=kind, note=note
    )
    row = store.run("SELECT * FROM contacts WHERE id = ?", (number,)).fetchone()
    return rows.record(Contact, row)


def of_commitment(store: Store, commitment_id: int) -> tuple[Contact, ...]:
    """Return the contacts about a commitment, by date, then in the order they were kept."""
    found = store.run(
        "SELECT * FROM contacts WHERE commitment_id = ? ORDER BY date, id", (commitment_id,)
    )
    return tuple(rows.record(Contact, row) for row in found)
