"""Engagements: one journey with a client. A client may return for a further one."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import Any

from trajplan.records import rows
from trajplan.records.forms import Intake
from trajplan.records.records import Engagement
from trajplan.records.store import Store

CHANGEABLE = frozenset(
    [
        "journey",
        "method",
        "sessions",
        "start",
        "start_time",
        "time_zone",
        "minutes",
        "every_days",
        "destination",
        "intake",
        "closed",
        "accountability",
        "phase_sizes",
    ]
)


def add(
    store: Store,
    *,
    client_id: int,
    journey: str,
    method: str,
    sessions: int,
    start: dt.date,
    start_time: str,
    time_zone: str,
    minutes: int,
    every_days: int,
    destination: str,
    intake: Intake,
    today: dt.date,
    accountability: str = "",
) -> Engagement:
    """Add the client's next engagement; its ordinal counts from 1."""
    (earlier,) = store.run(
        "SELECT coalesce(max(ordinal), 0) FROM engagements WHERE client_id = ?", (client_id,)
    ).fetchone()
    number = rows.insert(
        store,
        "engagements",
        client_id=client_id,
        ordinal=earlier + 1,
        journey=journey,
        method=method,
        sessions=sessions,
        start=start,
        start_time=start_time,
        time_zone=time_zone,
        minutes=minutes,
        every_days=every_days,
        destination=destination,
        intake=intake,
        created=today,
        accountability=accountability,
    )
    return by_id(store, number)


def by_id(store: Store, engagement_id: int) -> Engagement:
    """Return one engagement. Raises NotFound."""
    row = store.run("SELECT * FROM engagements WHERE id = ?", (engagement_id,)).fetchone()
    if row is None:
        raise rows.missing("engagements", engagement_id)
    return _record(row)


def latest(store: Store, client_id: int) -> Engagement | None:
    """Return the client's newest engagement, closed or not."""
    every = of_client(store, client_id)
    return every[-1] if every else None


def of_client(store: Store, client_id: int) -> tuple[Engagement, ...]:
    """Return the client's engagements, first to last."""
    found = store.run(
        "SELECT * FROM engagements WHERE client_id = ? ORDER BY ordinal", (client_id,)
    )
    return tuple(_record(row) for row in found)


def update(store: Store, engagement_id: int, **changes: Any) -> Engagement:
    """Change fields named in `CHANGEABLE`. Raises TypeError for others, NotFound."""
    rows.update(store, "engagements", engagement_id, changes, CHANGEABLE)
    return by_id(store, engagement_id)


def _record(row: sqlite3.Row) -> Engagement:
    return rows.record(Engagement, row, lists=("intake", "phase_sizes"))
