"""Sessions: the numbered places of a journey and the unnumbered meetings beside it."""

from __future__ import annotations

import datetime as dt

from trajplan.records.model import Client, Session
from trajplan.records.store import Store


def session_numbers(store: Store, engagement_id: int) -> dict[int, int]:
    """The number of each numbered session by its id; a dossier knows them as `numbers`."""
    sessions = store.select(Session, engagement_id=engagement_id)
    return {session.id: session.number for session in sessions if session.number}


def on_date(store: Store, date: dt.date) -> tuple[tuple[Client, Session], ...]:
    """Return the planned sessions of any client on a date, by time, those without a time last."""
    pairs = store.run(
        "SELECT s.id, e.client_id FROM sessions s"
        " JOIN engagements e ON e.id = s.engagement_id JOIN clients c ON c.id = e.client_id"
        # What was left over when an engagement closed no longer takes place.
        " WHERE s.state = 'planned' AND s.date = ?"
        " AND (e.closed IS NULL OR s.kind = 'follow_up')"
        " ORDER BY s.start_time = '', s.start_time, c.slug, s.id",
        (date.isoformat(),),
    ).fetchall()
    return tuple(
        (store.get(Client, client_id), store.get(Session, session_id))
        for session_id, client_id in pairs
    )
