"""Pauses: stretches in which an engagement rests. On its way out."""

from __future__ import annotations

import datetime as dt

from trajplan.records.model import Pause
from trajplan.records.store import Store


def add(
    store: Store, *, engagement_id: int, since: dt.date, until: dt.date | None, reason: str
) -> Pause:
    """Save a pause; `until`, the day it goes on, may be open."""
    return store.insert(Pause(engagement_id=engagement_id, since=since, until=until, reason=reason))


def standing(store: Store, engagement_id: int, day: dt.date) -> Pause | None:
    """Return the pause the engagement rests in on a day."""
    pauses = store.select(Pause, engagement_id=engagement_id)
    return next((pause for pause in pauses if pause.stands(day)), None)


def end(store: Store, pause_id: int, until: dt.date) -> None:
    """Say on which day it goes on, not before it began. Raises NotFound."""
    store.update(store.get(Pause, pause_id), until=until)
