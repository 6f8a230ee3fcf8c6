"""TCI ratings (R103): append-only; a correction is a further entry, the store refuses any other."""

from __future__ import annotations

import datetime as dt
import sqlite3

from trajplan.errors import CannotDo
from trajplan.records import rows, sessions
from trajplan.records.records import SCALE, TciEntry
from trajplan.records.store import Store

_SELECT = (
    "SELECT t.*, s.number AS session_number FROM tci_entries t"
    " JOIN sessions s ON s.id = t.session_id"
)


def add(
    store: Store,
    *,
    session_id: int,
    date: dt.date,
    clarity: int | None = None,
    options: int | None = None,
    decision: int | None = None,
    momentum: int | None = None,
    confidence: int | None = None,
    satisfaction: int | None = None,
    note: str = "",
    scale: str = SCALE,
    corrects: int | None = None,
) -> TciEntry:
    """Append one set of ratings, whole numbers 1–10; a factor not rated is None.

    `corrects` is the id of an earlier entry of the same session. Raises CannotDo for another
    session's entry and for a session without a number, NotFound.
    """
    if sessions.by_id(store, session_id).number is None:
        raise CannotDo("ratings belong to a numbered session of the journey")
    if corrects is not None and by_id(store, corrects).session_id != session_id:
        raise CannotDo(f"entry {corrects} belongs to another session and is not corrected here")
    number = rows.insert(
        store,
        "tci_entries",
        session_id=session_id,
        date=date,
        clarity=clarity,
        options=options,
        decision=decision,
        momentum=momentum,
        confidence=confidence,
        satisfaction=satisfaction,
        note=note,
        scale=scale,
        corrects=corrects,
    )
    return by_id(store, number)


def by_id(store: Store, entry_id: int) -> TciEntry:
    """Return one entry as it was given. Raises NotFound."""
    row = store.run(f"{_SELECT} WHERE t.id = ?", (entry_id,)).fetchone()
    if row is None:
        raise rows.missing("tci_entries", entry_id)
    return _record(row)


def of_engagement(store: Store, engagement_id: int) -> tuple[TciEntry, ...]:
    """Return every entry, corrections too, by session number and then in the order given."""
    found = store.run(
        f"{_SELECT} WHERE s.engagement_id = ? ORDER BY s.number, t.id", (engagement_id,)
    )
    return tuple(_record(row) for row in found)


def _record(row: sqlite3.Row) -> TciEntry:
    return rows.record(TciEntry, row)
