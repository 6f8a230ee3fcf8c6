"""Notes of a session: part of the record, or working papers that go on a day of their own (R58)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from trajplan.actions.wrap_check import Faults
from trajplan.records import notes
from trajplan.records.forms import Wrap, WrapNote
from trajplan.records.store import Store

WORKING_DAYS = 90
"""Days after the session on which a working note goes, where the wrap names no other."""


def notes_of(form: Wrap, session: dt.date, faults: Faults) -> tuple[WrapNote, ...]:
    """The notes of a wrap, working ones with their day; text alone is part of the record."""
    if isinstance(form.notes, str):
        return (WrapNote(text=form.notes),) if form.notes.strip() else ()
    found = []
    for at, one in enumerate(form.notes):
        path = ("notes", at, "purge_on")
        if one.kind == "record" and one.purge_on:
            faults.add(path, "a record stays; only `kind: working` has a day on which it goes")
        elif one.purge_on and one.purge_on <= session:
            faults.add(path, f"{one.purge_on} is not after the session on {session}")
        day = one.purge_on or session + dt.timedelta(days=WORKING_DAYS)
        purge_on = day if one.kind == "working" else None
        found.append(WrapNote(text=one.text, kind=one.kind, purge_on=purge_on))
    return tuple(found)


def keep(store: Store, session_id: int, found: Sequence[WrapNote], today: dt.date) -> None:
    """Keep notes; words that stand there already are not written twice, but may change their
    kind."""
    standing = {one.text: one for one in notes.of_session(store, session_id)}
    for one in found:
        before = standing.get(one.text)
        if before:
            notes.keep_as(store, before.id, one.kind, one.purge_on)
        else:
            notes.add(
                store,
                session_id=session_id,
                kind=one.kind,
                text=one.text,
                written=today,
                purge_on=one.purge_on,
            )
