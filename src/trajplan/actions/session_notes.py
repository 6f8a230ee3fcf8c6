"""Notes of a session: part of the record, or working papers that go on a day of their own (R58)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from trajplan.actions.wrap_check import Faults
from trajplan.records.forms import Wrap, WrapNote
from trajplan.records.model import Note
from trajplan.records.store import Store

WORKING_DAYS = 90
"""Days after the session on which a working note goes, where the wrap names no other."""


def notes_of(form: Wrap, session: dt.date, faults: Faults) -> tuple[WrapNote, ...]:
    """The notes of a wrap, working ones with their day; text alone is part of the record."""
    if isinstance(form.notes, str):
        return (WrapNote(text=form.notes),) if form.notes.strip() else ()
    notes = []
    for index, note in enumerate(form.notes):
        path = ("notes", index, "purge_on")
        if note.kind == "record" and note.purge_on:
            faults.add(path, "a record stays; only `kind: working` has a purge date")
        elif note.purge_on and note.purge_on <= session:
            faults.add(path, f"{note.purge_on} is not after the session on {session}")
        day = note.purge_on or session + dt.timedelta(days=WORKING_DAYS)
        purge_on = day if note.kind == "working" else None
        notes.append(WrapNote(text=note.text, kind=note.kind, purge_on=purge_on))
    return tuple(notes)


def save_notes(store: Store, session_id: int, notes: Sequence[WrapNote], today: dt.date) -> None:
    """Save the notes of a session; the same words again only change what sort of note they are."""
    saved = {note.text: note for note in store.select(Note, session_id=session_id)}
    for note in notes:
        if note.text in saved:
            store.update(saved[note.text], kind=note.kind, purge_on=note.purge_on)
        else:
            store.insert(
                Note(
                    session_id=session_id,
                    kind=note.kind,
                    text=note.text,
                    written=today,
                    purge_on=note.purge_on,
                )
            )
