"""Endings: how an engagement was closed and what the client takes along (R12, R111-R115)."""

from __future__ import annotations

from trajplan.records import engagements, rows, sessions
from trajplan.records.records import Ending
from trajplan.records.store import Store


def close(store: Store, ending: Ending) -> None:
    """Close an engagement; an ending kept before it was reopened gives way.

    The follow-up becomes a meeting beside the journey.
    """
    _forget(store, ending.engagement_id)
    rows.insert(
        store,
        "endings",
        engagement_id=ending.engagement_id,
        closed=ending.closed,
        follow_up=ending.follow_up,
        outcomes=ending.outcomes,
        triggers=ending.triggers,
        missing=ending.missing,
        forced=ending.forced,
    )
    engagements.update(store, ending.engagement_id, closed=ending.closed)
    if ending.follow_up is not None:
        sessions.add(
            store,
            engagement_id=ending.engagement_id,
            number=None,
            kind="follow_up",
            date=ending.follow_up,
            start_time="",
        )


def reopen(store: Store, engagement_id: int) -> None:
    """Take a closing back: the ending and its follow-up go."""
    _forget(store, engagement_id)
    engagements.update(store, engagement_id, closed=None)


def of_engagement(store: Store, engagement_id: int) -> Ending | None:
    """Return the ending of an engagement, None while it is open."""
    row = store.run("SELECT * FROM endings WHERE engagement_id = ?", (engagement_id,)).fetchone()
    lists = ("outcomes", "triggers", "missing")
    return None if row is None else rows.record(Ending, row, lists=lists)


def _forget(store: Store, engagement_id: int) -> None:
    kept = of_engagement(store, engagement_id)
    if kept is None:
        return
    store.run("DELETE FROM endings WHERE engagement_id = ?", (engagement_id,))
    if kept.follow_up is not None:
        store.run(
            "DELETE FROM sessions WHERE engagement_id = ? AND kind = 'follow_up'"
            " AND state = 'planned' AND date = ?",
            (engagement_id, kept.follow_up.isoformat()),
        )
