"""What became of a session's day: moved, missed, cancelled, skipped. On its way out."""

from __future__ import annotations

from trajplan.records.model import Session, SessionDay
from trajplan.records.store import Store


def of_engagement(store: Store, engagement_id: int) -> tuple[SessionDay, ...]:
    """Return all that became of an engagement's sessions, in the order it was saved."""
    sessions = store.select(Session, engagement_id=engagement_id)
    return store.select(SessionDay, session_id=[session.id for session in sessions])
