"""What became of a session's day: moved, missed, cancelled, skipped. Append-only."""

from __future__ import annotations

import datetime as dt

from trajplan.records import rows
from trajplan.records.records import Canceller, SessionAct, SessionDay
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
    """Keep one. `cancelled_by` is given exactly when `act` is `cancelled`."""
    rows.insert(
        store,
        "session_days",
        session_id=session_id,
        date=date,
        act=act,
        was_on=was_on,
        now_on=now_on,
        cancelled_by=cancelled_by,
        notice_hours=notice_hours,
        reason=reason,
    )


def of_engagement(store: Store, engagement_id: int) -> tuple[SessionDay, ...]:
    """Return all that became of an engagement's sessions, in the order it was kept."""
    found = store.run(
        "SELECT d.* FROM session_days d JOIN sessions s ON s.id = d.session_id"
        " WHERE s.engagement_id = ? ORDER BY d.id",
        (engagement_id,),
    )
    return tuple(rows.record(SessionDay, row) for row in found)


def of_session(store: Store, session_id: int) -> tuple[SessionDay, ...]:
    """Return all that became of one session, in the order it was kept."""
    found = store.run("SELECT * FROM session_days WHERE session_id = ? ORDER BY id", (session_id,))
    return tuple(rows.record(SessionDay, row) for row in found)
