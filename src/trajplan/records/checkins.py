"""Check-ins: how the client arrives (R42, R44). On its way out."""

from __future__ import annotations

from trajplan.records.model import CheckIn, Session
from trajplan.records.store import Store


def of_session(store: Store, session_id: int) -> CheckIn | None:
    """Return the session's latest check-in."""
    return store.last(CheckIn, session_id=session_id)


def of_engagement(store: Store, engagement_id: int) -> tuple[CheckIn, ...]:
    """Return every check-in of the engagement, by date, then in the order given."""
    sessions = store.select(Session, engagement_id=engagement_id)
    return store.select(CheckIn, session_id=[session.id for session in sessions])
