"""TCI ratings (R103): append-only; a correction is a further entry, the store refuses any other."""

from __future__ import annotations

from trajplan.errors import CannotDo
from trajplan.records.model import Session, TciEntry
from trajplan.records.store import Store


def append(store: Store, entry: TciEntry) -> TciEntry:
    """Append one set of ratings.

    `corrects` is the id of an earlier entry of the same session. Raises CannotDo for another
    session's entry and for a session without a number, NotFound.
    """
    if store.get(Session, entry.session_id).number is None:
        raise CannotDo("ratings belong to a numbered session of the journey")
    if entry.corrects is not None:
        corrected = store.get(TciEntry, entry.corrects)
        if corrected.session_id != entry.session_id:
            raise CannotDo(
                f"entry {entry.corrects} belongs to another session and is not corrected here"
            )
    return store.insert(entry)
