"""Worksheets a client took home from a session, to be debriefed in the next (R82, R83)."""

from __future__ import annotations

from collections.abc import Iterable

from trajplan.records.model import HandedOut
from trajplan.records.store import Store


def keep(store: Store, session_id: int, worksheets: Iterable[tuple[str, str]]) -> None:
    """Keep what went home with a session, as (worksheet id, title), in place of what was kept."""
    store.delete(HandedOut, session_id=session_id)
    for position, (name, title) in enumerate(worksheets):
        store.insert(
            HandedOut(session_id=session_id, position=position, worksheet=name, title=title)
        )
