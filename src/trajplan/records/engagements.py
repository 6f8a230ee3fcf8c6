"""Engagements: one journey with a client. A client may return for a further one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from trajplan.records.forms import Intake
from trajplan.records.model import Engagement, Method
from trajplan.records.store import Store


def add(
    store: Store,
    *,
    client_id: int,
    journey: str,
    method: Method,
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
    earlier = latest(store, client_id)
    return store.insert(
        Engagement(
            client_id=client_id,
            ordinal=earlier.ordinal + 1 if earlier else 1,
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
    )


def latest(store: Store, client_id: int) -> Engagement | None:
    """Return the client's newest engagement, closed or not."""
    return store.last(Engagement, client_id=client_id)


def update(store: Store, engagement_id: int, **changes: Any) -> Engagement:
    """Change named fields. Raises TypeError for others, NotFound."""
    return store.update(store.get(Engagement, engagement_id), **changes)
