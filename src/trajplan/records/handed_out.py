"""Worksheets a client took home from a session, to be debriefed in the next (R82, R83)."""

from __future__ import annotations

from collections.abc import Iterable

from trajplan.records import rows
from trajplan.records.records import HandedOut
from trajplan.records.store import Store


def keep(store: Store, session_id: int, worksheets: Iterable[tuple[str, str]]) -> None:
    """Keep what went home with a session, as (worksheet id, title), in place of what was kept."""
    store.run("DELETE FROM handed_out WHERE session_id = ?", (session_id,))
    for position, (name, title) in enumerate(worksheets):
        rows.insert(
            store,
            "handed_out",
            session_id=session_id,
            position=position,
            worksheet=name,
            title=title,
        )


def of_session(store: Store, session_id: int) -> tuple[HandedOut, ...]:
    """Return what went home with a session, in the order it was named."""
    found = store.run(
        "SELECT * FROM handed_out WHERE session_id = ? ORDER BY position",
        (session_id,),
    )
    return tuple(rows.record(HandedOut, row) for row in found)
