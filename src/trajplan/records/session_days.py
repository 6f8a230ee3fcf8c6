"""What became of a session's day: moved, missed, cancelled, skipped. On its way out."""

from __future__ import annotations

import datetime as dt

from trajplan.records.model import Canceller, Session, SessionAct, SessionDay
from trajplan.records.store import Store


def add(
    store: Store,
    *,
    session_id: int,
    date: dt.date,
    act: SessionAct,
    was_on: dt.date,
    now_on: dt.date,
    cancelled_by: Canceller | None = None,
    notice_hours: int | None = None,
    reason: str = "",
) -> None:
    """Save one. `cancelled_by` is given exactly when `act` is `cancelled`."""
    store.insert(
        SessionDay(
            session_id=session_id,
            date=date,
            act=act,
            was_on=was_on,
            now_on=now_on,
            cancelled_by=cancelled_by,
            notice_hours=notice_hours,
            reason=reason,
        )
    )


def of_engagement(store: Store, engagement_id: int) -> tuple[SessionDay, ...]:
    """Return all that became of an engagement's sessions, in the order it was saved."""
    sessions = store.select(Session, engagement_id=engagement_id)
    return store.select(SessionDay, session_id=[session.id for session in sessions])
