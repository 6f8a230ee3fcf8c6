"""Working notes whose day has come go with the first writing command after it (R58).

In a transaction of its own: they go also when the command itself is refused, and nothing that
undoes the command brings them back.
"""

from __future__ import annotations

from trajplan.actions.context import Context
from trajplan.errors import NotFound
from trajplan.records.erase import due_notes, purge_notes
from trajplan.records.store import reading, writing


def purge_due(context: Context) -> tuple[str, ...]:
    """Delete the working notes whose day has come, of every client, and say which went.

    Most days there is none: then nothing is written. What is said names no word of them.
    """
    try:
        with reading(context.practice) as store:
            if not due_notes(store, context.today):
                return ()
    except NotFound:
        return ()  # no practice yet, so there is nothing to purge
    with writing(context.practice, create=False) as store:
        due = due_notes(store, context.today)
        purge_notes(store, due)
    return tuple(
        f"deleted a working note of `{due_note.slug}`, session {due_note.session}:"
        f" it was to go on {due_note.note.purge_on}"
        for due_note in due
    )
