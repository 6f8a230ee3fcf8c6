"""Pauses: stretches in which an engagement rests. On its way out."""

from __future__ import annotations

import datetime as dt

from trajplan.records.model import Pause
from trajplan.records.store import Store


def standing(store: Store, engagement_id: int, day: dt.date) -> Pause | None:
    """Return the pause the engagement rests in on a day."""
    pauses = store.select(Pause, engagement_id=engagement_id)
    return next((pause for pause in pauses if pause.stands(day)), None)
